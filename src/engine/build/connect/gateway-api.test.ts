import { describe, expect, it } from 'vitest';
import { send } from '../../dataplane/send.ts';
import { readRequest } from '../../trace/request.ts';
import { ByHand, ref } from '../by-hand.ts';
import { surveySite } from '../site.ts';
import { CLIENT } from './connection.ts';

const NAMESPACE = (name: string) => `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}}\n`;
const SERVICE = (name: string, namespace: string, port = 80) =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: {ports: [{port: ${port}}], selector: {app: ${name}}}\n`;
const GATEWAY = (listener: string) =>
  `apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: public, namespace: infra}\nspec:\n  gatewayClassName: eg\n  listeners:\n  - name: main # kept\n${listener}`;
const ROUTE = (kind: string, rest: string) =>
  `apiVersion: gateway.networking.k8s.io/v1\nkind: ${kind}\nmetadata: {name: web, namespace: shop}\nspec:\n  hostnames: [web.example.com]\n${rest}`;
const texts = (...all: readonly string[]) => new ByHand(all.join('---\n'));
const lines = (text: string) => text.split('\n');

/** How the request that the last action gave ends, if what is assumed holds. */
function answer(made: ByHand): string {
  const request = made.last !== null && 'request' in made.last ? made.last.request : null;
  const flow = request === null ? null : readRequest(request).flow;
  if (flow === null) return 'no request';
  const { verdict } = send(surveySite(made.workspace).cluster, flow).trace;
  return verdict.kind === 'depends' ? verdict.ifTrue : verdict.kind;
}

describe('a web app behind a Gateway', () => {
  it('is placed whole, and its request arrives', () => {
    const made = new ByHand().add('group-gateway');
    expect(made.text.match(/^kind: \w+/gm)).toEqual(['kind: Deployment', 'kind: Service', 'kind: GatewayClass', 'kind: Gateway', 'kind: HTTPRoute']);
    expect(made.last).toMatchObject({ object: { kind: 'HTTPRoute' }, request: { url: 'http://web.example.com/' } });
    expect(answer(made)).toBe('delivered');
    made.add('group-gateway');
    expect(made.text.match(/^kind: GatewayClass/gm)).toHaveLength(1);
    expect(made.complaints).toEqual([]);
  });

  it('is drawn piece by piece: each finds what was placed before', () => {
    const made = new ByHand().add('deployment').add('service-cluster-ip', ref('Deployment', 'web')).add('gateway').add('http-route');
    expect(made.text).toContain('  parentRefs:\n  - name: public\n  rules:\n  - backendRefs:\n    - name: web\n      port: 80\n');
    made.connect(CLIENT, ref('Gateway', 'public'));
    expect(made.last).toMatchObject({ request: { url: 'http://web.example.com/' } });
  });

  it('keeps its controller when another one is stated, and gets one where all are stated', () => {
    const before = new ByHand().add('group-gateway').add('ingress-nginx');
    const after = new ByHand().add('ingress-nginx').add('group-gateway');
    for (const made of [before, after]) {
      expect(made.complaints).toEqual([]);
      expect(made.textOf('scenario.yaml')).toContain('kind: gateway');
    }
  });
});

