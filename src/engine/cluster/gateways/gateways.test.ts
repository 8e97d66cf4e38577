import { describe, expect, it } from 'vitest';
import { renderText } from '../../../catalogue/render.ts';
import { clusterOf } from '../cluster-of.ts';
import {
  attached,
  certificate,
  CLOSED,
  closed,
  conditions,
  gateway,
  grant,
  http,
  httpRoute,
  https,
  namespace,
  object,
  service,
  to,
} from './gateways.fixture.ts';

const GATEWAY = 'Gateway/shop/public';
const ROUTE = 'HTTPRoute/shop/web';
const web = service('shop/web');
const CLASS = 'apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: { name: public }\nspec: { controllerName: example.com/own }\n---\n';

describe('claiming (S12.1.1, S12.1.2)', () => {
  it('the controller of the class accepts class and Gateway', () => {
    const cluster = closed(gateway(http()));
    expect(conditions(cluster, 'GatewayClass/public')).toEqual(['Accepted=True Accepted', 'SupportedVersion=True SupportedVersion']);
    expect(conditions(cluster, GATEWAY)).toEqual(['Accepted=True Accepted', 'Programmed=True Programmed', 'ResolvedRefs=True ResolvedRefs']);
  });

  it('a class that nobody serves stays as it was created, and so does its Gateway', () => {
    const cluster = clusterOf(CLASS + gateway(http()) + httpRoute('shop/web', to('web')) + web, 'complete: true');
    expect(conditions(cluster, 'GatewayClass/public')).toEqual(['Accepted=Unknown Pending']);
    expect(conditions(cluster, GATEWAY)).toEqual(['Accepted=Unknown Pending', 'Programmed=Unknown Pending']);
    expect(cluster.gatewayApi.gateways.get('shop/public')?.addresses).toEqual([]);
  });

  it('a missing class leaves the Gateway pending', () => {
    const cluster = clusterOf(gateway(http()), 'complete: true');
    const { controller, why } = cluster.gatewayApi.gateways.get('shop/public')!;
    expect(controller).toBeNull();
    expect(renderText(why)).toContain('no GatewayClass public');
  });

  it('a parent that does not exist or that nobody serves gives no entry in the status (S12.13.1)', () => {
    expect(conditions(closed(httpRoute('shop/web', to('web'))), ROUTE)).toEqual([]);
    expect(conditions(clusterOf(CLASS + gateway(http()) + httpRoute('shop/web', to('web')), 'complete: true'), ROUTE)).toEqual([]);
  });

  it('parameters that do not exist make the Gateway invalid', () => {
    const cluster = closed(gateway(http(), 'infrastructure: { parametersRef: { group: example.com, kind: Settings, name: lost } }, '));
    expect(conditions(cluster, GATEWAY)).toEqual(['Accepted=False InvalidParameters', 'Programmed=False Invalid', 'ResolvedRefs=True ResolvedRefs']);
  });
});

