import { describe, expect, it } from 'vitest';
import { renderText } from '../../../catalogue/render.ts';
import type { Trace } from '../../trace/trace.ts';
import { clusterOf, traceOf } from '../trace-of.ts';

const pod = (name: string, more = '', namespace = 'a', labels = `app: ${name}`) => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ${namespace}, labels: { ${labels} } }
spec:
  containers: [{ name: c, image: i, ports: [{ containerPort: 80 }] }]
${more}
---`;
const service = (name: string, spec: string, namespace = 'b') => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec: { ${spec} }
---`;
const ready = (ip: string, isReady = true) => `status:
  phase: Running
  podIP: ${ip}
  conditions: [{ type: Ready, status: '${isReady ? 'True' : 'False'}' }]`;

const base = `${pod('client')}${pod('db-0', '', 'b', 'app: db')}${service('db', 'selector: { app: db }, ports: [{ port: 80 }], clusterIP: 10.96.0.50')}`;
const ask = (yaml: string, host: string, from = 'pod/a/client', scenario?: string): Trace => traceOf(yaml, { url: `http://${host}/`, from }, scenario).trace;
/** The last query: the one whose answer counts. */
const answering = (trace: Trace) => trace.hops.findLast(({ kind }) => kind === 'dns');
const rcodes = (trace: Trace) => (answering(trace)?.considered ?? []).map(({ what }) => renderText(what));
const why = (trace: Trace) => (answering(trace)?.why ?? []).map((message) => renderText(message)).join(' ');

describe('names of Services, asked by a Pod (S6.1, S6.7)', () => {
  it.each(['db.b', 'db.b.svc', 'db.b.svc.cluster.local', 'db.b.svc.cluster.local.', 'DB.b'])('%s resolves to the ClusterIP', (host) => {
    expect(ask(base, host).resolution).toMatchObject({ rcode: 'NOERROR', addresses: ['10.96.0.50'] });
  });

  it('the short name works in its own namespace only, and the answer names the other namespace (F-06)', () => {
    const trace = ask(base, 'db');
    expect(trace.branches[0]).toMatchObject({ outcome: { code: 'DNS_NXDOMAIN' }, stage: 'dns' });
    expect(answering(trace)?.rules).toContain('F-06');
    expect(why(trace)).toContain('db.b');
    expect(ask(base, 'db', 'pod/b/db-0').resolution.rcode).toBe('NOERROR');
  });

  it('each name of the search list is asked for in order', () => {
    expect(rcodes(ask(base, 'db.b'))).toEqual(['db.b.a.svc.cluster.local: NXDOMAIN', 'db.b.svc.cluster.local: NOERROR']);
    expect(rcodes(ask(base, 'db.b.svc.cluster.local'))).toEqual([
      'db.b.svc.cluster.local.a.svc.cluster.local: NXDOMAIN',
      'db.b.svc.cluster.local.svc.cluster.local: NXDOMAIN',
      'db.b.svc.cluster.local.cluster.local: NXDOMAIN',
      'db.b.svc.cluster.local: NOERROR',
    ]);
    expect(rcodes(ask(base, 'db.b.svc.cluster.local.'))).toEqual([]);
  });

  it('each name that is asked for is a hop of its own', () => {
    const { hops } = ask(base, 'db.b');
    expect(hops.flatMap(({ query }) => (query === undefined ? [] : `${query.name} ${query.rcode}`))).toEqual([
      'db.b.a.svc.cluster.local NXDOMAIN',
      'db.b.svc.cluster.local NOERROR',
    ]);
    expect(hops[0]?.why.map((message) => renderText(message))[0]).toBe(
      'The resolver puts the search domain a.svc.cluster.local behind db.b, as its ndots:5 tells.',
    );
  });

  it('a slip of the hand gets the similar name (F-08)', () => {
    expect(why(ask(`${base}${service('payments', 'ports: [{ port: 80 }]', 'a')}`, 'paymets'))).toContain('payments');
  });

  it('a ClusterIP Service without endpoints has a name all the same', () => {
    expect(ask(`${base}${service('empty', 'ports: [{ port: 80 }], clusterIP: 10.96.0.51')}`, 'empty.b').resolution.addresses).toEqual(['10.96.0.51']);
  });

  it('the cluster domain is a variable', () => {
    expect(ask(base, 'db.b.svc.k8s.example', 'pod/a/client', 'complete: true\nclusterDomain: k8s.example').resolution.rcode).toBe('NOERROR');
    expect(ask(base, 'db.b.svc.cluster.local', 'pod/a/client', 'complete: true\nclusterDomain: k8s.example').resolution.rcode).toBe('NXDOMAIN');
  });

  it('a rejected Service has no name, and the rejection is listed', () => {
    const trace = ask(`${base}${service('bad', 'ports: [{ port: 99999 }]', 'a')}`, 'bad');
    expect(why(trace)).toContain('rejects');
    expect(trace.rejected.map(({ object }) => object.name)).toContain('bad');
  });

  it('an IPv4 client gets no data for a Service with an IPv6 address only', () => {
    const trace = ask(
      `${base}${pod('four', ready('10.244.0.77'))}${service('six', 'ports: [{ port: 80 }], clusterIP: "fd00:10:96::50", ipFamilies: [IPv6]')}`,
      'six.b',
      'pod/a/four',
    );
    expect(trace.branches[0]?.outcome).toEqual({ code: 'DNS_NODATA' });
  });
});

