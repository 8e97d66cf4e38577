/**
 * No cell contradicts the trace of the same request. Every trace is made anew here, from the texts and the request that
 * the column hands out, and every sentence that a trace can confirm or refute is held against it.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examples } from '../../examples/index.ts';
import { buildCluster } from '../cluster/build-cluster.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { send } from '../dataplane/send.ts';
import { parseManifests } from '../manifests/parse.ts';
import { refKey } from '../manifests/object-ref.ts';
import type { Workspace } from '../manifests/workspace.ts';
import { isDelivered } from '../trace/outcome.ts';
import { formatSocket } from '../trace/packet.ts';
import { readRequest } from '../trace/request.ts';
import type { RequestDraft } from '../trace/request-draft.ts';
import type { Hop } from '../trace/hop.ts';
import type { SourceAddressKind, Trace } from '../trace/trace.ts';
import { renderText } from '../../catalogue/render.ts';
import type { Column, Comparison, Part, View, ViewName } from './comparison.ts';
import { comparing, request, workspaceOf } from './sample.fixture.ts';

interface Witnessed {
  readonly view: View;
  readonly trace: Trace;
  readonly cluster: Cluster;
}

interface Claimed {
  readonly args: Part['message']['args'];
  readonly column: Column;
  readonly comparison: Comparison;
  /** The trace that the part cites; for a rule the one that the column is read from. */
  readonly cited: Witnessed;
  readonly of: (view: ViewName) => Witnessed | undefined;
  readonly hop: Hop | undefined;
}

type Claim = (claimed: Claimed) => boolean;

const takenHops = ({ branches, taken, hops }: Trace) => (branches[taken]?.hops ?? []).map((id) => hops.find((hop) => hop.id === id)!);
const some = ({ branches }: Trace) => branches.some(({ outcome }) => isDelivered(outcome));
const all = ({ branches }: Trace) => branches.every(({ outcome }) => isDelivered(outcome));
const onWire = (trace: Trace) => takenHops(trace).filter(({ kind }) => kind !== 'dns');
const backends = ({ branches }: Trace) => branches.flatMap(({ backend }) => backend ?? []);
const sources = (trace: Trace, kind: SourceAddressKind) => backends(trace).filter(({ source }) => source.kind === kind);
const hasKind = (trace: Trace, ...kinds: readonly Hop['kind'][]) => trace.hops.some(({ kind }) => kinds.includes(kind));
const choices = (hop: Hop | undefined) => (hop?.considered ?? []).filter(({ result }) => result === 'taken' || result === 'possible').length;
const text = (value: unknown) => (Array.isArray(value) ? value.join(' and ') : String(value));

const failsWith =
  (...codes: readonly string[]): Claim =>
  ({ cited: { trace } }) =>
    !some(trace) && trace.branches.some(({ outcome }) => codes.includes(outcome.code));
const sourceIs =
  (kind: SourceAddressKind): Claim =>
  ({ cited: { trace }, args }) =>
    sources(trace, kind).some(({ source }) => text(args['address']).includes(source.ip));
const picks =
  (kind: Hop['kind']): Claim =>
  ({ hop, args }) =>
    hop?.kind === kind && choices(hop) > 1 && hop.actor.component === args['who'];
const always: Claim = () => true;

