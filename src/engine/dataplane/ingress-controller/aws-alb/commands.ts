/** Where the controller writes down its target groups, and what AWS says of their targets. */
import { msg } from '../../../../catalogue/message.ts';
import type { Command } from '../../../trace/hop.ts';
import { quote } from '../../proxy/commands.ts';
import type { ControllerView, RouteDecision } from '../implementation.ts';

export function commandsOfAlb(_: ControllerView, { ingress, read }: RouteDecision): readonly Command[] {
  if (ingress === null) return [];
  const { namespace } = ingress.ref;
  const service = read.find(({ kind }) => kind === 'Service')?.name;
  const groups: Command = { line: `kubectl get targetgroupbindings -n ${quote(namespace)}`, shows: msg('ingress.alb.command.groups') };
  if (service === undefined) return [groups];
  const arn = `kubectl get targetgroupbindings -n ${quote(namespace)} -o jsonpath='{.items[?(@.spec.serviceRef.name=="${service}")].spec.targetGroupARN}'`;
  return [groups, { line: `aws elbv2 describe-target-health --target-group-arn "$(${arn})"`, shows: msg('ingress.alb.command.health') }];
}