describe('a route and a Service', () => {
  it('of another namespace get the grant they need, in words', () => {
    const made = texts(ROUTE('HTTPRoute', '  parentRefs: []\n'), SERVICE('cart', 'team'));
    const before = made.text;
    made.connect(ref('HTTPRoute', 'web', 'shop'), ref('Service', 'cart', 'team'));
    expect(made.said).toBe('Route web now sends requests to Service cart. A new ReferenceGrant in namespace team allows it.');
    expect(lines(made.text)).toEqual(expect.arrayContaining(lines(before)));
    expect(made.text).toMatch(/- backendRefs:\n\s+- name: cart\n\s+namespace: team\n\s+port: 80\n/);
    expect(made.text).toMatch(
      /kind: ReferenceGrant\nmetadata:\n {2}name: allow-shop\n {2}namespace: team\nspec:\n\s+from:\n\s+- group: gateway.networking.k8s.io\n\s+kind: HTTPRoute\n\s+namespace: shop\n/,
    );
    expect(made.complaints).toEqual([]);
    expect(made.refusal({ kind: 'connect', from: ref('HTTPRoute', 'web', 'shop'), to: ref('Service', 'cart', 'team') })).toBe(
      'web and cart are connected already.',
    );
  });

  it('that lack only the grant get only the grant', () => {
    const made = texts(ROUTE('GRPCRoute', '  rules: [{backendRefs: [{name: cart, namespace: team, port: 80}]}]\n'), SERVICE('cart', 'team'));
    const before = made.text;
    made.connect(ref('GRPCRoute', 'web', 'shop'), ref('Service', 'cart', 'team'));
    expect(made.text.startsWith(before)).toBe(true);
    expect(made.text).toContain('kind: ReferenceGrant');
  });

  it('an HTTPRoute takes a second Service under a path of its own, another route as one backend more', () => {
    const rules = '  rules:\n  - backendRefs: [{name: a, port: 80}]\n';
    const of = (kind: string) =>
      texts(ROUTE(kind, rules), SERVICE('a', 'shop'), SERVICE('b', 'shop', 81)).connect(ref(kind, 'web', 'shop'), ref('Service', 'b', 'shop')).text;
    expect(of('HTTPRoute')).toContain(
      '  - backendRefs:\n    - name: b\n      port: 81\n    matches:\n    - path:\n        type: PathPrefix\n        value: /b\n',
    );
    expect(of('TLSRoute')).toMatch(/backendRefs: \[\{ ?name: a, port: 80 ?\}, \{ ?name: b, port: 81 ?\}\]/);
  });

  it('a backend whose Service does not exist takes the new one and keeps its weight', () => {
    const made = texts(ROUTE('HTTPRoute', '  rules:\n  - backendRefs:\n    - name: gone # which\n      port: 8080\n      weight: 3\n'), SERVICE('b', 'shop'));
    made.connect(ref('HTTPRoute', 'web', 'shop'), ref('Service', 'b', 'shop'));
    expect(made.text).toContain('    - name: b # which\n      port: 80\n      weight: 3\n');
  });

  it('a route names no Pods, and a Gateway neither Services nor Pods', () => {
    const made = new ByHand().add('group-gateway');
    expect(made.refusal({ kind: 'connect', from: ref('HTTPRoute', 'web'), to: ref('Pod', 'web-0') })).toBe(
      'A route names Services, not Pods. Connect web to a Service that selects web.',
    );
    expect(made.refusal({ kind: 'connect', from: ref('Gateway', 'public'), to: ref('Service', 'web') })).toContain('hands requests to routes only');
  });
});

describe('a route and a Gateway', () => {
  const HTTP = '    port: 80\n    protocol: HTTP\n';
  const joined = (gateway: string, kind = 'HTTPRoute') =>
    texts(NAMESPACE('shop'), GATEWAY(gateway), ROUTE(kind, '  rules: [{backendRefs: [{name: a, port: 80}]}]\n'));
  const [route, gateway] = [ref('HTTPRoute', 'web', 'shop'), ref('Gateway', 'public', 'infra')];

  it('of another namespace: the listener takes that namespace as well, and no other', () => {
    const made = joined(HTTP).connect(route, gateway);
    expect(made.said).toBe('Route web now belongs to Gateway public, whose listener main now also takes routes of namespace shop.');
    expect(made.text).toContain('  - name: main # kept\n');
    expect(made.text).toMatch(/operator: In\n\s+values:\n\s+- infra\n\s+- shop\n/);
    expect(made.text).toMatch(/parentRefs:\n\s+- name: public\n\s+namespace: infra\n/);
    expect([...surveySite(made.workspace).cluster.gatewayApi.gateways.values()][0]!.listeners[0]!.attached.map(({ route: name }) => name)).toEqual([
      'HTTPRoute/shop/web',
    ]);
  });

  it('a list of names gets one name more; labels of somebody else stay as they are', () => {
    const selector = (inner: string) => `${HTTP}    allowedRoutes: {namespaces: {from: Selector, selector: ${inner}}}\n`;
    const byName = joined(selector('{matchExpressions: [{key: kubernetes.io/metadata.name, operator: In, values: [team]}]}')).connect(route, gateway);
    expect(byName.text).toMatch(/values: \[team, shop\]/);
    expect(joined(selector('{matchLabels: {tier: web}}')).refusal({ kind: 'connect', from: route, to: gateway })).toContain(
      'Give namespace shop those labels first.',
    );
  });

  it('are joined in either direction, and only where a listener carries the kind and shares a hostname', () => {
    const all = `${HTTP}    allowedRoutes: {namespaces: {from: All}}\n`;
    expect(joined(all).connect(gateway, route).text).toMatch(/parentRefs:\n\s+- name: public\n/);
    expect(joined(all, 'TLSRoute').refusal({ kind: 'connect', from: ref('TLSRoute', 'web', 'shop'), to: gateway })).toBe(
      'No listener of Gateway public takes routes of kind TLSRoute. Add one of a protocol that carries them.',
    );
    expect(joined(`${all}    hostname: other.org\n`).refusal({ kind: 'connect', from: route, to: gateway })).toContain('shares no hostname');
  });
});