describe('what the controller makes (S12.1.4)', () => {
  it('a Deployment and a Service with the ports of the listeners, in the namespace of the Gateway', () => {
    const cluster = closed(gateway(`${http()}, { name: dns, port: 53, protocol: UDP }`));
    const { infrastructure, addresses } = cluster.gatewayApi.gateways.get('shop/public')!;
    expect(infrastructure).toEqual({
      workload: 'Deployment/shop/public-public',
      service: 'shop/public-public',
      pods: ['shop/public-public-0'],
      listens: [
        { containerPort: 80, port: 80, transport: 'TCP' },
        { containerPort: 53, port: 53, transport: 'UDP' },
      ],
    });
    expect(cluster.services.get('shop/public-public')?.ports.map(({ protocol, port }) => `${protocol} ${port}`)).toEqual(['TCP 80', 'UDP 53']);
    expect(addresses.map(({ ip }) => ip)).toEqual(['203.0.113.10']);
    expect(cluster.provenance.get('Service/shop/public-public')?.from).toEqual({
      object: { kind: 'Gateway', namespace: 'shop', name: 'public' },
      path: ['spec', 'listeners'],
    });
  });

  it('each Gateway has an address of its own', () => {
    const other = object('Gateway', 'shop/other', `gatewayClassName: public, listeners: [${http()}]`);
    const addresses = [...closed(gateway(http()), other).gatewayApi.gateways.values()].map((one) => one.addresses[0]?.ip);
    expect(new Set(addresses).size).toBe(2);
  });

  it('what was pasted of it is used as it stands', () => {
    const label = 'gateway.networking.k8s.io/gateway-name: public';
    const own = `apiVersion: v1\nkind: Service\nmetadata: { name: edge, namespace: shop, labels: { ${label} } }\nspec: { type: LoadBalancer, selector: { app: edge }, ports: [{ port: 80, targetPort: 10080 }] }\n---\n`;
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: { name: edge, namespace: shop, labels: { app: edge } }\nspec: { containers: [{ name: c, image: x }] }\n---\n';
    const { infrastructure } = closed(gateway(http()), own, pod).gatewayApi.gateways.get('shop/public')!;
    expect(infrastructure).toEqual({
      workload: null,
      service: 'shop/edge',
      pods: ['shop/edge'],
      listens: [{ containerPort: 10080, port: 80, transport: 'TCP' }],
    });
  });

  it('addresses in the status of a running Gateway are those it has', () => {
    const running = gateway(http()).replace('\n---\n', '\nstatus: { addresses: [{ type: IPAddress, value: 198.51.100.7 }] }\n---\n');
    expect(closed(running).gatewayApi.gateways.get('shop/public')?.addresses).toMatchObject([{ ip: '198.51.100.7' }]);
  });

  it('a stated address is asked for; a type that no controller here gives is refused', () => {
    const stated = (address: string) => conditions(closed(gateway(http(), `addresses: [${address}], `)), GATEWAY).slice(0, 2);
    expect(stated('{ value: 203.0.113.50 }')).toEqual(['Accepted=True Accepted', 'Programmed=True Programmed']);
    expect(stated('{ type: Hostname, value: a.b }')).toEqual(['Accepted=False UnsupportedAddress', 'Programmed=False Invalid']);
    expect(stated('{ value: 203.0.113.50 }, { value: 203.0.113.51 }')).toEqual(['Accepted=True Accepted', 'Programmed=False AddressNotUsable']);
  });

  it('where nothing gives load balancers, it is reached on a port of its node; a second Gateway of that port is not', () => {
    const environment = 'complete: true\ncontrollers: [{ kind: gateway, name: Gateway, implementation: generic, class: public }]';
    const other = object('Gateway', 'shop/second', `gatewayClassName: public, listeners: [${http()}]`);
    const cluster = clusterOf(gateway(http()) + other, environment);
    expect(cluster.gatewayApi.gateways.get('shop/public')?.addresses).toMatchObject([{ ip: '192.0.2.11' }]);
    expect(conditions(cluster, 'Gateway/shop/second')).toContain('Programmed=False AddressNotAssigned');
  });
});

