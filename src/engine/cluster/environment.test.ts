import { describe, expect, it } from 'vitest';
import { clusterOf } from './cluster-of.ts';

const pod = (name: string, node: string, extra = '') => `
apiVersion: v1
kind: Pod
metadata: { name: ${name} }
spec: { nodeName: ${node}, ${extra} containers: [{ name: c, image: x }] }
---`;
const node = (name: string, rest = '') => `
apiVersion: v1
kind: Node
metadata: { name: ${name} }
${rest}
---`;
const balancer = 'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { type: LoadBalancer, selector: { app: web }, ports: [{ port: 80 }] }';

describe('nodes that only Pods mention (S1.3, S1.4)', () => {
  const shown = (name: string, on: string, hostIP: string) =>
    pod(name, on).replace('---', `status: { phase: Running, podIP: 10.244.0.9, hostIP: ${hostIP} }\n---`);

  it('have the address that status.hostIP shows', () => {
    const { nodes, addressOwners, assumptions } = clusterOf(shown('a', 'worker1', '172.18.0.3') + shown('b', 'worker2', '172.18.0.4'));
    expect([...nodes.values()].map(({ addresses }) => addresses)).toEqual([
      [{ type: 'InternalIP', address: '172.18.0.3' }],
      [{ type: 'InternalIP', address: '172.18.0.4' }],
    ]);
    expect(addressOwners.get('172.18.0.3')).toMatchObject({ kind: 'node', node: 'worker1' });
    expect(assumptions.get('nodes')?.message.id).toBe('assume.nodes-mentioned');
  });

  it('are an assumption, and so is an address that nothing shows', () => {
    const { assumptions, provenance } = clusterOf(pod('a', 'node-x'));
    expect(assumptions.get('nodes')).toMatchObject({ origin: 'default', message: { id: 'assume.nodes-mentioned-only' } });
    expect(assumptions.get('nodes')?.choices.map(({ set }) => set.value)).toEqual([[{ name: 'node-x' }], [{ name: 'node-x' }, { name: 'node-a' }]]);
    expect(provenance.get('Node/node-x')?.assumption).toBe('nodes');
  });

  it('a Node object without an address is given one, and that is an assumption', () => {
    expect(clusterOf(node('n1')).assumptions.get('nodes')?.message.id).toBe('assume.node-addresses');
    expect(clusterOf(node('n1', 'status: { addresses: [{ type: InternalIP, address: 10.0.0.1 }] }')).assumptions.has('nodes')).toBe(false);
  });
});

describe('what nobody states has its default (S1.3)', () => {
  it('an empty workspace is a cluster of two nodes', () => {
    const { environment, nodes } = clusterOf('');
    expect(environment).toMatchObject({
      complete: false,
      kubernetesVersion: '1.37',
      clusterDomain: 'cluster.local',
      podCIDR: ['10.244.0.0/16'],
      serviceCIDR: ['10.96.0.0/16'],
      nodePortRange: [30000, 32767],
      proxyMode: 'iptables',
      masqueradeAll: false,
      detectLocal: true,
      nodePortAddresses: 'all',
      externalReachesNodes: 'anyAddress',
      cloud: 'none',
      podDnsMode: 'insecure',
      stated: [],
    });
    expect([...nodes.values()].map(({ ref, zone, addresses, podCIDRs }) => [ref.name, zone, addresses[0]?.address, podCIDRs])).toEqual([
      ['node-a', 'zone-a', '192.0.2.11', ['10.244.0.0/24']],
      ['node-b', 'zone-b', '192.0.2.12', ['10.244.1.0/24']],
    ]);
  });

  it('defaults follow what is stated: nftables opens node ports on primary addresses, clouds hide nodes', () => {
    expect(clusterOf('', 'proxyMode: nftables').environment.nodePortAddresses).toBe('primary');
    expect(clusterOf('', 'cloud: gcp').environment.externalReachesNodes).toBe('externalIPOnly');
    expect(clusterOf('', 'cloud: metallb-bgp').environment.externalReachesNodes).toBe('anyAddress');
  });

  it('what is stated is kept and named', () => {
    const { environment } = clusterOf('', 'complete: true\nnodePortRange: 20000-20100\nproxyMode: ipvs');
    expect(environment).toMatchObject({ complete: true, nodePortRange: [20000, 20100], proxyMode: 'ipvs' });
    expect([...environment.stated].sort()).toEqual(['complete', 'nodePortRange', 'proxyMode']);
  });

  it('an IPv6 cluster has IPv6 nodes and Pods', () => {
    const { nodes, pods } = clusterOf(
      'apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: { containers: [{ name: c, image: x }] }',
      'serviceCIDR: ["fd00:10:96::/112"]',
    );
    expect(nodes.get('node-a')?.addresses).toEqual([{ type: 'InternalIP', address: '2001:db8::b' }]);
    expect(pods.get('default/p')?.status.podIPs).toEqual(['fd00:10:244::2']);
  });
});

