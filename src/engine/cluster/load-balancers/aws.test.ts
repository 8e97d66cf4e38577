import { describe, expect, it } from 'vitest';
import { clusterOf } from '../cluster-of.ts';

const AWS = 'service.beta.kubernetes.io/aws-load-balancer-';

function settle(cloud: string, annotations: Readonly<Record<string, string>>, spec = '', ports = '[{ name: http, port: 80 }]') {
  const prefixed = Object.fromEntries(Object.entries(annotations).map(([name, value]) => [AWS + name, value]));
  const yaml = `
apiVersion: v1
kind: Service
metadata: { name: web, annotations: ${JSON.stringify(prefixed)} }
spec: { type: LoadBalancer, selector: { app: web }, ${spec} ports: ${ports} }
---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { nodeName: n1, containers: [{ name: c, image: x }] }
---
apiVersion: v1
kind: Node
metadata: { name: n1, labels: { pool: edge, disk: ssd } }
---
apiVersion: v1
kind: Node
metadata: { name: n2, labels: { pool: edge } }
`;
  return clusterOf(yaml, `complete: true\ncloud: ${cloud}`).loadBalancers.get('default/web')!;
}

describe('what the cloud-controller-manager of AWS gives up at (S8.1.1, S8.1.7)', () => {
  it.each([
    ['aws-affinity', {}, 'sessionAffinity: ClientIP,', undefined],
    ['aws-mixed', { type: 'nlb' }, '', '[{ name: a, port: 53, protocol: UDP }, { name: b, port: 54 }]'],
    ['aws-address', { type: 'nlb' }, 'loadBalancerIP: 203.0.113.9,', undefined],
    ['annotation-value', { 'proxy-protocol': '80' }, '', undefined],
    ['annotation-value', { 'ssl-cert': 'arn:1', 'backend-protocol': 'tls' }, '', undefined],
    ['protocol', {}, '', '[{ port: 53, protocol: UDP }]'],
  ] as const)('%s: %o %s', (why, annotations, spec, ports) => {
    expect(settle('aws-intree', annotations, spec, ports)).toMatchObject({ state: 'pending', why: { id: `cluster.lb.${why}` } });
  });

  it('a value that nothing reads does no harm', () => {
    expect(settle('aws-intree', { 'backend-protocol': 'tls' })).toMatchObject({ state: 'active', http: false });
    expect(settle('aws-intree', { type: 'nlb', 'proxy-protocol': '80' }).state).toBe('active');
  });
});

describe('what the AWS Load Balancer Controller gives up at', () => {
  it.each([
    ['annotation-value', { scheme: 'public' }, undefined],
    ['annotation-value', { 'proxy-protocol': 'true' }, undefined],
    ['aws-one-port', {}, '[{ name: a, port: 53, protocol: UDP }, { name: b, port: 53 }]'],
  ] as const)('%s: %o', (why, annotations, ports) => {
    expect(settle('aws-lbc', annotations, '', ports)).toMatchObject({ state: 'pending', why: { id: `cluster.lb.${why}` } });
  });

  it('but takes several protocols, on one port where it is asked to, and reads no loadBalancerIP', () => {
    const both = '[{ name: a, port: 53, protocol: UDP }, { name: b, port: 53 }]';
    expect(settle('aws-lbc', { 'enable-tcp-udp-listener': 'true' }, '', both).state).toBe('active');
    expect(settle('aws-lbc', {}, '', '[{ name: a, port: 53, protocol: UDP }, { name: b, port: 54 }]').state).toBe('active');
    expect(settle('aws-lbc', {}, 'loadBalancerIP: 203.0.113.9,')).toMatchObject({ state: 'active', addresses: ['192.0.2.201'] });
  });
});

