/** Manifests for the tests of this folder: one class, one Gateway, routes and Services as short texts. */
import { traceOf, type TextRequest } from '../trace-of.ts';
import type { Trace } from '../../trace/trace.ts';

export interface GatewayWorld {
  /** Entries of `spec.listeners`; one plain listener on port 80 when left out. */
  readonly listeners?: readonly string[];
  readonly spec?: string;
  /** Routes as whole documents, or rules of one HTTPRoute `web`. */
  readonly routes?: readonly string[];
  readonly rules?: readonly string[];
  /** Services of namespace `shop`, each with one Pod of that name. */
  readonly services?: readonly string[];
  readonly more?: string;
  readonly lacks?: readonly string[];
}

export const NAMESPACE = 'shop';

export function gatewayWorld({
  listeners = ['{ name: http, port: 80, protocol: HTTP }'],
  spec = '',
  routes,
  rules = [],
  services = [],
  more = '',
}: GatewayWorld): string {
  const documents = [
    '{ apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: { name: conformant }, spec: { controllerName: example.com/gateway } }',
    `{ apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: { name: edge, namespace: shop }, spec: { gatewayClassName: conformant, ${spec} listeners: [${listeners.join(', ')}] } }`,
    ...(routes ?? [route('web', rules)]),
    ...services.flatMap(serviceDocuments),
  ];
  return `${documents.join('\n---\n')}\n${more === '' ? '' : `---\n${more}`}`;
}

/** `more` stands in the spec, `created` is a creation time. */
export function route(name: string, rules: readonly string[], more = '', { created = '', kind = 'HTTPRoute', namespace = NAMESPACE } = {}): string {
  const metadata = `{ name: ${name}, namespace: ${namespace}${created === '' ? '' : `, creationTimestamp: '${created}'`} }`;
  const parents = more.includes('parentRefs') ? '' : 'parentRefs: [{ name: edge, namespace: shop }], ';
  return `{ apiVersion: gateway.networking.k8s.io/v1, kind: ${kind}, metadata: ${metadata}, spec: { ${parents}${more === '' ? '' : `${more}, `}rules: [${rules.join(', ')}] } }`;
}

export function rule(matches: string, backend: string, more = ''): string {
  return `{ ${matches === '' ? '' : `matches: [${matches}], `}${more === '' ? '' : `${more}, `}backendRefs: [${backend.includes('{') ? backend : `{ name: ${backend}, port: 80 }`}] }`;
}

function serviceDocuments(key: string): readonly string[] {
  const [namespace, name] = key.includes('/') ? key.split('/') : [NAMESPACE, key];
  return [
    `{ apiVersion: v1, kind: Service, metadata: { name: ${name}, namespace: ${namespace} }, spec: { selector: { app: ${name} }, ports: [{ port: 80, targetPort: 8080 }] } }`,
    `{ apiVersion: v1, kind: Pod, metadata: { name: ${name}, namespace: ${namespace}, labels: { app: ${name} } }, spec: { containers: [{ name: app, image: i, ports: [{ containerPort: 8080 }] }] } }`,
  ];
}

/** The trace of a request that is dialled to the Gateway's own address at the port of its URL. */
export function through(world: GatewayWorld, request: TextRequest | string): Trace {
  const asked = typeof request === 'string' ? { url: request } : request;
  const [, scheme = '', given] = /^(\w+):\/\/[^/:]+(?::(\d+))?/.exec(asked.url) ?? [];
  const port = given ?? (scheme === 'https' || scheme === 'grpcs' || scheme === 'tls' ? '443' : '80');
  const lacks = (world.lacks ?? []).map((feature) => `"${feature}"`).join(', ');
  const scenario = `complete: true\ncloud: metallb-l2\ngatewayAPIChannel: experimental\ncontrollers: [{ kind: gateway, name: conformant, implementation: generic, class: conformant${lacks === '' ? '' : `, unsupportedFeatures: [${lacks}]`} }]`;
  return traceOf(
    gatewayWorld(world),
    { insecure: true, ...asked, flow: { connectTo: { kind: 'gateway', namespace: NAMESPACE, name: 'edge', port: Number(port) }, ...asked.flow } },
    scenario,
  ).trace;
}

/** `api`, `api 0.9 + web 0.1`, `302 https://…`, `404`, `gRPC 12`, `CONN_RESET`: where the branches end. */
export function ends({ branches }: Trace): string {
  const shares = new Map<string, number>();
  for (const { outcome, backend, probability } of branches) {
    const end =
      backend?.service != null
        ? backend.service.name
        : outcome.code !== 'HTTP'
          ? outcome.code
          : outcome.grpcStatus !== undefined
            ? `gRPC ${outcome.grpcStatus}`
            : outcome.location === undefined
              ? String(outcome.status)
              : `${outcome.status} ${outcome.location}`;
    shares.set(end, (shares.get(end) ?? 0) + probability);
  }
  return [...shares].map(([name, share]) => (shares.size === 1 ? name : `${name} ${Math.round(share * 1000) / 1000}`)).join(' + ');
}
