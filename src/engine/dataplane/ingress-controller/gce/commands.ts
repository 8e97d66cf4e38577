/** What Google says of the backends: the controller writes it on the Ingress. */
import { msg } from '../../../../catalogue/message.ts';
import type { Command } from '../../../trace/hop.ts';
import { quote } from '../../proxy/commands.ts';
import type { ControllerView, RouteDecision } from '../implementation.ts';

export function commandsOfGce(_: ControllerView, { ingress }: RouteDecision): readonly Command[] {
  if (ingress === null) return [];
  const { namespace, name } = ingress.ref;
  return [
    {
      line: `kubectl get ingress -n ${quote(namespace)} ${quote(name)} -o jsonpath='{.metadata.annotations.ingress\\.kubernetes\\.io/backends}'`,
      shows: msg('ingress.gce.command.backends'),
    },
  ];
}