describe('a Gateway and a Secret', () => {
  it('get a listener that ends TLS, and a second certificate goes to the same listener', () => {
    const made = new ByHand().add('group-gateway').add('tls-secret').connect(ref('Gateway', 'public'), ref('Secret', 'web-tls'));
    expect(made.text).toContain('  - name: https\n    port: 443\n    protocol: HTTPS\n    tls:\n      certificateRefs:\n      - name: web-tls\n');
    made.add('tls-secret').connect(ref('Gateway', 'public'), ref('Secret', 'web-tls-2'));
    expect(made.text).toContain('      - name: web-tls\n      - name: web-tls-2\n');
    expect(made.complaints).toEqual([]);
  });

  it('of another namespace get a grant', () => {
    const secret =
      'apiVersion: v1\nkind: Secret\nmetadata: {name: cert, namespace: certs}\ntype: kubernetes.io/tls\nstringData: {tls.crt: given, tls.key: given}\n';
    const made = texts(GATEWAY('    port: 80\n    protocol: HTTP\n'), secret).connect(ref('Gateway', 'public', 'infra'), ref('Secret', 'cert', 'certs'));
    expect(made.text).toMatch(/kind: ReferenceGrant[^]*kind: Gateway\n\s+namespace: infra\n\s+to:\n\s+- group: ["']{2}\n\s+kind: Secret\n\s+name: cert\n/);
  });
});

describe('Pods that a policy isolates', () => {
  const draw = (made: ByHand) => made.connect(ref('Deployment', 'api'), ref('Deployment', 'web'));

  it('take one workload more by a policy of their own where everybody is denied, and then the request is drawn', () => {
    const made = draw(new ByHand().add('group-cluster-ip').add('deployment').add('policy-deny-ingress'));
    expect(made.said).toBe('NetworkPolicy allow-api-to-web now lets the Pods of api reach those of web.');
    expect(made.text).toMatch(
      /name: allow-api-to-web\nspec:\n {2}ingress:\n {2}- from:\n {4}- podSelector:\n {8}matchLabels:\n {10}app: api\n {2}podSelector:\n {4}matchLabels:\n {6}app: web\n$/,
    );
    expect(answer(draw(made))).toBe('delivered');
  });

  it('take it in the policy that is about them alone', () => {
    const made = new ByHand().add('deployment').add('client-pod').add('policy-allow', ref('Deployment', 'web')).add('deployment');
    draw(made);
    expect(made.text.match(/kind: NetworkPolicy/g)).toHaveLength(1);
    expect(made.text).toMatch(/app: client\n {2}- from:\n {4}- podSelector:\n {8}matchLabels:\n {10}app: api\n/);
  });

  it('cannot be opened to Pods that no label tells apart', () => {
    const made = new ByHand().add('deployment').add('client-pod').add('policy-deny-ingress');
    expect(made.refusal({ kind: 'connect', from: ref('Pod', 'client'), to: ref('Deployment', 'web') })).toBe(
      'client has no labels that a policy could select. Give it one first.',
    );
  });
});