describe('attachment (S12.1.3, S12.2)', () => {
  const accepted = (listeners: string, ...more: readonly string[]) => {
    const cluster = closed(gateway(listeners), web, ...more);
    return [conditions(cluster, ROUTE)[0], attached(cluster)];
  };

  it('a route attaches to every listener that takes it', () => {
    expect(accepted(`${http('a', 'hostname: a.example.com')}, ${http('b', 'hostname: b.example.com')}`, httpRoute('shop/web', to('web')))).toEqual([
      'Accepted=True Accepted',
      { a: ['HTTPRoute/shop/web a.example.com'], b: ['HTTPRoute/shop/web b.example.com'] },
    ]);
  });

  it.each([
    ['sectionName: other', 'NoMatchingParent'],
    ['port: 8080', 'NoMatchingParent'],
    ['sectionName: http, port: 81', 'NoMatchingParent'],
  ])('a parentRef with %s on no listener', (more, reason) => {
    const route = object('HTTPRoute', 'shop/web', `parentRefs: [{ name: public, ${more} }], ${to('web')}`);
    expect(accepted(http(), route)).toEqual([`Accepted=False ${reason}`, { http: [] }]);
  });

  it('namespaces: Same, All, by label, and a selector that is not written selects nothing', () => {
    const from = (rule: string) => {
      const cluster = closed(
        namespace('web', '{ tier: front }'),
        gateway(http('http', `allowedRoutes: { namespaces: { ${rule} } }`)),
        service('web/web'),
        httpRoute('web/web', to('web')),
      );
      return conditions(cluster, 'HTTPRoute/web/web')[0];
    };
    expect(from('from: Same')).toBe('Accepted=False NotAllowedByListeners');
    expect(from('from: All')).toBe('Accepted=True Accepted');
    expect(from('from: Selector, selector: { matchLabels: { tier: front } }')).toBe('Accepted=True Accepted');
    expect(from('from: Selector, selector: { matchLabels: { tier: back } }')).toBe('Accepted=False NotAllowedByListeners');
    expect(from('from: Selector, selector: { matchLabels: { kubernetes.io/metadata.name: web } }')).toBe('Accepted=True Accepted');
    expect(from('from: Selector')).toBe('Accepted=False NotAllowedByListeners');
  });

  it('kinds: those of the protocol, or fewer', () => {
    const tls = object('TLSRoute', 'shop/web', `parentRefs: [{ name: public }], hostnames: [a.b], ${to('web')}`);
    const cluster = closed(
      gateway(`${http()}, ${http('grpc', 'hostname: g.b, allowedRoutes: { kinds: [{ kind: GRPCRoute }] }')}`),
      web,
      tls,
      httpRoute('shop/plain', to('web')),
    );
    expect(conditions(cluster, 'TLSRoute/shop/web')[0]).toBe('Accepted=False NotAllowedByListeners');
    expect(attached(cluster)).toEqual({ http: ['HTTPRoute/shop/plain'], grpc: [] });
  });

  it('a listener that passes TLS through takes no HTTPRoute (S12.12.2)', () => {
    expect(accepted('{ name: tls, port: 443, protocol: TLS, tls: { mode: Passthrough } }', httpRoute('shop/web', to('web')))[0]).toBe(
      'Accepted=False NotAllowedByListeners',
    );
  });

  it.each([
    ['', 'a.example.com', ['a.example.com']],
    ['a.example.com', '', ['a.example.com']],
    ['a.example.com', 'a.example.com', ['a.example.com']],
    ['a.example.com', 'b.example.com', null],
    ['*.example.com', 'a.b.example.com', ['a.b.example.com']],
    ['*.example.com', 'example.com', null],
    ['a.b.example.com', '*.example.com', ['a.b.example.com']],
    ['*.example.com', '*.b.example.com', ['*.b.example.com']],
    ['*.b.example.com', '*.example.com', ['*.b.example.com']],
    ['*.example.com', '*.example.org', null],
    ['*.example.com', 'a.example.com", "b.example.org", "c.example.com', ['a.example.com', 'c.example.com']],
  ])('listener %s and route %s meet in %s', (listener, hosts, expected) => {
    const cluster = closed(
      gateway(http('http', listener === '' ? '' : `hostname: "${listener}"`)),
      web,
      httpRoute('shop/web', `${hosts === '' ? '' : `hostnames: ["${hosts}"], `}${to('web')}`),
    );
    const reason = expected === null ? 'Accepted=False NoMatchingListenerHostname' : 'Accepted=True Accepted';
    expect(conditions(cluster, ROUTE)[0]).toBe(reason);
    expect(cluster.gatewayApi.gateways.get('shop/public')?.listeners[0]?.attached.map(({ hostnames }) => hostnames)).toEqual(
      expected === null ? [] : [expected],
    );
  });

  it('the reason is that of the listener it got furthest with', () => {
    const listeners = `${http('a', 'hostname: a.example.com')}, ${http('b', 'hostname: b.example.com, allowedRoutes: { kinds: [{ kind: GRPCRoute }] }')}`;
    expect(accepted(listeners, httpRoute('shop/web', `hostnames: [c.example.com], ${to('web')}`))[0]).toBe('Accepted=False NoMatchingListenerHostname');
  });

  it('a listener counts accepted routes, whatever becomes of itself (S12.13.2)', () => {
    const cluster = closed(gateway(https('tls', 'tls: { certificateRefs: [{ name: lost }] }')), web, httpRoute('shop/web', to('web')));
    expect(cluster.gatewayApi.gateways.get('shop/public')?.listeners).toMatchObject([{ attachedRoutes: 1, serves: false }]);
  });
});

describe('listeners in conflict (S12.4)', () => {
  const states = (listeners: string) => {
    const cluster = closed(gateway(listeners), certificate('shop/cert'));
    const names = cluster.gatewayApi.gateways.get('shop/public')!.listeners.map(({ name }) => name);
    return Object.fromEntries(names.map((name) => [name, conditions(cluster, GATEWAY, { listener: name })[0]]));
  };
  const gatewayAccepted = (listeners: string) => conditions(closed(gateway(listeners)), GATEWAY)[0];
  const tls = 'tls: { certificateRefs: [{ name: cert }] }';
  const tcp = '{ name: tcp, port: 80, protocol: TCP }';

  it('TCP beside HTTP on one port: nobody wins, and the Gateway has no listener left (S12.4.2, S12.4.3)', () => {
    expect(states(`${http()}, ${tcp}`)).toEqual({ http: 'Accepted=False ProtocolConflict', tcp: 'Accepted=False ProtocolConflict' });
    expect(gatewayAccepted(`${http()}, ${tcp}`)).toBe('Accepted=False ListenersNotValid');
    expect(gatewayAccepted(`${http()}, ${tcp}, { name: other, port: 81, protocol: HTTP }`)).toBe('Accepted=True ListenersNotValid');
  });

  it('UDP beside the others is distinct, and so are HTTPS and TLS of different hosts', () => {
    const listeners = `{ name: udp, port: 443, protocol: UDP }, ${https('a', `hostname: a.b, ${tls}`)}, { name: b, port: 443, protocol: TLS, hostname: b.b, tls: { mode: Passthrough } }`;
    expect(new Set(Object.values(states(listeners)))).toEqual(new Set(['Accepted=True Accepted']));
  });

  it('HTTPS and TLS of one host are not', () => {
    const listeners = `${https('a', `hostname: a.b, ${tls}`)}, { name: b, port: 443, protocol: TLS, hostname: a.b, tls: { mode: Passthrough } }`;
    expect(states(listeners)).toEqual({ a: 'Accepted=False HostnameConflict', b: 'Accepted=False HostnameConflict' });
  });

  it('overlapping hosts with TLS on one port are told', () => {
    const cluster = closed(
      gateway(
        `${https('a', `hostname: "*.example.com", ${tls}`)}, ${https('b', `hostname: shop.example.com, ${tls}`)}, ${https('c', 'hostname: a.org, tls: { options: { a.b/c: d } }')}`,
      ),
      certificate('shop/cert', ''),
    );
    const overlap = (listener: string) => conditions(cluster, GATEWAY, { listener }).filter((one) => one.startsWith('Overlapping'));
    expect([overlap('a'), overlap('b'), overlap('c')]).toEqual([
      ['OverlappingTLSConfig=True OverlappingHostnames'],
      ['OverlappingTLSConfig=True OverlappingHostnames'],
      [],
    ]);
  });

  it('a protocol that the controller does not know is refused', () => {
    expect(states('{ name: a, port: 80, protocol: example.com/gopher }')).toEqual({ a: 'Accepted=False UnsupportedProtocol' });
  });
});