describe('which nodes there are (S1.3)', () => {
  const names = (yaml: string, environment = '') => [...clusterOf(yaml, environment).nodes.keys()];

  it('Node objects, in name order; what is stated about them outweighs their text', () => {
    const yaml =
      node('n10', 'status: { addresses: [{ type: InternalIP, address: 10.0.0.10 }] }') +
      node('n2', 'status: { addresses: [{ type: InternalIP, address: 10.0.0.2 }] }');
    expect(names(yaml)).toEqual(['n2', 'n10']);
    const { nodes } = clusterOf(yaml, 'nodes: [{ name: n2, zone: z, externalIP: 198.51.100.2, down: true }, { name: other }]');
    expect([...nodes.keys()]).toEqual(['n2', 'n10']);
    expect(nodes.get('n2')).toMatchObject({
      zone: 'z',
      ready: false,
      addresses: [
        { type: 'InternalIP', address: '10.0.0.2' },
        { type: 'ExternalIP', address: '198.51.100.2' },
      ],
    });
  });

  it('else the stated ones, else those that Pods run on', () => {
    expect(names('', 'nodes: [{ name: b }, { name: a }]')).toEqual(['a', 'b']);
    expect(names(pod('p', 'worker-1'))).toEqual(['worker-1']);
  });

  it('of a part of a cluster, also the nodes that were not pasted; in a closed world only the stated ones', () => {
    const yaml = node('n1', 'status: { addresses: [{ type: InternalIP, address: 10.0.0.1 }] }') + pod('p', 'n2');
    expect(names(yaml)).toEqual(['n1', 'n2']);
    expect(names(yaml, 'complete: true')).toEqual(['n1']);
    expect(clusterOf(yaml, 'complete: true').pods.get('default/p')?.node).toBeNull();
  });

  it('a node that only a Pod on the host network shows has that Pod’s address', () => {
    const yaml = pod('p', 'n1', 'hostNetwork: true,').replace('---', 'status: { phase: Running, podIP: 10.0.0.7 }\n---');
    expect(clusterOf(yaml).nodes.get('n1')?.addresses).toEqual([{ type: 'InternalIP', address: '10.0.0.7' }]);
  });
});

describe('defaults that something rests on are listed', () => {
  const assumption = (id: string, environment = '') => clusterOf(balancer, environment).assumptions.get(id);

  it('each with the edits that state another value', () => {
    expect(assumption('proxyMode')).toMatchObject({ origin: 'default' });
    expect(assumption('proxyMode')?.choices.map(({ current, set }) => [set.path.join('.'), set.value, current])).toEqual([
      ['spec.environment.proxyMode', 'iptables', true],
      ['spec.environment.proxyMode', 'nftables', false],
      ['spec.environment.proxyMode', 'ipvs', false],
      ['spec.environment.proxyMode', 'ebpf', false],
    ]);
    expect(assumption('proxyMode', 'proxyMode: ipvs')).toBeUndefined();
  });

  it('that somebody provides a load balancer is presupposed; which kind, where one is published, is a default', () => {
    expect(assumption('cloud')?.origin).toBe('inferred');
    expect(clusterOf(`${balancer}\nstatus: { loadBalancer: { ingress: [{ ip: 198.51.100.1 }] } }`).assumptions.get('cloud')?.origin).toBe('default');
    expect(assumption('cloud', 'cloud: gcp')).toBeUndefined();
  });

  it('Pods without a status can be taken for not ready, all at once', () => {
    const deployment =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: c, image: x }] } } }';
    expect(clusterOf(deployment).assumptions.has('pods-ready')).toBe(true);
    expect(clusterOf(deployment, 'assume: { pods-ready: false }').pods.get('default/web-0')?.status.ready).toBe(false);
  });
});
