import { describe, expect, it } from 'vitest';
import { clusterOf } from './cluster-of.ts';
import { endpointsOf, findServicePort } from './endpoints.ts';

interface PodParts {
  readonly labels?: string;
  readonly ports?: string;
  readonly spec?: string;
  readonly phase?: string;
  readonly ready?: boolean;
  readonly deleted?: boolean;
  readonly ip?: string;
}

/** A Pod as `kubectl get` prints it, on node-a unless its spec says otherwise. */
const pod = (
  name: string,
  { labels = '{ app: web }', ports = '[]', spec = 'nodeName: node-a,', phase = 'Running', ready = true, deleted = false, ip = '' }: PodParts = {},
) => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: ${labels} ${deleted ? ', deletionTimestamp: "2026-01-01T00:00:00Z"' : ''} }
spec: { ${spec} containers: [{ name: c, image: x, ports: ${ports} }] }
status: { phase: ${phase}, ${ip === '' ? '' : `podIP: ${ip},`} conditions: [{ type: Ready, status: "${ready ? 'True' : 'False'}" }] }
---`;
const service = (spec: string, metadata = 'name: web') => `
apiVersion: v1
kind: Service
metadata: { ${metadata} }
spec: { ${spec} }
---`;
const web = service('selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }]');
const nodes = 'nodes: [{ name: node-a, zone: zone-a }, { name: node-b, zone: zone-b }]';
const endpoints = (yaml: string, port = '', environment = nodes) => endpointsOf(clusterOf(yaml, environment), 'default/web', port);
const podsBehind = (yaml: string, port = '') => endpoints(yaml, port).map((endpoint) => endpoint.pod);

describe('which Pods stand behind a Service (S5.1, S5.2)', () => {
  it('those of its namespace that carry every label of the selector', () => {
    const elsewhere = pod('c').replace('{ name: c', '{ name: c, namespace: other');
    expect(podsBehind(web + pod('a') + pod('b', { labels: '{ app: other }' }) + elsewhere)).toEqual(['default/a']);
    const both = service('selector: { app: web, tier: front }, ports: [{ port: 80 }]');
    expect(podsBehind(both + pod('a') + pod('b', { labels: '{ app: web, tier: front, extra: x }' }))).toEqual(['default/b']);
  });

  it('without a selector no slices are made, and an empty one selects nothing', () => {
    expect(clusterOf(service('ports: [{ port: 80 }]') + pod('a')).endpointSlices.get('default/web')).toBeUndefined();
    expect(podsBehind(service('selector: {}, ports: [{ port: 80 }]') + pod('a'))).toEqual([]);
  });

  it('not Pods that have ended, nor those without an address: and it is said why', () => {
    const cluster = clusterOf(web + pod('a') + pod('b', { phase: 'Succeeded' }) + pod('c', { phase: 'Pending', ready: false }), nodes);
    expect(endpointsOf(cluster, 'default/web', '').map((endpoint) => endpoint.pod)).toEqual(['default/a']);
    expect(cluster.excludedPods.get('default/web')?.map(({ pod: name, why }) => [name, why.id])).toEqual([
      ['default/b', 'cluster.excluded.ended'],
      ['default/c', 'cluster.excluded.no-address'],
    ]);
  });

  it('not Pods whose node does not exist, unless unready addresses are published', () => {
    const lost = pod('a', { spec: 'nodeName: gone,', ip: '10.244.9.9' });
    const closed = `complete: true\n${nodes}`;
    expect(endpoints(web + lost, '', closed)).toEqual([]);
    const published = web.replace('ports', 'publishNotReadyAddresses: true, ports');
    expect(endpoints(published + lost, '', closed).map((endpoint) => endpoint.pod)).toEqual(['default/a']);
  });

  it('Pods of several workloads, each endpoint counted once (S5.13)', () => {
    expect(podsBehind(web + pod('v1-a', { labels: '{ app: web, v: one }' }) + pod('v2-a', { labels: '{ app: web, v: two }' }))).toHaveLength(2);
  });
});

describe('conditions of an endpoint (S5.3)', () => {
  const conditions = (yaml: string) => endpoints(yaml).map(({ ready, serving, terminating }) => ({ ready, serving, terminating }));

  it('a Pod that is not ready is an endpoint that is not ready', () => {
    expect(conditions(web + pod('a', { ready: false }))).toEqual([{ ready: false, serving: false, terminating: false }]);
  });

  it('a Pod being deleted serves on and is not ready', () => {
    expect(conditions(web + pod('a', { deleted: true }))).toEqual([{ ready: false, serving: true, terminating: true }]);
  });

  it('publishNotReadyAddresses makes all of them ready', () => {
    const published = web.replace('ports', 'publishNotReadyAddresses: true, ports');
    expect(conditions(published + pod('a', { ready: false }) + pod('b', { deleted: true })).map(({ ready }) => ready)).toEqual([true, true]);
  });
});

describe('ports of an endpoint (S5.5)', () => {
  it('a number is used as it is, declared or not', () => {
    expect(endpoints(web + pod('a')).map(({ port }) => port)).toEqual([8080]);
  });

  it('a name is the container port of that name and protocol', () => {
    const named = service('selector: { app: web }, ports: [{ port: 53, protocol: UDP, targetPort: dns }]');
    expect(endpoints(named + pod('a', { ports: '[{ name: dns, containerPort: 5353, protocol: UDP }]' })).map(({ port }) => port)).toEqual([5353]);
    expect(endpoints(named + pod('a', { ports: '[{ name: dns, containerPort: 5353, protocol: TCP }]' }))).toEqual([]);
  });

  it('a name may mean different numbers on different Pods: then there are several slices', () => {
    const named = service('selector: { app: web }, ports: [{ port: 80, targetPort: http }]');
    const cluster = clusterOf(
      named + pod('a', { ports: '[{ name: http, containerPort: 8080 }]' }) + pod('b', { ports: '[{ name: http, containerPort: 9090 }]' }),
      nodes,
    );
    expect(cluster.endpointSlices.get('default/web')?.map((slice) => slice.ports.map(({ port }) => port))).toEqual([[8080], [9090]]);
    expect(endpointsOf(cluster, 'default/web', '').map(({ pod: name, port }) => [name, port])).toEqual([
      ['default/a', 8080],
      ['default/b', 9090],
    ]);
  });

  it('a Pod that lacks the name serves the other ports only', () => {
    const two = service('selector: { app: web }, ports: [{ name: http, port: 80, targetPort: http }, { name: raw, port: 81, targetPort: 81 }]');
    const yaml = two + pod('a', { ports: '[{ name: http, containerPort: 8080 }]' }) + pod('b');
    expect(podsBehind(yaml, 'http')).toEqual(['default/a']);
    expect(podsBehind(yaml, 'raw')).toEqual(['default/a', 'default/b']);
  });

  it('a port of a sidecar counts', () => {
    const named = service('selector: { app: web }, ports: [{ port: 80, targetPort: proxy }]');
    const sidecar = 'nodeName: node-a, initContainers: [{ name: s, image: x, restartPolicy: Always, ports: [{ name: proxy, containerPort: 15001 }] }],';
    expect(endpoints(named + pod('a', { spec: sidecar })).map(({ port }) => port)).toEqual([15001]);
  });
});

describe('slices (S5.8, S5.9, S5.10)', () => {
  it('hold at most a hundred endpoints', () => {
    const many =
      '\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replicas: 230, selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: c, image: x }] } } }\n---';
    expect(
      clusterOf(web + many)
        .endpointSlices.get('default/web')
        ?.map((slice) => slice.endpoints.length),
    ).toEqual([100, 100, 30]);
  });

  it('a Service whose selector matches nothing has one empty slice', () => {
    expect(
      clusterOf(web, 'complete: true')
        .endpointSlices.get('default/web')
        ?.map((slice) => [slice.ports, slice.endpoints]),
    ).toEqual([[[], []]]);
  });

  it('a name of its own needs a hostname, and the Service as subdomain', () => {
    const named = (subdomain: string) =>
      endpoints(web + pod('a', { spec: `nodeName: node-a, hostname: one, subdomain: ${subdomain},` })).map(({ hostname }) => hostname);
    expect(named('web')).toEqual(['one']);
    expect(named('other')).toEqual([null]);
  });

  it('node and zone are those of the Pod', () => {
    expect(endpoints(web + pod('a', { spec: 'nodeName: node-b,' })).map(({ node, zone }) => [node, zone])).toEqual([['node-b', 'zone-b']]);
  });
});

describe('hints (S5.11)', () => {
  const hints = (field: string, metadata = 'name: web') =>
    endpoints(service(`selector: { app: web }, ${field} ports: [{ port: 80 }]`, metadata) + pod('a') + pod('b', { spec: 'nodeName: node-b,' })).map(
      (endpoint) => endpoint.hints,
    );

  it('PreferClose and PreferSameZone hint each endpoint to its own zone', () => {
    const own = [
      { forZones: ['zone-a'], forNodes: [] },
      { forZones: ['zone-b'], forNodes: [] },
    ];
    expect(hints('trafficDistribution: PreferClose,')).toEqual(own);
    expect(hints('trafficDistribution: PreferSameZone,')).toEqual(own);
  });

  it('PreferSameNode hints to the node besides', () => {
    expect(hints('trafficDistribution: PreferSameNode,').map(({ forNodes }) => forNodes)).toEqual([['node-a'], ['node-b']]);
  });

  it('topology-mode Auto outweighs it, and gives none because no manifest tells CPUs', () => {
    expect(hints('trafficDistribution: PreferClose,', 'name: web, annotations: { service.kubernetes.io/topology-mode: Auto }')).toEqual([
      { forZones: [], forNodes: [] },
      { forZones: [], forNodes: [] },
    ]);
  });
});

describe('slices that were pasted (S5.6, S5.12)', () => {
  const slice = (ports: string, rest: string, type = 'IPv4') => `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: web-1, labels: { kubernetes.io/service-name: web } }