describe('certificates of listeners (S12.12.1, S12.12.5)', () => {
  const listener = (more: string, ...texts: readonly string[]) => conditions(closed(gateway(https('tls', more)), ...texts), GATEWAY, { listener: 'tls' });
  const OK = ['Accepted=True Accepted', 'Programmed=True Programmed', 'ResolvedRefs=True ResolvedRefs', 'Conflicted=False NoConflicts'];
  const failed = (reason: string) => ['Accepted=True Accepted', 'Programmed=False Invalid', `ResolvedRefs=False ${reason}`, 'Conflicted=False NoConflicts'];
  const elsewhere = 'tls: { certificateRefs: [{ name: cert, namespace: certs }] }';
  const asking = '{ group: gateway.networking.k8s.io, kind: Gateway, namespace: shop }';

  it('a Secret with certificate and key', () => {
    expect(listener('tls: { certificateRefs: [{ name: cert }] }', certificate('shop/cert'))).toEqual(OK);
  });

  it.each([
    ['that does not exist', '{ name: lost }'],
    ['of another kind', '{ kind: ConfigMap, name: cert }'],
    ['of another group', '{ group: example.com, name: cert }'],
    ['without a readable certificate', '{ name: odd }'],
  ])('a reference %s', (_, ref) => {
    const odd =
      'apiVersion: v1\nkind: Secret\nmetadata: { name: odd, namespace: shop }\ntype: kubernetes.io/tls\nstringData: { tls.crt: x, tls.key: x }\n---\n';
    expect(listener(`tls: { certificateRefs: [${ref}] }`, certificate('shop/cert'), odd)).toEqual(failed('InvalidCertificateRef'));
  });

  it('of another namespace only with its grant (S12.9.5)', () => {
    expect(listener(elsewhere, certificate('certs/cert'))).toEqual(failed('RefNotPermitted'));
    expect(listener(elsewhere, certificate('certs/cert'), grant('certs', asking, '{ group: "", kind: Secret }'))).toEqual(OK);
    expect(listener(elsewhere, certificate('certs/cert'), grant('certs', asking, '{ group: "", kind: Secret, name: cert }'))).toEqual(OK);
    expect(listener(elsewhere, certificate('certs/cert'), grant('certs', asking, '{ group: "", kind: Secret, name: other }'))).toEqual(
      failed('RefNotPermitted'),
    );
    expect(listener(elsewhere, certificate('certs/cert'), grant('shop', asking, '{ group: "", kind: Secret }'))).toEqual(failed('RefNotPermitted'));
  });

  it('an HTTPS listener without tls is stored and serves nothing (U15)', () => {
    expect(conditions(closed(gateway('{ name: tls, port: 443, protocol: HTTPS }')), GATEWAY, { listener: 'tls' })).toEqual(failed('InvalidCertificateRef'));
  });

  it('client certificates need an authority that can be read; insecure fallback is told', () => {
    const front = (ref: string, mode = 'AllowValidOnly') => {
      const more = `tls: { frontend: { default: { validation: { caCertificateRefs: [${ref}], mode: ${mode} } } } }, `;
      const cluster = closed(gateway(`${http()}, ${https('tls', 'tls: { certificateRefs: [{ name: cert }] }')}`, more), certificate('shop/cert'));
      return [
        conditions(cluster, GATEWAY, { listener: 'tls' }).slice(0, 3),
        conditions(cluster, GATEWAY, { listener: 'http' })[0],
        conditions(cluster, GATEWAY).at(-1),
      ];
    };
    const refused = (reason: string) => ['Accepted=False NoValidCACertificate', 'Programmed=False Invalid', `ResolvedRefs=False ${reason}`];
    expect(front('{ group: "", kind: ConfigMap, name: lost }').slice(0, 2)).toEqual([refused('InvalidCACertificateRef'), 'Accepted=True Accepted']);
    expect(front('{ group: "", kind: Secret, name: cert }')[0]).toEqual(refused('InvalidCACertificateKind'));
    expect(front('{ group: "", kind: ConfigMap, name: ca, namespace: certs }')[0]).toEqual(refused('RefNotPermitted'));
    expect(front('{ group: "", kind: ConfigMap, name: lost }', 'AllowInsecureFallback')[2]).toBe('InsecureFrontendValidationMode=True ConfigurationChanged');
  });

  it('the certificate for backends', () => {
    const cluster = closed(gateway(http(), 'tls: { backend: { clientCertificateRef: { name: lost } } }, '));
    expect(conditions(cluster, GATEWAY)).toEqual(['Accepted=True Accepted', 'Programmed=True Programmed', 'ResolvedRefs=False InvalidClientCertificateRef']);
  });

  it('kinds of routes that the protocol cannot carry', () => {
    const kinds = (list: string) => conditions(closed(gateway(http('http', `allowedRoutes: { kinds: [${list}] }`))), GATEWAY, { listener: 'http' });
    expect(kinds('{ kind: TLSRoute }')).toContain('ResolvedRefs=False InvalidRouteKinds');
    expect(kinds('{ kind: HTTPRoute }, { kind: TLSRoute }')).toContain('Programmed=True Programmed');
  });
});

