import { describe, expect, it } from 'vitest';
import { renderText } from '../../catalogue/render.ts';
import { clusterOf } from './cluster-of.ts';
import { endpointsOf } from './endpoints.ts';

const ingress = (name: string, backend = '{ name: web, port: { number: 80 } }', extra = '') => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, namespace: shop }
spec: { ingressClassName: nginx, ${extra} rules: [{ host: ${name}.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: ${backend} } }] } }] }
---`;
const service = (name: string, selector = `{ app: ${name} }`, spec = 'ports: [{ port: 80, targetPort: http }]') => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { selector: ${selector}, ${spec} }
---`;
const deployment = (name: string, labels = `{ app: ${name} }`, namespace = 'shop') => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec: { selector: { matchLabels: ${labels} }, template: { metadata: { labels: ${labels} }, spec: { containers: [{ name: c, image: x, ports: [{ containerPort: 8080 }] }] } } }
---`;
const inferred = (yaml: string, environment = '') =>
  [...clusterOf(yaml, environment).assumptions.values()].filter(({ origin }) => origin === 'inferred').map(({ id }) => id);
const codes = (yaml: string, environment = '') => clusterOf(yaml, environment).findings.map(({ code }) => code);

describe('Pods that a Service presupposes (S1.3a)', () => {
  it('two ready ones, when none of its selector’s keys occurs on a pasted Pod', () => {
    const cluster = clusterOf(service('web'));
    expect([...cluster.pods.keys()]).toEqual(['shop/web-0', 'shop/web-1']);
    expect(endpointsOf(cluster, 'shop/web', '').map(({ port, ready }) => [port, ready])).toEqual([
      [80, true],
      [80, true],
    ]);
    expect(cluster.provenance.get('Pod/shop/web-0')).toMatchObject({ by: 'Podpath', assumption: 'pods:shop/web' });
  });

  it('none when the key occurs, or nearly does: that is a finding', () => {
    for (const other of [deployment('api'), deployment('api', '{ ap: web }')]) {
      expect(clusterOf(service('web') + other).assumptions.has('pods:shop/web')).toBe(false);
      expect(codes(service('web') + other)).toContain('selector-matches-no-pods');
    }
  });

  it('none when Pods that no Service selects bear its value under another key: that is the mistake', () => {
    const yaml = service('web', '{ name: web }') + deployment('web');
    expect(inferred(yaml)).not.toContain('pods:shop/web');
    expect(clusterOf(yaml).findings.map(({ message }) => renderText(message))).toContain('shop/web wants name: web, which no Pod has; 1 Pod has app: web.');
  });

  it('none when what has Pods was pasted and rejected, or cannot be read', () => {
    const rejected = deployment('web').replace('labels: { app: web }', 'labels: { app: other }');
    const broken = deployment('web').replace('spec: {', 'spec: [');
    for (const other of [rejected, broken]) expect(inferred(service('web') + other)).not.toContain('pods:shop/web');
  });

  it('none when such Pods stand in another namespace', () => {
    const yaml = service('web') + deployment('web', '{ app: web }', 'elsewhere');
    expect(inferred(yaml)).not.toContain('pods:shop/web');
    expect(clusterOf(yaml).findings.map(({ message }) => renderText(message))).toContain(
      'The selector app=web of shop/web matches Pods only in the namespace elsewhere.',
    );
  });

  it('two ready ones, where an object of the operator that makes them was pasted, whatever labels other Pods bear', () => {
    const foreign = (kind: string, name: string) => `
