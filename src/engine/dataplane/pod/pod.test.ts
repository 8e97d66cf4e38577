import { describe, expect, it } from 'vitest';
import { traceOf } from '../trace-of.ts';

const server = (more = '', ports = '[{ containerPort: 8080 }]') => `
apiVersion: v1
kind: Pod
metadata: { name: client, namespace: shop }
spec: { containers: [{ name: c, image: i }] }
---
apiVersion: v1
kind: Pod
metadata: { name: api, namespace: shop, labels: { app: api } }
spec:
  nodeName: node-b
  containers: [{ name: web, image: i, ports: ${ports} }]
${more}
status: { phase: Running, podIP: 10.244.1.9, conditions: [{ type: Ready, status: 'True' }] }
`;
const service = (spec: string) => `
---
apiVersion: v1
kind: Service
metadata: { name: svc, namespace: shop }
spec: { ${spec} }
`;
const ask = (url: string, yaml = server(), pods = '') =>
  traceOf(yaml, { url, from: 'pod/shop/client', insecure: true }, `complete: true\npods: { ${pods} }`).trace;
const outcome = (url: string, yaml?: string, pods?: string) => ask(url, yaml, pods).branches[0]?.outcome;

describe('a container (S5.7)', () => {
  it('listens on a declared port', () => {
    const trace = ask('http://10.244.1.9:8080/');
    expect(trace.branches[0]?.outcome).toEqual({ code: 'HTTP', status: 200, producer: 'app' });
    expect(trace.branches[0]?.backend).toMatchObject({ endpoint: '10.244.1.9:8080', pod: { name: 'api' }, source: { kind: 'preserved' } });
    expect(trace.hops.at(-1)?.evidence[0]?.path).toEqual(['spec', 'containers', 0, 'ports', 0, 'containerPort']);
  });

  it('listens on a port that a Service targets, which is said (U11)', () => {
    const targeted = `${server()}${service('selector: { app: api }, ports: [{ port: 80, targetPort: 9090 }]')}`;
    expect(outcome('http://10.244.1.9:9090/', targeted)).toMatchObject({ status: 200 });
    expect(ask('http://10.244.1.9:9090/', targeted).hops.at(-1)?.rules).toContain('U11');
  });

  it('refuses on a port that it does not declare and no Service targets', () => {
    expect(outcome('http://10.244.1.9:9090/')).toEqual({ code: 'CONN_REFUSED' });
  });

  it('refuses on the port of a headless Service whose target port is another one', () => {
    const headless = `${server('', '[{ name: http, containerPort: 8080 }]')}${service('clusterIP: None, selector: { app: api }, ports: [{ port: 80, targetPort: http }]')}`;
    expect(outcome('http://svc/', headless)).toEqual({ code: 'CONN_REFUSED' });
    expect(outcome('http://svc:8080/', headless)).toMatchObject({ status: 200 });
  });

  it('of a Pod that says nothing at all listens on any port (U11)', () => {
    expect(outcome('http://10.244.1.9:7000/', server('', '[]'))).toMatchObject({ status: 200 });
  });

  it('refuses on a port that is closed (F-22)', () => {
    const trace = ask('http://10.244.1.9:8080/', server(), 'shop/api: { closed: [8080] }');
    expect(trace.branches[0]).toMatchObject({ outcome: { code: 'CONN_REFUSED' }, stage: 'connect', backend: null });
    expect(trace.branches[0]?.reply).toHaveLength(1);
  });

  it('that listens on 127.0.0.1 only refuses everyone else (F-24)', () => {
    expect(outcome('http://10.244.1.9:8080/', server(), 'shop/api: { localhostOnly: true }')).toEqual({ code: 'CONN_REFUSED' });
  });

  it('declared for UDP refuses TCP, and one declared for TCP loses datagrams (F-38)', () => {
    const udp = server('', '[{ containerPort: 53, protocol: UDP }, { containerPort: 80 }]');
    expect(outcome('tcp://10.244.1.9:53', udp)).toEqual({ code: 'CONN_REFUSED' });
    expect(outcome('udp://10.244.1.9:53', udp)).toEqual({ code: 'ACCEPTED' });
    expect(outcome('udp://10.244.1.9:80', udp)).toEqual({ code: 'UDP_SILENT' });
  });

  it('answers with the status the environment gives it', () => {
    expect(outcome('http://10.244.1.9:8080/', server(), 'shop/api: { status: 500 }')).toMatchObject({ status: 500, producer: 'app' });
  });

  it('answers pings whatever it listens on', () => {
    expect(outcome('ping://10.244.1.9')).toEqual({ code: 'ACCEPTED' });
  });
});

