/**
 * What the filters of a rule, or of one backend of it, do to a request and to its answer (S12.7). Filters are applied
 * in the order of the list; those of the rule come before those of the backend. One that ends the request ends the list.
 */
import type { Message } from '../../../catalogue/message.ts';
import { msg } from '../../../catalogue/message.ts';
import type { BackendResolution } from '../../cluster/gateways/settled.ts';
import type { FilterType, RouteFilter } from '../../kinds/gateway-api/filter-spec.ts';
import type { RuleId } from '../../manifests/finding.ts';
import type { FieldPath } from '../../manifests/source.ts';
import type { Assumption } from '../../trace/assumption.ts';
import type { HttpRequest } from '../../trace/packet.ts';
import type { Mirror } from '../../trace/trace.ts';
import type { Reason } from '../component.ts';
import type { HeaderEdit } from '../header-edits.ts';
import { editHeaders } from '../header-edits.ts';
import { presume } from '../proxy/presuppose.ts';
import type { Entry } from './entry.ts';
import { routeName } from './entry.ts';
import { corsEdits, isPreflight, preflightHeaders } from './cors.ts';
import { redirectLocation } from './redirect.ts';
import { rewrittenPath } from './rewrite.ts';
import type { GatewayVisit } from './visit.ts';

export interface FilterContext {
  readonly visit: GatewayVisit;
  readonly entry: Entry;
  /** What a reference at a place of the route leads to; undefined where nobody resolved it. */
  readonly resolve: (at: FieldPath) => BackendResolution | undefined;
}

/** The gateway answers itself. */
export interface FilterAnswer {
  readonly status: number;
  readonly location?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly title: Message;
}

export interface Filtered {
  readonly request: HttpRequest;
  readonly responseEdits: readonly HeaderEdit[];
  readonly mirrors: readonly Mirror[];
  readonly why: readonly Message[];
  readonly rules: readonly RuleId[];
  readonly because: readonly Reason[];
  readonly assumes: readonly Assumption[];
  readonly answer: FilterAnswer | null;
}

export function unfiltered(request: HttpRequest): Filtered {
  return { request, responseEdits: [], mirrors: [], why: [], rules: [], because: [], assumes: [], answer: null };
}

/** `at` is the place of the list: `spec.rules[0].filters`. */
export function applyFilters(context: FilterContext, filters: readonly RouteFilter[], at: FieldPath, before: Filtered): Filtered {
  let now = before;
  for (const [index, filter] of filters.entries()) {
    if (now.answer !== null) break;
    const place = [...at, index];
    const next = context.visit.lacks.has(featureOf(filter, at)) ? lacking(filter, now) : apply(context, filter, place, now);
    now = { ...next, because: [...next.because, { object: context.entry.route.ref, path: place }] };
  }
  return now;
}

/** The feature that an implementation claims for a filter, in upstream's spelling; empty for those that all have. */
function featureOf(filter: RouteFilter, at: FieldPath): string {
  const perBackend = at.includes('backendRefs');
  const features: Readonly<Record<FilterType, string>> = {
    RequestHeaderModifier: perBackend ? 'HTTPRouteBackendRequestHeaderModification' : '',
    ResponseHeaderModifier: 'HTTPRouteResponseHeaderModification',
    RequestMirror: 'HTTPRouteRequestMirror',
    RequestRedirect: '',
    URLRewrite: filter.type === 'URLRewrite' && filter.path !== null ? 'HTTPRoutePathRewrite' : 'HTTPRouteHostRewrite',
    CORS: 'HTTPRouteCORS',
    ExternalAuth: 'HTTPRouteExternalAuth',
    ExtensionRef: '',
  };
  return features[filter.type];
}

/** A filter that cannot be applied must not be skipped: the request fails (S12.7). */
function lacking(filter: RouteFilter, now: Filtered): Filtered {
  const title = msg('gateway.title.filter-lacking', { filter: filter.type });
  return {
    ...now,
    why: [...now.why, msg('gateway.filter.lacking', { filter: filter.type })],
    rules: [...now.rules, 'S12.7'],
    answer: { status: 500, headers: {}, title },
  };
}

