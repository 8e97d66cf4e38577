import { describe, expect, it } from 'vitest';
import { parseManifests } from '../manifests/parse.ts';
import type { Json } from '../manifests/document.ts';
import { SECRET_FACTS } from '../manifests/secret-facts.ts';
import { build, palette } from './build.ts';
import { ByHand, FILE, ref } from './by-hand.ts';
import { connectionTargets } from './connect/index.ts';
import { CLIENT } from './connect/connection.ts';
import { surveySite } from './site.ts';

describe('placing', () => {
  it.each(palette().map(({ id }) => id))('%s is well-formed on its own', (id) => {
    const made = new ByHand().add(id);
    expect(made.complaints).toEqual([]);
    expect(parseManifests(made.workspace).findings).toEqual([]);
    const { object } = made.last as { object: ReturnType<typeof ref> | null };
    if (object !== null && object.kind !== 'Node')
      expect(surveySite(made.workspace).accepted.has(`${object.kind}/${object.namespace === '' ? '' : `${object.namespace}/`}${object.name}`)).toBe(true);
  });

  it('everything after everything else, three times over, collides nowhere', () => {
    const made = new ByHand();
    for (let round = 0; round < 3; round++) for (const { id } of palette()) made.add(id);
    expect(made.complaints).toEqual([]);
    expect(surveySite(made.workspace).cluster.findings.map(({ code }) => code)).not.toContain('object-applied-twice');
  });

  it.each(palette().map(({ id }) => id))('%s writes no empty and no defaulted field, and keys as kubectl prints them', (id) => {
    const { objects } = parseManifests(new ByHand().add(id).workspace);
    for (const { value, ref: written } of objects) {
      for (const [path, inner] of places(value, '')) {
        // What the reader of texts puts in the place of a Secret's payload.
        if (Object.hasOwn(Object(inner), SECRET_FACTS) || path.startsWith(SECRET_FACTS)) continue;
        // The API requires these two: the core API's group in a grant, and whom a policy is about, which is everybody.
        if (/^spec\.to\.\d+\.group$|^spec\.podSelector$/.test(path)) continue;
        expect(inner, path).not.toBe('');
        expect(inner, path).not.toBeNull();
        if (typeof inner === 'object') expect(Object.keys(inner!).length, path).toBeGreaterThan(0);
        if (written.kind !== 'Scenario' && typeof inner === 'object' && !Array.isArray(inner))
          expect(Object.keys(inner!), path).toEqual(Object.keys(inner!).sort());
        expect(`${path}=${JSON.stringify(inner)}`).not.toMatch(/protocol="TCP"|type="ClusterIP"|namespace="default"|replicas=1$/);
      }
    }
  });

  it('goes behind the last document of the open file, with its line ends and its indentation of lists', () => {
    const made = new ByHand('a: 1\r\n# end').add('namespace');
    expect(made.text).toBe('a: 1\r\n# end\r\n---\r\napiVersion: v1\r\nkind: Namespace\r\nmetadata:\r\n  name: shop\r\n');
    expect(new ByHand('# mine\n').add('namespace').text).toBe('# mine\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n');
    expect(new ByHand('a: 1\n---\n').add('namespace').text).toBe('a: 1\n---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n');
    expect(new ByHand('a:\n  - 1\n').add('service-cluster-ip').text).toContain('  ports:\n    - port: 80\n');
    expect(new ByHand('a:\n- 1\n').add('service-cluster-ip').text).toContain('  ports:\n  - port: 80\n');
  });

  it('beside a JSON text is JSON, and beside a broken document stands apart from it', () => {
    const json = '{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "a"}}';
    const made = new ByHand(json).add('service-cluster-ip');
    expect(made.text).toContain(`${json}\n{\n  "apiVersion": "v1"`);
    expect(made.complaints).toEqual([]);
    const broken = new ByHand('kind: [\n').add('deployment');
    expect(surveySite(broken.workspace).accepted.has('Deployment/default/web')).toBe(true);
  });

  it('never goes into our own document', () => {
    const made = new ByHand('', 'apiVersion: podpath.dev/v1\nkind: Scenario\nmetadata: {name: x}\n').do({
      kind: 'add',
      component: 'deployment',
      file: 'scenario.yaml',
      onto: null,
      beside: null,
    });
    expect(made.textOf('scenario.yaml')).not.toContain('Deployment');
    expect(made.text).toContain('Deployment');
  });

  it('takes the namespace of what stands there, and of what it is dropped on', () => {
    const made = new ByHand('apiVersion: v1\nkind: Namespace\nmetadata: {name: team}\n').add('deployment');
    expect(made.text).toContain('  name: web\n  namespace: team\n');
    made.add('service-cluster-ip', ref('Deployment', 'web', 'team'));
    expect(made.text).toMatch(
      /kind: Service\nmetadata:\n {2}name: web\n {2}namespace: team\nspec:\n {2}ports:\n {2}- port: 80\n {2}selector:\n {4}app: web\n$/,
    );
  });

  it('nodes join those that are there', () => {
    const made = new ByHand().add('node');
    expect(made.textOf('scenario.yaml')).toMatch(/name: node-a[^]*name: node-b[^]*name: node-c\n\s+zone: zone-c/);
    const written = new ByHand('apiVersion: v1\nkind: Node\nmetadata: {name: node-a}\n').add('node');
    expect([...surveySite(written.workspace).cluster.nodes.keys()]).toEqual(['node-a', 'node-b']);
  });
});