describe('TLS and HTTP listeners (S8.2.3, S8.2.4, S8.2.12)', () => {
  it.each([
    ['aws-intree', {}, null, false],
    ['aws-intree', { 'backend-protocol': 'http' }, null, true],
    // Without a certificate there is no HTTPS to speak.
    ['aws-intree', { 'backend-protocol': 'https' }, null, false],
    ['aws-intree', { 'ssl-cert': 'arn:1' }, false, false],
    ['aws-intree', { 'ssl-cert': 'arn:1', 'backend-protocol': 'http' }, false, true],
    ['aws-intree', { 'ssl-cert': 'arn:1', 'backend-protocol': 'https' }, true, true],
    ['aws-intree', { 'ssl-cert': 'arn:1', 'backend-protocol': 'ssl' }, true, false],
    ['aws-intree', { type: 'nlb', 'ssl-cert': 'arn:1', 'backend-protocol': 'ssl' }, true, false],
    ['aws-lbc', { 'ssl-cert': 'arn:1', 'backend-protocol': 'ssl' }, true, false],
    // A Network Load Balancer knows `ssl` alone.
    ['aws-lbc', { 'ssl-cert': 'arn:1', 'backend-protocol': 'https' }, false, false],
  ] as const)('%s %o encrypts again: %s, speaks HTTP: %s', (cloud, annotations, reencrypt, http) => {
    const { tls, http: speaks } = settle(cloud, annotations);
    expect([tls?.reencrypt ?? null, speaks]).toEqual([reencrypt, http]);
  });

  it('UDP ports never end TLS', () => {
    const ports = '[{ name: a, port: 443 }, { name: b, port: 444, protocol: UDP }]';
    expect(settle('aws-lbc', { 'ssl-cert': 'arn:1' }, '', ports).tls?.ports).toEqual([443]);
  });
});

describe('PROXY protocol (S8.2.10)', () => {
  it.each([
    ['aws-intree', { 'proxy-protocol': '*' }, true],
    ['aws-intree', { type: 'nlb', 'proxy-protocol': '*' }, false],
    ['aws-intree', { type: 'nlb', 'target-group-attributes': 'proxy_protocol_v2.enabled=true' }, true],
    ['aws-lbc', { 'proxy-protocol': '*' }, true],
    ['aws-lbc', { 'target-group-attributes': 'a=b, proxy_protocol_v2.enabled=true' }, true],
    ['aws-lbc', {}, false],
  ] as const)('%s %o: %s', (cloud, annotations, expected) => {
    expect(settle(cloud, annotations).proxyProtocol).toBe(expected);
  });
});

describe('who keeps sources out (S8.2.14)', () => {
  const off = { 'target-group-attributes': 'preserve_client_ip.enabled=false' };
  it.each([
    ['aws-intree', {}, 'own'],
    ['aws-intree', { type: 'nlb' }, 'own'],
    ['aws-intree', { type: 'nlb', ...off }, 'none'],
    ['aws-lbc', off, 'own'],
    ['aws-lbc', { ...off, 'disable-nlb-sg': 'true' }, 'none'],
    ['aws-lbc', { 'disable-nlb-sg': 'true' }, 'own'],
    ['aws-lbc', { 'security-groups': 'sg-1' }, 'none'],
  ] as const)('%s %o: %s', (cloud, annotations, expected) => {
    expect(settle(cloud, annotations).sourceFilter).toBe(expected);
  });
});

it('a target group keeps a client at its node only where it is told to (S7.7.3)', () => {
  expect(settle('aws-lbc', {}).hashesSource).toBe(false);
  expect(settle('aws-lbc', { 'target-group-attributes': 'stickiness.enabled=true,stickiness.type=source_ip' }).hashesSource).toBe(true);
});

it('target-node-labels choose the nodes', () => {
  expect(settle('aws-intree', { 'target-node-labels': 'pool=edge,disk=ssd' })).toMatchObject({ nodes: ['n1'], excluded: [{ what: 'n2' }] });
  expect(settle('aws-lbc', {}).nodes).toEqual(['n1', 'n2']);
});
