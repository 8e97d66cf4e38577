/**
 * HTTPRoute: which requests go to which Services, by host, path, headers, query and method. Only rules; the controller
 * of the Gateway it attaches to follows them.
 * https://gateway-api.sigs.k8s.io/api-types/httproute/
 */
import { msg } from '../../../catalogue/message.ts';
import type { Field } from '../field.ts';
import { readDuration } from '../gateway-api/duration.ts';
import type { FilterType, RouteFilter } from '../gateway-api/filter-spec.ts';
import { readFilters } from '../gateway-api/filters.ts';
import { checkCount, readText } from '../gateway-api/names.ts';
import { readBackendRefs, readRoute, routeReferences } from '../gateway-api/route.ts';
import { readSessionPersistence } from '../gateway-api/session-persistence.ts';
import type { Kind } from '../kind.ts';
import { readObject } from '../metadata.ts';
import { EVERY_REQUEST, readHttpMatch } from './http-route-match.ts';
import type { HttpRetry, HttpRoute, HttpRouteMatch, HttpRouteRule } from './http-route-spec.ts';

const FILTERS: readonly FilterType[] = [
  'RequestHeaderModifier',
  'ResponseHeaderModifier',
  'RequestMirror',
  'RequestRedirect',
  'URLRewrite',
  'ExtensionRef',
  'CORS',
  'ExternalAuth',
];

const NO_LIMITS: HttpRouteRule['timeouts'] = { request: null, backendRequest: null };

export const httpRoute: Kind<HttpRoute> = {
  kind: 'HTTPRoute',
  plural: 'httproutes',
  apiVersions: ['gateway.networking.k8s.io/v1', 'gateway.networking.k8s.io/v1beta1'],
  removed: { 'gateway.networking.k8s.io/v1alpha2': '0.8' },
  namespaced: true,
  role: 'controller',
  docs: 'https://gateway-api.sigs.k8s.io/api-types/httproute/',
  template: `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: shop
spec:
  parentRefs:
  - name: public
  hostnames:
  - shop.example.com
  rules:
  - matches:
    - path:
        type: PathPrefix
        value: /
    backendRefs:
    - name: api
      port: 80
`,
  route: { carriers: ['HTTP', 'HTTPS'], hasHostnames: true, transport: 'TCP' },
  read: (manifest) =>
    readObject(manifest, 'dns1123-subdomain', (root, base): HttpRoute => {
      const route = readRoute(root, base, {
        hostnames: { max: 16, isRequired: false, ip: 'pattern-only' },
        maxRules: 16,
        mustHoldRules: true,
        usualRules: [{ name: null, matches: [EVERY_REQUEST], filters: [], backendRefs: [], timeouts: NO_LIMITS, retry: null, sessionPersistence: null }],
        readRule,
      });
      const rules = root.at('spec', 'rules');
      checkTotal(rules, route.rules);
      return { ...route, protocol: 'http' };
    }),
  references: routeReferences,
};

const MOST_MATCHES = 128;

/** Together the rules hold at most 128 matches: a rule of the list, not its length. */
export function checkTotal(field: Field, rules: readonly { readonly matches: readonly unknown[] }[]): void {
  const total = rules.reduce((sum, { matches }) => sum + matches.length, 0);
  if (total > MOST_MATCHES) field.reject('Invalid', 'S4.7.1', msg('rejection.gateway.matches-total', { path: field.name, total, max: MOST_MATCHES }));
}

function readRule(field: Field, namespace: string): HttpRouteRule {
  const matchesField = field.get('matches');
  const written = matchesField.items().map(readHttpMatch);
  checkCount(matchesField, written.length, 64, 'S4.7.1');
  if (!matchesField.isSet) matchesField.item(0).default('PathPrefix /', 'S3.18');
  const matches = written.length === 0 ? [EVERY_REQUEST] : written;
  const filters = readFilters(field.get('filters'), namespace, FILTERS);
  const backendRefs = readBackendRefs(field.get('backendRefs'), namespace, FILTERS);
  if (backendRefs.length > 0 && filters.some(({ type }) => type === 'RequestRedirect')) {
    field.reject('Invalid', 'S4.7.3', msg('rejection.gateway.redirect-and-backends', { path: field.name }));
  }
  checkPrefixReplacement(field.get('filters'), filters, matches, field);
  for (const [index, ref] of backendRefs.entries()) checkPrefixReplacement(field.get('backendRefs').item(index).get('filters'), ref.filters, matches, field);
  return {
    name: readText(field.get('name'), 'S4.7.1'),
    matches,
    filters,
    backendRefs,
    timeouts: readTimeouts(field.get('timeouts')),
    retry: readRetry(field.get('retry')),
    sessionPersistence: readSessionPersistence(field.get('sessionPersistence')),
  };
}

function checkPrefixReplacement(field: Field, filters: readonly RouteFilter[], matches: readonly HttpRouteMatch[], rule: Field): void {
  const replaces = filters.some((filter) => (filter.type === 'URLRewrite' || filter.type === 'RequestRedirect') && filter.path?.type === 'ReplacePrefixMatch');
  if (!replaces || (matches.length === 1 && matches[0]?.path.type === 'PathPrefix')) return;
  field.reject('Invalid', 'S4.7.4', msg('rejection.gateway.prefix-replacement', { path: field.name }), rule);
}

function readTimeouts(field: Field): HttpRouteRule['timeouts'] {
  if (!field.isSet) return NO_LIMITS;
  const request = readDuration(field.get('request'));
  const backendRequest = readDuration(field.get('backendRequest'));
  if (request !== null && request !== 0 && backendRequest !== null && backendRequest > request) {
    field.reject('Invalid', 'S4.7.9', msg('rejection.gateway.timeouts', { path: field.name }));
  }
  return { request, backendRequest };
}

function readRetry(field: Field): HttpRetry | null {
  if (!field.isSet) return null;
  return {
    codes: field
      .get('codes')
      .items()
      .flatMap((code) => code.integer() ?? []),
    attempts: field.get('attempts').integer(),
    backoff: readDuration(field.get('backoff')),
  };
}
