import { describe, expect, it } from 'vitest';
import { clusterOf } from './cluster-of.ts';

const template = (labels: string, container = '{ name: c, image: x }') =>
  `selector: { matchLabels: ${labels} }, template: { metadata: { labels: ${labels} }, spec: { containers: [${container}] } }`;
const workload = (kind: string, name: string, extra: string) => `
apiVersion: apps/v1
kind: ${kind}
metadata: { name: ${name} }
spec: { ${extra} }
---`;
const names = (yaml: string, environment = '') => [...clusterOf(yaml, environment).pods.keys()];

describe('Pods from workloads (S1.4.1)', () => {
  it('a Deployment makes as many Pods as it has replicas, named by number', () => {
    expect(names(workload('Deployment', 'web', `replicas: 3, ${template('{ app: web }')}`))).toEqual(['default/web-0', 'default/web-1', 'default/web-2']);
  });

  it('replicas default to one, and none are allowed', () => {
    expect(names(workload('Deployment', 'web', template('{ app: web }')))).toEqual(['default/web-0']);
    expect(names(workload('Deployment', 'web', `replicas: 0, ${template('{ app: web }')}`))).toEqual([]);
  });

  it('a StatefulSet numbers its Pods from its first ordinal and gives each its own name in the governing Service', () => {
    const { pods } = clusterOf(workload('StatefulSet', 'db', `serviceName: db, replicas: 2, ordinals: { start: 3 }, ${template('{ app: db }')}`));
    expect([...pods.keys()]).toEqual(['default/db-3', 'default/db-4']);
    const first = pods.get('default/db-3')!;
    expect(first.spec).toMatchObject({ hostname: 'db-3', subdomain: 'db' });
    expect(first.metadata.labels).toMatchObject({ app: 'db', 'statefulset.kubernetes.io/pod-name': 'db-3' });
  });

  it('a DaemonSet makes one Pod for each node that fits its selector', () => {
    const yaml = `${workload('DaemonSet', 'agent', template('{ app: agent }').replace('spec: {', 'spec: { nodeSelector: { disk: ssd },'))}
apiVersion: v1
kind: Node
metadata: { name: n1, labels: { disk: ssd } }
status: { addresses: [{ type: InternalIP, address: 10.0.0.1 }] }
---
apiVersion: v1
kind: Node
metadata: { name: n2 }
status: { addresses: [{ type: InternalIP, address: 10.0.0.2 }] }`;
    expect([...clusterOf(yaml).pods.values()].map((pod) => [pod.ref.name, pod.node])).toEqual([['agent-0', 'n1']]);
  });

  it('a Job makes as many Pods as run in parallel; a CronJob none', () => {
    const job =
      'apiVersion: batch/v1\nkind: Job\nmetadata: { name: once }\nspec: { parallelism: 2, template: { spec: { restartPolicy: Never, containers: [{ name: c, image: x }] } } }';
    const cron =
      'apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: daily }\nspec: { schedule: "0 0 * * *", jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: c, image: x }] } } } } }';
    expect(names(`${job}\n---\n${cron}`)).toEqual(['default/once-0', 'default/once-1']);
  });

  it('Pods that were pasted stand for their Deployment, through its ReplicaSet', () => {
    const yaml = `${workload('Deployment', 'web', `replicas: 3, ${template('{ app: web }')}`)}
apiVersion: v1
kind: Pod
metadata:
  name: web-7d9f-abcde
  labels: { app: web, pod-template-hash: 7d9f }
  ownerReferences: [{ apiVersion: apps/v1, kind: ReplicaSet, name: web-7d9f, uid: "1", controller: true }]
spec: { nodeName: n1, containers: [{ name: c, image: x }] }
status: { phase: Running, podIP: 10.244.5.5, conditions: [{ type: Ready, status: "True" }] }`;
    const { pods } = clusterOf(yaml);
    expect([...pods.values()].map((pod) => [pod.ref.name, pod.synthesized, pod.workload])).toEqual([
      ['web-7d9f-abcde', false, { kind: 'Deployment', namespace: 'default', name: 'web' }],
    ]);
  });

  it('a pasted ReplicaSet of a pasted Deployment makes no Pods of its own', () => {
    const replicaSet = workload('ReplicaSet', 'web-7d9f', `replicas: 2, ${template('{ app: web }')}`).replace(
      'metadata: { name: web-7d9f }',
      'metadata: { name: web-7d9f, ownerReferences: [{ apiVersion: apps/v1, kind: Deployment, name: web, uid: "1", controller: true }] }',
    );
    expect(names(`${workload('Deployment', 'web', `replicas: 2, ${template('{ app: web }')}`)}${replicaSet}`)).toEqual(['default/web-0', 'default/web-1']);
    expect([...clusterOf(replicaSet).pods.values()].map((pod) => pod.workload?.kind)).toEqual(['Deployment', 'Deployment']);
  });

  it('says who made a Pod and from which field', () => {
    const { provenance } = clusterOf(workload('Deployment', 'web', template('{ app: web }')));
    expect(provenance.get('Pod/default/web-0')).toMatchObject({
      by: 'ReplicaSet controller',
      from: { object: { kind: 'Deployment', name: 'web' }, path: ['spec', 'template'] },
      assumption: null,
    });
  });

  it('a number of replicas that no page could show is cut, and said', () => {
    const cluster = clusterOf(workload('Deployment', 'web', `replicas: 1000000, ${template('{ app: web }')}`));
    expect(cluster.pods.size).toBe(20_000);
    expect(cluster.findings.map(({ code }) => code)).toContain('too-many-pods');
  });
});

