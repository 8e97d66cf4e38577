import { describe, expect, it } from 'vitest';
import { renderText } from '../../catalogue/render.ts';
import { parseManifests } from '../manifests/parse.ts';
import { buildCluster } from './build-cluster.ts';
import { clusterOf } from './cluster-of.ts';

const pod = (name: string, labels: string, ports = '[]', ready = true) => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: ${labels} }
spec: { containers: [{ name: c, image: x, ports: ${ports} }] }
status: { phase: Running, conditions: [{ type: Ready, status: "${ready ? 'True' : 'False'}" }] }
---`;
const service = (spec: string) => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { ${spec} }
---`;
const ingress = (spec: string) => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: site }
spec: { ingressClassName: nginx, ${spec} rules: [{ http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 8080 } } } }] } }] }
---`;
const found = (yaml: string, code: string, environment = '') =>
  clusterOf(yaml, environment)
    .findings.filter((finding) => finding.code === code)
    .map((finding) => `${finding.severity}: ${renderText(finding.message)}`);

describe('findings about Services', () => {
  it('a selector that matches nothing names the nearest label', () => {
    const yaml = service('selector: { app: serach }, ports: [{ port: 80 }]') + pod('a', '{ app: search }') + pod('b', '{ app: search }');
    expect(found(yaml, 'selector-matches-no-pods')).toEqual(['error: app: serach is 1 letter from app: search on 2 Pods.']);
  });

  it('or the nearest key, or the workload without replicas, or says that there is none', () => {
    const off = (selector: string, other: string) => found(service(`selector: ${selector}, ports: [{ port: 80 }]`) + other, 'selector-matches-no-pods');
    expect(off('{ aap: web }', pod('a', '{ app: web }'))).toEqual(['error: The label aap is 1 letter from app, which is on 1 Pod.']);
    const idle =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replicas: 0, selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: c, image: x }] } } }';
    expect(off('{ app: web }', `\n${idle}`)).toEqual(['warning: The selector of default/web matches default/web, which has no replicas.']);
    expect(off('{ app: web }', pod('a', '{ app: unrelated }'))).toEqual(['warning: The selector app=web of default/web matches no Pod.']);
  });

  it('points at the label in the text', () => {
    const text = `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  selector:\n    app: serach\n  ports: [{ port: 80 }]\n---${pod('a', '{ app: search }')}`;
    const cluster = buildCluster(parseManifests([{ name: 'web.yaml', text }]));
    const [range] = cluster.findings.find(({ code }) => code === 'selector-matches-no-pods')!.ranges;
    expect(text.slice(range!.from, range!.to)).toBe('app: serach');
  });

  it('Pods of which none is ready', () => {
    const yaml = service('selector: { app: web }, ports: [{ port: 80 }]') + pod('a', '{ app: web }', '[]', false);
    expect(found(yaml, 'pods-not-ready')).toEqual(['warning: default/web selects 1 Pod, and none is ready, so it has no endpoint to use.']);
  });

  it('a targetPort name that no container has: the nearest, or the other protocol', () => {
    const missing = (port: string, ports: string) =>
      found(service(`selector: { app: web }, ports: [${port}]`) + pod('a', '{ app: web }', ports), 'target-port-name-missing');
    expect(missing('{ port: 80, targetPort: htpp }', '[{ name: http, containerPort: 80 }]')).toEqual([
      'error: No container names a port htpp. The Pods name one http.',
    ]);
    expect(missing('{ port: 53, targetPort: dns, protocol: UDP }', '[{ name: dns, containerPort: 53 }]')).toEqual([
      'error: The port named dns is TCP on the Pods, and the Service asks for UDP.',
    ]);
    expect(missing('{ port: 80, targetPort: http }', '[]')).toEqual([
      'error: No container of 1 Pod behind default/web names a port http, so nothing serves this port there.',
    ]);
  });

  it('a targetPort number that no container declares, and a headless port that is never translated (S4.2.25)', () => {
    const undeclared = service('selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }]') + pod('a', '{ app: web }', '[{ containerPort: 9090 }]');
    expect(found(undeclared, 'target-port-undeclared')).toEqual(['warning: No Pod behind default/web declares port 8080; they declare 9090.']);
    expect(clusterOf(undeclared).assumptions.has('listening')).toBe(true);
    const headless =
      service('clusterIP: None, selector: { app: web }, ports: [{ port: 80, targetPort: 9090 }]') + pod('a', '{ app: web }', '[{ containerPort: 9090 }]');
    expect(found(headless, 'headless-port-differs')).toHaveLength(1);
  });
});

describe('findings about Ingresses and StatefulSets', () => {
  it('a backend port that is a targetPort, or none', () => {
    const named = service('selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }]') + pod('a', '{ app: web }');
    expect(found(ingress('').replace('nginx', 'other') + named, 'backend-port-missing')).toEqual([
      'error: 8080 is the targetPort of default/web. An Ingress names the port of the Service, 80.',
    ]);
    const other = service('selector: { app: web }, ports: [{ port: 81 }]') + pod('a', '{ app: web }');
    expect(found(ingress('') + other, 'backend-port-missing')).toEqual(['error: default/web has no port 8080. It has 81.']);
  });

  it('ingress-nginx takes a targetPort for the port, so that is only a warning there (S10.10)', () => {
    const named = service('selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }]') + pod('a', '{ app: web }');
    expect(found(ingress('') + named, 'backend-port-missing')).toEqual([
      'warning: 8080 is a targetPort of default/web, not its port. ingress-nginx takes it all the same, and other controllers do not.',
    ]);
  });

  it('a Secret without a key cannot serve TLS', () => {
    const secret = '\napiVersion: v1\nkind: Secret\nmetadata: { name: cert }\ndata: { tls.crt: eA== }\n---';
    expect(found(ingress('tls: [{ hosts: [a.example.com], secretName: cert }],') + secret, 'tls-secret-unusable')).toHaveLength(1);
  });

  it('a StatefulSet whose Service does not exist, or does not select its Pods', () => {
    const set =
      '\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: db }\nspec: { serviceName: wbe, selector: { matchLabels: { app: db } }, template: { metadata: { labels: { app: db } }, spec: { containers: [{ name: c, image: x }] } } }\n---';
    const headless = service('clusterIP: None, selector: { app: other }, ports: [{ port: 80 }]');
    expect(found(set + headless, 'stateful-set-service-missing')).toEqual(['warning: The Service default/wbe does not exist. There is one named web.']);
    expect(found(set.replace('wbe', 'web') + headless, 'stateful-set-service-missing')).toEqual([
      'warning: The Service default/web does not select these Pods, so they have no names of their own.',
    ]);
    expect(found(set, 'stateful-set-service-missing', 'complete: true')).toHaveLength(1);
    expect(found(set, 'stateful-set-service-missing')).toEqual([]);
  });
});

describe('rejections', () => {
  it('are findings too, where the field stands', () => {
    const finding = clusterOf(service('type: NodePort, selector: { app: web }, ports: [{ port: 80, nodePort: 80 }]')).findings.find(
      ({ code }) => code === 'rejected',
    );
    expect(finding).toMatchObject({ severity: 'error', rules: ['S4.6.1'], object: { kind: 'Service', name: 'web' } });
    expect(finding?.ranges).toHaveLength(1);
  });
});

describe('findings about network policies', () => {
  const policy = (spec: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec: { ${spec} }
---`;
  const WEB = pod('a', '{ app: web }', '[{ containerPort: 8080 }]');
  const IN = 'podSelector: { matchLabels: { app: web } }, ingress';

  it('a policy that selects no Pod names the nearest label (S13.1)', () => {
    expect(found(policy('podSelector: { matchLabels: { app: wbe } }') + WEB, 'network-policy-selects-no-pods')).toEqual([
      'warning: default/web selects no Pod: it wants app=wbe, and a Pod of its namespace has app=web.',
    ]);
    expect(found(policy('podSelector: { matchLabels: { tier: db } }') + WEB, 'network-policy-selects-no-pods', 'complete: true')).toHaveLength(1);
    expect(found(policy('podSelector: { matchLabels: { tier: db } }') + WEB, 'network-policy-selects-no-pods')).toEqual([]);
    expect(found(policy('podSelector: {}'), 'network-policy-selects-no-pods', 'complete: true')).toEqual([]);
  });

  it('a rule for a namespace that has no such label (F-93)', () => {
    const rule = (label: string) => policy(`${IN}: [{ from: [{ namespaceSelector: { matchLabels: { ${label} } } }] }]`);
    const team = '\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { team: payments } }\n---';
    expect(found(rule('team: payment') + team, 'network-policy-selects-no-namespace')).toEqual([
      'warning: No namespace has the label team=payment that this rule of default/web asks for; one has team=payments.',
    ]);
    expect(found(rule('team: payments') + team, 'network-policy-selects-no-namespace')).toEqual([]);
    expect(found(rule('name: kube-system'), 'network-policy-selects-no-namespace')).toEqual([]);
    expect(found(rule('name: kube-system'), 'network-policy-selects-no-namespace', 'complete: true')).toHaveLength(1);
  });

  it('a rule that names the port of the Service (F-91)', () => {
    const yaml = (port: number) =>
      policy(`${IN}: [{ ports: [{ port: ${port} }] }]`) + WEB + service('selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }]');
    expect(found(yaml(80), 'network-policy-names-service-port')).toEqual([
      'warning: 80 is the port of the Service default/web, and its Pods listen on 8080. A rule of default/web counts the port of the Pods.',
    ]);
    expect(found(yaml(8080), 'network-policy-names-service-port')).toEqual([]);
  });

  it('a range of clients behind a Service that masquerades (F-94)', () => {
    const yaml = (more: string) =>
      policy(`${IN}: [{ from: [{ ipBlock: { cidr: 203.0.113.0/24 } }] }]`) +
      WEB +
      service(`type: NodePort, selector: { app: web }, ports: [{ port: 80 }]${more}`);
    expect(found(yaml(''), 'network-policy-source-lost')).toHaveLength(1);
    expect(found(yaml(', externalTrafficPolicy: Local'), 'network-policy-source-lost')).toEqual([]);
  });

  it('a network plugin without NetworkPolicy (F-95)', () => {
    expect(found(policy('podSelector: {}'), 'network-policy-not-enforced', 'cniEnforcesNetworkPolicy: false')).toHaveLength(1);
    expect(found(policy('podSelector: {}'), 'network-policy-not-enforced')).toEqual([]);
  });
});
