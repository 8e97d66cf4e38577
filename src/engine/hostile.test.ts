/**
 * What nobody would write on purpose: small sound manifests, spoilt in their structure and in their text, and odd
 * requests to them. Nothing throws, and what comes out keeps its promises. Every set follows from its number;
 * `HOSTILE_SETS=10000 npx vitest run src/engine/hostile.test.ts` tries more of them.
 */
import process from 'node:process';
import { dump, loadAll } from 'js-yaml';
import { expect, it } from 'vitest';
import { renderText } from '../catalogue/render.ts';
import {
  buildCluster,
  formatTrace,
  NO_MEMORY,
  originsOf,
  parseManifests,
  parseOrigin,
  readRequest,
  redactSecrets,
  send,
  suggestRequests,
  type Cluster,
  type Finding,
  type Flow,
  type Json,
  type Memory,
  type Origin,
  type RequestDraft,
  type Trace,
} from './index.ts';

const SETS = Number(process.env['HOSTILE_SETS'] ?? 250);
const FIRST = Number(process.env['HOSTILE_FIRST'] ?? 1);

/** Must never be seen again. The second is the first in base64. */
const PAYLOAD = 'opensesame-7f3a';
const ENCODED = btoa(PAYLOAD);

const edge = `
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: nginx, annotations: { ingressclass.kubernetes.io/is-default-class: 'true' } }
spec: { controller: k8s.io/ingress-nginx }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  namespace: shop
  annotations:
    nginx.ingress.kubernetes.io/rewrite-target: /$2
    nginx.ingress.kubernetes.io/use-regex: 'true'
    nginx.ingress.kubernetes.io/affinity: cookie
spec:
  ingressClassName: nginx
  tls: [{ hosts: [shop.example.com], secretName: shop-tls }]
  defaultBackend: { service: { name: web, port: { number: 80 } } }
  rules:
  - host: shop.example.com
    http:
      paths:
      - { path: /api(/|$)(.*), pathType: ImplementationSpecific, backend: { service: { name: api, port: { name: http } } } }
      - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
  - host: '*.example.com'
    http: { paths: [{ path: /x, pathType: Exact, backend: { service: { name: elsewhere, port: { number: 443 } } } }] }
---
apiVersion: v1
kind: Secret
metadata: { name: shop-tls, namespace: shop, annotations: { kubectl.kubernetes.io/last-applied-configuration: '{"kind":"Secret","data":{"k":"${ENCODED}"}}' } }
type: kubernetes.io/tls
data: { tls.crt: ${ENCODED}, tls.key: ${ENCODED} }
stringData: { password: ${PAYLOAD} }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop, annotations: { service.beta.kubernetes.io/aws-load-balancer-type: nlb } }
spec: { type: LoadBalancer, externalTrafficPolicy: Local, selector: { app: web }, ports: [{ name: http, port: 80, targetPort: http, nodePort: 30080 }] }
---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec: { selector: { app: api }, sessionAffinity: ClientIP, ports: [{ name: http, port: 8080 }, { name: dns, port: 53, protocol: UDP }] }
---
apiVersion: v1
kind: Service
metadata: { name: elsewhere, namespace: shop }
spec: { type: ExternalName, externalName: api.shop.svc.cluster.local, ports: [{ port: 443 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: example.com/web:1, ports: [{ name: http, containerPort: 8080 }], readinessProbe: { httpGet: { port: http } } }] }
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: api, namespace: shop }
spec:
  selector: { matchExpressions: [{ key: app, operator: In, values: [api] }] }
  template:
    metadata: { labels: { app: api } }
    spec: { hostNetwork: true, containers: [{ name: api, image: example.com/api:1, ports: [{ containerPort: 8080, hostPort: 8080 }] }] }
`;

