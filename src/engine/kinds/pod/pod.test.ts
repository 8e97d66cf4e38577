import { describe, expect, it } from 'vitest';
import { acceptedFrom, defaultsOf, notesOf, refusalsOf } from '../admit-text.ts';
import type { Pod } from './pod-spec.ts';

const text = (spec: string, rest = '', metadata = 'name: a') => `apiVersion: v1\nkind: Pod\nmetadata: { ${metadata} }\nspec: { ${spec} }\n${rest}`;
const read = (spec: string, rest?: string, metadata?: string) => acceptedFrom<Pod>(text(spec, rest, metadata));
const ports = (list: string) => `containers: [{ name: a, image: b, ports: [${list}] }]`;
const PLAIN = 'containers: [{ name: a, image: b }]';

describe('what the API server refuses', () => {
  it.each([
    ['hostNetwork: false', ['Required spec.containers S4.3']],
    ['containers: [{ name: A, image: b }]', ['Invalid spec.containers[0].name S4.3']],
    ['containers: [{ name: a, image: b }, { name: a, image: b }]', ['Duplicate spec.containers[1].name S4.3']],
    [ports('{ name: http }'), ['Required spec.containers[0].ports[0].containerPort S4.3.1']],
    [ports('{ containerPort: 65536 }'), ['Invalid spec.containers[0].ports[0].containerPort S4.3.1']],
    [ports('{ containerPort: 80, protocol: HTTP }'), ['NotSupported spec.containers[0].ports[0].protocol S4.3.1']],
    [ports('{ containerPort: 80, name: "80" }'), ['Invalid spec.containers[0].ports[0].name S4.3.1']],
    [ports('{ containerPort: 80, name: much-too-long-name }'), ['Invalid spec.containers[0].ports[0].name S4.3.1']],
    [ports('{ containerPort: 80, name: a }, { containerPort: 81, name: a }'), ['Duplicate spec.containers[0].ports[1].name S4.3.1']],
    [ports('{ containerPort: 80, hostPort: 70000 }'), ['Invalid spec.containers[0].ports[0].hostPort S4.3.1']],
    [ports('{ containerPort: 80, hostPort: 90 }, { containerPort: 81, hostPort: 90 }'), ['Duplicate spec.containers[0].ports[1].hostPort S4.3.1']],
    [ports('{ containerPort: 80, hostIP: a }'), ['Invalid spec.containers[0].ports[0].hostIP S4.3.1']],
    [`hostNetwork: true, ${ports('{ containerPort: 80, hostPort: 81 }')}`, ['Invalid spec.containers[0].ports[0].containerPort S4.3.1']],
    [`hostname: a.b, subdomain: C, ${PLAIN}`, ['Invalid spec.hostname S4.1.2', 'Invalid spec.subdomain S4.1.2']],
    [
      'hostNetwork: true, containers: [{ name: a, image: b, ports: [{ containerPort: 80 }] }, { name: c, image: b, ports: [{ containerPort: 80 }] }]',
      ['Duplicate spec.containers[1].ports[0].hostPort S4.3.1'],
    ],
    [`dnsPolicy: Cluster, ${PLAIN}`, ['NotSupported spec.dnsPolicy S4.3']],
    [`dnsPolicy: None, ${PLAIN}`, ['Required spec.dnsConfig.nameservers S4.3']],
    ['containers: [{ name: a, image: b, env: [{ name: PORT, value: 80 }] }]', ['Invalid spec.containers[0].env[0].value S4']],
    [`nodeSelector: { zone: true }, ${PLAIN}`, ['Invalid spec.nodeSelector.zone S4']],
  ])('%s', (spec, expected) => {
    expect(refusalsOf(text(spec))).toEqual(expected);
  });
});

describe('what the API server takes', () => {
  it.each([
    ports('{ containerPort: 80, name: http }, { containerPort: 80, protocol: UDP, name: http3 }'),
    ports('{ containerPort: 80, hostPort: 90 }, { containerPort: 81, hostPort: 90, protocol: UDP }'),
    `hostNetwork: true, ${ports('{ containerPort: 80, hostPort: 80 }')}`,
    `dnsPolicy: None, dnsConfig: { nameservers: [1.1.1.1] }, ${PLAIN}`,
  ])('%s', (spec) => {
    expect(refusalsOf(text(spec))).toEqual([]);
  });

  it('two containers may name a port alike, which is told', () => {
    const spec =
      'containers: [{ name: a, image: b, ports: [{ name: http, containerPort: 80 }] }, { name: c, image: d, ports: [{ name: http, containerPort: 81 }] }]';
    expect(notesOf(text(spec))).toEqual(['port-name-in-two-containers spec.containers[1].ports[0].name']);
  });

  it('a Pod that people shortened stays, and that is told', () => {
    expect(read('containers: [{ name: a }]').spec.containers).toHaveLength(1);
    expect(notesOf(text('containers: [{}]'))).toEqual(['container-incomplete spec.containers[0].name', 'container-incomplete spec.containers[0].image']);
  });
});

