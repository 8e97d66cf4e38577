/**
 * GRPCRoute: which gRPC calls go to which Services, by host, service, method and headers (S12.11).
 * https://gateway-api.sigs.k8s.io/api-types/grpcroute/
 */
import { msg } from '../../../catalogue/message.ts';
import type { Field } from '../field.ts';
import { oneOfOr, shown } from '../field-rules.ts';
import type { FilterType } from '../gateway-api/filter-spec.ts';
import { readFilters } from '../gateway-api/filters.ts';
import { checkCount, readText } from '../gateway-api/names.ts';
import { readBackendRefs, readRoute, routeReferences } from '../gateway-api/route.ts';
import { readSessionPersistence } from '../gateway-api/session-persistence.ts';
import { readValueMatches } from '../http-route/http-route-match.ts';
import { checkTotal } from '../http-route/http-route.ts';
import type { Kind } from '../kind.ts';
import { readObject } from '../metadata.ts';
import type { GrpcMethodMatch, GrpcRoute, GrpcRouteMatch, GrpcRouteRule } from './grpc-route-spec.ts';

const FILTERS: readonly FilterType[] = ['RequestHeaderModifier', 'ResponseHeaderModifier', 'RequestMirror', 'ExtensionRef'];

export const grpcRoute: Kind<GrpcRoute> = {
  kind: 'GRPCRoute',
  plural: 'grpcroutes',
  apiVersions: ['gateway.networking.k8s.io/v1'],
  removed: { 'gateway.networking.k8s.io/v1alpha2': '1.2' },
  namespaced: true,
  role: 'controller',
  docs: 'https://gateway-api.sigs.k8s.io/api-types/grpcroute/',
  template: `apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata:
  name: orders
spec:
  parentRefs:
  - name: public
  hostnames:
  - orders.example.com
  rules:
  - matches:
    - method:
        service: shop.Orders
    backendRefs:
    - name: orders
      port: 9000
`,
  route: { carriers: ['HTTP', 'HTTPS'], hasHostnames: true, transport: 'TCP' },
  read: (manifest) =>
    readObject(manifest, 'dns1123-subdomain', (root, base): GrpcRoute => {
      const route = readRoute(root, base, {
        hostnames: { max: 16, isRequired: false, ip: 'pattern-only' },
        maxRules: 16,
        mustHoldRules: false,
        usualRules: [],
        readRule,
      });
      checkTotal(root.at('spec', 'rules'), route.rules);
      return { ...route, protocol: 'grpc' };
    }),
  references: routeReferences,
};

function readRule(field: Field, namespace: string): GrpcRouteRule {
  const matchesField = field.get('matches');
  const matches = matchesField.items().map(readMatch);
  checkCount(matchesField, matches.length, 64, 'S4.7.1');
  return {
    name: readText(field.get('name'), 'S4.7.1'),
    matches,
    filters: readFilters(field.get('filters'), namespace, FILTERS),
    backendRefs: readBackendRefs(field.get('backendRefs'), namespace, FILTERS),
    sessionPersistence: readSessionPersistence(field.get('sessionPersistence')),
  };
}

function readMatch(field: Field): GrpcRouteMatch {
  const method = field.get('method');
  return { method: method.isSet ? readMethod(method) : null, headers: readValueMatches(field.get('headers')) };
}

const SERVICE = /^\.?[a-z_][a-z_0-9]*(\.[a-z_][a-z_0-9]*)*$/i;
const METHOD = /^[A-Za-z_][A-Za-z_0-9]*$/;

function readMethod(field: Field): GrpcMethodMatch {
  const type = oneOfOr<GrpcMethodMatch['type']>(
    field.get('type'),
    ['Exact', 'RegularExpression'],
    { word: 'Exact', by: 'S12.11', whereEmpty: 'refused' },
    'S4.7.6',
  );
  const service = field.get('service').filledText();
  const method = field.get('method').filledText();
  if (service === null && method === null) field.reject('Invalid', 'S4.7.6', msg('rejection.gateway.grpc-method', { path: field.name }));
  for (const [at, value, pattern] of [[field.get('service'), service, SERVICE] as const, [field.get('method'), method, METHOD] as const]) {
    if (type === 'Exact' && value !== null && !pattern.test(value)) {
      at.reject('Invalid', 'S4.7.6', msg('rejection.gateway.grpc-name', { path: at.name, value: shown(value) }), field);
    }
  }
  return { type, service, method };
}
