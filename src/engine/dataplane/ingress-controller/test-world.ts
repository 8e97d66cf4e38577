/** A small cluster for the tests of this folder: Ingresses, Services with a Pod or more each, one controller. */
import type { Cluster, Controller } from '../../cluster/cluster.ts';
import type { EndpointSlice } from '../../kinds/endpoint-slice/endpoint-slice-spec.ts';
import type { Ingress, IngressBackend, PathType } from '../../kinds/ingress/ingress-spec.ts';
import type { ApiObject, Metadata } from '../../kinds/kind.ts';
import type { Pod } from '../../kinds/pod/pod-spec.ts';
import type { Secret } from '../../kinds/secret/secret-spec.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import type { ManifestObject } from '../../manifests/document.ts';
import type { Flow } from '../../trace/flow.ts';
import type { Memory } from '../../trace/memory.ts';
import { NO_MEMORY } from '../../trace/memory.ts';
import type { Carry, HopDecision, State } from '../component.ts';
import { ingressController } from './ingress-controller.ts';

type PathLine = `${PathType | 'Impl'} ${string} ${string}`;

export interface IngressLine {
  readonly name?: string;
  readonly created?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Host (empty for all) to lines `Prefix /path service:port`; `service` alone means port 80. */
  readonly rules?: Readonly<Record<string, readonly PathLine[]>>;
  readonly defaultBackend?: string;
  readonly tls?: Ingress['tls'];
}

export interface World {
  readonly implementation?: 'generic' | 'ingress-nginx' | 'traefik' | 'haproxy' | 'contour' | 'istio';
  readonly config?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly ingresses: readonly IngressLine[];
  /** Services by name to how many ready Pods stand behind; one each for every name an Ingress uses when left out. */
  readonly services?: Readonly<Record<string, number | Partial<Service>>>;
  readonly secrets?: Readonly<Record<string, Secret['certificate'] | 'empty'>>;
  readonly configMaps?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly refuses?: Controller['refuses'];
  /** A closed world unless said otherwise. */
  readonly complete?: boolean;
  readonly assume?: Cluster['environment']['assume'];
}

const NAMESPACE = 'shop';

export function worldOf(world: World): Cluster {
  const ingresses = world.ingresses.map(ingressOf);
  const used = new Set(
    world.ingresses.flatMap((line) =>
      [...Object.values(line.rules ?? {}).flat(), ...(line.defaultBackend === undefined ? [] : [`- - ${line.defaultBackend}`])].map(
        (path) => path.split(' ').at(-1)!.split(':')[0]!,
      ),
    ),
  );
  const stated = world.services ?? Object.fromEntries([...used].map((name) => [name, 1]));
  const pods = new Map<string, Pod>();
  const services = new Map<string, Service>();
  const slices = new Map<string, readonly EndpointSlice[]>();
  const addPod = (name: string, ip: string): Pod => {
    const pod = podOf(name, ip);
    pods.set(`${NAMESPACE}/${name}`, pod);
    return pod;
  };
  addPod('controller', '10.244.0.2');
  for (const [index, [name, what]] of Object.entries(stated).entries()) {
    const service = serviceOf(name, `10.96.0.${index + 10}`, typeof what === 'number' ? {} : what);
    services.set(`${NAMESPACE}/${name}`, service);
    const made = Array.from({ length: typeof what === 'number' ? what : 1 }, (_, at) => addPod(`${name}-${at}`, `10.244.${index + 1}.${at + 2}`));
    slices.set(`${NAMESPACE}/${name}`, [sliceOf(service, made)]);
  }
  const controller: Controller = {
    name: 'nginx',
    kind: 'ingress',
    implementation: world.implementation ?? 'ingress-nginx',
    classes: ['nginx'],
    config: world.config ?? {},
    args: world.args ?? [],
    pods: [`${NAMESPACE}/controller`],
    service: null,
    balancer: null,
    listens: [
      { containerPort: 80, scheme: 'http' },
      { containerPort: 443, scheme: 'https' },
    ],
    claims: ingresses.map((ingress) => `${NAMESPACE}/${ingress.ref.name}`),
    refuses: world.refuses ?? [],
    publishes: [{ ip: '203.0.113.10', hostname: null, ipMode: 'VIP' }],
    assumption: null,
    statement: null,
    standIn: null,
  };
  const secrets = Object.entries(world.secrets ?? {}).map(([name, certificate]): [string, Secret] => [
    `${NAMESPACE}/${name}`,
    {
      ...objectOf('Secret', name),
      type: 'kubernetes.io/tls',
      keys: [],
      certificate: certificate === 'empty' ? null : certificate,
      usableForTls: certificate !== 'empty',
    },
  ]);
  const objects = Object.entries(world.configMaps ?? {}).map(([name, data]): ManifestObject => ({
    ref: { kind: 'ConfigMap', namespace: NAMESPACE, name },
    apiVersion: 'v1',
    value: { data },
    file: 'a.yaml',
    document: 0,
    root: [],
    order: 0,
  }));
  // Only what an Ingress controller reads of a cluster is filled in.
  return {
    environment: { clusterDomain: 'cluster.local', complete: world.complete ?? true, assume: world.assume ?? {}, date: null, stated: ['date'] } as Partial<
      Cluster['environment']
    > as Cluster['environment'],
    manifests: { documents: [], objects, findings: [] },
    defaults: new Map(),
    pods,
    services,
    ingresses: new Map(ingresses.map((ingress) => [`${NAMESPACE}/${ingress.ref.name}`, ingress])),
    secrets: new Map(secrets),
    endpointSlices: slices,
    controllers: [controller],
    excludedPods: new Map(),
    addressOwners: new Map(),
    publicRecords: new Map(),
    provenance: new Map(),
  } as unknown as Cluster;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly insecure?: boolean;
  readonly sni?: string;
  readonly peer?: string;
  readonly failed?: readonly string[];
  readonly memory?: Memory;
  readonly proxyProtocol?: string;
}

