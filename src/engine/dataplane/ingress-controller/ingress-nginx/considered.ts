/** What ingress-nginx had to choose from: its locations in the order it tries them, and what never was one. */
import type { Message } from '../../../../catalogue/message.ts';
import { msg } from '../../../../catalogue/message.ts';
import type { RuleId } from '../../../manifests/finding.ts';
import type { ConsideredChoice } from '../../component.ts';
import { windowAround } from '../../proxy/explain.ts';
import { describeRoute, refusedChoices, routeChoice, whyFirst, whyNoMatch } from '../explain.ts';
import { hostMatches } from '../../proxy/host.ts';
import type { Route } from '../route.ts';
import { ingressName, routeReason } from '../route.ts';
import type { Location, Server } from './configuration.ts';
import { CATCH_ALL } from './configuration.ts';
import type { Handling } from './handling.ts';
import type { Entry, LocationTable } from './location-choice.ts';
import { locationTable, matchPath } from './location-choice.ts';

const MOST_LOCATIONS = 30;
const MOST_OTHERS = 8;

/** `taken` is null when a redirect of the whole server came first, or nothing matched. */
export function considered(handling: Handling, server: Server | null, taken: Entry | null): readonly ConsideredChoice[] {
  return [
    ...(server === null ? [] : ownLocations(handling, server, taken)),
    ...turnedAway(handling),
    ...strays(handling),
    ...refusedChoices(handling.view.controller, handling.cluster, handling.host),
    ...otherHosts(handling, server),
  ];
}

function ownLocations({ uri, host }: Handling, server: Server, taken: Entry | null): ConsideredChoice[] {
  const table = locationTable(server);
  const out: ConsideredChoice[] = [];
  const seen = new Set<Location>();
  for (const entry of windowAround(table.entries, taken, MOST_LOCATIONS)) {
    if (seen.has(entry.location)) continue;
    const isTaken = entry.location === taken?.location;
    seen.add(entry.location);
    out.push(judge(table, isTaken ? taken : speakerOf(table, entry, uri), isTaken ? taken : null, { taken, uri, host, server }));
  }
  for (const { route, winner } of server.duplicates.slice(0, MOST_OTHERS)) {
    out.push(routeChoice(route, 'lost', whyFirst(winner, route.ingress), ['S10.3', 'F-71']));
  }
  for (const route of server.skipped.slice(0, MOST_OTHERS)) {
    if (route.backend.kind === 'resource')
      out.push(routeChoice(route, 'excluded', msg('ingress.empty.resource', { what: `${route.backend.resourceKind}/${route.backend.name}` }), ['S10.11']));
  }
  return out;
}

interface Judging {
  readonly taken: Entry | null;
  readonly uri: string;
  readonly host: string;
  readonly server: Server;
}

function judge(table: LocationTable, entry: Entry, isTaken: Entry | null, judging: Judging): ConsideredChoice {
  const { result, why, rules } = table.regexBecauseOf === null ? byPath(entry, isTaken, judging) : byRegex(table, entry, isTaken, judging);
  const { route } = entry.location;
  if (route !== null) return routeChoice(route, result, why, rules);
  return { what: msg('ingress.nginx.implicit', { host: judging.server.host === CATCH_ALL ? '*' : judging.server.host }), result, why, rules };
}

interface Judgement {
  readonly result: ConsideredChoice['result'];
  readonly why: Message;
  readonly rules: readonly RuleId[];
}

/** A redirect of the whole server, or its health check, answers before paths are compared (S10.12). */
const NOT_ASKED: Judgement = { result: 'lost', why: msg('ingress.nginx.not-asked'), rules: ['S10.12'] };

/** A location may stand twice, as `/p/` and as `/p`: the one that matches speaks for it. */
function speakerOf(table: LocationTable, entry: Entry, uri: string): Entry {
  if (table.regexBecauseOf === null) return entry;
  return table.entries.find((other) => other.location === entry.location && matchPath(table, other, uri).kind === 'match') ?? entry;
}