addressType: ${type}
ports: ${ports}
endpoints: ${rest}
---`;
  const LABEL = 'metadata.labels.kubernetes.io/service-name';
  const selectorless = service('ports: [{ name: http, port: 80, targetPort: 1 }]');

  it.each([
    ['another port name', slice('[{ name: web, port: 9090 }]', '[{ addresses: [198.51.100.1] }]'), 'cluster.slice.port-name', 'ports.0.name'],
    ['another protocol', slice('[{ name: http, port: 53, protocol: UDP }]', '[{ addresses: [198.51.100.1] }]'), 'cluster.slice.protocol', 'ports.0.protocol'],
    ['names of hosts', slice('[{ name: http, port: 80 }]', '[{ addresses: [db.example.com] }]', 'FQDN'), 'cluster.slice.fqdn', 'addressType'],
    ['no label', slice('[{ name: http, port: 80 }]', '[{ addresses: [198.51.100.1] }]').replace(/, labels: .*}/, ' }'), 'cluster.slice.no-label', LABEL],
    [
      'a label for another',
      slice('[{ name: http, port: 80 }]', '[{ addresses: [198.51.100.1] }]').replace('name: web }', 'name: wbe }'),
      'cluster.slice.other-label',
      LABEL,
    ],
    ['nothing at all', '', 'cluster.slice.none', 'spec'],
  ])('F-37: with %s a Service without a selector has none, and a finding says so', (_, yaml, id, path) => {
    const found = clusterOf(selectorless + yaml).findings.filter(({ code }) => code === 'hand-made-endpoints');
    expect(found.map(({ message, path: at }) => [message.id, at?.join('.')])).toEqual([[id, path]]);
  });

  it('give a Service without a selector its endpoints: the port of the slice, by the name of the Service port', () => {
    const yaml = selectorless + slice('[{ name: http, port: 9090 }]', '[{ addresses: [198.51.100.1] }]');
    expect(endpoints(yaml, 'http')).toMatchObject([{ ip: '198.51.100.1', port: 9090, ready: true, pod: null, node: null }]);
    expect(endpoints(selectorless + slice('[{ name: web, port: 9090 }]', '[{ addresses: [198.51.100.1] }]'), 'http')).toEqual([]);
  });

  it('win over the selector of their Service', () => {
    const yaml =
      web +
      pod('a', { ip: '10.244.0.7' }) +
      slice('[{ name: "", port: 8080 }]', '[{ addresses: [10.244.0.7], conditions: { ready: false }, targetRef: { kind: Pod, namespace: default, name: a } }]');
    expect(endpoints(yaml).map(({ ip, ready, pod: name }) => [ip, ready, name])).toEqual([['10.244.0.7', false, 'default/a']]);
  });

  it('follow a Pod that a person switches', () => {
    const yaml =
      web +
      pod('a', { ip: '10.244.0.7' }) +
      slice('[{ name: "", port: 8080 }]', '[{ addresses: [10.244.0.7], targetRef: { kind: Pod, namespace: default, name: a } }]');
    expect(endpoints(yaml, '', `${nodes}\npods: { default/a: { ready: false } }`).map(({ ready }) => ready)).toEqual([false]);
    expect(endpoints(yaml, '', `${nodes}\npods: { default/a: { gone: true } }`)).toEqual([]);
  });

  it('of names are ignored, and only the first address counts', () => {
    expect(endpoints(selectorless + slice('[{ name: http, port: 80 }]', '[{ addresses: [db.example.com] }]', 'FQDN'), 'http')).toEqual([]);
    expect(endpoints(selectorless + slice('[{ name: http, port: 80 }]', '[{ addresses: [198.51.100.1, 198.51.100.2] }]'), 'http')).toHaveLength(1);
  });

  it('Endpoints objects are mirrored into slices', () => {
    const yaml = `${selectorless}
apiVersion: v1
kind: Endpoints
metadata: { name: web }
subsets: [{ addresses: [{ ip: 198.51.100.1 }], notReadyAddresses: [{ ip: 198.51.100.2 }], ports: [{ name: http, port: 9090 }] }]`;
    expect(endpoints(yaml, 'http').map(({ ip, ready }) => [ip, ready])).toEqual([
      ['198.51.100.1', true],
      ['198.51.100.2', false],
    ]);
  });
});

describe('finding a Service port', () => {
  it('by number or name, and protocol where two share a number', () => {
    const cluster = clusterOf(service('selector: { app: web }, ports: [{ name: t, port: 53, protocol: TCP }, { name: u, port: 53, protocol: UDP }]'));
    const found = cluster.services.get('default/web')!;
    expect(findServicePort(found, 53)?.name).toBe('t');
    expect(findServicePort(found, 53, 'UDP')?.name).toBe('u');
    expect(findServicePort(found, 'u')?.protocol).toBe('UDP');
    expect(findServicePort(found, 54)).toBeNull();
    expect(endpointsOf(cluster, 'default/none', '')).toEqual([]);
  });
});