function apply(context: FilterContext, filter: RouteFilter, at: FieldPath, now: Filtered): Filtered {
  const { visit, entry } = context;
  const because = (why: Message): Pick<Filtered, 'why' | 'rules'> => ({ why: [...now.why, why], rules: [...now.rules, 'S12.7'] });
  switch (filter.type) {
    case 'RequestHeaderModifier':
      return { ...now, ...because(msg('gateway.filter.request-headers', { names: namesOf(filter) })), request: withHeaders(now.request, editsOf(filter)) };
    case 'ResponseHeaderModifier':
      return {
        ...now,
        ...because(msg('gateway.filter.response-headers', { names: namesOf(filter) })),
        responseEdits: [...now.responseEdits, ...editsOf(filter)],
      };
    case 'RequestRedirect': {
      const location = redirectLocation(filter, now.request, visit, entry);
      return {
        ...now,
        ...because(msg('gateway.filter.redirect', { status: filter.statusCode, location })),
        answer: { status: filter.statusCode, location, headers: {}, title: msg('gateway.title.redirect', { location }) },
      };
    }
    case 'URLRewrite': {
      const path = rewrittenPath(filter.path, now.request.path, entry);
      const host = filter.hostname ?? now.request.host;
      const why = msg('gateway.filter.rewrite', { before: `${now.request.host}${now.request.path}`, after: `${host}${path}` });
      return {
        ...now,
        ...because(why),
        rules: [...now.rules, 'S12.7', ...(filter.path?.type === 'ReplacePrefixMatch' ? (['S12.8'] as const) : [])],
        request: { ...now.request, host, path },
      };
    }
    case 'RequestMirror':
      return mirrored(context, filter, at, now);
    case 'CORS': {
      const { headers } = now.request;
      if (isPreflight(now.request)) {
        const answer: FilterAnswer = { status: 200, headers: preflightHeaders(filter, headers), title: msg('gateway.title.preflight') };
        const allowed = answer.headers['access-control-allow-origin'] !== undefined;
        const why = allowed ? msg('gateway.filter.preflight') : msg('gateway.filter.preflight-refused', { origin: headers['origin'] ?? '' });
        return { ...now, ...because(why), answer };
      }
      if (headers['origin'] === undefined) return now;
      const edits = corsEdits(filter, headers);
      const args = { origin: headers['origin'] };
      return {
        ...now,
        ...because(edits.length > 0 ? msg('gateway.filter.cors', args) : msg('gateway.filter.cors-refused', args)),
        responseEdits: [...now.responseEdits, ...edits],
      };
    }
    case 'ExternalAuth':
      return authorized(context, filter, at, now);
    case 'ExtensionRef': {
      const what = `${filter.kind}/${filter.name}`;
      return {
        ...now,
        ...because(msg('gateway.filter.extension', { what })),
        answer: { status: 500, headers: {}, title: msg('gateway.title.extension', { what }) },
      };
    }
  }
}

type HeaderModifier = Extract<RouteFilter, { type: 'RequestHeaderModifier' | 'ResponseHeaderModifier' }>;

/** Upstream names no order among the three; that of the proxies of note is to set, add, then remove. */
function editsOf({ set, add, remove }: HeaderModifier): readonly HeaderEdit[] {
  return [
    ...set.map(({ name, value }): HeaderEdit => ({ kind: 'set', name, value })),
    ...add.map(({ name, value }): HeaderEdit => ({ kind: 'add', name, value })),
    ...remove.map((name): HeaderEdit => ({ kind: 'remove', name })),
  ];
}

function namesOf({ set, add, remove }: HeaderModifier): readonly string[] {
  return [...new Set([...set.map(({ name }) => name), ...add.map(({ name }) => name), ...remove])];
}

/** `host` is no header of its own here: it stands in the request line of HTTP/2. */
function withHeaders(request: HttpRequest, edits: readonly HeaderEdit[]): HttpRequest {
  const host = edits.findLast((edit) => edit.kind === 'set' && edit.name.toLowerCase() === 'host');
  const others = edits.filter(({ name }) => name.toLowerCase() !== 'host');
  return { ...request, ...(host?.kind === 'set' && { host: host.value }), headers: editHeaders(request.headers, others) };
}

/** A copy that goes nowhere does the request no harm (S12.7). */
function mirrored({ resolve }: FilterContext, filter: Extract<RouteFilter, { type: 'RequestMirror' }>, at: FieldPath, now: Filtered): Filtered {
  const found = resolve([...at, 'requestMirror', 'backendRef']);
  const percent = (filter.numerator / filter.denominator) * 100;
  const service = `${filter.backendRef.namespace}/${filter.backendRef.name}`;
  if (found?.kind !== 'service') {
    return { ...now, why: [...now.why, msg('gateway.filter.mirror-lost', { service })], rules: [...now.rules, 'S12.7'] };
  }
  const [namespace = '', name = ''] = found.service.split('/');
  const mirror: Mirror = { service: { kind: 'Service', namespace, name }, percent };
  return { ...now, mirrors: [...now.mirrors, mirror], why: [...now.why, msg('gateway.filter.mirror', { service, percent })], rules: [...now.rules, 'S12.7'] };
}

/** Nobody can tell from manifests what an authorization service says, so it lets the request pass unless a person says no. */
function authorized({ visit, entry, resolve }: FilterContext, filter: Extract<RouteFilter, { type: 'ExternalAuth' }>, at: FieldPath, now: Filtered): Filtered {
  const service = `${filter.backendRef.namespace}/${filter.backendRef.name}`;
  const rules: readonly RuleId[] = [...now.rules, 'S12.7'];
  if (resolve([...at, 'externalAuth', 'backendRef'])?.kind !== 'service') {
    const title = msg('gateway.title.auth-missing', { service });
    return { ...now, rules, why: [...now.why, msg('gateway.filter.auth-missing', { service })], answer: { status: 500, headers: {}, title } };
  }
  const { holds, assumes } = presume(visit.cluster, `external-auth:${routeName(entry)}`, msg('gateway.assume.auth', { service, route: routeName(entry) }));
  if (holds) return { ...now, rules, why: [...now.why, msg('gateway.filter.auth', { service })], assumes: [...now.assumes, ...assumes] };
  return {
    ...now,
    rules,
    why: [...now.why, msg('gateway.filter.auth-refused', { service })],
    answer: { status: 403, headers: {}, title: msg('gateway.title.auth-refused') },
  };
}