describe('defaults', () => {
  it.each([
    [ports('{ containerPort: 80 }'), 'spec.containers[0].ports[0].protocol', 'TCP'],
    [`hostNetwork: true, ${ports('{ containerPort: 80 }')}`, 'spec.containers[0].ports[0].hostPort', '80'],
    [PLAIN, 'spec.dnsPolicy', 'ClusterFirst'],
    [PLAIN, 'spec.terminationGracePeriodSeconds', '30'],
    ['containers: [{ name: a, image: b, readinessProbe: { tcpSocket: { port: 80 } } }]', 'spec.containers[0].readinessProbe.periodSeconds', '10'],
    ['containers: [{ name: a, image: b, livenessProbe: { tcpSocket: { port: 80 } } }]', 'spec.containers[0].livenessProbe.timeoutSeconds', '1'],
    [
      'containers: [{ name: a, image: b, startupProbe: { tcpSocket: { port: 80 }, failureThreshold: 0 } }]',
      'spec.containers[0].startupProbe.failureThreshold',
      '3',
    ],
  ])('%s gives %s: %s', (spec, path, value) => {
    expect(defaultsOf(text(spec))[path]).toBe(value);
  });
});

describe('fields', () => {
  it('a sidecar runs beside the containers, other init containers do not (S5.5)', () => {
    const spec = `${PLAIN}, initContainers: [{ name: once, image: b }, { name: proxy, image: b, restartPolicy: Always, ports: [{ containerPort: 15000 }] }]`;
    expect(read(spec).spec.containers.map(({ name, sidecar }) => [name, sidecar])).toEqual([
      ['a', false],
      ['proxy', true],
    ]);
  });

  it.each([
    ['httpGet: { path: /, port: http }', 'http'],
    ['tcpSocket: { port: 8080 }', 8080],
    ['grpc: { port: 9090 }', 9090],
    ['exec: { command: [a] }', null],
  ])('a readiness probe by %s asks port %s', (probe, port) => {
    const [container] = read(`containers: [{ name: a, image: b, readinessProbe: { ${probe} } }]`).spec.containers;
    expect(container).toMatchObject({ hasReadinessProbe: true, readinessPort: port });
  });

  it('flags stand in the command or the arguments', () => {
    expect(read('containers: [{ name: a, image: b, command: [/run, --x], args: [--y] }]').spec.containers[0]!.args).toEqual(['/run', '--x', '--y']);
  });

  it('names, placement and DNS settings are read', () => {
    const affinity =
      'affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: zone, operator: In, values: [a] }] }] } } }';
    const spec = `${PLAIN}, nodeName: n, nodeSelector: { disk: ssd }, hostname: h, subdomain: s, serviceAccountName: sa, ${affinity}, dnsConfig: { searches: [x.y], options: [{ name: ndots, value: "2" }] }, readinessGates: [{ conditionType: a/b }]`;
    expect(read(spec).spec).toMatchObject({
      nodeName: 'n',
      nodeSelector: { disk: 'ssd' },
      nodeAffinity: [[{ key: 'zone', operator: 'In', values: ['a'] }]],
      hostname: 'h',
      subdomain: 's',
      dnsConfig: { nameservers: [], searches: ['x.y'], ndots: 2 },
      readinessGates: ['a/b'],
      serviceAccountName: 'sa',
    });
  });
});

describe('status', () => {
  it.each([
    ['', { phase: 'Running', ready: true, from: 'synthesized' }],
    ['status: { podIP: 10.0.0.2 }', { phase: 'Running', ready: true, from: 'synthesized', podIPs: ['10.0.0.2'] }],
    ['status: { phase: Running }', { phase: 'Running', ready: true, from: 'status' }],
    ['status: { phase: Running, conditions: [{ type: Ready, status: "False" }] }', { ready: false }],
    ['status: { phase: Running, conditions: [{ type: Ready, status: "True" }] }', { ready: true }],
    ['status: { phase: Running, conditions: [{ type: PodScheduled, status: "True" }] }', { ready: false }],
    ['status: { conditions: [{ type: Ready, status: "False" }] }', { phase: 'Running', ready: false, from: 'status' }],
    ['status: { phase: Pending }', { phase: 'Pending', ready: false, podIPs: [] }],
    ['status: { phase: Succeeded }', { phase: 'Succeeded', ready: false }],
    ['status: { phase: Running, podIP: 10.0.0.2, podIPs: [{ ip: 10.0.0.2 }, { ip: "FD00::2" }] }', { podIPs: ['10.0.0.2', 'fd00::2'] }],
  ])('%s', (status, expected) => {
    expect(read(PLAIN, status).status).toMatchObject(expected);
  });

  it('a time of deletion makes a Pod terminating', () => {
    expect(read(PLAIN, '', 'name: a, deletionTimestamp: "2026-01-01T00:00:00Z"').status.terminating).toBe(true);
    expect(read(PLAIN).status.terminating).toBe(false);
  });
});

describe('owner', () => {
  const owned = (kind: string, name: string, labels = '{}') =>
    `name: a, labels: ${labels}, ownerReferences: [{ apiVersion: apps/v1, kind: ${kind}, name: ${name}, controller: true }]`;

  it.each([
    [owned('ReplicaSet', 'api-6f5d', '{ pod-template-hash: 6f5d }'), 'Deployment', 'api'],
    [owned('ReplicaSet', 'api', '{ app: api }'), 'ReplicaSet', 'api'],
    [owned('StatefulSet', 'db'), 'StatefulSet', 'db'],
  ])('%s belongs to %s %s', (metadata, kind, name) => {
    expect(read(PLAIN, '', metadata).workload).toEqual({ kind, namespace: 'default', name });
  });

  it('a static Pod of a node belongs to no workload', () => {
    expect(read(PLAIN, '', owned('Node', 'node-a')).workload).toBeNull();
  });
});