const inside = `
apiVersion: v1
kind: Namespace
metadata: { name: data, labels: { team: data } }
---
apiVersion: v1
kind: Service
metadata: { name: db, namespace: data }
spec: { clusterIP: None, publishNotReadyAddresses: true, selector: { app: db }, ports: [{ name: pg, port: 5432, targetPort: pg }] }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: data }
spec:
  serviceName: db
  replicas: 3
  selector: { matchLabels: { app: db } }
  template: { metadata: { labels: { app: db } }, spec: { containers: [{ name: pg, image: pg, ports: [{ name: pg, containerPort: 5432 }] }] } }
---
apiVersion: v1
kind: Pod
metadata: { name: client, namespace: data, labels: { app: client }, creationTimestamp: '2026-01-01T00:00:00Z' }
spec:
  nodeName: node-a
  dnsPolicy: None
  dnsConfig: { nameservers: [10.96.0.10], searches: [data.svc.cluster.local], options: [{ name: ndots, value: '5' }] }
  containers: [{ name: c, image: i, env: [{ name: A, value: b }] }]
status: { phase: Running, podIP: 10.244.7.7, podIPs: [{ ip: 10.244.7.7 }, { ip: 'fd00::7' }], conditions: [{ type: Ready, status: 'True' }] }
---
apiVersion: v1
kind: Node
metadata: { name: node-a, labels: { topology.kubernetes.io/zone: a } }
spec: { podCIDR: 10.244.7.0/24, taints: [{ key: k, effect: NoSchedule }] }
status: { addresses: [{ type: InternalIP, address: 192.0.2.50 }, { type: ExternalIP, address: 198.51.100.50 }], conditions: [{ type: Ready, status: 'True' }] }
---
apiVersion: v1
kind: Service
metadata: { name: outside, namespace: data }
spec: { clusterIP: 10.96.7.7, externalIPs: [198.51.100.77], ipFamilyPolicy: PreferDualStack, ports: [{ name: a, port: 81, appProtocol: https }] }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: outside-1, namespace: data, labels: { kubernetes.io/service-name: outside } }
addressType: IPv4
ports: [{ name: a, port: 9081, protocol: TCP }]
endpoints:
- { addresses: [192.0.2.99], conditions: { ready: true }, nodeName: node-a, zone: a, hints: { forZones: [{ name: a }] } }
- { addresses: [10.244.7.7], targetRef: { kind: Pod, name: client, namespace: data } }
---
apiVersion: v1
kind: Endpoints
metadata: { name: old, namespace: data }
subsets: [{ addresses: [{ ip: 192.0.2.98 }], notReadyAddresses: [{ ip: 192.0.2.97 }], ports: [{ port: 82 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: old, namespace: data }
spec: { type: NodePort, internalTrafficPolicy: Local, ports: [{ port: 82, nodePort: 30082 }] }
---
apiVersion: v1
kind: List
items:
- { apiVersion: batch/v1, kind: Job, metadata: { name: once }, spec: { template: { spec: { restartPolicy: Never, containers: [{ name: c, image: i }] } } } }
- { apiVersion: v1, kind: Secret, metadata: { name: listed }, stringData: { a: ${PAYLOAD} } }
- { apiVersion: example.com/v1, kind: Unknown, metadata: { name: u } }
`;

const scenario = `
apiVersion: podpath.dev/v1
kind: Scenario
metadata: { name: world }
spec:
  environment:
    complete: false
    cloud: aws-lbc
    proxyMode: iptables
    podCIDR: [10.244.0.0/16, 'fd00::/48']
    serviceCIDR: [10.96.0.0/16]
    nodePortRange: 30000-32767
    nodes: [{ name: node-a, zone: a }, { name: node-b, zone: b, externalIP: 198.51.100.51, down: true }]
    controllers: [{ kind: ingress, name: in, implementation: ingress-nginx, class: nginx, config: { hsts: 'true' }, args: ['--enable-ssl-passthrough'] }]
    publicDNS: { shop.example.com: { ingress: shop/shop }, old.example.com: { cname: shop.example.com }, a.example.com: { address: 198.51.100.77 } }
    pods: { 'data/db-1': { ready: false }, 'shop/web-*': { closed: [8080], status: 500 } }
    loadBalancers: { shop/web: { pending: false } }
    proxies: [{ name: front, product: NGINX, address: 198.51.100.90, service: data/old }]
    assume: { 'secret:shop/shop-tls': true }
  requests: [{ name: saved, url: 'http://shop.example.com/', from: { pod: data/client }, headers: { X-A: b } }]
`;