describe('backends (S12.9)', () => {
  const resolved = (rule: string, ...texts: readonly string[]) => conditions(closed(gateway(http()), httpRoute('shop/web', rule), ...texts), ROUTE).slice(0, 2);
  const invalid = (reason: string) => ['Accepted=True Accepted', `ResolvedRefs=False ${reason}`];
  const VALID = ['Accepted=True Accepted', 'ResolvedRefs=True ResolvedRefs'];
  const elsewhere = to('api', 'namespace: back, port: 80');
  const asking = '{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop }';

  it('a Service and its port, or none', () => {
    expect(resolved(to('web'), web)).toEqual(VALID);
    expect(resolved(to('lost'), web)).toEqual(invalid('BackendNotFound'));
    expect(resolved(to('web', 'port: 8080'), web)).toEqual(invalid('BackendNotFound'));
    expect(resolved(to('icons', 'group: example.com, kind: Bucket'), web)).toEqual(invalid('InvalidKind'));
    expect(resolved('rules: [{ filters: [{ type: RequestRedirect, requestRedirect: {} }] }]', web)).toEqual(VALID);
  });

  it('of another namespace only with its grant, for this kind of route (S12.9.5)', () => {
    expect(resolved(elsewhere, service('back/api'))).toEqual(invalid('RefNotPermitted'));
    expect(resolved(elsewhere, service('back/api'), grant('back', asking, '{ group: "", kind: Service }'))).toEqual(VALID);
    expect(resolved(elsewhere, service('back/api'), grant('back', asking.replace('HTTPRoute', 'GRPCRoute'), '{ group: "", kind: Service }'))).toEqual(
      invalid('RefNotPermitted'),
    );
    expect(
      resolved(elsewhere, service('back/api'), grant('back', asking.replace('namespace: shop', 'namespace: other'), '{ group: "", kind: Service }')),
    ).toEqual(invalid('RefNotPermitted'));
  });

  it('mirrors count like backends', () => {
    const mirror = 'filters: [{ type: RequestMirror, requestMirror: { backendRef: { name: lost, port: 80 } } }]';
    expect(resolved(`rules: [{ ${mirror}, backendRefs: [{ name: web, port: 80 }] }]`, web)).toEqual(invalid('BackendNotFound'));
  });

  it('protocols of applications that the controller does not speak (S12.9.4)', () => {
    expect(resolved(to('web'), service('shop/web', '', 'port: 80, appProtocol: kubernetes.io/h2c'))).toEqual(VALID);
    expect(resolved(to('web'), service('shop/web', '', 'port: 80, appProtocol: http'))).toEqual(VALID);
    expect(resolved(to('web'), service('shop/web', '', 'port: 80, appProtocol: example.com/own'))).toEqual(invalid('UnsupportedProtocol'));
  });

  it('a UDP port is no backend of an HTTPRoute', () => {
    expect(resolved(to('web'), service('shop/web', '', 'port: 80, protocol: UDP'))).toEqual(invalid('UnsupportedProtocol'));
  });

  it('an ExternalName Service is no backend, but where the implementation takes it (S12.9.3)', () => {
    const alias =
      'apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\nspec: { type: ExternalName, externalName: a.b, ports: [{ port: 80 }] }\n---\n';
    expect(resolved(to('web'), alias)).toEqual(invalid('UnsupportedProtocol'));
    const fabric = CLOSED.replace('implementation: generic', 'implementation: nginx-gateway-fabric');
    expect(conditions(clusterOf(gateway(http()) + httpRoute('shop/web', to('web')) + alias, fabric), ROUTE).slice(0, 2)).toEqual(VALID);
  });

  it('every reference is settled by its place, with the grant that allows it', () => {
    const cluster = closed(gateway(http()), httpRoute('shop/web', elsewhere), service('back/api'), grant('back', asking, '{ group: "", kind: Service }'));
    expect(cluster.gatewayApi.routes.get(ROUTE)?.backends).toEqual(
      new Map([['spec.rules[0].backendRefs[0]', { kind: 'service', service: 'back/api', port: 80, appProtocol: null, grant: 'back/grant' }]]),
    );
  });
});