/** By the id of the message. A sentence that any trace could refute has to be here. */
const CLAIMS: Readonly<Record<string, Claim>> = {
  'compare.end.http': ({ cited: { trace }, args }) =>
    all(trace) &&
    trace.branches[trace.taken]?.outcome.code === 'HTTP' &&
    'status' in trace.branches[trace.taken]!.outcome &&
    trace.branches[trace.taken]!.outcome['status' as never] === args['status'],
  'compare.end.accepted': ({ cited: { trace } }) => all(trace) && trace.branches[trace.taken]?.outcome.code === 'ACCEPTED',
  'compare.end.some': ({ cited: { trace } }) => some(trace) && !all(trace),
  'compare.end.no-name': failsWith('DNS_NXDOMAIN'),
  'compare.end.no-data': failsWith('DNS_NODATA'),
  'compare.end.dns-timeout': failsWith('DNS_TIMEOUT'),
  'compare.end.refused': failsWith('CONN_REFUSED'),
  'compare.end.no-route': failsWith('NO_ROUTE'),
  'compare.end.timeout': failsWith('CONN_TIMEOUT'),
  'compare.end.reset': failsWith('CONN_RESET'),
  'compare.end.tls': failsWith('TLS_ERROR'),
  'compare.end.redirect-loop': failsWith('REDIRECT_LOOP'),
  'compare.end.silent': failsWith('UDP_SILENT'),
  'compare.end.http-from': (claim) =>
    failsWith('HTTP')(claim) && claim.cited.trace.hops.some(({ layer, actor }) => layer === 'L7' && actor.component === claim.args['who']),
  'compare.end.redirect': failsWith('HTTP'),

  'compare.asked.elsewhere': ({ cited: { trace }, column }) => {
    const object = refKey(column.object);
    const own = trace.hops.some(({ evidence }) => evidence.some((each) => refKey(each.object) === object));
    const dialled = onWire(trace)[0]?.before.dst.ip;
    return !own || dialled !== undefined;
  },
  'compare.asked.other-workload': ({ cited: { trace }, comparison }) =>
    backends(trace).some(({ workload }) => workload === null || comparison.workload === null || refKey(workload) !== refKey(comparison.workload)),
  'compare.asked.other-share': ({ cited: { trace } }) => new Set(backends(trace).map(({ workload }) => workload && refKey(workload))).size > 1,
  'compare.asked.rests': ({ cited: { trace }, args }) => trace.assumptions.filter(({ origin }) => origin === 'inferred').length === args['count'],
  'compare.called': ({ cited: { view }, args }) => view.request.url === args['url'],
  'compare.called.same': ({ cited: { view }, args, of }) => view.request.url === args['url'] && of('asked')!.view.request.url === args['url'],
  'compare.called.inside': ({ cited: { view, trace }, args }) => view.request.url === args['url'] && some(trace) && view.request.from.kind !== 'external',
  'compare.called.not-here': ({ cited: { trace } }) => !some(trace),
  'compare.reach.yes': ({ cited: { trace } }) => some(trace),
  'compare.reach.no': ({ cited: { trace } }) => !some(trace),
  'compare.address': ({ cited: { trace }, args }) => formatSocket(onWire(trace)[0]!.before.dst) === args['address'],
  'compare.address.none': ({ cited: { trace } }) => onWire(trace).length === 0 && !some(trace),
  'compare.dns.none': ({ cited: { trace } }) => trace.resolution.rcode === 'NONE',
  'compare.dns.to': ({ cited: { trace }, args }) => text(args['addresses']) === text(trace.resolution.addresses),
  'compare.dns.many': ({ cited: { trace }, args }) => trace.resolution.addresses.length === args['count'],
  'compare.dns.alias': ({ cited: { trace }, args }) => trace.resolution.cname === args['cname'],
  'compare.dns.fails': ({ cited: { trace } }) => ['NXDOMAIN', 'NODATA', 'TIMEOUT'].includes(trace.resolution.rcode),
  'compare.hops': ({ cited: { trace }, args }) => some(trace) && takenHops(trace).length === args['count'],
  'compare.hops.ends': ({ cited: { trace }, args }) => !some(trace) && takenHops(trace).length === args['count'],
  'compare.hops.with-dns': ({ cited: { trace }, args }) => takenHops(trace).filter(({ kind }) => kind === 'dns').length === args['count'],
  'compare.layer.dns': ({ cited: { trace } }) =>
    !takenHops(trace).some(({ kind }) => kind === 'load-balancer' || kind === 'kube-proxy' || kind === 'ingress-controller' || kind === 'gateway'),
  'compare.layer.l4': ({ cited: { trace }, hop }) =>
    hop?.layer === 'L4' && !takenHops(trace).some(({ kind, layer }) => layer === 'L7' && (kind === 'ingress-controller' || kind === 'gateway')),
  'compare.layer.l7': ({ hop }) => hop?.layer === 'L7',
  'compare.layer.l3': ({ hop }) => hop?.layer === 'L3',
  'compare.layer.none': ({ cited: { trace } }) => !takenHops(trace).some(({ kind }) => kind === 'dns' || kind === 'kube-proxy' || kind === 'load-balancer'),
  'compare.source.none': ({ cited: { trace } }) => backends(trace).length === 0,
  'compare.source.client': sourceIs('preserved'),
  'compare.source.node': sourceIs('node'),
  'compare.source.controller': sourceIs('controller'),
  'compare.source.load-balancer': sourceIs('load-balancer'),
  'compare.source.forwarded': ({ cited: { trace }, args }) => backends(trace)[0]?.request?.headers['x-forwarded-for'] === args['address'],
  'compare.source.local': ({ cited: { trace } }) => sources(trace, 'node').length > 0,
  'compare.tls.none': ({ cited: { trace } }) => onWire(trace)[0]?.before.tls.mode !== 'tls',
  'compare.tls.pod': ({ cited: { trace }, hop }) =>
    hop?.before.tls.mode === 'tls' && some(trace) && onWire(trace).every(({ before }) => before.tls.mode === 'tls'),
  'compare.tls.at': ({ cited: { trace }, hop, args }) => hop?.before.tls.mode === 'tls' && hop.actor.component === args['who'] && some(trace),
  'compare.tls.broken': ({ cited: { trace }, hop }) => hop?.before.tls.mode === 'tls' && !some(trace),
  'compare.tls.can-not': ({ cited: { trace } }) =>
    onWire(trace)[0]?.before.tls.mode !== 'tls' || onWire(trace).every(({ before }) => before.tls.mode === 'tls'),
  'compare.tls.can-load-balancer': always,
  'compare.tls.can-controller': always,
  'compare.routing.here': ({ hop, args }) => hop?.consulted.some(({ label }) => label === args['path']) ?? false,
  'compare.routing.port': ({ cited: { trace } }) => !hasKind(trace, 'ingress-controller', 'gateway'),
  'compare.routing.name': ({ cited: { trace } }) => !hasKind(trace, 'ingress-controller', 'gateway', 'load-balancer'),
  'compare.balancers': ({ args, of, column }) => {
    const outside = of('called')!.trace.hops.some(({ kind, actor }) => kind === 'load-balancer' && actor.component !== 'MetalLB');
    return column.way === 'own-proxy' || !outside || Number(args['count']) > 0;
  },
  'compare.balance.picks-node': picks('load-balancer'),
  'compare.balance.picks-pod': picks('load-balancer'),
  'compare.balance.random': ({ hop, cited: { cluster } }) =>
    hop?.kind === 'kube-proxy' && choices(hop) > 1 && ['iptables', 'nftables'].includes(cluster.environment.proxyMode),
  'compare.balance.in-turn': ({ hop, cited: { cluster } }) => hop?.kind === 'kube-proxy' && choices(hop) > 1 && cluster.environment.proxyMode === 'ipvs',
  'compare.balance.per-connection': ({ hop, cited: { cluster } }) =>
    hop?.kind === 'gateway' ? hop.layer !== 'L7' : hop?.kind === 'kube-proxy' && choices(hop) > 1 && cluster.environment.proxyMode === 'ebpf',
  'compare.balance.only': ({ hop }) => choices(hop) <= 1,
  'compare.balance.per-request': ({ hop }) => hop?.layer === 'L7',
  'compare.balance.client': ({ cited: { trace }, args }) => trace.resolution.addresses.length === args['count'],
  'compare.balance.nobody': ({ cited: { trace } }) =>
    !takenHops(trace).some((hop) => (hop.kind === 'kube-proxy' || hop.kind === 'load-balancer') && choices(hop) > 1),
  'compare.affinity.one-client': ({ cited: { trace } }) => sources(trace, 'load-balancer').length > 0,
  'compare.affinity.client-ip': always,
  'compare.protocols.http': ({ cited: { trace } }) => !some(trace) || trace.flow.scheme === 'http' || trace.flow.scheme === 'https',
  'compare.dies.others': ({ cited: { trace }, args }) => all(trace) && new Set(backends(trace).map(({ pod }) => pod && refKey(pod))).size === args['count'],
  'compare.dies.unreached': ({ cited: { trace } }) => !some(trace),
  'compare.dies.no-pod': ({ cited: { trace } }) => some(trace),
  'compare.dies.no-node': ({ cited: { trace } }) => some(trace),
  'compare.needs.provider': ({ cited: { trace }, args }) =>
    !hasKind(trace, 'load-balancer') || trace.hops.some(({ kind, actor }) => kind === 'load-balancer' && actor.component === args['product']),
  'compare.needs.no-provider': ({ of }) => !of('called')!.trace.hops.some(({ kind }) => kind === 'load-balancer'),
  'compare.needs.no-controller': ({ cited: { trace } }) => !hasKind(trace, 'ingress-controller', 'gateway') || !some(trace),
  'compare.needs.controller': ({ cited: { cluster }, args }) =>
    [...cluster.controllers.map(({ name }) => name), ...[...cluster.gatewayApi.gateways.values()].map(({ controller }) => controller)].some(
      (name) => name === args['controller'],
    ),
  'compare.pro.reached': ({ cited: { trace } }) => some(trace),
  'compare.con.not-reached': ({ cited: { trace } }) => !some(trace),
  'compare.pro.client-address': ({ cited: { trace } }) => backends(trace).length > 0 && backends(trace).every(({ source }) => source.kind === 'preserved'),
  'compare.con.client-address': ({ cited: { trace } }) => backends(trace).some(({ source }) => source.kind !== 'preserved'),
  'compare.pro.tls': ({ hop, args }) => hop?.before.tls.mode === 'tls' && hop.actor.component === args['who'],
  'compare.con.node': ({ cited: { trace } }) => !some(trace),
  'compare.con.node-pods': ({ cited: { trace } }) => !some(trace),
  'compare.pro.free': ({ of }) => !of('called')!.trace.hops.some(({ kind, actor }) => kind === 'load-balancer' && actor.component !== 'MetalLB'),
  'compare.pro.one-hop-less': ({ cited: { trace } }) => !hasKind(trace, 'kube-proxy') || !hasKind(trace, 'load-balancer'),
  'compare.con.each': ({ args, comparison }) => args['count'] === comparison.services,
};

