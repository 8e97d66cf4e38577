import { describe, expect, it } from 'vitest';
import { CLIENT, columnOf, comparing, DEPLOYMENT, request, said, workspaceOf } from './sample.fixture.ts';

const plain = workspaceOf([DEPLOYMENT, CLIENT]);
const inside = comparing(plain, request('http://api/cart', 'pod/shop/client'));
const outside = comparing(plain, request('https://shop.example.com/cart'));

describe('ClusterIP', () => {
  it('is made with the ports and the selector of the workload, and called by its short name', () => {
    expect(columnOf(inside, 'cluster-ip').whatIf.yaml).toMatchInlineSnapshot(`
      "apiVersion: v1
      kind: Service
      metadata:
        name: api
        namespace: shop
      spec:
        selector:
          app: api
        ports:
          - port: 80
            targetPort: 8080
      "
    `);
    // The name is free, so what is made is what the request asks for.
    expect(said(inside, 'called', 'cluster-ip')).toBe('as asked: http://api/cart');
    expect(said(inside, 'asked', 'cluster-ip')).toBe('200');
  });

  it('has no name outside the cluster; a Pod can call it', () => {
    expect(said(outside, 'asked', 'cluster-ip')).toBe('No such name');
    expect(said(outside, 'called', 'cluster-ip')).toBe('http://api/cart from a Pod; nothing that this client could call');
    expect(said(outside, 'source', 'cluster-ip')).toMatch(/, the client$/);
  });
});

describe('headless', () => {
  it('is called at the container’s own port, since nobody translates it', () => {
    expect(columnOf(inside, 'headless').whatIf.yaml).toContain('clusterIP: None');
    expect(said(inside, 'called', 'headless')).toBe('http://api:8080/cart');
    expect(said(inside, 'balance', 'headless')).toBe('The client picks from 2 addresses');
    expect(said(inside, 'layer', 'headless')).toBe('DNS alone');
  });

  it('takes the name that a StatefulSet expects', () => {
    const stateful = DEPLOYMENT.replace('Deployment', 'StatefulSet').replace('replicas: 2', 'replicas: 2\n  serviceName: api-peers');
    expect(columnOf(comparing(workspaceOf([stateful]), request('http://api/')), 'headless').object.name).toBe('api-peers');
  });
});

describe('NodePort', () => {
  it('is called at a node, without TLS where the Pod speaks none', () => {
    expect(said(outside, 'called', 'node-port')).toBe('http://192.0.2.11:30086/cart');
    expect(said(outside, 'asked', 'node-port')).toBe('Connection refused');
    expect(said(outside, 'source', 'node-port')).toBe('192.0.2.11, a node; With externalTrafficPolicy: Local it is the client’s.');
    expect(said(outside, 'node-dies', 'node-port')).toMatch(/^No answer; /);
  });

  it('with policy Local a client calls a node that has a Pod', () => {
    const one = DEPLOYMENT.replace('replicas: 2', 'replicas: 1').replace('containers:', 'nodeName: node-b, containers:');
    const local = `apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec:
  type: NodePort
  externalTrafficPolicy: Local
  selector: { app: api }
  ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]
`;
    const environment = 'nodes: [{ name: node-a, internalIP: 192.0.2.11 }, { name: node-b, internalIP: 192.0.2.12 }]';
    const comparison = comparing(workspaceOf([one, local], environment), request('http://shop.example.com/'));
    expect(columnOf(comparison, 'node-port').origin).toBe('pasted');
    expect(said(comparison, 'called', 'node-port')).toBe('http://192.0.2.12:30080/');
    expect(said(comparison, 'source', 'node-port')).toBe('203.0.113.7, the client');
  });
});

describe('LoadBalancer', () => {
  it('by node port: public DNS leads the host to it, and a node translates', () => {
    const { whatIf, views } = columnOf(outside, 'load-balancer');
    expect(whatIf.environment.map(({ id }) => id)).toEqual(['compare.what-if.cloud', 'compare.what-if.dns']);
    expect(said(outside, 'called', 'load-balancer')).toBe('http://shop.example.com/cart');
    expect(views.called.path.stops.map(({ label }) => label.id)).toEqual([
      'compare.stop.user',
      'compare.stop.dns',
      'compare.stop.load-balancer',
      'compare.stop.node',
      'compare.stop.pod',
    ]);
  });

  it('by IP target: no node and no kube-proxy in between', () => {
    expect(columnOf(outside, 'load-balancer-ip').whatIf.yaml).toContain('service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: ip');
    expect(said(outside, 'balance', 'load-balancer-ip')).toBe('AWS NLB picks a Pod for each connection');
    expect(said(outside, 'source', 'load-balancer-ip')).toMatch(/, the load balancer$/);
  });

  it('where nobody provides one, the pasted Service is pending and says so', () => {
    const pending = `apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec: { type: LoadBalancer, selector: { app: api }, ports: [{ port: 80, targetPort: 8080 }] }
`;
    const comparison = comparing(workspaceOf([DEPLOYMENT, pending], 'cloud: none'), request('http://shop.example.com/'));
    expect(said(comparison, 'needs', 'load-balancer')).toMatch(/^somebody who provides load balancers: nobody does/);
    expect(said(comparison, 'balancers', 'load-balancer')).toBe('0');
    expect(said(comparison, 'called', 'load-balancer')).toMatch(/No such name$/);
  });
});