function byRegex(table: LocationTable, entry: Entry, isTaken: Entry | null, { taken, uri }: Judging): Judgement {
  const pattern = table.patternOf(entry);
  if (isTaken !== null) return { result: 'taken', why: msg('ingress.nginx.regex.taken', { pattern: pattern.source }), rules: ['S10.7'] };
  if (pattern.error !== null) return { result: 'excluded', why: msg('ingress.nginx.regex.broken', { pattern: pattern.source }), rules: ['S10.7'] };
  const match = matchPath(table, entry, uri);
  if (match.kind === 'gave-up') return { result: 'excluded', why: msg('ingress.nginx.regex.gave-up', { pattern: pattern.source }), rules: ['S10.7'] };
  if (match.kind === 'none') return { result: 'excluded', why: msg('ingress.nginx.regex.no-match', { pattern: pattern.source, path: uri }), rules: ['S10.7'] };
  if (taken === null) return NOT_ASKED;
  return { result: 'lost', why: msg('ingress.nginx.regex.later', { pattern: pattern.source }), rules: ['S10.7'] };
}

function byPath({ location }: Entry, isTaken: Entry | null, { taken, uri }: Judging): Judgement {
  const { path, type } = location;
  if (isTaken !== null && location.route === null) return { result: 'taken', why: msg('ingress.nginx.why.implicit', { path: uri }), rules: ['S10.5'] };
  if (isTaken !== null)
    return {
      result: 'taken',
      why: isTaken.exact && type === 'Exact' ? msg('ingress.why.exact', { path }) : msg('ingress.why.prefix', { path }),
      rules: ['S10.6'],
    };
  const matches = type === 'Exact' ? uri === path : path === '/' || uri === path || uri.startsWith(path.endsWith('/') ? path : `${path}/`);
  if (matches && taken === null) return NOT_ASKED;
  if (!matches || taken === null) return { result: 'excluded', why: whyNoMatch({ path, pathType: type }, uri), rules: ['S10.6'] };
  const winner = taken.location;
  return {
    result: 'lost',
    why: winner.type === 'Exact' ? msg('ingress.lost.exact', { path: winner.path }) : msg('ingress.lost.longer', { path: winner.path }),
    rules: ['S10.6'],
  };
}

/** Ingresses for this host that the webhook or the controller left out. */
function turnedAway({ configuration, host }: Handling): ConsideredChoice[] {
  const near = configuration.turnedAway.filter(
    ({ ingress }) => ingress.rules.length === 0 || ingress.rules.some((rule) => rule.host === '' || hostMatches(rule.host, host)),
  );
  return near.slice(0, MOST_OTHERS).map(({ ingress, why, path, rules }) => ({
    what: msg('ingress.entry.whole', { ingress: ingressName(ingress) }),
    result: 'excluded',
    why,
    rules,
    because: [{ object: ingress.ref, path }],
  }));
}

function strays({ configuration, host }: Handling): ConsideredChoice[] {
  return configuration.strayCanaries
    .filter((route) => route.host === '' || hostMatches(route.host, host))
    .slice(0, MOST_OTHERS)
    .map((route) => routeChoice(route, 'excluded', msg('ingress.nginx.canary.stray'), ['S10.18', 'F-68']));
}

/** A few entries of other servers, so that a misspelt host shows beside the right one. */
function otherHosts({ configuration, host }: Handling, server: Server | null): ConsideredChoice[] {
  const out: ConsideredChoice[] = [];
  const most = server === null || server.host === CATCH_ALL ? MOST_OTHERS : 3;
  for (const other of configuration.servers.values()) {
    if (out.length >= most) break;
    const route = other === server || other.host === CATCH_ALL ? null : firstRoute(other);
    if (route !== null)
      out.push({
        what: describeRoute(route),
        result: 'excluded',
        why: msg('ingress.nginx.other-host', { host, other: other.host }),
        rules: ['S10.4'],
        because: [routeReason(route)],
      });
  }
  return out;
}

function firstRoute(server: Server): Route | null {
  return server.locations.find((location) => location.route !== null)?.route ?? null;
}