function contradictions(workspace: Workspace, comparison: Comparison): readonly string[] {
  const found: string[] = [];
  for (const [index, column] of comparison.columns.entries()) {
    const witnessed = new Map<ViewName, Witnessed>();
    const of = (name: ViewName): Witnessed | undefined => {
      const view = column.views[name];
      if (view === undefined) return undefined;
      let known = witnessed.get(name);
      if (known === undefined) witnessed.set(name, (known = witness(workspace, view)));
      return known;
    };
    for (const { id, cells } of comparison.rows) {
      for (const { message, basis } of cells[index]!) {
        const where = `${column.way} ${id} ${message.id} “${renderText(message)}”`;
        const claim = CLAIMS[message.id];
        const cited = of(basis.kind === 'trace' ? basis.view : column.best);
        if (cited === undefined) found.push(`${where}: cites a trace that is not there`);
        else if (basis.kind === 'trace' && claim === undefined) found.push(`${where}: nobody checks it`);
        else if (basis.kind === 'trace' && basis.hop !== null && cited.trace.hops.every((hop) => hop.id !== basis.hop))
          found.push(`${where}: cites a hop that is not there`);
        else if (claim !== undefined) {
          const hop = basis.kind === 'trace' ? cited.trace.hops.find((each) => each.id === basis.hop) : undefined;
          if (!claim({ args: message.args, column, comparison, cited, of, hop })) found.push(where);
        }
      }
    }
    for (const name of Object.keys(column.views) as ViewName[]) {
      const { view, trace } = of(name)!;
      if ((view.result === 'good') !== all(trace)) found.push(`${column.way}: the mark of ${name}`);
      if (view.path.stops.length !== takenHops(trace).length + 1) found.push(`${column.way}: the path of ${name}`);
    }
  }
  return found;
}

