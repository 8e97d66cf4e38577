import { describe, expect, it } from 'vitest';
import { renderText } from '../../../catalogue/render.ts';
import { clusterOf, traceOf } from '../trace-of.ts';

const yaml = `
apiVersion: v1
kind: Pod
metadata: { name: w, labels: { app: w } }
spec: { containers: [{ name: c, image: i }] }
---
apiVersion: v1
kind: Service
metadata: { name: db }
spec: { ports: [{ port: 5432 }] }
---
apiVersion: v1
kind: Endpoints
metadata: { name: db }
subsets: [{ addresses: [{ ip: 172.16.9.9 }], ports: [{ port: 5432 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: sl }
spec: { selector: { app: unseen }, ports: [{ port: 80, targetPort: 8443 }] }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: sl-1, labels: { kubernetes.io/service-name: sl } }
addressType: IPv4
ports: [{ name: "", port: 8443, protocol: TCP }]
endpoints: [{ addresses: [10.244.7.7], nodeName: w1, targetRef: { kind: Pod, name: sl-0, namespace: default }, conditions: { ready: true } }]
---
apiVersion: v1
kind: Service
metadata: { name: ext }
spec: { type: ExternalName, externalName: backend.example.net }
`;
const ask = (url: string, scenario?: string, insecure = false) => traceOf(yaml, { url, from: 'pod/default/w', insecure }, scenario).trace;
const summary = (url: string) => renderText(ask(url).summary);
const lines = (url: string) =>
  ask(url)
    .hops.at(-1)!
    .commands.map(({ line }) => line);

describe('an endpoint whose Pod was not pasted', () => {
  it('is that Pod on its node, not a host outside (S5.6)', () => {
    const hop = ask('http://sl/').hops.at(-1);
    expect(hop).toMatchObject({ kind: 'pod', actor: { instance: 'sl-0', node: 'w1' } });
    expect(ask('http://sl/').branches[0]).toMatchObject({ outcome: { producer: 'app' }, backend: { pod: { name: 'sl-0' } } });
  });

  it('leaves no warning that the selector matches no Pod', () => {
    expect(clusterOf(yaml).findings.map(({ code }) => code)).not.toContain('selector-matches-no-pods');
  });

  it('is asked alone by its address and port, with the Host of the request', () => {
    expect(lines('http://sl/')).toEqual([`curl -v -H 'Host: sl' http://10.244.7.7:8443/`]);
  });
});

it('an endpoint without a Pod is named by its address', () => {
  expect(summary('tcp://db:5432')).toBe('172.16.9.9:5432 accepts the connection.');
});

describe('a host behind an alias (F-15)', () => {
  it('is asked under its real name through the alias', () => {
    expect(lines('http://ext:8080/a')).toEqual([`curl -v -H 'Host: backend.example.net:8080' http://ext:8080/a`]);
    expect(lines('https://ext/')).toEqual([`curl -v --connect-to 'backend.example.net:443:ext:443' https://backend.example.net/`]);
  });

  it('does not know the host that an Ingress controller says either (S10.9)', () => {
    const ingress = `${yaml}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: i }
spec:
  ingressClassName: nginx
  rules: [{ host: a.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: ext, port: { number: 80 } } } }] } }]
`;
    const { trace } = traceOf(ingress, 'http://a.example.com/', 'complete: false');
    expect(trace.branches[trace.taken]?.outcome).toMatchObject({ status: 404, producer: 'external' });
    expect(trace.assumptions.map(({ id }) => id)).toContain('own-name:backend.example.net');
  });
});

describe('what every cluster has', () => {
  it('the API server answers behind the first address of the range, with a certificate of the cluster (S6.1)', () => {
    expect(ask('https://kubernetes.default/').resolution.addresses).toEqual(['10.96.0.1']);
    expect(ask('https://kubernetes.default/').branches[0]?.outcome).toEqual({ code: 'TLS_ERROR', kind: 'untrusted' });
    expect(ask('https://kubernetes.default/', undefined, true).branches[0]?.outcome).toMatchObject({ status: 403 });
    expect(ask('http://kubernetes.default/').branches[0]?.outcome).toEqual({ code: 'CONN_TIMEOUT' });
  });

  it('the cluster’s DNS answers behind the tenth, which is an assumption (S6.6)', () => {
    expect(ask('udp://10.96.0.10:53').branches[0]?.outcome).toEqual({ code: 'ACCEPTED' });
    expect(ask('udp://kube-dns.kube-system:53').assumptions.map(({ id }) => id)).toContain('service:kube-system/kube-dns');
  });
});

describe('a public name asked by a Pod (S6.8)', () => {
  it('is taken to exist while only a part of the cluster is known', () => {
    const trace = ask('https://api.github.com/', 'complete: false');
    expect(trace.verdict).toMatchObject({ kind: 'depends', ifTrue: 'delivered' });
    expect(trace.assumptions.map(({ id }) => id)).toContain('external:api.github.com');
  });

  it('does not exist in a closed world, and no Service is blamed', () => {
    const trace = ask('https://api.github.com/');
    expect(trace.branches[0]?.outcome.code).toBe('DNS_NXDOMAIN');
    expect(trace.hops.findLast(({ kind }) => kind === 'dns')?.why[0]?.id).toBe('dns.no-public-record');
  });

  it('is none when it ends like a namespace or like nothing public', () => {
    expect(ask('http://db.shop/', 'complete: false').branches[0]?.outcome.code).toBe('DNS_NXDOMAIN');
  });
});