describe('the Ingress example of the articles', () => {
  it('takes three placings and a connection, and the request arrives', () => {
    const made = new ByHand().add('deployment').add('service-cluster-ip').connect(ref('Service', 'web'), ref('Deployment', 'web')).add('ingress');
    made.connect(CLIENT, ref('Ingress', 'web'));
    expect(made.last).toMatchObject({ request: { url: 'http://web.example.com/', from: { kind: 'external' } } });
    expect(made.complaints).toEqual([]);
    expect(surveySite(made.workspace).cluster.endpointSlices.get('default/web')?.[0]?.endpoints).toHaveLength(2);
  });
});

const WORKLOAD = (name: string, ports: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}, tier: web}}
    spec:
      containers:
      - name: ${name}
        image: x
        ports: ${ports}
`;

const SERVICE = (rest: string) => `apiVersion: v1
kind: Service
metadata:
  name: front
spec:
${rest}`;

describe('a Service and a workload', () => {
  const joined = (service: string, ports: string) =>
    new ByHand(`${WORKLOAD('api', ports)}---\n${service}`).connect(ref('Service', 'front'), ref('Pod', 'api-0')).text.split('---\n')[1];

  it('get a selector, and ports only where those that are written lead nowhere', () => {
    expect(joined(SERVICE('  ports:\n  - port: 80 # kept\n'), '[{containerPort: 8080}]')).toBe(
      SERVICE('  ports:\n  - port: 80 # kept\n    targetPort: 8080\n  selector:\n    app: api\n'),
    );
    expect(joined(SERVICE('  ports:\n  - port: 80\n'), '[{name: http, containerPort: 8080}]')).toContain('targetPort: http');
    expect(joined(SERVICE('  ports:\n  - port: 80\n'), '[{containerPort: 80}]')).not.toContain('targetPort');
    expect(joined(SERVICE('  ports: [{name: a, port: 80, targetPort: http}, {name: b, port: 81}]\n'), '[{name: http, containerPort: 80}]')).toContain(
      '{name: b, port: 81}]',
    );
  });

  it('keep the labels of a selector that fit', () => {
    expect(joined(SERVICE('  selector:\n    app: other # which\n  ports: [{port: 80}]\n'), '[]')).toContain('    app: api # which\n');
  });

  it('a headless Service becomes the governing Service of a StatefulSet', () => {
    const made = new ByHand().add('stateful-set').add('service-headless').connect(ref('Service', 'db'), ref('StatefulSet', 'db'));
    expect(made.text).toContain('  serviceName: db\n');
    expect(made.text).toContain('  ports:\n  - port: 5432\n');
  });

  it('of different namespaces cannot be joined', () => {
    const made = new ByHand(`${WORKLOAD('api', '[]')}---\n${SERVICE('  ports: [{port: 80}]\n').replace('front', 'front\n  namespace: other')}`);
    expect(made.refusal({ kind: 'connect', from: ref('Service', 'front', 'other'), to: ref('Deployment', 'api') })).toBe(
      'A Service selects Pods of its own namespace only. Move front or api.',
    );
  });
});

describe('an Ingress and a Service', () => {
  it('get a path of their own under the same host', () => {
    const made = new ByHand().add('group-ingress-tls').add('group-cluster-ip').connect(ref('Ingress', 'web'), ref('Service', 'api'));
    expect(made.text).toContain(
      '      - backend:\n          service:\n            name: api\n            port:\n              number: 80\n        path: /api\n        pathType: Prefix\n',
    );
    expect(made.complaints).toEqual([]);
  });

  it('a rule whose Service does not exist takes the new one', () => {
    const made = new ByHand().add('ingress').add('deployment').add('deployment').add('service-cluster-ip', ref('Deployment', 'api'));
    expect(made.connect(ref('Ingress', 'web'), ref('Service', 'api')).text).toContain('- backend:\n          service:\n            name: api\n');
  });

  it('an Ingress takes a certificate, for hosts that have none', () => {
    const made = new ByHand().add('ingress').add('tls-secret').connect(ref('Ingress', 'web'), ref('Secret', 'web-tls'));
    expect(made.text).toContain('  tls:\n  - hosts:\n    - web.example.com\n    secretName: web-tls\n');
  });

  it('an Ingress names no Pods, and says what would help', () => {
    const made = new ByHand().add('deployment').add('ingress');
    expect(made.refusal({ kind: 'connect', from: ref('Ingress', 'web'), to: ref('Pod', 'web-0') })).toBe(
      'An Ingress names Services, not Pods. Connect web to a Service that selects web.',
    );
  });
});

describe('connections that are requests', () => {
  it('a Pod asks a Service by its name, from another namespace by both', () => {
    const made = new ByHand().add('group-cluster-ip').add('client-pod').connect(ref('Pod', 'client'), ref('Service', 'web'));
    expect(made.last).toMatchObject({ request: { from: { kind: 'pod', name: 'client' }, url: 'http://web/' } });
    made.do({ kind: 'move', object: ref('Pod', 'client'), namespace: 'tools' }).connect(ref('Pod', 'client', 'tools'), ref('Service', 'web'));
    expect(made.last).toMatchObject({ request: { url: 'http://web.default/' } });
  });

  it('the Internet reaches no ClusterIP', () => {
    const made = new ByHand().add('group-cluster-ip');
    expect(made.refusal({ kind: 'connect', from: CLIENT, to: ref('Service', 'web') })).toContain('no address outside the cluster');
  });

  it('targets are listed with why the others are none', () => {
    const made = new ByHand().add('deployment').add('service-cluster-ip').add('service-external-name');
    const targets = connectionTargets(surveySite(made.workspace), ref('Service', 'web'));
    expect(targets.map(({ object, refused }) => [object.kind, refused?.id ?? null])).toEqual([
      ['Deployment', null],
      ['Service', 'build.refused.service-service'],
    ]);
  });
});

describe('deleting', () => {
  const three =
    'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n---\n# of b\napiVersion: v1\nkind: Namespace\nmetadata: {name: b}\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: c} # last\n';
  const without = (name: string, text = three) => new ByHand(text).do({ kind: 'delete', object: ref('Namespace', name, '') }).text;
  const [a, b, c] = three.split('---\n') as [string, string, string];

  it('takes the document with its separator and nothing else', () => {
    expect(without('a')).toBe(`${b}---\n${c}`);
    expect(without('b')).toBe(`${a}---\n${c}`);
    expect(without('c')).toBe(`${a}---\n${b}`);
    expect(without('a', a)).toBe('');
    expect(without('a', `# about this file\n\n${a}---\n${b}`)).toBe(`# about this file\n\n${b}`);
  });

  it('takes an item out of a List, and the List with its last item', () => {
    const item = (name: string) => `- apiVersion: v1\n  kind: Namespace\n  metadata: {name: ${name}} # ${name}\n`;
    const list = (...names: string[]) => `apiVersion: v1\nkind: List\nitems:\n${names.map(item).join('')}`;
    expect(without('a', list('a', 'b'))).toBe(list('b'));
    expect(without('a', `${list('a')}---\n${c}`)).toBe(c);
  });

  it('takes along what our own document says of the object, and nothing else', () => {
    const scenario = (own: string, dns: string, pods: string) =>
      `apiVersion: podpath.dev/v1\nkind: Scenario\nmetadata: {name: s} # kept\nspec:\n  arrangement:\n${own}    client: 8\n  environment:\n    publicDNS:\n${dns}      y.example.com: {address: 192.0.2.1} # kept\n${pods}`;
    const before = scenario(
      '    service:default/web: 40\n',
      '      x.example.com: {service: default/web}\n',
      '    pods:\n      default/web-0: {ready: false}\n',
    );
    const made = new ByHand('', before).add('group-cluster-ip').do({ kind: 'delete', object: ref('Service', 'web') });
    expect(made.textOf('scenario.yaml')).toBe(scenario('', '', '    pods:\n      default/web-0: {ready: false}\n'));
    expect(made.do({ kind: 'delete', object: ref('Deployment', 'web') }).textOf('scenario.yaml')).toBe(scenario('', '', ''));
  });

  it('of what a controller made is refused, with what to do', () => {
    const made = new ByHand().add('deployment');
    expect(made.refusal({ kind: 'delete', object: ref('Pod', 'web-0') })).toBe('web-0 is made by Deployment web. Change that instead.');
  });
});

