/**
 * Features of the Gateway API beyond its core, and what needs them: an implementation may lack some, and says so.
 * Names are upstream's own: https://gateway-api.sigs.k8s.io/concepts/conformance/
 */
import type { FilterType, RouteFilter } from '../../kinds/gateway-api/filter-spec.ts';
import type { Carrier, Route, RouteRule } from '../../kinds/gateway-api/route-spec.ts';

const FILTER_FEATURES: Partial<Record<FilterType, string>> = {
  ResponseHeaderModifier: 'HTTPRouteResponseHeaderModification',
  RequestMirror: 'HTTPRouteRequestMirror',
  URLRewrite: 'HTTPRouteHostRewrite',
  CORS: 'HTTPRouteCORS',
  ExternalAuth: 'HTTPRouteExternalAuth',
};

/** The feature that each listener needs whole. Core ones may be lacking too: not every project serves TCP. */
const CARRIER_FEATURES: Partial<Record<Carrier, { readonly feature: string; readonly lack: 'protocol' | 'value' }>> = {
  'TLS/Passthrough': { feature: 'TLSRoute', lack: 'protocol' },
  'TLS/Terminate': { feature: 'TLSRouteModeTerminate', lack: 'value' },
  TCP: { feature: 'TCPRoute', lack: 'protocol' },
  UDP: { feature: 'UDPRoute', lack: 'protocol' },
};

/** What of a listener the implementation cannot do: its protocol, or one of its values; null: nothing. */
export function lackOf(carrier: Carrier, unsupported: readonly string[]): 'protocol' | 'value' | null {
  const needed = CARRIER_FEATURES[carrier];
  return needed !== undefined && unsupported.includes(needed.feature) ? needed.lack : null;
}

/** The first feature that a rule needs and the implementation lacks; null: it can follow the rule. */
export function lackingFor(route: Route, rule: RouteRule, unsupported: readonly string[]): string | null {
  if (unsupported.length === 0) return null;
  const needed = [...neededBy(rule.filters), ...rule.backendRefs.flatMap(({ filters }) => neededBy(filters)), ...neededByRule(route, rule)];
  return needed.find((feature) => unsupported.includes(feature)) ?? null;
}

function neededBy(filters: readonly RouteFilter[]): readonly string[] {
  return filters.flatMap((filter) => {
    if (filter.type === 'RequestRedirect') {
      return [
        ...(filter.port === null ? [] : ['HTTPRoutePortRedirect']),
        ...(filter.scheme === null ? [] : ['HTTPRouteSchemeRedirect']),
        ...(filter.path === null ? [] : ['HTTPRoutePathRedirect']),
        ...(filter.statusCode === 302 || filter.statusCode === 301 ? [] : [`HTTPRoute${filter.statusCode}RedirectStatusCode`]),
      ];
    }
    if (filter.type === 'URLRewrite') {
      return [...(filter.hostname === null ? [] : ['HTTPRouteHostRewrite']), ...(filter.path === null ? [] : ['HTTPRoutePathRewrite'])];
    }
    if (filter.type === 'RequestMirror' && filter.numerator !== filter.denominator) return ['HTTPRouteRequestMirror', 'HTTPRouteRequestPercentageMirror'];
    return FILTER_FEATURES[filter.type] ?? [];
  });
}

function neededByRule(route: Route, rule: RouteRule): readonly string[] {
  if (route.protocol !== 'http') return [];
  const http = route.rules.find((one) => one === rule);
  if (http === undefined) return [];
  return [
    ...(http.matches.some(({ method }) => method !== null) ? ['HTTPRouteMethodMatching'] : []),
    ...(http.matches.some(({ queryParams }) => queryParams.length > 0) ? ['HTTPRouteQueryParamMatching'] : []),
    ...(http.timeouts.request === null ? [] : ['HTTPRouteRequestTimeout']),
    ...(http.timeouts.backendRequest === null ? [] : ['HTTPRouteBackendTimeout']),
    ...(http.retry === null ? [] : ['HTTPRouteRetry']),
    ...(rule.backendRefs.some(({ filters }) => filters.some(({ type }) => type === 'RequestHeaderModifier'))
      ? ['HTTPRouteBackendRequestHeaderModification']
      : []),
    ...(rule.name === null ? [] : ['HTTPRouteNamedRouteRule']),
  ];
}
