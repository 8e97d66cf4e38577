import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderText } from '../catalogue/render.ts';
import { clusterOf } from '../engine/cluster/cluster-of.ts';
import { send } from '../engine/dataplane/send.ts';
import type { Flow, Trace } from '../engine/index.ts';
import { buildScene } from './build-scene.ts';
import { plain } from './box-size.ts';
import { checkMap } from './map-laws.fixture.ts';
import type { Scene } from './scene.ts';

interface Shape {
  readonly services: readonly {
    readonly name: string;
    readonly pods: number;
    readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer';
    readonly selects: boolean;
    readonly ready: boolean;
  }[];
  readonly nodes: number;
  readonly ingress: boolean;
  readonly controllerPods: number;
  readonly hosts: number;
  readonly local: boolean;
}

/** Manifests of this shape. */
function manifests({ services, nodes, ingress, controllerPods, hosts, local }: Shape): string {
  const documents: string[] = [];
  for (let node = 0; node < nodes; node++)
    documents.push(
      `apiVersion: v1\nkind: Node\nmetadata: { name: node-${node} }\nstatus: { addresses: [{ type: InternalIP, address: 192.168.0.${node + 10} }] }`,
    );
  const workload = (namespace: string, name: string, replicas: number, ready: boolean) =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec:\n  replicas: ${replicas}\n  selector: { matchLabels: { app: ${name} } }\n  template:\n    metadata: { labels: { app: ${name} } }\n    spec: { containers: [{ name: c, image: i, ports: [{ name: http, containerPort: ${ready ? 8080 : 9090} }] }] }`;
  for (const { name, pods, type, selects, ready } of services) {
    documents.push(workload('shop', name, pods, ready));
    documents.push(
      `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: shop }\nspec:\n  type: ${type}\n  ${type !== 'ClusterIP' && local ? 'externalTrafficPolicy: Local' : ''}\n  selector: { app: ${selects ? name : 'nobody'} }\n  ports: [{ port: 80, targetPort: 8080 }]`,
    );
  }
  if (ingress) {
    documents.push('apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: { name: nginx }\nspec: { controller: k8s.io/ingress-nginx }');
    documents.push(workload('ingress-nginx', 'ingress-nginx-controller', controllerPods, true).replace('9090', '80'));
    documents.push(
      `apiVersion: v1\nkind: Service\nmetadata: { name: ingress-nginx-controller, namespace: ingress-nginx }\nspec:\n  type: LoadBalancer\n  selector: { app: ingress-nginx-controller }\n  ports: [{ name: http, port: 80, targetPort: 80 }]`,
    );
    const rules = Array.from({ length: hosts }, (_, host) => {
      const paths = services.map(
        ({ name }, index) => `      - { path: /${index === 0 ? '' : name}, pathType: Prefix, backend: { service: { name: ${name}, port: { number: 80 } } } }`,
      );
      return `  - host: shop${host === 0 ? '' : host}.example.com\n    http:\n      paths:\n${paths.join('\n')}`;
    });
    documents.push(
      `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: shop, namespace: shop }\nspec:\n  ingressClassName: nginx\n  rules:\n${rules.join('\n')}`,
    );
  }
  return documents.join('\n---\n');
}

const ENVIRONMENT =
  'controllers: [{ kind: ingress, name: nginx, implementation: ingress-nginx, class: nginx, service: ingress-nginx/ingress-nginx-controller }]\ncloud: generic';

const flow = (from: Flow['from'], host: string, path: string, port = 80): Flow => ({
  from,
  method: 'GET',
  scheme: 'http',
  host,
  port,
  portGiven: port !== 80,
  path,
  headers: [],
});
const INTERNET: Flow['from'] = { kind: 'external', ip: '203.0.113.7' };

function traced(yaml: string, environment: string, request: Flow): { readonly scene: Scene; readonly trace: Trace } {
  const cluster = clusterOf(yaml, environment);
  const { trace } = send(cluster, request);
  return { scene: buildScene({ trace, cluster }), trace };
}

const name = fc.constantFrom('api', 'web', 'checkout-service', 'search', 'a-very-long-service-name-of-forty-characters', 'db');
const shape: fc.Arbitrary<Shape> = fc.record({
  services: fc.uniqueArray(
    fc.record({
      name,
      pods: fc.integer({ min: 0, max: 9 }),
      type: fc.constantFrom('ClusterIP' as const, 'NodePort' as const, 'LoadBalancer' as const),
      selects: fc.boolean(),
      ready: fc.boolean(),
    }),
    { selector: (service) => service.name, minLength: 1, maxLength: 6 },
  ),
  nodes: fc.integer({ min: 1, max: 7 }),
  ingress: fc.boolean(),
  controllerPods: fc.integer({ min: 1, max: 5 }),
  hosts: fc.integer({ min: 1, max: 2 }),
  local: fc.boolean(),
});

const request = (services: Shape['services']): fc.Arbitrary<Flow> =>
  fc.constantFrom(
    flow(INTERNET, 'shop.example.com', '/'),
    flow(INTERNET, 'nowhere.example.com', '/'),
    flow(INTERNET, '192.168.0.10', '/', 30086),
    ...services.flatMap((service) => [
      flow(INTERNET, 'shop.example.com', `/${service.name}`),
      flow({ kind: 'workload', workloadKind: 'Deployment', namespace: 'shop', name: services[0]!.name }, service.name, '/'),
      flow({ kind: 'node', name: 'node-0' }, '192.168.0.10', '/', 30086),
    ]),
  );

describe('any map', () => {
  it('keeps boxes, stations, labels, tracks and what is said apart, with or without a request', () => {
    fc.assert(
      fc.property(
        shape.chain((made) => fc.tuple(fc.constant(made), request(made.services))),
        ([made, asked]) => {
          const cluster = clusterOf(manifests(made), ENVIRONMENT);
          checkMap(buildScene({ trace: null, cluster }));
          const { trace } = send(cluster, asked);
          const scene = buildScene({ trace, cluster });
          checkMap(scene);
          expect(scene.stops.map(({ id }) => id)).toEqual([...trace.branches[trace.taken]!.hops, 'reply']);
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  it('is the same for the same cluster and request', () => {
    const yaml = manifests({
      services: [{ name: 'api', pods: 9, type: 'ClusterIP', selects: true, ready: true }],
      nodes: 3,
      ingress: true,
      controllerPods: 2,
      hosts: 1,
      local: false,
    });
    const once = traced(yaml, ENVIRONMENT, flow(INTERNET, 'shop.example.com', '/'));
    expect(traced(yaml, ENVIRONMENT, flow(INTERNET, 'shop.example.com', '/')).scene).toEqual(once.scene);
  });
});

const SHOP: Shape = {
  services: [
    { name: 'web', pods: 2, type: 'ClusterIP', selects: true, ready: true },
    { name: 'api', pods: 2, type: 'ClusterIP', selects: true, ready: true },
    { name: 'search', pods: 2, type: 'ClusterIP', selects: false, ready: true },
  ],
  nodes: 3,
  ingress: true,
  controllerPods: 1,
  hosts: 1,
  local: false,
};

describe('the map of a request', () => {
  const { scene, trace } = traced(manifests(SHOP), ENVIRONMENT, flow(INTERNET, 'shop.example.com', '/api'));
  const box = (id: string) => scene.boxes.find((candidate) => candidate.id === id);

  it('has one numbered station for each hop, from left to right on one level line', () => {
    const stations = scene.stations.filter(({ number }) => number !== null);
    expect(stations.map(({ hop, number }) => [hop, number])).toEqual(trace.branches[trace.taken]!.hops.map((hop, index) => [hop, index + 1]));
    expect(stations.map(({ x }) => x)).toEqual(stations.map(({ x }) => x).sort((a, b) => a - b));
    expect(new Set(stations.map(({ y }) => y)).size).toBe(1);
  });

  it('shows the Service with its ClusterIP between the controller and its Pods, dashed where it is only looked up', () => {
    const service = box('service:shop/api');
    expect(service).toMatchObject({ outline: 'dashed', state: 'taken', rules: ['/api'] });
    expect(service?.facts[0]).toMatch(/^10\./);
  });

  it('shows the Services of the other rules quietly, with a mark where one selects no Pods', () => {
    expect(box('service:shop/web')).toMatchObject({ state: 'quiet', rules: ['/'] });
    expect(box('service:shop/search')?.facts.map(plain)).toContain('no Pods');
    expect(scene.stations.find(({ id }) => id === 'dead:service:shop/search')).toBeDefined();
  });

  it('says the share of requests where the way is random', () => {
    expect(scene.tracks.filter(({ from }) => from === 'service:shop/api').map(({ label }) => label?.text)).toEqual(['50%', '50%']);
  });

  it('says once how many come in all where the ways from several forks end in one box', () => {
    const { tracks } = traced(manifests({ ...SHOP, controllerPods: 2 }), ENVIRONMENT, flow(INTERNET, 'shop.example.com', '/api')).scene;
    const controller = 'controller:ingress-nginx/ingress-nginx-controller';
    for (const end of [`${controller}-0`, `${controller}-1`]) {
      const ways = tracks.filter(({ to }) => to === end);
      expect(ways).toHaveLength(3);
      expect(ways.flatMap(({ label }) => label?.text ?? [])).toEqual(['50%']);
    }
  });

  it('says who answered', () => {
    expect(renderText(scene.verdict!.text)).toMatch(/^200 from api-/);
  });

  it('puts the boxes of the route first, so that focus goes the way of the request', () => {
    expect(scene.boxes.slice(0, 2).map(({ id }) => id)).toEqual(['client', 'dns']);
    expect(scene.boxes.findIndex(({ state }) => state === 'quiet')).toBeGreaterThan(scene.boxes.findIndex(({ state }) => state === 'arrived'));
  });
});

describe('a Service asked from inside', () => {
  it('is drawn solid with its own station, because the packet is addressed to it', () => {
    const { scene } = traced(
      manifests({ ...SHOP, ingress: false }),
      '',
      flow({ kind: 'workload', workloadKind: 'Deployment', namespace: 'shop', name: 'web' }, 'api', '/'),
    );
    expect(scene.boxes.find(({ id }) => id === 'service:shop/api')).toMatchObject({ outline: 'solid', state: 'taken' });
    expect(scene.lanes.map(({ id }) => id)).toEqual(['client', 'service', 'pods']);
  });
});

describe('a request that fails', () => {
  const { scene } = traced(
    manifests({ ...SHOP, ingress: false }),
    '',
    flow({ kind: 'workload', workloadKind: 'Deployment', namespace: 'shop', name: 'web' }, 'search', '/'),
  );

  it('ends in a red terminus behind what decided, with what the client prints beside it', () => {
    expect(scene.route?.failed).toBe(true);
    expect(scene.stations.filter(({ kind }) => kind === 'terminus')).toHaveLength(1);
    expect(scene.sees?.lines.join(' ')).toContain('curl: (7)');
    expect(scene.boxes.find(({ id }) => id === 'service:shop/search')?.state).toBe('failed');
  });
});

describe('a redirect that leads back to where the client is', () => {
  const redirects = manifests(SHOP).replace(
    'metadata: { name: shop, namespace: shop }\nspec:\n  ingressClassName',
    'metadata: { name: shop, namespace: shop, annotations: { nginx.ingress.kubernetes.io/permanent-redirect: "http://shop.example.com/" } }\nspec:\n  ingressClassName',
  );
  const { scene } = traced(redirects, ENVIRONMENT, { ...flow(INTERNET, 'shop.example.com', '/'), followRedirects: true });

  it('is drawn as a loop, from the end of the line to its first station', () => {
    expect(scene.tracks.filter(({ state }) => state === 'loop')).toHaveLength(1);
    expect(scene.tracks.find(({ state }) => state === 'loop')?.to).toBe('client');
  });
});

describe('a name that nobody knows', () => {
  const { scene } = traced(manifests(SHOP), ENVIRONMENT, flow(INTERNET, 'nowhere.example.com', '/'));

  it('ends the line right behind the client, and the rest of the network stays in view', () => {
    expect(scene.stops.map(({ id }) => id)).toEqual(['h1', 'reply']);
    expect(scene.boxes.find(({ id }) => id === 'dns')?.facts).toEqual(['NXDOMAIN']);
    expect(scene.boxes.find(({ id }) => id === 'service:shop/api')?.state).toBe('quiet');
  });
});

describe('a Service that only DNS looks at', () => {
  const yaml = `apiVersion: v1
