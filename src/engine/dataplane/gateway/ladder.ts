/** The routes of Gateways as ladders: per listener, in the order of precedence that also serves requests (S12.6). */
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { SettledGateway, SettledListener } from '../../cluster/gateways/settled.ts';
import type { LadderDraft, LadderQuestion, ShadowedDraft } from '../ladder.ts';
import { hostOf } from '../proxy/host.ts';
import { entriesOf, matchPath, mergedEntries, type Entry } from './entry.ts';
import { consideredEntries, describeEntry, refusedRoutes, whyBehind } from './explain.ts';
import { bestListener, coveringListeners } from './listener-choice.ts';
import { askedOf, misfitOf } from './match.ts';
import { decidedBy } from './precedence.ts';
import { shadowsOf } from './shadows.ts';

export function gatewayLadders(
  cluster: Cluster,
  question: LadderQuestion,
): { readonly ladders: readonly LadderDraft[]; readonly shadowed: readonly ShadowedDraft[] } {
  const gateways = [...cluster.gatewayApi.gateways.values()].filter(({ controller, accepted }) => controller !== null && accepted);
  return {
    ladders: gateways.flatMap((gateway) => laddersOfGateway(cluster, gateway, question)),
    shadowed: gateways.flatMap((gateway) => gateway.listeners.filter(routesHttp).flatMap((listener) => shadowedIn(entriesOf(cluster, listener)))),
  };
}

function routesHttp({ serves, carrier }: SettledListener): boolean {
  return serves && (carrier === 'HTTP' || carrier === 'HTTPS');
}

/** One for each port and protocol of the Gateway that has a listener for the host. */
function laddersOfGateway(cluster: Cluster, gateway: SettledGateway, question: LadderQuestion): readonly LadderDraft[] {
  const host = hostOf(question.host);
  const isolates = !gateway.unsupportedFeatures.includes('GatewayHTTPListenerIsolation');
  const groups = new Map<string, SettledListener[]>();
  for (const listener of gateway.listeners.filter(routesHttp)) {
    const key = `${listener.port} ${listener.carrier}`;
    groups.set(key, [...(groups.get(key) ?? []), listener]);
  }
  return [...groups.values()].flatMap((listeners): readonly LadderDraft[] => {
    const listener = bestListener(listeners, host);
    if (listener === null) return [];
    const own = isolates ? [listener] : coveringListeners(listeners, host);
    const server = msg('gateway.ladder.server', { gateway: gateway.gateway, listener: listener.name, port: listener.port });
    return [{ server, rungs: rungsOf(cluster, mergedEntries(cluster, own), own, question) }];
  });
}

function rungsOf(
  cluster: Cluster,
  entries: readonly Entry[],
  listeners: readonly SettledListener[],
  { host, path, method = 'GET', headers = [] }: LadderQuestion,
): LadderDraft['rungs'] {
  const lower = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
  const asked = askedOf({ method, scheme: 'http', host, path, headers: lower });
  const ofHost = entries.filter((entry) => misfitOf(entry, asked)?.part !== 'host');
  const winner = ofHost.find((entry) => misfitOf(entry, asked) === null) ?? null;
  const judged = consideredEntries(ofHost, winner, asked, ofHost.length);
  const rungs = judged.map((choice, index) => ({ ...choice, above: aboveNext(ofHost[index]!, ofHost[index + 1]) }));
  return [...rungs, ...listeners.flatMap((listener) => refusedRoutes(cluster, listener)).map((choice) => ({ ...choice, above: null }))];
}

function aboveNext(entry: Entry, next: Entry | undefined) {
  const decided = next === undefined ? null : decidedBy(entry, next);
  return decided === null ? null : msg(`gateway.above.${decided.by}`);
}

function shadowedIn(entries: readonly Entry[]): readonly ShadowedDraft[] {
  return [...shadowsOf(entries)].flatMap(([entry, first]): readonly ShadowedDraft[] => {
    const decided = decidedBy(first, entry);
    if (decided === null) return [];
    const because = [{ object: entry.route.ref, path: matchPath(entry) }];
    return [{ what: describeEntry(entry), by: describeEntry(first), why: whyBehind(first, decided), rules: [decided.rule], because }];
  });
}