describe('another name', () => {
  it('is followed by backends, DNS names, and our own document', () => {
    const scenario = `apiVersion: podpath.dev/v1
kind: Scenario
metadata: {name: s}
spec:
  environment:
    publicDNS:
      x.example.com: {service: default/web} # here
    loadBalancers: {default/web: {pending: true}}
  requests:
  - {name: r, url: "http://web.default.svc/x", from: {pod: default/client}}
`;
    const made = new ByHand('', scenario).add('group-ingress-tls').add('service-external-name');
    made.do({ kind: 'set', object: ref('Service', 'legacy'), path: ['spec', 'externalName'], value: 'web.default.svc.cluster.local' });
    made.do({ kind: 'rename', object: ref('Service', 'web'), name: 'front' });
    expect(made.text).toContain('          service:\n            name: front\n');
    expect(made.text).toContain('externalName: front.default.svc.cluster.local');
    const after = made.textOf('scenario.yaml');
    expect(after).toContain('x.example.com: {service: default/front} # here\n');
    expect(after).toContain('loadBalancers: { default/front: { pending: true } }');
    expect(after).toContain('"http://front.default.svc/x"');
    expect(after).toContain('default/client');
  });

  it('of a workload is followed by keys of its Pods, of a Node by Pods and clients, of a Secret by Ingresses', () => {
    const made = new ByHand(
      '',
      'apiVersion: podpath.dev/v1\nkind: Scenario\nmetadata: {name: s}\nspec:\n  environment:\n    pods:\n      default/web-0: {ready: false}\n',
    ).add('group-ingress-tls');
    made.do({ kind: 'rename', object: ref('Deployment', 'web'), name: 'app' });
    expect(made.textOf('scenario.yaml')).toContain('default/app-0:');
    made.do({ kind: 'rename', object: ref('Secret', 'web-tls'), name: 'cert' });
    expect(made.text).toContain('    secretName: cert\n');
  });

  it('that is taken or that the API server would not accept is refused', () => {
    const made = new ByHand().add('group-cluster-ip').add('group-cluster-ip');
    expect(made.refusal({ kind: 'rename', object: ref('Service', 'web'), name: 'api' })).toBe('Another Service has the name api already.');
    expect(made.refusal({ kind: 'rename', object: ref('Service', 'web'), name: 'Web_1' })).toContain('metadata.name cannot be Web_1');
  });

  it('of a Namespace takes everything in it along', () => {
    const made = new ByHand('apiVersion: v1\nkind: Namespace\nmetadata: {name: team}\n').add('group-ingress-tls');
    made.do({ kind: 'rename', object: ref('Namespace', 'team', ''), name: 'crew' });
    expect(made.text).not.toContain('team');
    expect(made.complaints).toEqual([]);
  });
});