apiVersion: monitoring.example.com/v1
kind: ${kind}
metadata: { name: ${name}, namespace: shop }
---`;
    const others = deployment('grafana', '{ app: grafana, db: x }');
    expect(inferred(service('db', '{ app: database, db: main }') + foreign('Database', 'main') + others)).toContain('pods:shop/db');
    expect(inferred(service('db', '{ app: x, database: main }') + foreign('Database', 'main') + others)).toContain('pods:shop/db');
    // The name alone may be that of a release, which every object of it bears.
    expect(inferred(service('db', '{ app: main }') + foreign('Database', 'main') + others)).not.toContain('pods:shop/db');
    expect(inferred(service('db', '{ app: database }') + foreign('Database', 'main') + others)).not.toContain('pods:shop/db');
  });

  it('none for slices that were pasted', () => {
    const slice =
      'apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: { name: w, namespace: shop, labels: { kubernetes.io/service-name: web } }\naddressType: IPv4\nports: []\nendpoints: []';
    expect(inferred(`${service('web')}\n${slice}`)).not.toContain('pods:shop/web');
  });

  it('an answer settles it, a number says how many', () => {
    expect(clusterOf(service('web'), 'assume: { "pods:shop/web": false }').pods.size).toBe(0);
    const confirmed = clusterOf(service('web'), 'complete: true\nassume: { "pods:shop/web": 3 }');
    expect([confirmed.pods.size, confirmed.assumptions.has('pods:shop/web')]).toEqual([3, false]);
  });

  it('a closed world presupposes nothing', () => {
    expect(clusterOf(service('web') + ingress('a', '{ name: gone, port: { number: 80 } }'), 'complete: true').pods.size).toBe(0);
    expect(inferred(service('web') + ingress('a'), 'complete: true')).toEqual([]);
  });
});

describe('backends that an Ingress presupposes (S1.3a)', () => {
  it('the Service and two Pods, when its namespace holds no Service', () => {
    const cluster = clusterOf(ingress('a', '{ name: web, port: { name: http } }'));
    expect(cluster.services.get('shop/web')?.ports).toMatchObject([{ name: 'http', port: 80 }]);
    expect(endpointsOf(cluster, 'shop/web', 'http').map(({ pod }) => pod)).toEqual(['shop/web-0', 'shop/web-1']);
    expect(cluster.assumptions.get('service:shop/web')?.origin).toBe('inferred');
  });

  it('only the Service, when a workload of its name was pasted', () => {
    const cluster = clusterOf(ingress('a') + deployment('web'));
    expect([...cluster.pods.values()].filter(({ ref }) => ref.namespace === 'shop').map(({ ref, workload }) => [ref.name, workload?.kind])).toEqual([
      ['web-0', 'Deployment'],
    ]);
    expect(endpointsOf(cluster, 'shop/web', 'port-80').map(({ port }) => port)).toEqual([8080]);
  });

  it('not when its namespace holds other Services: then it is missing, and the nearest name is offered', () => {
    const cluster = clusterOf(ingress('a', '{ name: wbe, port: { number: 80 } }') + service('web'));
    expect(cluster.services.has('shop/wbe')).toBe(false);
    expect(cluster.findings.filter(({ code }) => code === 'backend-service-missing').map(({ message }) => renderText(message))).toEqual([
      'No Service is named shop/wbe. There is one named web.',
    ]);
  });

  it('not when it was pasted and rejected', () => {
    const yaml = ingress('a') + service('web', '{ app: web }', 'ports: [{ port: 0 }]');
    expect(inferred(yaml)).not.toContain('service:shop/web');
    expect(codes(yaml)).toEqual(expect.arrayContaining(['rejected', 'backend-service-missing']));
  });
});

describe('certificates, names and namespaces (S1.3a)', () => {
  const tls = 'tls: [{ hosts: [a.example.com], secretName: cert }],';

  it('a TLS Secret that was not pasted is valid for the hosts that name it', () => {
    const cluster = clusterOf(ingress('a', undefined, tls) + ingress('b', undefined, tls.replace('a.example', 'b.example')) + service('web'));
    expect(cluster.secrets.get('shop/cert')).toMatchObject({
      usableForTls: true,
      certificate: { names: ['a.example.com', 'b.example.com'], selfSigned: false },
    });
    expect(cluster.assumptions.has('secret:shop/cert')).toBe(true);
  });

  it('refused, or in a closed world, it is missing', () => {
    for (const environment of ['complete: true', 'assume: { "secret:shop/cert": false }']) {
      const cluster = clusterOf(ingress('a', undefined, tls) + service('web'), environment);
      expect(cluster.secrets.size).toBe(0);
      expect(cluster.findings.map(({ code }) => code)).toContain('tls-secret-missing');
    }
  });

  it('a host has a public record to the entry, until a person says no', () => {
    const record = (environment = '') => clusterOf(ingress('a') + service('web'), environment).publicRecords.get('a.example.com');
    expect(record()).toMatchObject({ addresses: ['203.0.113.10'], assumption: 'dns:a.example.com' });
    expect(record('assume: { "dns:a.example.com": false }')).toBeUndefined();
    expect(record('assume: { "dns:a.example.com": 198.51.100.3 }')).toMatchObject({ addresses: ['198.51.100.3'], assumption: null });
  });

  it('namespaces exist with their automatic label; refused, nothing in them does', () => {
    const cluster = clusterOf(service('web'));
    expect(cluster.namespaces.get('shop')?.metadata.labels).toEqual({ 'kubernetes.io/metadata.name': 'shop' });
    expect(cluster.assumptions.has('namespace:shop')).toBe(true);
    expect(cluster.namespaces.has('kube-system')).toBe(true);
    const without = clusterOf(service('web'), 'assume: { "namespace:shop": false }');
    expect([without.services.size, without.rejections.length]).toEqual([0, 1]);
  });

  it('a load balancer is that of the cloud whose marks the text bears, else a plain one', () => {
    const cloud = (annotation = '') =>
      clusterOf(service('web', undefined, 'type: LoadBalancer, ports: [{ port: 80 }]').replace('{ name: web,', `{ name: web, annotations: { ${annotation} },`))
        .environment.cloud;
    expect(cloud()).toBe('generic-passthrough');
    expect(cloud('service.beta.kubernetes.io/aws-load-balancer-type: nlb')).toBe('aws-intree');
    expect(cloud('service.beta.kubernetes.io/aws-load-balancer-scheme: internal')).toBe('aws-lbc');
    expect(cloud('networking.gke.io/load-balancer-type: Internal')).toBe('gcp');
    expect(cloud('service.beta.kubernetes.io/azure-load-balancer-internal: "true"')).toBe('azure');
    expect(cloud('metallb.io/address-pool: p')).toBe('metallb-l2');
    expect(cloud('kube-vip.io/loadbalancerIPs: 192.0.2.9')).toBe('kube-vip-arp');
  });

  it('node labels tell the cloud too', () => {
    const node = 'apiVersion: v1\nkind: Node\nmetadata: { name: n1, labels: { cloud.google.com/gke-nodepool: p } }';
    expect(clusterOf(node).environment).toMatchObject({ cloud: 'gcp', externalReachesNodes: 'externalIPOnly' });
  });

  it('nothing is inferred that nothing presupposes', () => {
    const cluster = clusterOf(deployment('web').replaceAll('shop', 'default'));
    expect([...cluster.assumptions.keys()]).toEqual(['nodes', 'pods-ready']);
  });
});

describe('the same texts', () => {
  it('give the same cluster, plain enough to be cloned', () => {
    const yaml = ingress('a', undefined, 'tls: [{ hosts: [a.example.com], secretName: cert }],') + service('web');
    const [one, two] = [clusterOf(yaml), clusterOf(yaml)];
    expect(structuredClone(one)).toEqual(two);
  });
});

describe('a Service that an Ingress presupposes (S1.3a)', () => {
  it('is not assumed where one of its name stands in another namespace, or in a text that cannot be read', () => {
    const elsewhere = service('web').replace('namespace: shop', 'namespace: other');
    const broken = service('web').replace('spec: {', 'spec: [');
    for (const other of [elsewhere, broken]) expect(inferred(ingress('front') + other)).not.toContain('service:shop/web');
    expect(inferred(ingress('front'))).toContain('service:shop/web');
  });
});