describe('what an implementation lacks (S12.13)', () => {
  const lacking = (feature: string, rules: string) => {
    const environment = CLOSED.replace('class: public', `class: public, unsupportedFeatures: [${feature}]`);
    return conditions(clusterOf(gateway(http()) + web + httpRoute('shop/web', `rules: [${rules}]`), environment), ROUTE);
  };
  const cors = '{ filters: [{ type: CORS, cors: {} }], backendRefs: [{ name: web, port: 80 }] }';

  it('a route of such rules only is refused, one of several loses the rule', () => {
    expect(lacking('HTTPRouteCORS', cors)[0]).toBe('Accepted=False UnsupportedValue');
    expect(lacking('HTTPRouteCORS', `${cors}, { backendRefs: [{ name: web, port: 80 }] }`)).toEqual([
      'Accepted=True Accepted',
      'ResolvedRefs=True ResolvedRefs',
      'PartiallyInvalid=True UnsupportedValue',
    ]);
    expect(lacking('HTTPRouteMethodMatching', cors)[0]).toBe('Accepted=True Accepted');
  });
});

describe('ListenerSets (S12.14, S12.4.4)', () => {
  const set = (key: string, listeners: string) => object('ListenerSet', key, `parentRef: { name: public, namespace: shop }, listeners: [${listeners}]`);
  const allowing = (from: string, listeners = http()) => gateway(listeners, `allowedListeners: { namespaces: { from: ${from} } }, `);

  it('a Gateway takes none unless it says so', () => {
    const states = (text: string, key = 'shop/more') => conditions(closed(text, set(key, http('more', 'hostname: a.b'))), `ListenerSet/${key}`);
    expect(states(gateway(http()))).toEqual(['Accepted=False NotAllowed', 'Programmed=False NotAllowed']);
    expect(states(allowing('Same'))).toEqual(['Accepted=True Accepted', 'Programmed=True Programmed']);
    expect(states(allowing('Same'), 'web/more')).toEqual(['Accepted=False NotAllowed', 'Programmed=False NotAllowed']);
    expect(states(allowing('All'), 'web/more')).toEqual(['Accepted=True Accepted', 'Programmed=True Programmed']);
  });

  it('the Gateway’s own listener wins a conflict, then the older set', () => {
    const cluster = closed(
      allowing('Same', http('own', 'hostname: a.b')),
      set('shop/zebra', `${http('a', 'hostname: a.b')}, ${http('c', 'hostname: c.b')}`),
      set('shop/ant', http('c', 'hostname: c.b')),
    );
    expect(conditions(cluster, GATEWAY, { listener: 'own' })[0]).toBe('Accepted=True Accepted');
    expect(conditions(cluster, 'ListenerSet/shop/zebra', { listener: 'a' })).toContain('Conflicted=True HostnameConflict');
    expect(conditions(cluster, 'ListenerSet/shop/zebra')).toEqual(['Accepted=True ListenersNotValid', 'Programmed=True Programmed']);
    expect(conditions(cluster, 'ListenerSet/shop/ant')).toEqual(['Accepted=False ListenersNotValid', 'Programmed=False ListenersNotValid']);
    expect(cluster.gatewayApi.gateways.get('shop/public')?.attachedListenerSets).toBe(1);
  });

  it('a listener that lost to the Gateway takes nothing away from its own set', () => {
    const cluster = closed(
      allowing('Same', http('own', 'hostname: a.b')),
      set('shop/more', `${http('c', 'hostname: c.b')}, { name: tcp, port: 80, protocol: TCP }`),
    );
    expect(conditions(cluster, 'ListenerSet/shop/more', { listener: 'tcp' })[0]).toBe('Accepted=False ProtocolConflict');
    expect(conditions(cluster, 'ListenerSet/shop/more', { listener: 'c' })[0]).toBe('Accepted=True Accepted');
  });

  it('routes of the Gateway do not attach to its sets, and those of a set not to the Gateway', () => {
    const toSet = object('HTTPRoute', 'shop/set', `parentRefs: [{ kind: ListenerSet, name: more }], ${to('web')}`);
    const cluster = closed(allowing('Same'), set('shop/more', http('more', 'hostname: a.b')), web, toSet, httpRoute('shop/web', to('web')));
    expect(attached(cluster)).toEqual({ http: ['HTTPRoute/shop/web'], more: ['HTTPRoute/shop/set a.b'] });
  });

  it('without its Gateway it waits', () => {
    expect(conditions(closed(set('shop/more', http())), 'ListenerSet/shop/more')).toEqual(['Accepted=Unknown Pending', 'Programmed=Unknown Pending']);
  });

  it('its port is open on the proxy', () => {
    const cluster = closed(allowing('Same'), set('shop/more', '{ name: more, port: 8080, protocol: HTTP }'));
    expect(cluster.services.get('shop/public-public')?.ports.map(({ port }) => port)).toEqual([80, 8080]);
  });
});