describe('where Pods run (S1.4.3, S4.3.3)', () => {
  const nodesOf = (yaml: string, environment = '') => [...clusterOf(yaml, environment).pods.values()].map((pod) => pod.node);

  it('nodes take Pods in turn, in name order', () => {
    expect(nodesOf(workload('Deployment', 'web', `replicas: 3, ${template('{ app: web }')}`))).toEqual(['node-a', 'node-b', 'node-a']);
  });

  it('nodeName decides where it is set', () => {
    expect(
      nodesOf(
        'apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: { nodeName: node-b, containers: [{ name: c, image: x }] }',
        'nodes: [{ name: node-a }, { name: node-b }]',
      ),
    ).toEqual(['node-b']);
  });

  it('required affinity keeps a Pod off nodes of other zones', () => {
    const affinity =
      'affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: topology.kubernetes.io/zone, operator: In, values: [zone-b] }] }] } } },';
    expect(nodesOf(workload('Deployment', 'web', `replicas: 2, ${template('{ app: web }').replace('spec: {', `spec: { ${affinity}`)}`))).toEqual([
      'node-b',
      'node-b',
    ]);
  });

  it('of a node that no text describes, labels it does not contradict count as fitting', () => {
    expect(nodesOf(workload('Deployment', 'web', template('{ app: web }').replace('spec: {', 'spec: { nodeSelector: { disk: ssd },')))).toEqual(['node-a']);
  });

  it('a Pod that no node takes is Pending, without an address, and is reported', () => {
    const node = 'apiVersion: v1\nkind: Node\nmetadata: { name: n1 }\nstatus: { addresses: [{ type: InternalIP, address: 10.0.0.1 }] }';
    const cluster = clusterOf(`${workload('Deployment', 'web', template('{ app: web }').replace('spec: {', 'spec: { nodeSelector: { disk: ssd },'))}\n${node}`);
    expect(cluster.pods.get('default/web-0')).toMatchObject({ node: null, status: { phase: 'Pending', podIPs: [], ready: false } });
    expect(cluster.findings.map(({ code }) => code)).toContain('pod-unschedulable');
  });

  it('a host port is held once per node', () => {
    const yaml = workload(
      'Deployment',
      'edge',
      `replicas: 3, ${template('{ app: edge }', '{ name: c, image: x, ports: [{ containerPort: 80, hostPort: 80 }] }')}`,
    );
    expect(nodesOf(yaml)).toEqual(['node-a', 'node-b', null]);
  });

  it('Pods of a node that is down stay there and are not ready', () => {
    const cluster = clusterOf(
      workload('Deployment', 'web', `replicas: 2, ${template('{ app: web }')}`),
      'nodes: [{ name: node-a }, { name: node-b, down: true }]',
    );
    expect([...cluster.pods.values()].map((pod) => [pod.node, pod.status.ready])).toEqual([
      ['node-a', true],
      ['node-b', false],
    ]);
    expect(cluster.nodes.get('node-b')?.ready).toBe(false);
  });
});

describe('switches on single Pods', () => {
  const three = workload('Deployment', 'web', `replicas: 3, ${template('{ app: web }')}`);

  it('a switched Pod changes and the others keep their addresses', () => {
    const before = clusterOf(three);
    const after = clusterOf(three, 'pods: { default/web-0: { gone: true }, default/web-1: { ready: false } }');
    expect([...after.pods.keys()]).toEqual(['default/web-1', 'default/web-2']);
    expect(after.pods.get('default/web-1')?.status).toMatchObject({ ready: false, from: 'environment' });
    expect(after.pods.get('default/web-2')?.status.podIPs).toEqual(before.pods.get('default/web-2')?.status.podIPs);
  });

  it('a prefix switches all, an exact name outweighs it', () => {
    const { pods } = clusterOf(three, 'pods: { default/web-*: { ready: false }, default/web-2: { ready: true } }');
    expect([...pods.values()].map((pod) => pod.status.ready)).toEqual([false, false, true]);
  });
});
