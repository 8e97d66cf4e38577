/** What a request that nothing takes was most likely meant for: entries that ingress-nginx does not have, and why not. */
import type { Message } from '../../../../catalogue/message.ts';
import { msg } from '../../../../catalogue/message.ts';
import type { Ingress } from '../../../kinds/ingress/ingress-spec.ts';
import type { RuleId } from '../../../manifests/finding.ts';
import type { Reason } from '../../component.ts';
import { hostMatches } from '../../proxy/host.ts';
import { compilePattern } from '../../proxy/regex/pattern.ts';
import { ingressName, routeReason, routesOf } from '../route.ts';
import type { Handling } from './handling.ts';

export interface Missing {
  readonly why: readonly Message[];
  readonly rules: readonly RuleId[];
  readonly because: readonly Reason[];
}

const MOST = 2;

export function missingFor(handling: Handling): Missing {
  const { configuration, cluster, view } = handling;
  const found: Missing[] = [];
  const add = (ingress: Ingress, why: Message, rules: readonly RuleId[], because: Reason) =>
    found.push({ why: [msg('ingress.nginx.would-match', { ingress: ingressName(ingress) }), why], rules, because: [because] });
  for (const { ingress, why, path, rules } of configuration.turnedAway)
    if (wouldMatch(ingress, handling)) add(ingress, why, rules, { object: ingress.ref, path });
  for (const route of configuration.strayCanaries)
    if (matches(route, handling)) add(route.ingress, msg('ingress.nginx.canary.stray'), ['S10.18', 'F-68'], routeReason(route));
  for (const { ingress: key, why, rule } of view.controller.refuses) {
    const ingress = cluster.ingresses.get(key);
    if (ingress !== undefined && wouldMatch(ingress, handling)) add(ingress, why, [rule, 'F-53'], { object: ingress.ref, path: ['spec', 'ingressClassName'] });
  }
  const first = found.slice(0, MOST);
  return { why: first.flatMap(({ why }) => why), rules: first.flatMap(({ rules }) => rules), because: first.flatMap(({ because }) => because) };
}

function wouldMatch(ingress: Ingress, handling: Handling): boolean {
  return routesOf(ingress).some((route) => matches(route, handling));
}

/** However its path would be read: as a prefix or as a regular expression. */
function matches({ host, path }: { readonly host: string; readonly path: string }, handling: Handling): boolean {
  if (host !== '' && !hostMatches(host, handling.host)) return false;
  return handling.uri.startsWith(path) || compilePattern(`^${path}`, { ignoreCase: true }).search(handling.uri).kind === 'match';
}