/** mulberry32 */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Dice = ReturnType<typeof diceOf>;

function diceOf(seed: number) {
  const next = random(seed);
  const below = (count: number) => Math.floor(next() * count);
  return { below, oneOf: <T>(list: readonly T[]): T => list[below(list.length)]!, happens: (share: number) => next() < share };
}

const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  ' ',
  'a b',
  'ä😀',
  '\u202E',
  'a'.repeat(300),
  '0',
  '-1',
  '*',
  'x/y',
  '{{ .V }}',
];
const TEXTS = [
  ...NAMES,
  'null',
  'true',
  '~',
  '10.0.0.0/99',
  '999.1.1.1',
  '::',
  'fe80::1%eth0',
  '0x7f.1',
  '127.0.0.1',
  '\0',
  '\uD800',
  'line\nbreak\r\n',
  '((((((((((a*)*)*)*)*)*)*)*)*)*$',
  '(?<=a)[',
  '$0$1${x}',
  '..',
  '/%zz/%00',
  '*.*.com',
  '*.',
  '.',
  'XN--A',
  '1e999',
  '`{count}`',
];
const VALUES: readonly Json[] = [
  ...TEXTS,
  null,
  true,
  false,
  0,
  -0,
  -1,
  1.5,
  65_536,
  2 ** 31,
  2 ** 53,
  1e308,
  [],
  {},
  [[]],
  [null],
  [{}],
  [1, 'a', null, {}],
  { a: { b: { c: [] } } },
  JSON.parse('{"__proto__":{"polluted":true},"constructor":"x"}') as Json,
];
/** Values that are right somewhere, so that spoilt objects get far. */
const PLAUSIBLE: Readonly<Record<string, readonly Json[]>> = {
  type: ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'],
  clusterIP: ['None', '10.96.0.10', '', 'fd00::1'],
  protocol: ['TCP', 'UDP', 'SCTP'],
  replicas: [0, 1, 2, 5],
  port: [0, 1, 53, 80, 443, 65_535],
  targetPort: ['http', 'pg', 80, 0, 8080],
  nodePort: [0, 30_000, 30_080, 32_767],
  name: ['web', 'api', 'db', 'elsewhere', 'http', 'a.b', 'constructor'],
  namespace: ['shop', 'data', 'default', 'kube-system', 'constructor'],
  externalName: ['elsewhere.shop.svc.cluster.local', 'example.com', 'web.shop.svc.cluster.local', '10.0.0.1'],
  host: ['*.example.com', 'shop.example.com', '__proto__', 'constructor', '*'],
  path: ['/', '/a/b', '//', '/..', '/(', '/api(/|$)(.*)', 'x'],
  pathType: ['Prefix', 'Exact', 'ImplementationSpecific'],
  cloud: ['none', 'gcp', 'azure', 'aws-intree', 'metallb-l2', 'metallb-bgp', 'generic-proxy', 'generic-passthrough'],
  proxyMode: ['nftables', 'ipvs', 'ebpf'],
  implementation: ['generic', 'ingress-nginx', 'traefik', 'haproxy', 'contour', 'istio', '__proto__'],
  complete: [true, false],
  kind: ['Service', 'Pod', 'Ingress', 'Deployment', 'Node', 'List', 'constructor', 'IngressList'],
  hostNetwork: [true, false],
  externalTrafficPolicy: ['Cluster', 'Local'],
  addressType: ['IPv6', 'FQDN'],
  ipFamilies: [['IPv6'], ['IPv4', 'IPv6'], ['IPv6', 'IPv4']],
  down: [true],
  podCIDR: ['0.0.0.0/0', '10.0.0.0/30', 'fd00::/128', '10.96.0.0/16'],
  serviceCIDR: ['10.0.0.0/30', 'fd00::/120', '0.0.0.0/0'],
};
const ADDED: readonly (readonly [string, Json])[] = [
  ['annotations', { 'nginx.ingress.kubernetes.io/canary': 'true', 'nginx.ingress.kubernetes.io/canary-weight': '1e9', __proto: 'x' }],
  ['annotations', { 'nginx.ingress.kubernetes.io/permanent-redirect': '//', 'nginx.ingress.kubernetes.io/server-alias': '*,,constructor' }],
  ['labels', JSON.parse('{"__proto__":"a","constructor":"b"}') as Json],
  ['ipFamilies', ['IPv6', 'IPv4']],
  ['hostIP', '0.0.0.0'],
  ['selector', {}],
  ['selector', JSON.parse('{"__proto__":"a"}') as Json],
  ['loadBalancerSourceRanges', ['0.0.0.0/0', 'x']],
  ['deletionTimestamp', '2026-01-01T00:00:00Z'],
  ['generateName', 'x-'],
];