/** Nothing of what the comparison computed is used: only texts and requests. */
function witness(workspace: Workspace, view: View): Witnessed {
  const kept = workspace.map((file) => view.changes.find(({ name }) => name === file.name) ?? file);
  const added = view.changes.filter(({ name }) => workspace.every((file) => file.name !== name));
  const cluster = buildCluster(parseManifests([...kept, ...added]));
  return { view, cluster, trace: send(cluster, readRequest(view.request).flow!).trace };
}

describe('no cell contradicts the trace of the same request', () => {
  it.each(examples.map((example) => [example.id, example] as const))('in the example %s', async (_, example) => {
    const workspace = await example.load();
    const comparison = comparing(workspace, example.request);
    expect(comparison.columns.length).toBeGreaterThan(7);
    expect(contradictions(workspace, comparison)).toEqual([]);
  });

  it.each(examples.filter(({ id }) => ['metallb', 'external-proxy', 'ingress-tls'].includes(id)).map((example) => [example.id, example] as const))(
    'on own hardware, in the example %s',
    async (_, example) => {
      const workspace = await example.load();
      const comparison = comparing(workspace, example.request, { ways: ['own-proxy', 'metallb', 'ingress-metallb'] });
      expect(contradictions(workspace, comparison)).toEqual([]);
    },
  );

  it('on random manifests', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(anyWorkspace, anyRequest, (workspace, asked) => {
        const comparison = comparing(workspace, asked);
        expect(contradictions(workspace, comparison)).toEqual([]);
      }),
      { seed: 17, numRuns: 15 },
    );
  });
});

