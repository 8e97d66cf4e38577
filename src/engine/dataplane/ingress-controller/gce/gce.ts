/**
 * The load balancer that Google Kubernetes Engine makes for an Ingress: a URL map finds the host, then the longest path
 * (S8.3.2). BackendConfig and FrontendConfig are followed as far as they change the path of a request.
 * https://cloud.google.com/load-balancing/docs/url-map-concepts
 */
import { msg } from '../../../../catalogue/message.ts';
import { sendsToPods, statesPods } from '../../../cluster/ingress-balancers/gce.ts';
import type { IngressBackend } from '../../../kinds/ingress/ingress-spec.ts';
import type { Service } from '../../../kinds/service/service-spec.ts';
import { nameKey } from '../../../manifests/object-ref.ts';
import type { HttpRequest } from '../../../trace/packet.ts';
import { yesOrNo } from '../../../cluster/assumptions.ts';
import type { Assumption } from '../../../trace/assumption.ts';
import { resolvePort } from '../../proxy/backend.ts';
import type { OnFailure, Resolved, Target } from '../../proxy/proxy.ts';
import { matchesPort } from '../backend.ts';
import { nodesFor, passes } from '../health-check.ts';
import type { ControllerView, ReceivedRequest } from '../implementation.ts';
import type { Dialect, Manner } from '../ranked/dialect.ts';
import { characters, elements, exact, type PathPattern } from '../ranked/path-pattern.ts';
import { ranked } from '../ranked/ranked.ts';
import { claimedIngresses, type Route } from '../route.ts';
import { backendConfig, frontendRedirect, protocolOf } from './configs.ts';
import { certificateOfGce } from './certificate.ts';
import { commandsOfGce } from './commands.ts';
import { healthCheck } from './health.ts';

const RULE = 'S8.3.2';

const dialect: Dialect = {
  id: 'gce',
  onPlainText: 'closes',
  product: 'GKE Ingress',
  controllerStrings: ['k8s.io/ingress-gce'],
  rule: RULE,
  hosts: { ask: 'closest', finds: 'any labels', matches: 'any labels' },
  pattern,
  // Of two that are the same, the later one stands in the URL map.
  rank: (_, { index }, { text, kind }) => [text.length, kind === 'exact' ? 1 : 0, index],
  resolve,
  // Without any of its backends the controller makes no URL map at all.
  leavesOut: () => false,
  closedTo: () => null,
  redirectsAll: frontendRedirect,
  redirects: () => null,
  defaultBackend: ({ cluster, controller }) => {
    const ingress = claimedIngresses(cluster, controller).find(({ defaultBackend }) => defaultBackend !== null);
    return ingress === undefined ? null : { ingress, onlyOtherHosts: false };
  },
  headers: (view, request) => forwarded(view, request),
  manner,
  assumes: (view, resolved) => ('service' in resolved && typeof resolved.service !== 'string' ? assumed(view, resolved.service) : []),
  unavailable: (view) => ({ status: isEnvoy(view) ? 503 : 502, why: msg(isEnvoy(view) ? 'ingress.gce.unavailable.internal' : 'ingress.gce.unavailable') }),
  title: (path, ingress, target) => {
    const args = { product: 'GKE Ingress', path, ingress: nameKey(ingress.ref.namespace, ingress.ref.name) };
    return target.kind === 'nodes' ? msg('ingress.balancer.title.node', args) : msg('ingress.balancer.title.pod', args);
  },
  onFailure: { answers: { refused: 502, timeout: 502, slow: 502, reset: 502, tls: 502 }, tries: 1 },
  whyFirst: () => msg('ingress.gce.first'),
  certificate: certificateOfGce,
  refusesHandshake: () => null,
  annotations: {
    prefix: 'networking.gke.io/',
    followed: new Set(['v1beta1.FrontendConfig', 'managed-certificates', 'suppress-firewall-xpn-error']),
  },
  commands: commandsOfGce,
};

export const gce = ranked(dialect);

/** A later rule for a host takes the place of all that an earlier one said of it. */
function pattern(_: ControllerView, { ingress, rule, index, path, pathType }: Route): PathPattern | null {
  const own = ingress.rules[rule]!.host;
  if (ingress.rules.slice(rule + 1).some(({ host }) => host === own)) return null;
  if (pathType === 'Exact') return exact(path);
  if (pathType === 'Prefix') return elements(path);
  if (ingress.rules[rule]!.paths[index]!.path === '') return elements('/');
  return path.endsWith('/*') ? characters(path.slice(0, -1)) : exact(path);
}

