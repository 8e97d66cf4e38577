import { describe, expect, it } from 'vitest';
import { clusterOf } from './cluster-of.ts';

const deployment = (name: string, replicas: number, spec = '') => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec: { replicas: ${replicas}, selector: { matchLabels: { app: ${name} } }, template: { metadata: { labels: { app: ${name} } }, spec: { ${spec} containers: [{ name: c, image: x }] } } }
---`;
const service = (name: string, spec: string) => `
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: ${name} }, ${spec} }
---`;
const port = 'ports: [{ port: 80 }]';
const rejected = (yaml: string, environment = '') =>
  clusterOf(yaml, environment).rejections.map(({ object, path, rule }) => [object.name, path.join('.'), rule]);

describe('addresses of Pods (S1.4.4)', () => {
  const ips = (yaml: string, environment = '') => [...clusterOf(yaml, environment).pods.values()].flatMap((pod) => pod.status.podIPs);

  it('each node gives the next of its slice, from .2 on', () => {
    expect(ips(deployment('web', 3))).toEqual(['10.244.0.2', '10.244.1.2', '10.244.0.3']);
  });

  it('an address in the status is kept and given to nobody else', () => {
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { nodeName: node-a, containers: [{ name: c, image: x }] }\nstatus: { phase: Running, podIP: 10.244.0.2 }\n---';
    expect(ips(`${pod}${deployment('web', 1)}`, 'nodes: [{ name: node-a }]')).toEqual(['10.244.0.2', '10.244.0.3']);
  });

  it('on the host network a Pod has the address of its node', () => {
    expect(ips(deployment('web', 1, 'hostNetwork: true,'))).toEqual(['192.0.2.11']);
  });

  it('a dual-stack cluster gives both families', () => {
    expect(ips(deployment('web', 1), 'serviceCIDR: [10.96.0.0/16, "fd00:10:96::/112"]')).toEqual(['10.244.0.2', 'fd00:10:244::2']);
  });

  it('more Pods than a usual slice holds still have addresses of their own', () => {
    const all = ips(deployment('web', 1200));
    expect(new Set(all).size).toBe(1200);
  });

  it('the ranges of a pasted cluster are those its Pods show', () => {
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { nodeName: n1, containers: [{ name: c, image: x }] }\nstatus: { phase: Running, podIP: 172.16.3.4 }';
    expect(clusterOf(pod).environment.podCIDR).toEqual(['172.16.0.0/16']);
  });
});

describe('ClusterIPs (S4.6.3, S4.6.4)', () => {
  const ip = (yaml: string, name: string, environment = '') => clusterOf(yaml, environment).services.get(`default/${name}`)?.clusterIPs;

  it('automatic ones come from the upper band, by name', () => {
    const yaml = service('b', port) + service('a', port);
    expect([ip(yaml, 'a'), ip(yaml, 'b')]).toEqual([['10.96.1.1'], ['10.96.1.2']]);
  });

  it('a stated one is kept and skipped by the automatic ones', () => {
    const yaml = service('a', port) + service('b', `clusterIP: 10.96.1.1, ${port}`);
    expect([ip(yaml, 'a'), ip(yaml, 'b')]).toEqual([['10.96.1.2'], ['10.96.1.1']]);
  });

  it('one outside the range of a closed world is rejected, and the Service does not exist', () => {
    const yaml = service('a', `clusterIP: 10.3.0.1, ${port}`);
    expect(rejected(yaml, 'complete: true')).toEqual([['a', 'spec.clusterIPs', 'S4.6.4']]);
    expect(ip(yaml, 'a', 'complete: true')).toBeUndefined();
  });

  it('of a part of a cluster a stated one tells the range', () => {
    const yaml = service('a', `clusterIP: 10.3.0.1, ${port}`) + service('b', port);
    expect([ip(yaml, 'a'), ip(yaml, 'b')]).toEqual([['10.3.0.1'], ['10.3.1.1']]);
    expect(rejected(yaml, 'serviceCIDR: [10.96.0.0/16]')).toEqual([['a', 'spec.clusterIPs', 'S4.6.4']]);
  });

  it('one that an older Service has is rejected; the first of the range belongs to the API server', () => {
    const twice = service('b', `clusterIP: 10.96.0.9, ${port}`) + service('a', `clusterIP: 10.96.0.9, ${port}`);
    expect(rejected(twice)).toEqual([['a', 'spec.clusterIPs', 'S4.6.4']]);
    expect(rejected(service('a', `clusterIP: 10.96.0.1, ${port}`))).toEqual([['a', 'spec.clusterIPs', 'S4.6.4']]);
  });

  it('a small range is used up, then creation fails', () => {
    const yaml = ['a', 'b', 'c'].map((name) => service(name, port)).join('');
    // A /30 has two usable addresses, and the API server has the first.
    expect(rejected(yaml, 'serviceCIDR: [10.96.0.0/30]').map(([name]) => name)).toEqual(['b', 'c']);
  });

  it('headless and ExternalName Services have none', () => {
    expect(ip(service('a', `clusterIP: None, ${port}`), 'a')).toEqual([]);
    expect(ip('apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { type: ExternalName, externalName: db.example.com }', 'a')).toEqual([]);
  });

  it('families follow the policy: dual-stack where the cluster is (S3.9)', () => {
    const dual = 'serviceCIDR: [10.96.0.0/16, "fd00:10:96::/112"]';
    expect(ip(service('a', port), 'a', dual)).toEqual(['10.96.1.1']);
    expect(ip(service('a', `ipFamilyPolicy: PreferDualStack, ${port}`), 'a', dual)).toEqual(['10.96.1.1', 'fd00:10:96::101']);
    expect(rejected(service('a', `ipFamilyPolicy: RequireDualStack, ${port}`), 'serviceCIDR: [10.96.0.0/16]')).toEqual([['a', 'spec.ipFamilyPolicy', 'S3.9']]);
  });

  it('families follow stated addresses, and the order that is asked for', () => {
    const dual = 'serviceCIDR: [10.96.0.0/16, "fd00:10:96::/112"]';
    const families = (spec: string) => clusterOf(service('a', `${spec}, ${port}`), dual).services.get('default/a')?.ipFamilies;
    expect(families('clusterIP: "fd00:10:96::10"')).toEqual(['IPv6']);
    expect(families('clusterIP: "fd00:10:96::10", ipFamilyPolicy: PreferDualStack')).toEqual(['IPv6', 'IPv4']);
    expect(families('ipFamilies: [IPv6, IPv4], ipFamilyPolicy: RequireDualStack')).toEqual(['IPv6', 'IPv4']);
    expect(families('ipFamilies: [IPv6]')).toEqual(['IPv6']);
    expect(rejected(service('a', `clusterIP: "fd00::10", ${port}`), 'serviceCIDR: [10.96.0.0/16]')).toEqual([['a', 'spec.clusterIPs.0', 'S3.9']]);
    expect(rejected(service('a', `ipFamilies: [IPv6], ${port}`), 'serviceCIDR: [10.96.0.0/16]')).toEqual([['a', 'spec.ipFamilies.0', 'S3.9']]);
  });

  it('a headless Service without selector has both families, whatever the cluster has', () => {
    const yaml = service('a', 'clusterIP: None').replace('selector: { app: a }, ', '');
    expect(clusterOf(yaml, 'complete: true').services.get('default/a')?.ipFamilies).toEqual(['IPv4', 'IPv6']);
    expect(
      clusterOf(yaml.replace('None', 'None, ipFamilies: [IPv6], ipFamilyPolicy: SingleStack'), 'complete: true').services.get('default/a')?.ipFamilies,
    ).toEqual(['IPv6']);
  });

  it('the band for stated ones grows with the range', () => {
    const first = (range: string) => ip(service('a', port), 'a', `serviceCIDR: [${range}]`)?.[0];
    expect([first('10.0.0.0/28'), first('10.0.0.0/24'), first('10.0.0.0/23'), first('10.0.0.0/12')]).toEqual([
      '10.0.0.2',
      '10.0.0.17',
      '10.0.0.33',
      '10.0.1.1',
    ]);
  });
});

describe('node ports (S4.6.1, S4.6.2, S4.6.5)', () => {
  const ports = (yaml: string, name: string) =>
    clusterOf(yaml)
      .services.get(`default/${name}`)
      ?.ports.map(({ nodePort }) => nodePort);
  const nodePort = (number: number, extra = '') => `type: NodePort, ports: [{ port: 80, nodePort: ${number} ${extra} }]`;

  it('automatic ones begin at 30086, above the band for stated ones', () => {
    expect(ports(service('a', `type: NodePort, ${port}`), 'a')).toEqual([30086]);
    expect(clusterOf(service('a', `type: NodePort, ${port}`)).provenance.get('Service/default/a#spec.ports[0].nodePort')?.by).toBe('API server');
  });

  it('one outside the range is rejected', () => {
    expect(rejected(service('a', nodePort(8080)))).toEqual([['a', 'spec.ports.0.nodePort', 'S4.6.1']]);
  });

  it('one that a running cluster gave proves its range', () => {
    const node = 'apiVersion: v1\nkind: Node\nmetadata: { name: n1 }\nstatus: { addresses: [{ type: InternalIP, address: 10.0.0.1 }] }';
    expect(rejected(`${service('a', nodePort(8080))}\n${node}`)).toEqual([]);
    expect(rejected(`${service('a', nodePort(8080))}\n${node}`, 'nodePortRange: 30000-32767')).toHaveLength(1);
  });

  it('one number serves one Service only, whatever the protocol', () => {
    const yaml = service('a', nodePort(30053, ', protocol: TCP')) + service('b', nodePort(30053, ', protocol: UDP'));
    expect(rejected(yaml)).toEqual([['b', 'spec.ports.0.nodePort', 'S4.6.1']]);
  });

  it('the older of two Services keeps it, by time where both have one', () => {
    const stamped = (name: string, time: string) => service(name, nodePort(30053)).replace('{ name:', `{ creationTimestamp: "${time}", name:`);
    expect(rejected(stamped('a', '2024-02-01T00:00:00Z') + stamped('b', '2024-01-01T00:00:00Z')).map(([name]) => name)).toEqual(['a']);
  });

  it('two protocols of one Service port share a number; two Service ports cannot', () => {
    const both = (second: number) =>
      `type: NodePort, ports: [{ name: t, port: 53, protocol: TCP, nodePort: 30053 }, { name: u, port: ${second}, protocol: UDP, nodePort: 30053 }]`;
    expect(ports(service('a', both(53)), 'a')).toEqual([30053, 30053]);
    expect(rejected(service('a', both(54)))).toEqual([['a', 'spec.ports.1.nodePort', 'S4.6.2']]);
    expect(ports(service('a', 'type: NodePort, ports: [{ name: t, port: 53, protocol: TCP }, { name: u, port: 53, protocol: UDP }]'), 'a')).toEqual([
      30086, 30086,
    ]);
  });

  it('health check node ports come from the same numbers', () => {
    const local = (number: string) => `type: LoadBalancer, externalTrafficPolicy: Local, ${number} ${port}`;
    expect(clusterOf(service('a', local(''))).services.get('default/a')?.healthCheckNodePort).toBe(30087);
    expect(rejected(service('a', nodePort(31000)) + service('b', local('healthCheckNodePort: 31000,')))).toEqual([['b', 'spec.healthCheckNodePort', 'S4.6.5']]);
    expect(clusterOf(service('b', local('healthCheckNodePort: 8080,')), 'complete: true').rejections).toMatchObject([
      { category: 'InternalError', path: ['spec', 'healthCheckNodePort'], rule: 'S4.6.5' },
    ]);
  });

  it('the first port of a number asks for the numbers of all of them', () => {
    const spec = (second: number, third: number) =>
      `type: NodePort, ports: [{ name: t, port: 53 }, { name: u, port: 53, protocol: UDP, nodePort: ${second} }, { name: s, port: 53, protocol: SCTP, nodePort: ${third} }]`;
    expect(ports(service('a', spec(30053, 30054)), 'a')).toEqual([30053, 30053, 30054]);
    expect(ports(service('a', spec(30053, 30053)), 'a')).toEqual([30053, 30053, 30053]);
    expect(clusterOf(service('a', spec(8080, 30053)), 'complete: true').rejections).toMatchObject([
      { path: ['spec', 'ports', 1, 'nodePort'], printed: ['spec', 'ports', 0, 'nodePort'] },
    ]);
  });

  it('a load balancer without node ports gets none', () => {
    expect(ports(service('a', `type: LoadBalancer, allocateLoadBalancerNodePorts: false, ${port}`), 'a')).toEqual([0]);
  });
});

describe('who owns an address', () => {
  it('nodes, Pods, Services and load balancers are found by their addresses', () => {
    const { addressOwners } = clusterOf(deployment('web', 1) + service('web', `type: LoadBalancer, externalIPs: [198.51.100.9], ${port}`), 'cloud: gcp');
    expect(Object.fromEntries(addressOwners)).toEqual({
      '192.0.2.11': { kind: 'node', node: 'node-a', external: false },
      '192.0.2.12': { kind: 'node', node: 'node-b', external: false },
      '10.244.0.2': { kind: 'pod', pod: 'default/web-0' },
      '10.96.1.1': { kind: 'cluster-ip', service: 'default/web' },
      '198.51.100.9': { kind: 'external-ip', service: 'default/web' },
      '203.0.113.10': { kind: 'load-balancer', service: 'default/web' },
    });
  });
});