/** What the controller's Pod decides for a request to this URL. */
export function ask(
  cluster: Cluster,
  url: string,
  { method = 'GET', headers = {}, insecure = false, sni, peer = '203.0.113.7', failed, memory = NO_MEMORY, proxyProtocol }: Ask = {},
): HopDecision {
  const [, scheme, authority, path] = /^(https?):\/\/([^/]+)(\/.*)?$/.exec(url)!;
  const host = headers['host'] ?? authority!;
  const encrypted = scheme === 'https';
  const flow: Flow = {
    from: { kind: 'external', ip: peer },
    method,
    scheme: encrypted ? 'https' : 'http',
    host: authority!.split(':')[0]!,
    port: encrypted ? 443 : 80,
    portGiven: false,
    path: path ?? '/',
    headers: [],
    insecure,
    ...(sni === undefined ? {} : { sni }),
  };
  const { host: _, ...others } = headers;
  const state: State = {
    place: { kind: 'pod', pod: `${NAMESPACE}/controller` },
    packet: {
      src: { ip: peer, port: 40_000 },
      dst: { ip: '10.244.0.2', port: encrypted ? 443 : 80 },
      protocol: 'TCP',
      tls: encrypted ? { mode: 'tls', sni: sni ?? flow.host } : { mode: 'none' },
      http: { method, scheme: encrypted ? 'https' : 'http', host, path: path ?? '/', headers: others },
      ...(proxyProtocol === undefined ? {} : { proxyProtocol: { ip: proxyProtocol, port: 1 } }),
    },
    carry: { ...carryFor(flow, peer), ...(failed === undefined ? {} : { failed }) },
  };
  const decision = ingressController(state, { cluster, memory });
  if (decision.kind !== 'hop') throw new Error('a controller always decides');
  return decision;
}

function carryFor(flow: Flow, ip: string): Carry {
  return {
    client: { kind: 'external', ip, node: null, pod: null },
    resolution: { name: flow.host, rcode: 'NOERROR', addresses: ['203.0.113.10'], cname: null },
    service: null,
    source: 'preserved',
    redirects: 0,
    visited: [],
    certificateNames: [],
    terminatedAt: null,
    responseHeaders: {},
    flow,
  };
}

/** An ingress-nginx with these Ingresses. */
export function nginx(ingresses: readonly IngressLine[], more: Omit<World, 'ingresses'> = {}): Cluster {
  return worldOf({ ...more, ingresses });
}

export function rules(host: string, ...lines: readonly PathLine[]): IngressLine {
  return { rules: { [host]: lines } };
}

/** `verdict` of one request. */
export function get(cluster: Cluster, url: string, more: Ask = {}): string {
  return verdict(ask(cluster, url, more));
}