function resolve({ cluster }: ControllerView, namespace: string, backend: IngressBackend): Resolved {
  if (backend.kind === 'resource') return { kind: 'resource', what: `${backend.resourceKind}/${backend.name}` };
  const key = nameKey(namespace, backend.name);
  const service = cluster.services.get(key);
  if (service === undefined) return { kind: 'no-service', service: key };
  if (service.type === 'ExternalName') return { kind: 'name-unfollowed', service, name: service.externalName ?? '' };
  const port = service.ports.find((own) => matchesPort(own, backend));
  if (port === undefined) return { kind: 'no-port', service, port: 'number' in backend.port ? String(backend.port.number) : backend.port.name };
  const check = healthCheck(cluster, service, port);
  const unhealthy: Resolved = { kind: 'unhealthy', service, port, check: check.question };
  if (!sendsToPods(service, cluster.environment)) {
    const { all, healthy } = nodesFor(cluster, service, port, check, () => true);
    if (all.length === 0) return { kind: 'no-endpoints', service, port };
    return healthy.length === 0 ? unhealthy : { kind: 'nodes', service, port, nodes: healthy };
  }
  const resolved = resolvePort(cluster, service, port);
  if (resolved.kind !== 'endpoints') return resolved;
  const healthy = resolved.endpoints.filter((endpoint) => passes(cluster, endpoint, check));
  return healthy.length === 0 ? unhealthy : { ...resolved, endpoints: healthy };
}

/** What nothing in the manifests settles: what the Service's Pods answer to the check, and where requests are sent. */
function assumed({ cluster }: ControllerView, service: Service): readonly Assumption[] {
  const { assume, complete } = cluster.environment;
  const port = service.ports[0];
  const key = nameKey(service.ref.namespace, service.ref.name);
  const check = port === undefined ? null : healthCheck(cluster, service, port);
  const id = `health-check:${key}`;
  return [
    ...(statesPods(service) === null && assume['neg'] === undefined
      ? [{ id: 'neg', origin: 'default' as const, message: msg('ingress.gce.assume.neg'), choices: yesOrNo('neg') }]
      : []),
    ...(check === null || check.isReadiness || assume[id] !== undefined
      ? []
      : [
          {
            id,
            origin: complete ? ('default' as const) : ('inferred' as const),
            message: msg('ingress.gce.assume.health', { service: key, check: check.question }),
            choices: yesOrNo(id),
          },
        ]),
  ];
}

/** The internal load balancer is made of Envoy proxies; the external one is older. */
function isEnvoy({ controller }: ControllerView): boolean {
  return controller.balancer?.scheme === 'internal';
}

function manner(view: ControllerView, target: Target): Manner {
  const { service } = target;
  const key = nameKey(service.ref.namespace, service.ref.name);
  const port = target.kind === 'endpoints' || target.kind === 'nodes' ? target.port : service.ports[0];
  const config = port === undefined ? null : backendConfig(view.cluster, service, port);
  const answers: OnFailure['answers'] = isEnvoy(view) ? { refused: 503, timeout: 503, slow: 504, reset: 503, tls: 503 } : dialect.onFailure.answers;
  const encrypts = port !== undefined && protocolOf(service, port) !== 'HTTP';
  return {
    tls: encrypts ? { kind: 'encrypt', sni: null } : { kind: 'plain' },
    ...(config?.cookie === true && target.kind === 'endpoints' && { sticky: { cookie: 'GCLB', path: '/' } }),
    onFailure: { answers, tries: 1, limits: { perTry: (config?.timeoutSec ?? 30) * 1000, ...(config?.because[0] !== undefined && { by: config.because[0] }) } },
    why: [
      target.kind === 'nodes' ? msg('ingress.gce.nodes', { service: key }) : msg('ingress.gce.neg', { service: key }),
      ...(config === null ? [] : config.why),
    ],
    because: config === null ? [] : config.because,
  };
}

/** S14.5: client and load balancer are added to the chain. */
function forwarded({ controller }: ControllerView, { http, peer, scheme }: ReceivedRequest): HttpRequest['headers'] {
  const chain = http.headers['x-forwarded-for'];
  const own = `${peer},${controller.balancer?.addresses[0] ?? ''}`;
  return { ...http.headers, 'x-forwarded-for': chain === undefined || chain === '' ? own : `${chain},${own}`, 'x-forwarded-proto': scheme, via: '1.1 google' };
}