describe('moving and copying', () => {
  it('a move says what it parts', () => {
    const made = new ByHand().add('group-ingress-tls').do({ kind: 'move', object: ref('Service', 'web'), namespace: 'other' });
    expect(made.said).toBe('Moved web to namespace other. It no longer works with Ingress/default/web and Deployment/default/web.');
  });

  it('a move back to the default namespace leaves the text as it was', () => {
    const made = new ByHand().add('deployment');
    const before = made.text;
    made
      .do({ kind: 'move', object: ref('Deployment', 'web'), namespace: 'x' })
      .do({ kind: 'move', object: ref('Deployment', 'web', 'x'), namespace: 'default' });
    expect(made.text).toBe(before);
  });

  it('a copy has its own name and labels, its comments, and no address or node port of the first', () => {
    const made = new ByHand(WORKLOAD('api', '[] # none')).do({ kind: 'duplicate', object: ref('Deployment', 'api') });
    expect(made.text).toBe(`${WORKLOAD('api', '[] # none')}---\n${WORKLOAD('api', '[] # none').replace(/(name|app): api(?!\n {8}image)/g, '$1: api-2')}`);
    const service = new ByHand(SERVICE('  type: NodePort\n  clusterIP: 10.96.0.9\n  ports:\n  - port: 80\n    nodePort: 30080\n'));
    expect(service.do({ kind: 'duplicate', object: ref('Service', 'front') }).complaints).toEqual([]);
    expect(service.text.match(/30080|10\.96/g)).toHaveLength(2);
  });

  it('a copy of an item stands in the same List, a Secret with what its text holds', () => {
    const made = new ByHand('apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n  metadata: {name: s}\n  data: {a: given}\n');
    expect(made.do({ kind: 'duplicate', object: ref('Secret', 's') }).text).toMatch(/name: s-2\n(?:.*\n)*\s+a: given\n$/);
  });
});