/** Short form of an outcome: `api`, `api 0.9 + api-canary 0.1`, `308 https://…`, `404`, `TLS untrusted`. */
export function verdict({ becomes }: HopDecision): string {
  if (becomes.kind === 'forward') {
    const shares = new Map<string, number>();
    for (const { carry, probability } of becomes.to) shares.set(carry.service!.name, (shares.get(carry.service!.name) ?? 0) + probability);
    return [...shares].map(([name, share]) => (shares.size === 1 ? name : `${name} ${Math.round(share * 1000) / 1000}`)).join(' + ');
  }
  const { outcome } = becomes;
  if (outcome.code === 'TLS_ERROR') return `TLS ${outcome.kind}`;
  if (outcome.code !== 'HTTP') return outcome.code;
  return outcome.location === undefined ? String(outcome.status) : `${outcome.status} ${outcome.location}`;
}

/** The request as the first Pod it may go to gets it. */
export function atBackend({ becomes }: HopDecision) {
  if (becomes.kind !== 'forward') throw new Error('it goes nowhere');
  return becomes.to[0]!.packet.http!;
}

function objectOf<K extends string>(
  kind: K,
  name: string,
  annotations: Readonly<Record<string, string>> = {},
  created: string | null = null,
): ApiObject & { readonly ref: { readonly kind: K } } {
  const metadata: Metadata = { name, namespace: NAMESPACE, labels: {}, annotations, creationTimestamp: created, deletionTimestamp: null, owners: [] };
  return { ref: { kind, namespace: NAMESPACE, name }, metadata, manifest: null, order: 0 };
}

function ingressOf({ name, created, annotations = {}, rules = {}, defaultBackend, tls = [] }: IngressLine, index: number): Ingress {
  const full = Object.fromEntries(Object.entries(annotations).map(([key, value]) => [key.includes('/') ? key : `nginx.ingress.kubernetes.io/${key}`, value]));
  return {
    ...objectOf('Ingress', name ?? `ingress-${index}`, full, created ?? null),
    ingressClassName: 'nginx',
    defaultBackend: defaultBackend === undefined ? null : backendOf(defaultBackend),
    tls,
    rules: Object.entries(rules).map(([host, lines]) => ({
      host,
      paths: lines.map((line) => {
        const [type, ...rest] = line.split(' ');
        return {
          path: rest.slice(0, -1).join(' '),
          pathType: type === 'Impl' ? 'ImplementationSpecific' : (type as PathType),
          backend: backendOf(rest.at(-1)!),
        };
      }),
    })),
    statusIngress: null,
  };
}

function backendOf(text: string): IngressBackend {
  const [name = '', port = '80'] = text.split(':');
  if (name === 'bucket') return { kind: 'resource', apiGroup: 'example.com', resourceKind: 'Bucket', name };
  return { kind: 'service', name, port: /^\d+$/.test(port) ? { number: Number(port) } : { name: port } };
}

function serviceOf(name: string, ip: string, stated: Partial<Service>): Service {
  const ports: Service['ports'] = [{ name: 'http', protocol: 'TCP', appProtocol: null, port: 80, targetPort: 8080, nodePort: 0 }];
  const service = { ...objectOf('Service', name), type: 'ClusterIP', selector: { app: name }, ports, headless: false, clusterIPs: [ip], externalName: null };
  return { ...service, ...stated } as unknown as Service;
}

function podOf(name: string, ip: string): Pod {
  const pod = { ...objectOf('Pod', name), spec: { hostNetwork: false }, status: { podIPs: [ip], ready: true }, workload: null, node: 'node-a' };
  return pod as unknown as Pod;
}

function sliceOf(service: Service, pods: readonly Pod[]): EndpointSlice {
  return {
    ...objectOf('EndpointSlice', `${service.ref.name}-1`),
    serviceName: service.ref.name,
    addressType: 'IPv4',
    ports: service.ports.map((port) => ({
      name: port.name,
      port: typeof port.targetPort === 'number' ? port.targetPort : 8080,
      protocol: port.protocol,
      appProtocol: null,
    })),
    endpoints: pods.map((pod) => ({
      addresses: pod.status.podIPs,
      ready: true,
      serving: true,
      terminating: false,
      hostname: null,
      nodeName: 'node-a',
      zone: null,
      targetRef: pod.ref,
      hints: { forZones: [], forNodes: [] },
    })),
    madeBy: 'controller',
  };
}
