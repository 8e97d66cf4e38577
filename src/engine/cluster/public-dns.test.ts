import { describe, expect, it } from 'vitest';
import { clusterOf } from './cluster-of.ts';

const service = (type: string, annotations = '{}', extra = '') => `
apiVersion: v1
kind: Service
metadata: { name: web, annotations: ${annotations} }
spec: { type: ${type}, ${extra} selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: c, image: x }] }
---`;
const ASKS = '{ external-dns.alpha.kubernetes.io/hostname: "www.example.com, example.com." }';
const record = (yaml: string, environment: string, name = 'www.example.com') => clusterOf(yaml, environment).publicRecords.get(name);

describe('public names (S6.9)', () => {
  it('are those that a person states: an address, a name, an object, the nodes', () => {
    const states = (value: string) => record(service('LoadBalancer'), `complete: true\ncloud: aws-intree\npublicDNS: { www.example.com: ${value} }`);
    expect(states('{ address: 198.51.100.1 }')).toMatchObject({ addresses: ['198.51.100.1'], assumption: null });
    expect(states('{ cname: other.example.net }')).toMatchObject({ addresses: [], cname: 'other.example.net' });
    expect(states('{ service: default/web }')).toMatchObject({ addresses: ['203.0.113.10'], cname: expect.stringContaining('.elb.') });
    expect(states('{ nodes: true }')).toMatchObject({ addresses: ['192.0.2.11', '192.0.2.12'] });
  });

  it('a load balancer’s own name leads to its addresses', () => {
    const cluster = clusterOf(service('LoadBalancer'), 'complete: true\ncloud: aws-intree');
    const name = cluster.loadBalancers.get('default/web')!.ingress[0]!.hostname!;
    expect(cluster.publicRecords.get(name)).toMatchObject({ addresses: ['203.0.113.10'], cname: null });
  });

  it('what is pending has no record, stated or not', () => {
    expect(record(service('LoadBalancer'), 'cloud: none\npublicDNS: { www.example.com: { service: default/web } }')).toBeUndefined();
    expect(record(service('LoadBalancer', ASKS), 'cloud: none')).toBeUndefined();
  });

  it('a name that is said not to exist has none, whatever the manifests suggest', () => {
    expect(record(service('LoadBalancer', ASKS), 'cloud: gcp\npublicDNS: { www.example.com: { none: true } }')).toBeUndefined();
  });

  it('an external-dns annotation asks for records, which a closed world does not take for made', () => {
    expect(record(service('LoadBalancer', ASKS), 'cloud: gcp')).toMatchObject({ addresses: ['203.0.113.10'], assumption: 'dns:www.example.com' });
    expect(record(service('LoadBalancer', ASKS), 'cloud: gcp', 'example.com')).toBeDefined();
    expect(record(service('LoadBalancer', ASKS), 'complete: true\ncloud: gcp')).toBeUndefined();
  });

  it('of node ports they lead to the nodes, with policy Local to those with an endpoint; of a ClusterIP nowhere', () => {
    expect(record(service('NodePort', ASKS), '')?.addresses).toEqual(['192.0.2.11', '192.0.2.12']);
    expect(record(service('NodePort', ASKS, 'externalTrafficPolicy: Local,'), '')?.addresses).toEqual(['192.0.2.11']);
    expect(record(service('ClusterIP', ASKS), '')).toBeUndefined();
  });

  it('external-dns makes those of its sources, below its domains, and nobody makes the others', () => {
    const stated = (flags: string) => `complete: true\ncloud: gcp\nexternalDNS: ${flags}`;
    expect(record(service('LoadBalancer', ASKS), stated('{ sources: [service] }'))).toMatchObject({ addresses: ['203.0.113.10'], assumption: null });
    expect(record(service('LoadBalancer', ASKS), stated('{ sources: [ingress] }'))).toBeUndefined();
    expect(record(service('LoadBalancer', ASKS), stated('{ sources: [service], domainFilters: [example.net] }'))).toBeUndefined();
    expect(record(service('LoadBalancer', ASKS), stated('{ sources: [service], domainFilters: [example.com] }'), 'example.com')).toBeDefined();
    expect(record(service('ClusterIP', ASKS), stated('{ sources: [service], publishInternalServices: true }'))?.addresses).toHaveLength(1);
  });

  it('external-dns heeds the annotations of the object: another controller, another target', () => {
    const annotated = (name: string, value: string) => ASKS.replace('{ ', `{ external-dns.alpha.kubernetes.io/${name}: "${value}", `);
    const publishes = 'complete: true\ncloud: gcp\nexternalDNS: { sources: [service] }';
    expect(record(service('LoadBalancer', annotated('controller', 'other')), publishes)).toBeUndefined();
    expect(record(service('LoadBalancer', annotated('target', '198.51.100.9')), publishes)?.addresses).toEqual(['198.51.100.9']);
    expect(record(service('LoadBalancer', annotated('target', 'edge.example.net')), publishes)?.cname).toBe('edge.example.net');
  });
});