describe('headless Services and endpoints', () => {
  const headless = (more = '') =>
    `${pod('client')}${pod('p1', ready('10.244.0.51'), 'b', 'app: h')}${pod('p2', ready('10.244.0.52', false), 'b', 'app: h')}${service('h', `clusterIP: None, selector: { app: h }, ports: [{ port: 80 }]${more}`)}`;

  it('every ready endpoint is an address', () => {
    expect(ask(headless(), 'h.b').resolution.addresses).toEqual(['10.244.0.51']);
  });

  it('publishNotReadyAddresses publishes those that are not ready (S6.3)', () => {
    const trace = ask(headless(', publishNotReadyAddresses: true'), 'h.b');
    expect(trace.resolution.addresses).toEqual(['10.244.0.51', '10.244.0.52']);
    expect(answering(trace)?.next.map(({ probability }) => probability)).toEqual([0.5, 0.5]);
  });

  it('without a ready endpoint the name does not exist (F-09)', () => {
    const trace = ask(`${pod('client')}${service('h', 'clusterIP: None, selector: { app: h }, ports: [{ port: 80 }]')}`, 'h.b');
    expect(trace.resolution.rcode).toBe('NXDOMAIN');
    expect(answering(trace)?.rules).toContain('F-09');
  });

  it('the packet goes to the Pod without a Service address, and the Service counts as consulted', () => {
    const trace = ask(headless(), 'h.b');
    expect(trace.hops.map(({ kind }) => kind)).toEqual(['dns', 'dns', 'pod']);
    expect(answering(trace)?.consulted).toMatchObject([{ role: 'consulted', address: 'None' }]);
    expect(trace.branches[0]?.backend?.service?.name).toBe('h');
  });

  it('an endpoint without host name has its address with dashes as name', () => {
    expect(ask(headless(), '10-244-0-51.h.b').resolution.addresses).toEqual(['10.244.0.51']);
  });

  it('hostname and subdomain make a name; a Pod name alone does not (S5.9, F-10)', () => {
    const named = `${pod('client')}${pod('p1', `  hostname: one\n  subdomain: h\n${ready('10.244.0.51')}`, 'b', 'app: h')}${pod('p2', ready('10.244.0.52'), 'b', 'app: h')}${service('h', 'clusterIP: None, selector: { app: h }, ports: [{ port: 80 }]')}`;
    expect(ask(named, 'one.h.b').resolution.addresses).toEqual(['10.244.0.51']);
    expect(why(ask(named, 'p2.h.b'))).toContain('spec.hostname');
    expect(ask(named, 'p1.h.b').resolution.rcode).toBe('NXDOMAIN');
  });

  it('a StatefulSet gives its Pods names below its serviceName (S6.4)', () => {
    const set = (serviceName: string) => `${pod('client')}
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: web, namespace: b }
spec:
  serviceName: ${serviceName}
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: c, image: i }] }
---${service('web', 'clusterIP: None, selector: { app: web }, ports: [{ port: 80 }]')}`;
    expect(ask(set('web'), 'web-1.web.b').branches[0]?.backend?.pod?.name).toBe('web-1');
    expect(answering(ask(set('other'), 'web-1.web.b'))?.rules).toContain('F-10');
  });

  it('a Pod address with dashes is a name of its namespace (S6.5)', () => {
    expect(ask(headless(), '10-244-0-51.b.pod.cluster.local').resolution.addresses).toEqual(['10.244.0.51']);
    expect(ask(headless(), '10-244-0-51.b.pod.cluster.local', 'pod/a/client', 'complete: true\npodDnsMode: disabled').resolution.rcode).toBe('NXDOMAIN');
    expect(ask(headless(), '10-1-1-1.b.pod.cluster.local', 'pod/a/client', 'complete: true\npodDnsMode: verified').resolution.rcode).toBe('NXDOMAIN');
  });
});