describe('TLS at a Pod (S14.4)', () => {
  it('a TLS hello on a plain port is a wrong version number', () => {
    expect(ask('https://10.244.1.9:8080/').branches[0]).toMatchObject({ outcome: { code: 'TLS_ERROR', kind: 'wrong-version-number' }, stage: 'tls' });
  });

  it('plain HTTP on a TLS port is answered 400', () => {
    expect(outcome('http://10.244.1.9:8443/', server('', '[{ containerPort: 8443 }]'))).toEqual({ code: 'HTTP', status: 400, producer: 'app' });
  });

  it('a port named https speaks TLS, and the Pod ends it', () => {
    const trace = ask('https://10.244.1.9:9000/', server('', '[{ name: https, containerPort: 9000 }]'));
    expect(trace.branches[0]?.outcome).toMatchObject({ status: 200 });
    expect(trace.tls.terminatedAt).toBe('pod');
    expect(trace.branches[0]?.backend?.tls.encrypted).toBe(true);
  });

  it('the environment can say that the application speaks TLS', () => {
    expect(outcome('https://10.244.1.9:8080/', server(), 'shop/api: { tls: true }')).toMatchObject({ status: 200 });
  });
});

it('a PROXY header of the load balancer is broken HTTP to an application that does not expect it (S8.2.10, F-48)', () => {
  const yaml = `${server()}
---
apiVersion: v1
kind: Service
metadata:
  name: svc
  namespace: shop
  annotations:
    service.beta.kubernetes.io/aws-load-balancer-type: nlb
    service.beta.kubernetes.io/aws-load-balancer-target-group-attributes: proxy_protocol_v2.enabled=true
spec: { type: LoadBalancer, selector: { app: api }, ports: [{ port: 80, targetPort: 8080 }] }
status: { loadBalancer: { ingress: [{ hostname: a.elb.amazonaws.com }] } }
`;
  const from = (assume: string) => traceOf(yaml, { url: 'http://a.elb.amazonaws.com/' }, `complete: true\ncloud: aws-intree\n${assume}`).trace;
  expect(from('').assumptions.map(({ id }) => id)).toContain('proxy-protocol:shop/api');
  expect(from('assume: { "proxy-protocol:shop/api": false }').branches[0]?.outcome).toMatchObject({ status: 400 });
});

describe('what states that an application speaks TLS', () => {
  const through = (port: string) => `${server()}${service(`selector: { app: api }, ports: [${port}]`)}`;
  it('the name or number of the Service port outweighs the number 8080', () => {
    expect(outcome('https://svc/', through('{ name: https, port: 443, targetPort: 8080 }'))).toMatchObject({ status: 200 });
    expect(ask('https://svc/', through('{ port: 443, targetPort: 8080 }')).assumptions.map(({ id }) => id)).toContain('tls:shop/api:8080');
  });
});

describe('a container in CrashLoopBackOff (S1.4.5)', () => {
  it('refuses, also where the phase is Running', () => {
    const crashing = server().replace(
      "status: 'True' }] }",
      "status: 'False' }], containerStatuses: [{ name: web, state: { waiting: { reason: CrashLoopBackOff } } }] }",
    );
    expect(outcome('http://10.244.1.9:8080/', crashing)).toEqual({ code: 'CONN_REFUSED' });
  });
});

describe('a Pod that does not run', () => {
  it.each(['Failed', 'Succeeded'])('%s: nobody answers', (phase) => {
    expect(outcome('http://10.244.1.9:8080/', server(), `shop/api: { phase: ${phase} }`)).toEqual({ code: 'NO_ROUTE' });
  });

  it('on a node that is down: nobody answers', () => {
    const { trace } = traceOf(
      server(),
      { url: 'http://10.244.1.9:8080/', from: 'pod/shop/client' },
      'complete: true\nnodes: [{ name: node-a }, { name: node-b, down: true }]',
    );
    expect(trace.branches[0]?.outcome).toEqual({ code: 'CONN_TIMEOUT' });
  });
});