type Node = Record<string, Json> | Json[];

/** Every mapping and list below a value, itself first. */
function nodesOf(value: Json, out: Node[] = []): Node[] {
  if (typeof value !== 'object' || value === null) return out;
  out.push(value as Node);
  for (const child of Object.values(value) as Json[]) nodesOf(child, out);
  return out;
}

/** As `JSON.parse` and YAML do it: `__proto__` is a key like any other. */
function put(node: Record<string, Json>, key: string, value: Json): void {
  Object.defineProperty(node, key, { value: structuredClone(value), enumerable: true, configurable: true, writable: true });
}

function spoil(document: Json, { below, oneOf, happens }: Dice): void {
  const node = oneOf(nodesOf(document));
  if (Array.isArray(node)) {
    const at = below(node.length + 1);
    const how = below(5);
    if (how === 0) node.splice(at, 1);
    else if (how === 1) node.splice(at, 0, structuredClone(oneOf(VALUES)));
    else if (how === 2 && node.length > 0) node.push(structuredClone(node[at % node.length]!));
    else if (how === 3) node.reverse();
    else if (node.length > 0) node[at % node.length] = structuredClone(oneOf(VALUES));
    return;
  }
  const keys = Object.keys(node);
  const key = oneOf(keys);
  const how = below(9);
  if (keys.length === 0 || how === 0) put(node, oneOf([...NAMES, ...Object.keys(PLAUSIBLE)]), oneOf(VALUES));
  else if (how === 1) delete node[key];
  else if (how === 2) put(node, oneOf([...NAMES, ...keys]), node[key]!);
  else if (how === 3) {
    const value = node[key]!;
    delete node[key];
    put(node, oneOf(NAMES), value);
  } else if (how === 4) put(node, key, oneOf(VALUES));
  else if (how === 5) put(node, ...oneOf(ADDED));
  else if (how === 6 && happens(0.1)) put(node, key, deep(below(400)));
  else {
    const chosen = oneOf(keys.filter((each) => Object.hasOwn(PLAUSIBLE, each)));
    if (chosen === undefined) put(node, key, oneOf(TEXTS));
    else put(node, chosen, oneOf(PLAUSIBLE[chosen]!));
  }
}

function deep(levels: number): Json {
  let value: Json = 'x';
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? { a: value } : [value];
  return value;
}

/** Keeps what the documents say apart: no line moves from one to another. */
function spoilText(text: string, dice: Dice): string {
  const { below, oneOf } = dice;
  const at = below(text.length);
  const lines = text.split('\n');
  const line = below(lines.length);
  switch (below(9)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.replaceAll('\n', '\r\n');
    case 2:
      return `${text.slice(0, at)}${oneOf(['\0', '\t', '\uFEFF', '😀', '\u2028', '\uD800', '{', '[', '"', "'", '&a ', '*a ', '!!binary ', '|\n', ': ', '#', '\n---\n', '\n...\n', '<<: '])}${text.slice(at)}`;
    case 3:
      return lines.toSpliced(line, 0, lines[line]!).join('\n');
    case 4:
      return lines.toSpliced(line, 1).join('\n');
    case 5:
      return lines.with(line, `${' '.repeat(below(4))}${lines[line]!}`).join('\n');
    case 6:
      return `\uFEFF${text}`;
    case 7:
      return text.replaceAll('  ', '\t');
    default: {
      const other = below(lines.length);
      return lines.with(line, lines[other]!).with(other, lines[line]!).join('\n');
    }
  }
}