describe('ExternalName (S6.11)', () => {
  it('is an alias of a host outside', () => {
    const trace = ask(`${base}${service('pay', 'type: ExternalName, externalName: api.payments.example', 'a')}`, 'pay');
    expect(trace.resolution).toMatchObject({ rcode: 'NOERROR', cname: 'api.payments.example' });
    expect(trace.branches[0]?.outcome).toEqual({ code: 'HTTP', status: 404, producer: 'external' });
    expect(trace.hops.at(-1)?.rules).toContain('F-15');
  });

  it('a host that serves every name answers after all, when the environment says so', () => {
    const yaml = `${base}${service('pay', 'type: ExternalName, externalName: api.payments.example', 'a')}`;
    const trace = ask(yaml, 'pay', 'pod/a/client', "complete: true\nassume: { 'own-name:api.payments.example': false }");
    expect(trace.branches[0]?.outcome).toMatchObject({ status: 200 });
  });

  it('a host outside that a person says does not exist is no name (F-14)', () => {
    const yaml = `${base}${service('pay', 'type: ExternalName, externalName: api.payments.example', 'a')}`;
    const trace = ask(yaml, 'pay', 'pod/a/client', "assume: { 'external:api.payments.example': false }");
    expect(trace.resolution.rcode).toBe('NODATA');
  });

  it('over TLS the certificate is for another name (F-15)', () => {
    const yaml = `${base}${service('pay', 'type: ExternalName, externalName: api.payments.example', 'a')}`;
    const { trace } = traceOf(yaml, { url: 'https://pay/', from: 'pod/a/client' });
    expect(trace.branches[0]).toMatchObject({ outcome: { code: 'TLS_ERROR', kind: 'name-mismatch' }, stage: 'tls' });
  });

  it('the alias of a cluster name leads to that Service', () => {
    const trace = ask(`${base}${service('alias', 'type: ExternalName, externalName: db.b.svc.cluster.local', 'a')}`, 'alias');
    expect(trace.resolution).toMatchObject({ addresses: ['10.96.0.50'], cname: 'db.b.svc.cluster.local' });
    expect(trace.branches[0]?.backend?.pod?.name).toBe('db-0');
  });

  it('an address as externalName does not exist (F-14)', () => {
    const trace = ask(`${base}${service('pay', 'type: ExternalName, externalName: 203.0.113.9', 'a')}`, 'pay');
    expect(trace.resolution.rcode).toBe('NXDOMAIN');
    expect(answering(trace)?.rules).toContain('F-14');
  });

  it('an alias that leads back to itself has no data: CoreDNS leaves it out', () => {
    const loop = `${base}${service('x', 'type: ExternalName, externalName: y.a.svc.cluster.local', 'a')}${service('y', 'type: ExternalName, externalName: x.a.svc.cluster.local', 'a')}`;
    expect(ask(loop, 'x').resolution.rcode).toBe('NODATA');
  });
});