describe('ExternalName', () => {
  it('is an alias of the Service, which is made with it where there is none', () => {
    expect(columnOf(inside, 'external-name').whatIf.yaml).toContain('externalName: api.shop.svc.cluster.local');
    expect(columnOf(inside, 'external-name').whatIf.yaml.split('---\n')).toHaveLength(2);
    expect(said(inside, 'dns', 'external-name')).toContain('api-alias is an alias of api.shop.svc.cluster.local');
  });
});

describe('Ingress', () => {
  it('keeps the request as it is: host, path and TLS', () => {
    expect(columnOf(outside, 'ingress').whatIf.yaml).toMatchInlineSnapshot(`
      "apiVersion: v1
      kind: Service
      metadata:
        name: api
        namespace: shop
      spec:
        selector:
          app: api
        ports:
          - port: 80
            targetPort: 8080
      ---
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata:
        name: api
        namespace: shop
      spec:
        ingressClassName: traefik
        tls:
          - hosts:
              - shop.example.com
            secretName: api-tls
        rules:
          - host: shop.example.com
            http:
              paths:
                - path: /
                  pathType: Prefix
                  backend:
                    service:
                      name: api
                      port:
                        number: 80
      "
    `);
    expect(said(outside, 'asked', 'ingress')).toBe('200');
    expect(said(outside, 'called', 'ingress')).toBe('as asked: https://shop.example.com/cart');
    expect(said(outside, 'tls', 'ingress')).toMatch(/^Ingress controller; /);
    expect(said(outside, 'routing', 'ingress')).toBe('host and path; here by /');
  });

  it('does not carry what is not HTTP', () => {
    const comparison = comparing(plain, request('tcp://db.example.com:5432'));
    expect(said(comparison, 'called', 'ingress')).toMatch(/Connection refused$/);
    expect(said(comparison, 'called', 'load-balancer')).not.toMatch(/refused/);
  });
});

describe('Gateway', () => {
  it('keeps the request as it is, by a listener and a route of its own', () => {
    const { whatIf, object } = columnOf(outside, 'gateway');
    expect(object.kind).toBe('HTTPRoute');
    expect(whatIf.yaml.split('---\n').map((text) => /kind: (\w+)/.exec(text)?.[1])).toEqual(['Service', 'Gateway', 'HTTPRoute']);
    expect(said(outside, 'asked', 'gateway')).toBe('200');
    expect(said(outside, 'called', 'gateway')).toBe('as asked: https://shop.example.com/cart');
    expect(said(outside, 'layer', 'gateway')).toMatch(/^Layer 7: /);
  });

  it('carries what is not HTTP by a route of its own', () => {
    const comparison = comparing(plain, request('tcp://db.example.com:5432'));
    expect(columnOf(comparison, 'gateway').object.kind).toBe('TCPRoute');
    expect(said(comparison, 'asked', 'gateway')).toBe('Connected');
  });

  it('is found where a route leads to the workload', () => {
    const pasted = columnOf(outside, 'gateway').whatIf.changes.find(({ name }) => name !== 'scenario.yaml')!;
    const comparison = comparing([...plain, pasted], request('https://shop.example.com/cart'));
    expect(columnOf(comparison, 'gateway').origin).toBe('pasted');
    expect(columnOf(comparison, 'cluster-ip').origin).toBe('pasted');
  });
});

describe('names', () => {
  const service = `apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec: { selector: { app: api }, ports: [{ port: 80, targetPort: 8080 }] }
`;

  it('never collide: not with a pasted object, not with one that was rejected', () => {
    const rejected = service.replace('name: api', 'name: api-node-port').replace('port: 80', 'port: 0');
    const comparison = comparing(workspaceOf([DEPLOYMENT, service, rejected]), request('http://shop.example.com/'));
    expect(columnOf(comparison, 'cluster-ip').origin).toBe('pasted');
    expect(columnOf(comparison, 'node-port').object.name).toBe('api-node-port-2');
  });

  it('are valid whatever the workload is called', () => {
    const odd = DEPLOYMENT.replace('name: api, namespace', `name: 1.${'x'.repeat(80)}.api, namespace`);
    for (const { object } of comparing(workspaceOf([odd]), request('http://shop.example.com/')).columns)
      expect(object.name).toMatch(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/);
  });
});

describe('bare Pods', () => {
  it('are exposed by their own labels', () => {
    const pod = CLIENT.replace('app: client', 'app: web').replace('name: client, namespace', 'name: web, namespace');
    const comparison = comparing(workspaceOf([pod]), request('http://shop.example.com/'));
    expect(comparison.workload).toEqual({ kind: 'Pod', namespace: 'shop', name: 'web' });
    expect(said(comparison, 'asked', 'load-balancer')).toBe('200');
  });
});

it('inserting a what-if adds a file and touches no text of a person', () => {
  for (const { whatIf } of outside.columns) {
    for (const file of whatIf.changes) expect(plain.map(({ name }) => name)).not.toContain(file.name);
  }
});

it('without a workload there is nothing to compare, and nothing throws', () => {
  const comparison = comparing(workspaceOf(['']), request('http://shop.example.com/'));
  expect(comparison.columns).toEqual([]);
  expect(comparison.workload).toBeNull();
});

it('a request that cannot be read says why', () => {
  const comparison = comparing(plain, request(''));
  expect(comparison.columns).toEqual([]);
  expect(comparison.findings).not.toEqual([]);
});