/** Only what must not be seen changes; that it is a Secret stays. */
function spoilSecret(document: Json, { oneOf }: Dice): void {
  for (const node of nodesOf(document)) {
    if (Array.isArray(node) || node['kind'] !== 'Secret') continue;
    put(
      node,
      oneOf(['data', 'stringData']),
      oneOf<Json>([PAYLOAD, [PAYLOAD], { a: { b: PAYLOAD } }, { a: [ENCODED], 'tls.crt': 5 }, { __proto: ENCODED }, { constructor: ENCODED }]),
    );
  }
}

const isSecret = (document: Json) => nodesOf(document).some((node) => !Array.isArray(node) && node['kind'] === 'Secret');

interface HostileSet {
  readonly files: { readonly name: string; readonly text: string }[];
  /** Whether every Secret is still one that a reader can know for one. */
  readonly keepsSecrets: boolean;
}

const sound = [edge, inside, scenario].map((text) => loadAll(text) as Json[]);

function hostileSet(dice: Dice): HostileSet {
  const { below, happens } = dice;
  let keepsSecrets = true;
  const files = sound.map((documents, index) => {
    const texts = documents.map((original) => {
      const document = structuredClone(original);
      if (isSecret(document)) {
        if (happens(0.5)) spoilSecret(document, dice);
      } else for (let times = below(3); times > 0; times -= 1) spoil(document, dice);
      return happens(0.3) ? JSON.stringify(document) : dump(document, { flowLevel: happens(0.3) ? 3 : -1 });
    });
    let text = texts.join(happens(0.05) ? '\n---\r\n' : '\n---\n');
    if (happens(0.25)) {
      keepsSecrets &&= !text.includes('Secret');
      for (let times = 1 + below(3); times > 0; times -= 1) text = spoilText(text, dice);
    }
    return { name: `${['edge', 'inside', 'scenario'][index]}.yaml`, text };
  });
  return { files: happens(0.2) ? files.slice(0, 2) : files, keepsSecrets };
}

const URLS = [
  'http://shop.example.com/api/x',
  'https://shop.example.com/api/../%00',
  'https://constructor.example.com/x',
  'http://__proto__/',
  'http://toString.constructor/',
  'http://web.shop/',
  'http://elsewhere.shop.svc.cluster.local/',
  'tcp://db-0.db.data:5432',
  'tcp://db.data:5432',
  'udp://api.shop:53',
  'http://outside.data:81',
  'http://192.0.2.50:30080/',
  'http://node-a:30082/',
  'http://198.51.100.77:81/',
  'http://198.51.100.90:82/',
  'http://old.example.com/',
  'http://127.0.0.1:8080/',
  'http://[::1]/',
  'http://[fd00::7]:80/',
  'http://0.0.0.0/',
  'ping://web.shop',
  'https://10.96.0.1/',
  'tls://shop.example.com',
  `http://${'a.'.repeat(120)}com/`,
];
const ORIGINS = [
  'external',
  '2001:db8::1',
  'pod/data/client',
  'pod/shop/__proto__',
  'node/node-a',
  'node/node-b',
  'node/constructor',
  'sts/data/db',
  'ds/shop/api',
];
const ODD_MEMORY: Memory = JSON.parse(
  '{"seed":-7.5,"affinity":{"__proto__":"10.0.0.1:80","constructor":""},"cookies":{"__proto__":{"a":"b"},"shop.example.com":{"__proto__":"x","INGRESSCOOKIE":"constructor"}}}',
) as Memory;

