/** Answers that ingress-nginx gives itself. */
import type { Message } from '../../../../catalogue/message.ts';
import { msg } from '../../../../catalogue/message.ts';
import type { RuleId } from '../../../manifests/finding.ts';
import type { Assumption } from '../../../trace/assumption.ts';
import type { Reason } from '../../component.ts';
import type { RouteDecision } from '../implementation.ts';
import type { Block } from './blocklist.ts';
import type { Server } from './configuration.ts';
import { considered } from './considered.ts';
import type { Handling } from './handling.ts';
import type { Empty } from '../../proxy/proxy.ts';
import { emptyChoices } from '../../proxy/explain.ts';
import { readFor, whyEmpty } from '../explain.ts';

/** What is known about a location when it answers: put in front of the answer's own sentences. */
export interface Place {
  readonly why: readonly Message[];
  readonly rules: readonly RuleId[];
  readonly because: readonly Reason[];
  readonly considered: RouteDecision['considered'];
  readonly ingress: RouteDecision['ingress'];
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly assumes: readonly Assumption[];
}

/** A place of which nothing is known yet. */
export const NOWHERE: Place = { why: [], rules: [], because: [], considered: [], ingress: null, responseHeaders: {}, assumes: [] };

export interface Answer {
  readonly status: number;
  readonly location?: string;
  readonly title: Message;
  readonly why: Message | readonly Message[];
  readonly rules: readonly RuleId[];
  readonly because: readonly Reason[];
}

export function answer(place: Place, { status, location, title, why, rules, because }: Answer): RouteDecision {
  return {
    ...place,
    result: { kind: 'answer', status, ...(location === undefined ? {} : { location }) },
    title,
    // What happens is said first, then how the request came to this place.
    why: [why, place.why].flat(),
    effects: [why].flat(),
    rules: [...rules, ...place.rules],
    because: [...because, ...place.because],
    read: [],
  };
}

export function badRequest(path: string): RouteDecision {
  return answer(NOWHERE, {
    status: 400,
    title: msg('ingress.nginx.title.bad-request'),
    why: msg('ingress.nginx.bad-request', { path }),
    rules: ['S10.12'],
    because: [],
  });
}

export function blocked({ addHeaders }: Handling, { key, entry }: Block): RouteDecision {
  return answer(
    { ...NOWHERE, responseHeaders: addHeaders },
    { status: 403, title: msg('ingress.nginx.title.forbidden'), why: msg('ingress.nginx.blocked', { key, entry }), rules: ['S10.12'], because: [] },
  );
}

/** The `www` twin of a server sends every request there, port and all (S10.25). */
export function twinRedirect(handling: Handling, server: Server, from: string): RouteDecision {
  const { settings, request, forwarded } = handling;
  const port = settings.useForwardedHeaders ? (request.http.headers['x-forwarded-port'] ?? String(request.port)) : String(request.port);
  const location = `${forwarded.scheme}://${server.host}:${port}${request.http.path.replace(/\/$/, '')}`;
  const by = server.locations.find((candidate) => candidate.from?.annotations.fromToWww === true)?.from;
  const because = by == null ? [] : [{ object: by.ingress.ref, path: ['metadata', 'annotations', by.annotations.nameOf('from-to-www-redirect')] }];
  const place: Place = { ...NOWHERE, considered: considered(handling, null, null), ingress: by?.ingress ?? null, responseHeaders: handling.addHeaders };
  return answer(place, {
    status: settings.httpRedirectCode,
    location,
    title: msg('ingress.nginx.title.redirect', { location }),
    why: msg('ingress.nginx.twin', { from, to: server.host }),
    rules: ['S10.25'],
    because,
  });
}

/** S10.11. */
export function unavailable({ cluster }: Handling, place: Place, empty: Empty, at: Reason): RouteDecision {
  const { why, because, rules } = whyEmpty(empty, at);
  const decision = answer(place, { status: 503, title: msg('ingress.nginx.title.unavailable'), why, rules: ['S10.11', ...rules], because });
  return {
    ...decision,
    why: [why, msg('ingress.nginx.unavailable'), ...place.why],
    effects: [msg('ingress.nginx.unavailable')],
    considered: [...place.considered, ...emptyChoices(cluster, empty)],
    read: readFor(empty),
  };
}