describe('BackendTLSPolicy (S12.12.3)', () => {
  const policy = (name: string, more = '', ca = 'wellKnownCACertificates: System') =>
    object('BackendTLSPolicy', `shop/${name}`, `targetRefs: [{ group: "", kind: Service, name: web${more} }], validation: { hostname: ${name}.b, ${ca} }`);
  const world = (...texts: readonly string[]) =>
    closed(gateway(http()), httpRoute('shop/web', to('web')), service('shop/web', '', 'name: http, port: 80'), ...texts);

  it('the oldest holds, one for a port goes before one for the Service', () => {
    const cluster = world(policy('old'), policy('young'), policy('port', ', sectionName: http'));
    expect(conditions(cluster, 'BackendTLSPolicy/shop/old')).toEqual(['Accepted=True Accepted', 'ResolvedRefs=True ResolvedRefs']);
    expect(conditions(cluster, 'BackendTLSPolicy/shop/young')[0]).toBe('Accepted=False Conflicted');
    expect(cluster.gatewayApi.backendTLS.get('shop/web:80')).toMatchObject({ policy: 'shop/port', hostname: 'port.b', trusts: 'system' });
  });

  it('of equal age, the first by name', () => {
    const dated = (name: string) => policy(name).replace('namespace: shop', 'namespace: shop, creationTimestamp: "2026-01-01T00:00:00Z"');
    expect(world(dated('b'), dated('a')).gatewayApi.backendTLS.get('shop/web:80')?.policy).toBe('shop/a');
  });

  it('an authority that cannot be read is trusted by nobody', () => {
    const cluster = world(policy('lost', '', 'caCertificateRefs: [{ group: "", kind: ConfigMap, name: lost }]'));
    expect(conditions(cluster, 'BackendTLSPolicy/shop/lost')).toEqual(['Accepted=False NoValidCACertificate', 'ResolvedRefs=False InvalidCACertificateRef']);
    expect(cluster.gatewayApi.backendTLS.get('shop/web:80')?.trusts).toEqual([]);
    expect(conditions(world(policy('odd', '', 'caCertificateRefs: [{ group: "", kind: Secret, name: x }]')), 'BackendTLSPolicy/shop/odd')[1]).toBe(
      'ResolvedRefs=False InvalidKind',
    );
  });
});

describe('mesh (S12.15)', () => {
  const bound = (key: string, more = '') =>
    object('HTTPRoute', key, `parentRefs: [{ group: "", kind: Service, name: web, namespace: shop${more} }], ${to('web', 'namespace: shop, port: 80')}`);
  const mesh = 'complete: true\ncontrollers: [{ kind: mesh, name: mesh, implementation: generic }]';

  it('a route of the Service’s namespace is its producer’s, another a consumer’s', () => {
    const cluster = clusterOf(web + bound('shop/mine') + bound('other/theirs', ', port: 80'), mesh);
    expect(cluster.gatewayApi.mesh.get('shop/web')).toEqual([
      { route: 'HTTPRoute/shop/mine', parentRef: 0, port: null, consumerNamespace: null },
      { route: 'HTTPRoute/other/theirs', parentRef: 0, port: 80, consumerNamespace: 'other' },
    ]);
    expect(conditions(cluster, 'HTTPRoute/shop/mine', { parent: 'Service/shop/web' })[0]).toBe('Accepted=True Accepted');
  });

  it('without a mesh it has no effect', () => {
    const cluster = clusterOf(web + bound('shop/mine'), 'complete: true');
    expect([cluster.gatewayApi.mesh.size, conditions(cluster, 'HTTPRoute/shop/mine')]).toEqual([0, []]);
  });

  it('a port that the Service has not', () => {
    expect(conditions(clusterOf(web + bound('shop/mine', ', port: 81'), mesh), 'HTTPRoute/shop/mine')[0]).toBe('Accepted=False NoMatchingParent');
  });
});