kind: Service
metadata: { name: pay, namespace: shop }
spec: { type: ExternalName, externalName: api.pay.example }
---
${manifests({ ...SHOP, ingress: false })}`;
  const { scene } = traced(yaml, '', flow({ kind: 'workload', workloadKind: 'Deployment', namespace: 'shop', name: 'web' }, 'pay', '/'));

  it('stands dashed between the client and the host outside the cluster', () => {
    expect(scene.boxes.find(({ id }) => id === 'service:shop/pay')).toMatchObject({ outline: 'dashed', state: 'taken', facts: ['api.pay.example'] });
    expect(scene.lanes.map(({ id }) => id)).toEqual(['client', 'service', 'external']);
    expect(scene.zones.map(({ kind }) => kind)).toEqual(['cluster', 'internet']);
  });
});

describe('a redirect that is followed', () => {
  const yaml = manifests({ ...SHOP, services: SHOP.services.slice(0, 1) })
    .replace('  rules:\n', '  tls: [{ hosts: [shop.example.com], secretName: t }]\n  rules:\n')
    .replace('targetPort: 80 }]', 'targetPort: 80 }, { name: https, port: 443, targetPort: 443 }]');
  const { scene, trace } = traced(yaml, ENVIRONMENT, { ...flow(INTERNET, 'shop.example.com', '/'), followRedirects: true, insecure: true });

  it('comes back to the client and takes the same line again, with new stations', () => {
    expect(trace.branches[trace.taken]!.hops.length).toBeGreaterThan(5);
    expect(scene.boxes.filter(({ lane }) => lane === 'edge')).toHaveLength(1);
    expect(scene.route!.home).toBeGreaterThan(scene.stops[0]!.at);
    expect(scene.stops.at(-1)!.at).toBe(scene.route!.home);
    checkMap(scene);
  });
});

describe('without a request', () => {
  it('the map shows the way in, the rules, the Services and their Pods, all quiet', () => {
    const scene = buildScene({ trace: null, cluster: clusterOf(manifests(SHOP), ENVIRONMENT) });
    expect(scene.lanes.map(({ id }) => id)).toEqual(['client', 'edge', 'node', 'controller', 'service', 'pods']);
    expect(new Set(scene.boxes.map(({ state }) => state))).toEqual(new Set(['quiet']));
    expect(scene.stops).toEqual([]);
  });

  it('an Ingress that no controller serves says so', () => {
    const scene = buildScene({ trace: null, cluster: clusterOf(manifests(SHOP), 'complete: true') });
    const ingress = scene.boxes.find(({ id }) => id === 'ingress:shop/shop');
    expect(ingress).toMatchObject({ state: 'excluded', outline: 'dashed' });
    expect(ingress?.facts.map(plain)).toEqual(['no controller']);
  });

  it('nothing is no map', () => {
    expect(buildScene({ trace: null, cluster: clusterOf('') }).boxes).toEqual([]);
  });
});

describe('a thousand Pods', () => {
  const yaml = manifests({ ...SHOP, services: [{ name: 'api', pods: 1000, type: 'ClusterIP', selects: true, ready: true }] });
  const { scene } = traced(yaml, ENVIRONMENT, flow(INTERNET, 'shop.example.com', '/'));

  it('become five and one box that counts the rest, the taken one among the five', () => {
    const pods = scene.boxes.filter(({ lane }) => lane === 'pods');
    expect(pods.map(({ folded }) => folded)).toContain(995);
    expect(pods).toHaveLength(6);
    expect(pods.some(({ state }) => state === 'arrived')).toBe(true);
    expect(plain(pods.find(({ folded }) => folded > 0)!.title)).toBe('+995 Pods');
  });

  it('cost what their number costs, not its square', () => {
    const world = (pods: number) => {
      const services = [{ name: 'api', pods, type: 'ClusterIP' as const, selects: true, ready: true }];
      const cluster = clusterOf(manifests({ ...SHOP, services }), ENVIRONMENT);
      return { cluster, trace: send(cluster, flow(INTERNET, 'shop.example.com', '/')).trace };
    };
    const time = (of: ReturnType<typeof world>) => {
      const start = performance.now();
      buildScene(of);
      return performance.now() - start;
    };
    // In turns, so that a busy moment of the machine hits both; the best of each.
    const [many, few] = [world(2000), world(200)];
    const times = Array.from({ length: 7 }, () => [time(many), time(few)] as const);
    const ratio = Math.min(...times.map(([long]) => long)) / Math.min(...times.map(([, short]) => short));
    expect(ratio).toBeLessThan(30);
  });
});

const ROUTE = (name: string, rest: string) =>
  `apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: ${name}, namespace: shop }\nspec: { ${rest} }`;
const SERVICE = (namespace: string, name: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { selector: { app: ${name} }, ports: [{ port: 80 }] }`;
const GATEWAY = `apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: { name: edge }
spec: { controllerName: example.com/edge }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: shop }
spec: { gatewayClassName: edge, listeners: [{ name: http, port: 80, protocol: HTTP, hostname: shop.example.com }] }`;
const GRANT = `apiVersion: gateway.networking.k8s.io/v1
kind: ReferenceGrant
metadata: { name: from-shop, namespace: accounts }
spec: { from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop }], to: [{ group: '', kind: Service }] }`;
const USERS =
  'parentRefs: [{ name: public }], rules: [{ matches: [{ path: { type: PathPrefix, value: /users } }], backendRefs: [{ name: users, namespace: accounts, port: 80 }] }]';
