import { describe, expect, it } from 'vitest';
import { clusterOf } from './cluster-of.ts';

const AWS = 'service.beta.kubernetes.io/aws-load-balancer-';
const pods = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { replicas: 1, selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: c, image: x }] } } }
---`;
const service = (spec = '', annotations: Readonly<Record<string, string>> = {}, rest = '') => `
apiVersion: v1
kind: Service
metadata: { name: web, annotations: ${JSON.stringify(annotations)} }
spec: { type: LoadBalancer, selector: { app: web }, ${spec} ports: [{ name: http, port: 80, targetPort: 8080 }, { name: https, port: 443, targetPort: 8080 }] }
${rest}
---`;
const balancer = (yaml: string, environment: string) => clusterOf(yaml + pods, environment).loadBalancers.get('default/web')!;
const aws = (annotations: Record<string, string>, cloud: string, spec = '') => {
  const prefixed = Object.fromEntries(Object.entries(annotations).map(([name, value]) => [AWS + name, value]));
  return balancer(service(spec, prefixed), `cloud: ${cloud}`);
};

describe('the pools of MetalLB (S8.5.1, S8.5.2)', () => {
  const pool =
    'apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: { name: first, namespace: metallb-system }\nspec: { addresses: [192.168.10.0/30] }\n---\n';
  const advertisement = 'apiVersion: metallb.io/v1beta1\nkind: L2Advertisement\nmetadata: { name: all, namespace: metallb-system }\n---\n';
  const L2 = 'complete: true\ncloud: metallb-l2';

  it('give the address, which some advertisement must cover to be reachable', () => {
    expect(balancer(pool + advertisement + service(), L2)).toMatchObject({ state: 'active', addresses: ['192.168.10.0'], nodes: [expect.any(String)] });
    expect(balancer(pool + service(), L2)).toMatchObject({ state: 'active', nodes: [] });
    expect(balancer(pool + service(), 'cloud: metallb-l2').nodes).toHaveLength(1);
    const other = advertisement.replace('---', 'spec: { ipAddressPools: [second] }\n---');
    expect(balancer(pool + other + service(), L2).excluded[0]?.why.id).toBe('cluster.lb.metallb-not-advertised');
  });

  it('ranges count from first to last, and an address outside every pool stays pending', () => {
    const range = pool.replace('192.168.10.0/30', '192.168.10.5-192.168.10.9');
    expect(balancer(range + advertisement + service(), L2).addresses).toEqual(['192.168.10.5']);
    const asked = (ip: string) => balancer(range + advertisement + service('', { 'metallb.io/loadBalancerIPs': ip }), L2);
    expect(asked('192.168.10.7').addresses).toEqual(['192.168.10.7']);
    expect(asked('10.9.9.9')).toMatchObject({ state: 'pending', why: { id: 'cluster.lb.metallb-outside-pools' } });
  });
});

describe('who provides a load balancer (S8.1)', () => {
  it('nobody without a cloud: the address stays pending, node port and ClusterIP work', () => {
    const cluster = clusterOf(service() + pods, 'cloud: none');
    expect(cluster.loadBalancers.get('default/web')).toMatchObject({ state: 'pending', addresses: [], rules: ['S8.1.1'] });
    expect(cluster.services.get('default/web')).toMatchObject({ clusterIPs: ['10.96.1.1'], ports: [{ nodePort: 30086 }, { nodePort: 30087 }] });
    expect(cluster.findings.map(({ code }) => code)).toContain('load-balancer-pending');
  });

  it('in a closed world a published address rests on how its unknown provider delivers (S8.6)', () => {
    const assumed = (status: string) => clusterOf(service('', {}, status) + pods, 'complete: true').assumptions.get('cloud')?.message.id;
    expect(assumed('status: { loadBalancer: { ingress: [{ ip: 198.51.100.7 }] } }')).toBe('assume.cloud.published');
    expect(assumed('status: { loadBalancer: { ingress: [{ ip: 198.51.100.7, ipMode: Proxy }] } }')).toBe('assume.cloud.published-proxy');
    expect(assumed('')).toBe('assume.cloud.closed');
  });

  it('the status outweighs the cloud: an address that is published exists', () => {
    const published = (ingress: string) => balancer(service('', {}, `status: { loadBalancer: { ingress: [${ingress}] } }`), 'cloud: none');
    expect(published('{ ip: 198.51.100.7 }')).toMatchObject({ state: 'active', mode: 'passthroughVip', addresses: ['198.51.100.7'], assumption: null });
    expect(published('{ ip: 198.51.100.7, ipMode: Proxy }')).toMatchObject({ state: 'active', mode: 'proxy', preservesClientIP: false });
    expect(published('{ hostname: abc.elb.eu-west-1.amazonaws.com }')).toMatchObject({
      product: 'AWS Classic ELB',
      mode: 'proxy',
      addresses: ['203.0.113.10'],
    });
  });

  it('a class that no controller here serves stays pending (S8.1.2)', () => {
    for (const cloud of ['aws-intree', 'gcp', 'azure', 'metallb-l2', 'generic-proxy']) {
      expect(balancer(service('loadBalancerClass: example.com/own,'), `cloud: ${cloud}`)).toMatchObject({
        state: 'pending',
        rules: ['S8.1.2', ...(cloud === 'aws-intree' ? ['S8.2.2'] : [])],
      });
    }
  });

  it('without node ports, only those that need none (S8.1.6)', () => {
    const without = 'allocateLoadBalancerNodePorts: false,';
    expect(balancer(service(without), 'cloud: aws-intree').state).toBe('pending');
    expect(aws({ type: 'nlb' }, 'aws-intree', without).state).toBe('pending');
    expect(aws({ type: 'external', 'nlb-target-type': 'ip' }, 'aws-lbc', without).state).toBe('active');
    for (const cloud of ['gcp', 'azure', 'metallb-bgp']) expect(balancer(service(without), `cloud: ${cloud}`).state).toBe('active');
  });

  it('a person can switch one off', () => {
    expect(balancer(service(), 'cloud: gcp\nloadBalancers: { default/web: { pending: true } }')).toMatchObject({ state: 'pending', nodes: [] });
  });

  it('each Service has its own, with the next address', () => {
    const two = service() + service().replace('name: web', 'name: other');
    const { loadBalancers } = clusterOf(two + pods, 'cloud: gcp');
    expect([...loadBalancers.values()].map(({ service: key, addresses }) => [key, addresses[0]])).toEqual([
      ['default/other', '203.0.113.10'],
      ['default/web', '203.0.113.11'],
    ]);
  });
});

describe('what each provider makes of a Service (S8.2–S8.6)', () => {
  it('AWS in-tree: without a type a Classic ELB, a proxy', () => {
    expect(aws({}, 'aws-intree')).toMatchObject({
      product: 'AWS Classic ELB',
      mode: 'proxy',
      preservesClientIP: false,
      scheme: 'internet-facing',
      http: false,
    });
    expect(aws({ 'backend-protocol': 'http' }, 'aws-intree').http).toBe(true);
  });

  it('AWS in-tree: a type it does not know silently makes a Classic ELB, and is reported (S8.2.1)', () => {
    const cluster = clusterOf(service('', { [`${AWS}type`]: 'nlp' }) + pods, 'cloud: aws-intree');
    expect(cluster.loadBalancers.get('default/web')?.product).toBe('AWS Classic ELB');
    expect(cluster.findings.map(({ code }) => code)).toContain('load-balancer-type-unknown');
  });

  it('AWS in-tree: nlb sends to node ports and keeps the client address; external is left to another controller (S8.2.2)', () => {
    expect(aws({ type: 'nlb' }, 'aws-intree')).toMatchObject({ product: 'AWS NLB', mode: 'passthroughNodePort', preservesClientIP: true });
    expect(aws({ type: 'external' }, 'aws-intree')).toMatchObject({ state: 'pending', rules: ['S8.2.2'] });
  });

  it('AWS Load Balancer Controller: internal unless told, to nodes unless told (S8.2.5, S8.2.6)', () => {
    expect(aws({}, 'aws-lbc')).toMatchObject({ product: 'AWS NLB', mode: 'passthroughNodePort', scheme: 'internal' });
    expect(aws({ scheme: 'internet-facing' }, 'aws-lbc').scheme).toBe('internet-facing');
    expect(aws({ type: 'external', 'nlb-target-type': 'ip' }, 'aws-lbc')).toMatchObject({ mode: 'ipTarget', nodes: [] });
  });

  it('Pod targets see the load balancer, unless preservation is on (S8.2.8)', () => {
    expect(aws({ 'nlb-target-type': 'ip' }, 'aws-lbc').preservesClientIP).toBe(false);
    expect(aws({ 'nlb-target-type': 'ip', 'target-group-attributes': 'preserve_client_ip.enabled=true' }, 'aws-lbc').preservesClientIP).toBe(true);
    expect(aws({ 'target-group-attributes': 'a=b, preserve_client_ip.enabled=false' }, 'aws-lbc').preservesClientIP).toBe(false);
  });

  it('a certificate makes TLS listeners of all ports, or of those named (S8.2.4, S8.2.12)', () => {
    expect(aws({ 'ssl-cert': 'arn:1' }, 'aws-intree').tls).toEqual({ ports: [80, 443], reencrypt: false, certificate: 'arn:1' });
    expect(aws({ 'ssl-cert': 'arn:1', 'ssl-ports': '443' }, 'aws-intree').tls?.ports).toEqual([443]);
    expect(aws({ 'ssl-cert': 'arn:1', 'ssl-ports': 'https', 'backend-protocol': 'ssl' }, 'aws-lbc').tls).toMatchObject({ ports: [443], reencrypt: true });
  });

  it('PROXY protocol is asked for by annotation (S8.2.3, S8.2.10)', () => {
    expect(aws({ 'proxy-protocol': '*' }, 'aws-intree').proxyProtocol).toBe(true);
    expect(aws({}, 'aws-intree').proxyProtocol).toBe(false);
  });

  it('AWS publishes a name in the region of the nodes, others an address (S1.4.6)', () => {
    const named = clusterOf(service() + pods, 'cloud: aws-intree\nnodes: [{ name: n1, zone: eu-west-1a }]').loadBalancers.get('default/web')!;
    expect(named.ingress[0]).toMatchObject({ ip: null, hostname: expect.stringMatching(/^[0-9a-f]{16}\.elb\.eu-west-1\.amazonaws\.com$/) });
    expect(balancer(service(), 'cloud: gcp').ingress).toEqual([{ ip: '203.0.113.10', hostname: null, ipMode: 'VIP' }]);
  });

  it('Google Cloud and Azure deliver with the address of the load balancer on the packet', () => {
    for (const cloud of ['gcp', 'azure']) expect(balancer(service(), `cloud: ${cloud}`)).toMatchObject({ mode: 'passthroughVip', preservesClientIP: true });
    const noFloating = { 'service.beta.kubernetes.io/azure-disable-load-balancer-floating-ip': 'true' };
    expect(balancer(service('', noFloating), 'cloud: azure')).toMatchObject({ mode: 'passthroughNodePort', preservesClientIP: true });
    expect(balancer(service('', { 'networking.gke.io/load-balancer-type': 'Internal' }), 'cloud: gcp').scheme).toBe('internal');
  });

  it('a requested address is given where the provider honours it (S8.1.7, S8.5.2)', () => {
    expect(balancer(service('loadBalancerIP: 198.51.100.44,'), 'cloud: metallb-bgp').addresses).toEqual(['198.51.100.44']);
    expect(balancer(service('', { 'metallb.io/loadBalancerIPs': '198.51.100.45' }), 'cloud: metallb-l2').addresses).toEqual(['198.51.100.45']);
  });

  it('a generic proxy hides the client, a generic passthrough keeps it', () => {
    expect(balancer(service(), 'cloud: generic-proxy')).toMatchObject({ mode: 'proxy', preservesClientIP: false, ingress: [{ ipMode: 'Proxy' }] });
    expect(balancer(service(), 'cloud: generic-passthrough')).toMatchObject({ mode: 'passthroughVip', preservesClientIP: true });
  });
});

describe('which nodes it sends to', () => {
  const three = 'nodes: [{ name: n1 }, { name: n2 }, { name: n3 }]';

  it('every ready node with policy Cluster (S8.1.4)', () => {
    expect(balancer(service(), `cloud: gcp\nnodes: [{ name: n1 }, { name: n2, down: true }]`)).toMatchObject({ nodes: ['n1'], excluded: [{ what: 'n2' }] });
  });

  it('not a node with the exclusion label', () => {
    const node = (name: string, labels = '{}') =>
      `apiVersion: v1\nkind: Node\nmetadata: { name: ${name}, labels: ${labels} }\nstatus: { addresses: [{ type: InternalIP, address: 10.0.0.${name.slice(1)} }] }\n---\n`;
    const yaml = node('n1') + node('n2', '{ node.kubernetes.io/exclude-from-external-load-balancers: "" }') + service();
    expect(balancer(yaml, 'cloud: gcp').nodes).toEqual(['n1']);
  });

  it('only nodes with a ready endpoint with policy Local (S7.10.1)', () => {
    const local = balancer(service('externalTrafficPolicy: Local,'), `cloud: gcp\n${three}`);
    expect(local.nodes).toEqual(['n1']);
    expect(local.excluded.map(({ what }) => what)).toEqual(['n2', 'n3']);
    expect(balancer(service('externalTrafficPolicy: Local,'), `cloud: gcp\n${three}\npods: { default/web-0: { ready: false } }`).nodes).toEqual([]);
  });

  it('MetalLB in L2 mode: one node, and none without a ready endpoint (S8.5.3)', () => {
    expect(balancer(service(), `cloud: metallb-l2\n${three}`).nodes).toHaveLength(1);
    expect(balancer(service('externalTrafficPolicy: Local,'), `cloud: metallb-l2\n${three}`).nodes).toEqual(['n1']);
    expect(balancer(service(), `cloud: metallb-l2\n${three}\npods: { default/web-0: { ready: false } }`).nodes).toEqual([]);
  });

  it('MetalLB in BGP mode: every eligible node (S8.5.4)', () => {
    expect(balancer(service(), `cloud: metallb-bgp\n${three}`).nodes).toEqual(['n1', 'n2', 'n3']);
  });
});

describe('a proxy set up by hand (S8.5.6)', () => {
  const proxies = 'proxies: [{ name: edge, product: HAProxy, address: 198.51.100.20, service: default/web }]';

  it('stands before the node ports of its Service', () => {
    expect(balancer(service().replace('LoadBalancer', 'NodePort'), proxies)).toMatchObject({
      product: 'HAProxy',
      state: 'active',
      mode: 'proxy',
      addresses: ['198.51.100.20'],
      nodes: ['node-a', 'node-b'],
    });
  });

  it('has nothing to send to without node ports', () => {
    expect(balancer(service().replace('LoadBalancer', 'ClusterIP'), proxies).state).toBe('pending');
  });
});