describe('who asks whom (S6.8, S6.10)', () => {
  it('a client outside does not know cluster names', () => {
    expect(ask(base, 'db.b.svc.cluster.local', 'external').resolution.rcode).toBe('NXDOMAIN');
    expect(ask(base, 'db.b.svc.cluster.local', 'external').hops[0]?.rules).toContain('S6.10');
    expect(why(ask(base, 'db.b', 'external'))).toContain('outside the cluster');
  });

  it('a node does not know cluster names', () => {
    expect(ask(base, 'db.b.svc.cluster.local', 'node/node-a').resolution.rcode).toBe('NXDOMAIN');
  });

  it.each([
    ['Default', '', 'NXDOMAIN'],
    ['ClusterFirst', '  hostNetwork: true', 'NXDOMAIN'],
    ['ClusterFirstWithHostNet', '  hostNetwork: true', 'NOERROR'],
    ['ClusterFirst', '', 'NOERROR'],
  ])('dnsPolicy %s with "%s": %s', (policy, more, rcode) => {
    expect(ask(`${base}${pod('asks', `  dnsPolicy: ${policy}\n${more}`)}`, 'db.b.svc.cluster.local', 'pod/a/asks').resolution.rcode).toBe(rcode);
  });

  it('the host network makes ClusterFirst ask the node, and the fields are shown (F-11)', () => {
    const trace = ask(`${base}${pod('asks', '  hostNetwork: true')}`, 'db.b.svc.cluster.local', 'pod/a/asks');
    expect(answering(trace)?.rules).toContain('F-11');
    expect(trace.hops[0]?.evidence.map(({ path }) => path.join('.'))).toEqual(['spec.hostNetwork', 'spec.dnsPolicy']);
  });

  it('dnsConfig adds search domains and changes ndots', () => {
    const config = '  dnsConfig: { searches: [b.svc.cluster.local], options: [{ name: ndots, value: "1" }] }';
    const yaml = `${base}${pod('asks', config)}`;
    expect(ask(yaml, 'db', 'pod/a/asks').resolution.addresses).toEqual(['10.96.0.50']);
    expect(rcodes(ask(yaml, 'db.b.svc.cluster.local', 'pod/a/asks'))).toEqual([]);
  });

  it('a cluster DNS whose Pods are down answers nobody (S6.13)', () => {
    const dns = `${pod('coredns', ready('10.244.0.60', false), 'kube-system', 'k8s-app: kube-dns')}${service('kube-dns', 'selector: { k8s-app: kube-dns }, clusterIP: 10.96.0.10, ports: [{ port: 53, protocol: UDP }]', 'kube-system')}`;
    expect(ask(`${base}${dns}`, 'db.b').branches[0]?.outcome).toEqual({ code: 'DNS_TIMEOUT' });
  });
});

describe('public names (S6.9)', () => {
  const records =
    'complete: true\npublicDNS: { shop.example.com: { address: 203.0.113.10 }, "*.example.org": { address: 203.0.113.11 }, www.example.com: { cname: shop.example.com }, cdn.example.com: { cname: edge.cdn.example } }';
  const cluster = clusterOf(base, records);
  const resolved = (host: string, from = 'external') => traceOf(cluster, { url: `http://${host}/`, from }).trace.resolution;

  it('a stated record, a wildcard and an alias resolve', () => {
    expect(resolved('shop.example.com').addresses).toEqual(['203.0.113.10']);
    expect(resolved('a.b.example.org').addresses).toEqual(['203.0.113.11']);
    expect(resolved('www.example.com')).toMatchObject({ addresses: ['203.0.113.10'], cname: 'shop.example.com' });
    expect(resolved('cdn.example.com')).toMatchObject({ rcode: 'NOERROR', cname: 'edge.cdn.example' });
  });

  it('a Pod asks the search list first, then upstream (F-13)', () => {
    const { trace } = traceOf(cluster, { url: 'http://shop.example.com/', from: 'pod/a/client' });
    expect(trace.resolution.addresses).toEqual(['203.0.113.10']);
    expect(answering(trace)?.considered).toHaveLength(4);
    expect(answering(trace)?.rules).toContain('F-13');
  });

  it('a name nobody publishes does not exist', () => {
    expect(resolved('other.example.com').rcode).toBe('NXDOMAIN');
  });

  it('a host of a rule without a record is told as such, with the reason: nobody serves the Ingress, or it was rejected (F-16, F-53)', () => {
    const ingress = `${base}
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop, namespace: b }
spec:
  rules: [{ host: shop.example.net, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: db, port: { number: 80 } } } }] } }]
---`;
    const trace = ask(ingress, 'shop.example.net', 'external');
    expect(why(trace)).toContain('b/shop');
    expect(trace.hops[0]?.evidence.map(({ path }) => path)).toEqual([
      ['spec', 'ingressClassName'],
      ['spec', 'rules', 0, 'host'],
    ]);
    const rejected = ask(ingress.replace('pathType: Prefix, ', ''), 'shop.example.net', 'external');
    expect(why(rejected)).toContain('The API server rejects Ingress b/shop');
  });
});

it('a public name that is to lead to a pending load balancer does not exist, and the reason is the load balancer', () => {
  const yaml =
    'apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: a }\nspec: { type: LoadBalancer, selector: { app: web }, ports: [{ port: 80 }] }\n';
  const scenario = 'complete: true\ncloud: none\npublicDNS: { www.example.com: { service: a/web } }';
  const { trace } = traceOf(yaml, { url: 'http://www.example.com/', from: 'external' }, scenario);
  expect(trace.hops[0]!.why.map((message) => renderText(message))[0]).toBe(
    'www.example.com is to lead to Service a/web, but its load balancer address is pending, so there is nothing to publish.',
  );
  expect(trace.branches[0]!.outcome).toEqual({ code: 'DNS_NXDOMAIN' });
});