const EDGE = 'controllers: [{ kind: gateway, name: edge, implementation: generic, class: edge }]\npublicDNS: { shop.example.com: { gateway: shop/public } }';

describe('a Gateway', () => {
  const quiet = (...documents: readonly string[]) => {
    const scene = buildScene({
      trace: null,
      cluster: clusterOf([GATEWAY, SERVICE('shop', 'web'), SERVICE('accounts', 'users'), ...documents].join('\n---\n'), EDGE),
    });
    checkMap(scene);
    return {
      scene,
      box: (id: string) => scene.boxes.find((box) => box.id === id),
      track: (to: string) => scene.tracks.find((track) => track.to === to && track.from.startsWith('controller:')),
      gate: (to: string) => scene.stations.find(({ id }) => id === `gate:${to}`),
    };
  };
  const factsOf = (box: Scene['boxes'][number] | undefined) => box?.facts.map(plain);

  it('stands as its Pods with its name and its listeners, and leads to the Services of its routes by their matches', () => {
    const { scene, track, box } = quiet(
      ROUTE(
        'web',
        "parentRefs: [{ name: public }], rules: [{ matches: [{ headers: [{ name: x-beta, value: 'yes' }] }], backendRefs: [{ name: web, port: 80 }] }]",
      ),
    );
    const proxy = scene.boxes.find(({ lane }) => lane === 'controller');
    expect(proxy?.kicker).toBe('Gateway shop/public');
    expect(factsOf(proxy)).toContain('listener http');
    expect(track('service:shop/web')?.state).toBe('quiet');
    expect(box('service:shop/web')).toMatchObject({ rules: ['/ x-beta: yes'], outline: 'dashed' });
  });

  it('says the share of each Service that has less than all', () => {
    const { box } = quiet(
      ROUTE(
        'web',
        'parentRefs: [{ name: public }], rules: [{ backendRefs: [{ name: web, port: 80, weight: 9 }, { name: next, port: 80, weight: 1 }, { name: old, port: 80, weight: 0 }] }]',
      ),
      SERVICE('shop', 'next'),
      SERVICE('shop', 'old'),
    );
    expect(box('service:shop/web')?.rules).toEqual(['/ 90%']);
    expect(box('service:shop/next')?.rules).toEqual(['/ 10%']);
    expect(factsOf(box('service:shop/old'))).toContain('weight 0');
  });

  it('leads to another namespace through an open gate where a ReferenceGrant allows it', () => {
    const { gate, track, box } = quiet(ROUTE('users', USERS), GRANT);
    expect(track('service:accounts/users')?.state).toBe('quiet');
    expect(gate('service:accounts/users')).toMatchObject({ kind: 'gate', failed: false });
    expect(box('grant:service:accounts/users')).toMatchObject({ title: 'from-shop', object: { kind: 'ReferenceGrant', namespace: 'accounts' } });
  });

  it('leads to another namespace through a closed gate, and to no request, where no ReferenceGrant allows it', () => {
    const { gate, track, box } = quiet(ROUTE('users', USERS));
    expect(track('service:accounts/users')?.state).toBe('excluded');
    expect(gate('service:accounts/users')).toMatchObject({ kind: 'gate', failed: true });
    expect(box('grant:service:accounts/users')).toMatchObject({ state: 'excluded', object: null });
  });

  it('shows the gate to a request that passes it', () => {
    const documents = [GATEWAY, SERVICE('shop', 'web'), SERVICE('accounts', 'users'), ROUTE('users', USERS), GRANT];
    const { scene } = traced(documents.join('\n---\n'), EDGE, flow(INTERNET, 'shop.example.com', '/users'));
    checkMap(scene);
    expect(scene.stations.find(({ id }) => id === 'gate:service:accounts/users')).toMatchObject({ failed: false });
  });

  it('leaves a route that no listener takes beside it, with the reason', () => {
    const { box, scene } = quiet(
      ROUTE('web', 'parentRefs: [{ name: public }], hostnames: [other.example.com], rules: [{ backendRefs: [{ name: web, port: 80 }] }]'),
    );
    expect(box('route:HTTPRoute/shop/web')).toMatchObject({ state: 'excluded', outline: 'dashed', title: 'web' });
    expect(factsOf(box('route:HTTPRoute/shop/web'))).toEqual(['no host in common']);
    expect(scene.tracks.filter(({ to }) => to === 'service:shop/web').map(({ state }) => state)).toEqual(['excluded']);
  });

  it('gives no request to a rule that an older route takes everything from', () => {
    const rules = (name: string) => `parentRefs: [{ name: public }], rules: [{ backendRefs: [{ name: ${name}, port: 80 }] }]`;
    const { box, track } = quiet(ROUTE('a', rules('web')), ROUTE('b', rules('late')), SERVICE('shop', 'late'));
    expect(track('service:shop/late')?.state).toBe('excluded');
    expect(factsOf(box('service:shop/late'))).toContain('out of reach');
  });

  it('that nobody serves says so, with its routes', () => {
    const cluster = clusterOf([GATEWAY, SERVICE('shop', 'web'), ROUTE('web', USERS)].join('\n---\n'), 'controllers: []');
    const scene = buildScene({ trace: null, cluster });
    expect(factsOf(scene.boxes.find(({ id }) => id === 'gateway:shop/public'))).toEqual(['no controller']);
    expect(scene.boxes.some(({ id }) => id.startsWith('route:'))).toBe(false);
  });

  it('is not what a route of the mesh needs', () => {
    const { scene } = quiet(ROUTE('web', "parentRefs: [{ group: '', kind: Service, name: web }], rules: [{ backendRefs: [{ name: web, port: 80 }] }]"));
    expect(scene.boxes.some(({ id }) => id.startsWith('route:'))).toBe(false);
  });
});
