/** Commands that show Ingresses as they are on a real cluster. */
import { msg } from '../../../catalogue/message.ts';
import type { Ingress } from '../../kinds/ingress/ingress-spec.ts';
import type { Command } from '../../trace/hop.ts';
import { quote } from '../proxy/commands.ts';

export function describeIngress(ingress: Ingress): Command {
  const { namespace, name } = ingress.ref;
  return { line: `kubectl describe ingress -n ${quote(namespace)} ${quote(name)}`, shows: msg('ingress.command.describe') };
}

/** Where a host is missing, the hosts there are. */
export function listIngresses(): Command {
  return { line: 'kubectl get ingress --all-namespaces', shows: msg('ingress.command.list') };
}