describe('a field', () => {
  it('that is cleared takes along what it would leave empty', () => {
    const made = new ByHand(SERVICE('  ports: [{port: 80}]\n  sessionAffinity: ClientIP\n  sessionAffinityConfig:\n    clientIP:\n      timeoutSeconds: 5\n'));
    made.do({ kind: 'set', object: ref('Service', 'front'), path: ['spec', 'sessionAffinityConfig', 'clientIP', 'timeoutSeconds'], value: undefined });
    expect(made.text).toBe(SERVICE('  ports: [{port: 80}]\n  sessionAffinity: ClientIP\n'));
  });
});

describe('switches', () => {
  const object = ref('Pod', 'web-0');
  it('state something and leave nothing behind', () => {
    const made = new ByHand().add('deployment').do({ kind: 'switch', object, switch: 'pod-not-ready', isOn: true });
    expect(made.textOf('scenario.yaml')).toContain('      default/web-0:\n        ready: false\n');
    made.do({ kind: 'switch', object, switch: 'pod-not-ready', isOn: false });
    expect(made.textOf('scenario.yaml')).not.toContain('web-0');
  });

  it('a node goes down among the nodes that are there', () => {
    const made = new ByHand().add('deployment').do({ kind: 'switch', object: ref('Node', 'node-b', ''), switch: 'node-down', isOn: true });
    expect([...surveySite(made.workspace).cluster.nodes.keys()]).toEqual(['node-a', 'node-b']);
    expect(surveySite(made.workspace).cluster.environment.nodes).toMatchObject([{ name: 'node-a' }, { name: 'node-b', down: true }]);
  });

  it('a load balancer stays pending', () => {
    const made = new ByHand().add('group-load-balancer').do({ kind: 'switch', object: ref('Service', 'web'), switch: 'load-balancer-pending', isOn: true });
    expect(surveySite(made.workspace).cluster.loadBalancers.get('default/web')?.state).toBe('pending');
  });
});

describe('places of boxes', () => {
  it('stand in our own document, follow a new name, and go again', () => {
    const made = new ByHand().add('group-cluster-ip').do({ kind: 'arrange', boxes: { 'service:default/web': 39.6, client: -10 } });
    expect(surveySite(made.workspace).cluster.arrangement).toEqual({ 'service:default/web': 40, client: -10 });
    made.do({ kind: 'rename', object: ref('Service', 'web'), name: 'front' });
    expect(surveySite(made.workspace).cluster.arrangement).toEqual({ 'service:default/front': 40, client: -10 });
    made.do({ kind: 'arrange', boxes: null });
    expect(made.textOf('scenario.yaml')).not.toContain('arrangement');
  });
});

it('an action on what is gone is refused', () => {
  expect(build([{ name: FILE, text: '' }], { kind: 'delete', object: ref('Service', 'x') })).toHaveProperty('refused');
});

function places(value: Json, path: string): readonly (readonly [string, Json])[] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return [[path, value], ...Object.entries(value).flatMap(([key, inner]: [string, Json]) => places(inner, path === '' ? key : `${path}.${key}`))];
}