const anyService = fc
  .record({
    type: fc.constantFrom('ClusterIP', 'Headless', 'NodePort', 'LoadBalancer', 'ExternalName'),
    port: fc.constantFrom(80, 443, 5432),
    target: fc.constantFrom('8080', 'http', 'wrong'),
    app: fc.constantFrom('api', 'api', 'web', 'typo'),
    policy: fc.constantFrom('Cluster', 'Local'),
    affinity: fc.boolean(),
  })
  .map(({ type, port, target, app, policy, affinity }) => (index: number) => {
    const spec = [
      type === 'Headless' ? 'clusterIP: None' : `type: ${type}`,
      ...(type === 'ExternalName' ? ['externalName: s0.shop.svc.cluster.local'] : [`selector: { app: ${app} }`]),
      `ports: [{ port: ${port}, targetPort: ${target} }]`,
      ...(type === 'NodePort' || type === 'LoadBalancer' ? [`externalTrafficPolicy: ${policy}`] : []),
      ...(affinity && type !== 'ExternalName' ? ['sessionAffinity: ClientIP'] : []),
    ];
    return `apiVersion: v1\nkind: Service\nmetadata: { name: s${index}, namespace: shop }\nspec: { ${spec.join(', ')} }\n`;
  });

const anyWorkload = fc
  .record({
    kind: fc.constantFrom('Deployment', 'StatefulSet', 'DaemonSet'),
    app: fc.constantFrom('api', 'web'),
    replicas: fc.integer({ min: 0, max: 3 }),
    ports: fc.constantFrom('[]', '[{ containerPort: 8080 }]', '[{ name: http, containerPort: 8080 }]', '[{ name: https, containerPort: 8443 }]'),
  })
  .map(({ kind, app, replicas, ports }) => (index: number) => {
    const count = kind === 'DaemonSet' ? '' : `  replicas: ${replicas}\n`;
    const template = `  template:\n    metadata: { labels: { app: ${app} } }\n    spec: { containers: [{ name: c, image: c:1, ports: ${ports} }] }\n`;
    return `apiVersion: apps/v1\nkind: ${kind}\nmetadata: { name: w${index}, namespace: shop }\nspec:\n${count}  selector: { matchLabels: { app: ${app} } }\n${template}`;
  });

const anyIngress = fc
  .record({ tls: fc.boolean(), path: fc.constantFrom('/', '/api'), className: fc.constantFrom('nginx', 'traefik', 'other') })
  .map(({ tls, path, className }) => {
    const section = tls ? '  tls: [{ hosts: [shop.example.com], secretName: shop-tls }]\n' : '';
    return `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: shop, namespace: shop }\nspec:\n  ingressClassName: ${className}\n${section}  rules: [{ host: shop.example.com, http: { paths: [{ path: ${path}, pathType: Prefix, backend: { service: { name: s0, port: { number: 80 } } } }] } }]\n`;
  });

const anyWorkspace = fc
  .record({
    services: fc.array(anyService, { maxLength: 3 }),
    workloads: fc.array(anyWorkload, { minLength: 1, maxLength: 2 }),
    ingress: fc.option(anyIngress, { nil: null }),
    cloud: fc.constantFrom('', 'none', 'aws-lbc', 'aws-intree', 'gcp', 'azure', 'metallb-l2', 'generic-proxy', 'generic-passthrough'),
    proxyMode: fc.constantFrom('iptables', 'nftables', 'ipvs', 'ebpf'),
    complete: fc.boolean(),
    ready: fc.boolean(),
  })
  .map(({ services, workloads, ingress, cloud, proxyMode, complete, ready }): Workspace => {
    const environment = [
      `proxyMode: ${proxyMode}`,
      `complete: ${complete}`,
      ...(cloud === '' ? [] : [`cloud: ${cloud}`]),
      `pods: { shop/w0-0: { ready: ${ready} } }`,
    ];
    const manifests = [...workloads.map((make, index) => make(index)), ...services.map((make, index) => make(index)), ...(ingress === null ? [] : [ingress])];
    return workspaceOf(manifests, environment.join('\n'));
  });

const anyRequest: fc.Arbitrary<RequestDraft> = fc
  .record({
    url: fc.constantFrom(
      'http://shop.example.com/api',
      'https://shop.example.com/api',
      'http://s0/api',
      'tcp://s0.shop:5432',
      'http://192.0.2.11:30086/',
      'udp://s0:53',
      'http://w0-0.s0/',
    ),
    from: fc.constantFrom('external', 'pod/shop/w0-0', 'node/node-a'),
  })
  .map(({ url, from }) => request(url, from));