function requests(cluster: Cluster, dice: Dice): RequestDraft[] {
  const { oneOf, happens } = dice;
  const suggested = suggestRequests(cluster).map(({ draft }) => draft);
  const origins: Origin[] = [...ORIGINS.flatMap((text) => parseOrigin(text) ?? []), ...originsOf(cluster)];
  const odd = Array.from({ length: 3 }, (): RequestDraft => {
    const headers = happens(0.3) ? [['__proto__', 'x'] as const, ['Host', oneOf(['__proto__', 'constructor', 'a, b', ''])] as const] : [];
    const connectTo = happens(0.2) ? oneOf(['pod/data/db-0:1', '198.51.100.77:81', ':0', '[::1]:80', 'web.shop', 'pod/__proto__/x']) : '';
    return {
      from: oneOf(origins),
      method: oneOf(['GET', 'constructor', '']),
      url: oneOf(URLS),
      headers,
      connectTo,
      followRedirects: happens(0.5),
      insecure: happens(0.5),
    };
  });
  return [...(suggested.length > 0 ? [oneOf(suggested), oneOf(suggested)] : []), ...odd];
}

function checkFindings(findings: readonly Finding[], cluster: Cluster): void {
  for (const finding of findings) {
    expect(renderText(finding.message)).not.toBe('');
    for (const { file, document, from, to } of finding.ranges) {
      const text = cluster.manifests.documents.find((each) => each.file === file && each.index === document)?.text;
      expect({ code: finding.code, inside: text !== undefined && from >= 0 && from <= to && to <= text.length }).toEqual({ code: finding.code, inside: true });
    }
  }
}

function checkTrace(trace: Trace): void {
  const hops = new Map(trace.hops.map((hop) => [hop.id, hop]));
  expect(hops.has(trace.first)).toBe(true);
  expect(trace.branches.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9);
  expect(trace.branches[trace.taken]).toBeDefined();
  for (const { hops: ids, probability } of trace.branches) {
    expect(probability).toBeGreaterThan(0);
    expect(ids[0]).toBe(trace.first);
    for (const [index, id] of ids.entries()) {
      const following = ids[index + 1];
      if (following === undefined) expect(hops.get(id)?.next).toEqual([]);
      else expect(hops.get(id)?.next.map(({ to }) => to)).toContain(following);
    }
  }
  for (const { next } of hops.values()) if (next.length > 0) expect(next.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9);
  expect(JSON.parse(JSON.stringify(trace))).toEqual(trace);
}

/** Of a cluster all but the texts it was made from. */
const allOf = (value: unknown) => JSON.stringify(value, (key: string, item: unknown) => (key === 'text' ? undefined : item instanceof Map ? [...item] : item));

function tryOut({ files, keepsSecrets }: HostileSet, dice: Dice): void {
  const manifests = parseManifests(files);
  const cluster = buildCluster(manifests);
  expect(structuredClone(cluster)).toEqual(cluster);
  checkFindings(cluster.findings, cluster);
  expect(parseManifests(files, manifests).documents.every((document, index) => document === manifests.documents[index])).toBe(true);
  const seen = [allOf(cluster), ...files.filter(() => keepsSecrets).map(({ text }) => redactSecrets(text).text)];
  for (const draft of requests(cluster, dice)) {
    const { flow, findings } = readRequest(draft);
    checkFindings(findings, cluster);
    if (flow !== null) seen.push(...sendTwice(cluster, flow, dice.happens(0.2) ? ODD_MEMORY : { ...NO_MEMORY, seed: dice.below(100) }));
  }
  if (keepsSecrets) expect(seen.filter((text) => text.includes(PAYLOAD) || text.includes(ENCODED))).toEqual([]);
}

function sendTwice(cluster: Cluster, flow: Flow, memory: Memory): readonly string[] {
  const { trace, memory: after } = send(cluster, flow, memory);
  checkTrace(trace);
  const again = send(cluster, flow, memory);
  expect(again.trace).toEqual(trace);
  send(cluster, flow, after);
  return [JSON.stringify(trace), formatTrace(trace, cluster.manifests)];
}

/** A failure names its set, so that it can be tried alone: `HOSTILE_FIRST=17 HOSTILE_SETS=1`. */
it('nothing a person writes makes the engine throw or break a promise', { timeout: 60_000 + SETS * 200 }, () => {
  const failures: string[] = [];
  for (let set = FIRST; set < FIRST + SETS && failures.length < 5; set += 1) {
    const dice = diceOf(set);
    try {
      tryOut(hostileSet(dice), dice);
    } catch (error) {
      failures.push(`set ${set}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  expect(failures).toEqual([]);
});