describe('a pasted part of a cluster (S1.3a)', () => {
  const ids = (yaml: string) => [...clusterOf(yaml).assumptions.keys()];

  it('presupposes a controller, its class, the backend, the certificate and public names', () => {
    const yaml = gateway(https('tls', 'hostname: shop.example.com, tls: { certificateRefs: [{ name: cert }] }')) + httpRoute('shop/web', to('web'));
    expect(ids(yaml)).toEqual(expect.arrayContaining(['gateway-controller:public', 'service:shop/web', 'secret:shop/cert', 'dns:shop.example.com', 'cloud']));
    const cluster = clusterOf(yaml);
    expect(conditions(cluster, ROUTE)).toEqual(['Accepted=True Accepted', 'ResolvedRefs=True ResolvedRefs']);
    expect(cluster.publicRecords.get('shop.example.com')?.addresses).toEqual(cluster.gatewayApi.gateways.get('shop/public')?.addresses.map(({ ip }) => ip));
    expect(cluster.secrets.get('shop/cert')?.certificate?.names).toEqual(['shop.example.com']);
  });

  it('presupposes the authorities that are trusted', () => {
    const policy = object(
      'BackendTLSPolicy',
      'shop/tls',
      'targetRefs: [{ group: "", kind: Service, name: web }], validation: { hostname: a.b, caCertificateRefs: [{ group: "", kind: ConfigMap, name: ca }] }',
    );
    const cluster = clusterOf(gateway(http()) + web + httpRoute('shop/web', to('web')) + policy);
    expect(cluster.assumptions.has('config-map:shop/ca')).toBe(true);
    expect(cluster.gatewayApi.backendTLS.get('shop/web:80')?.trusts).toEqual(['shop/ca']);
  });

  it('a class of a known name is served by its project', () => {
    const cluster = clusterOf(object('Gateway', 'shop/public', `gatewayClassName: istio, listeners: [${http()}]`));
    expect(cluster.gatewayApi.gateways.get('shop/public')?.controller).toBe('Istio');
  });

  it('a grant is never presumed', () => {
    const cluster = clusterOf(gateway(http()) + httpRoute('shop/web', to('api', 'namespace: back, port: 80')));
    expect(conditions(cluster, ROUTE)[1]).toBe('ResolvedRefs=False RefNotPermitted');
  });

  it('who refuses the controller has none', () => {
    const cluster = clusterOf(gateway(http()), 'assume: { "gateway-controller:public": false }');
    expect(conditions(cluster, GATEWAY)).toEqual(['Accepted=Unknown Pending', 'Programmed=Unknown Pending']);
  });
});

describe('the channel that is installed (S2.8)', () => {
  const alpha = object('TCPRoute', 'shop/db', `parentRefs: [{ name: public }], ${to('web')}`, '', 'v1alpha2');
  const retrying = httpRoute('shop/web', 'rules: [{ retry: { attempts: 2 }, backendRefs: [{ name: web, port: 80 }] }]');

  it('the standard one has no alpha version', () => {
    const cluster = closed(gateway(http()), web, alpha);
    expect(cluster.routes.size).toBe(0);
    expect(cluster.rejections.map(({ rule, path }) => [rule, ...path])).toEqual([['S2.8', 'apiVersion']]);
    expect(clusterOf(gateway(http()) + web + alpha, `${CLOSED}\ngatewayAPIChannel: experimental`).routes.size).toBe(1);
  });

  it('the standard one drops what only the experimental one knows', () => {
    const rule = (environment: string) => {
      const route = clusterOf(gateway(http()) + web + retrying, environment).routes.get(ROUTE);
      return route?.protocol === 'http' ? route.rules[0]?.retry : undefined;
    };
    expect(rule(CLOSED)).toBeNull();
    expect(rule(`${CLOSED}\ngatewayAPIChannel: experimental`)).toMatchObject({ attempts: 2 });
  });

  it('an open world presumes the one that has it, and says so', () => {
    const cluster = clusterOf(gateway(http()) + web + alpha);
    expect(cluster.routes.size).toBe(1);
    expect(cluster.assumptions.has('gateway-api-experimental')).toBe(true);
    expect(clusterOf(gateway(http()) + web + alpha, 'gatewayAPIChannel: standard').routes.size).toBe(0);
  });
});
