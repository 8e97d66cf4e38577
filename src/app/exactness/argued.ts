import { msg, type Message } from '../../catalogue/message.ts';
import argued from '../../conformance/argued.json';

/** Why a case may come out otherwise and Podpath stays as it is: what the case presupposes, or what upstream says. */
const WHY: Readonly<Record<string, Message>> = {
  'deployment-rejected': msg('exact.argued.deployment-rejected'),
  'ip-block': msg('exact.argued.ip-block'),
  stage: msg('exact.argued.stage'),
  'grant-deleted': msg('exact.argued.grant-deleted'),
  'pod-name': msg('exact.argued.pod-name'),
  'own-host': msg('exact.argued.own-host'),
};

/** Null for a miss that nothing speaks for. `source` is where the reason can be read. */
export function argumentFor(suite: string, name: string): { readonly why: Message; readonly source: string } | null {
  const found = argued.find((one) => one.suite === suite && one.cases.includes(name));
  const why = found && WHY[found.argument];
  return why === undefined ? null : { why, source: found!.source };
}
