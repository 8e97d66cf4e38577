import { describe, expect, it } from 'vitest';
import { acceptedFrom, defaultsOf, notesOf, refusalsOf } from '../admit-text.ts';
import type { Service } from './service-spec.ts';

const text = (spec: string, metadata = 'name: api') => `apiVersion: v1\nkind: Service\nmetadata: { ${metadata} }\nspec: { ${spec} }\n`;
const read = (spec: string) => acceptedFrom<Service>(text(spec));
const PORTS = 'ports: [{ port: 80 }]';

describe('what the API server refuses', () => {
  it.each([
    ['selector: { app: a }', ['Required spec.ports S4.2.1']],
    ['ports: []', ['Required spec.ports S4.2.1']],
    ['ports: [{ port: 80 }, { port: 81, name: b }]', ['Required spec.ports[0].name S4.2.2']],
    ['ports: [{ port: 80, name: A_b }]', ['Invalid spec.ports[0].name S4.2.2']],
    ['ports: [{ port: 80, name: a }, { port: 81, name: a }]', ['Duplicate spec.ports[1].name S4.2.2']],
    ['ports: [{ name: a }]', ['Invalid spec.ports[0].port S4.2.3']],
    ['ports: [{ port: 0 }]', ['Invalid spec.ports[0].port S4.2.3']],
    ['ports: [{ port: 65536 }]', ['Invalid spec.ports[0].port S4.2.3']],
    ['ports: [{ port: 80, protocol: HTTP }]', ['NotSupported spec.ports[0].protocol S4.2.4']],
    ['ports: [{ port: 80, name: a }, { port: 80, name: b }]', ['Duplicate spec.ports[1] S4.2.5']],
    ['ports: [{ port: 80, targetPort: 70000 }]', ['Invalid spec.ports[0].targetPort S4.2.6']],
    ['ports: [{ port: 80, targetPort: -1 }]', ['Invalid spec.ports[0].targetPort S4.2.6']],
    ['ports: [{ port: 80, targetPort: "80" }]', ['Invalid spec.ports[0].targetPort S4.2.7']],
    ['ports: [{ port: 80, targetPort: a--b }]', ['Invalid spec.ports[0].targetPort S4.2.7']],
    ['ports: [{ port: 80, targetPort: much-too-long-name }]', ['Invalid spec.ports[0].targetPort S4.2.7']],
    ['ports: [{ port: 80, appProtocol: "a b" }]', ['Invalid spec.ports[0].appProtocol S4.2.8']],
    [`type: Ingress, ${PORTS}`, ['NotSupported spec.type S4.2.9']],
    [`type: NodePort, clusterIP: None, ${PORTS}`, ['Invalid spec.clusterIPs[0] S4.2.10']],
    [`type: LoadBalancer, clusterIP: None, ${PORTS}`, ['Invalid spec.clusterIPs[0] S4.2.10']],
    ['type: ExternalName', ['Required spec.externalName S4.2.11']],
    ['type: ExternalName, externalName: "https://a.b"', ['Invalid spec.externalName S4.2.11']],
    ['type: ExternalName, externalName: A.example.com', ['Invalid spec.externalName S4.2.11']],
    [
      'type: ExternalName, externalName: a.b, clusterIP: 10.96.0.1, ipFamilies: [IPv4], ipFamilyPolicy: SingleStack',
      ['Forbidden spec.clusterIPs S4.2.12', 'Forbidden spec.ipFamilies S4.2.12', 'Forbidden spec.ipFamilyPolicy S4.2.12'],
    ],
    ['ports: [{ port: 80, nodePort: 30080 }]', ['Forbidden spec.ports[0].nodePort S4.2.13']],
    ['type: NodePort, ports: [{ name: a, port: 80, nodePort: 30080 }, { name: b, port: 81, nodePort: 30080 }]', ['Duplicate spec.ports[1].nodePort S4.2.14']],
    [`sessionAffinity: Cookie, ${PORTS}`, ['NotSupported spec.sessionAffinity S4.2.15']],
    [
      `sessionAffinity: ClientIP, sessionAffinityConfig: { clientIP: { timeoutSeconds: 0 } }, ${PORTS}`,
      ['Invalid spec.sessionAffinityConfig.clientIP.timeoutSeconds S4.2.15'],
    ],
    [
      `sessionAffinity: ClientIP, sessionAffinityConfig: { clientIP: { timeoutSeconds: 86401 } }, ${PORTS}`,
      ['Invalid spec.sessionAffinityConfig.clientIP.timeoutSeconds S4.2.15'],
    ],
    [`externalIPs: [a.b], ${PORTS}`, ['Invalid spec.externalIPs[0] S4.2.16']],
    [
      `externalIPs: [0.0.0.0, 127.0.0.1, 169.254.1.1, 224.0.0.1, 203.0.113.1], ${PORTS}`,
      [0, 1, 2, 3].map((index) => `Invalid spec.externalIPs[${index}] S4.2.16`),
    ],
    [
      `loadBalancerSourceRanges: [10.0.0.0/8], allocateLoadBalancerNodePorts: false, loadBalancerClass: a/b, ${PORTS}`,
      ['Forbidden spec.LoadBalancerSourceRanges S4.2.17', 'Forbidden spec.allocateLoadBalancerNodePorts S4.2.17', 'Forbidden spec.loadBalancerClass S4.2.17'],
    ],
    [`type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0], ${PORTS}`, ['Invalid spec.LoadBalancerSourceRanges[0] S4.2.17']],
    [`type: LoadBalancer, loadBalancerClass: "a b", ${PORTS}`, ['Invalid spec.loadBalancerClass S4.2.17']],
    [`externalTrafficPolicy: Local, ${PORTS}`, ['Invalid spec.externalTrafficPolicy S4.2.19']],
    [`type: NodePort, externalTrafficPolicy: Node, ${PORTS}`, ['NotSupported spec.externalTrafficPolicy S4.2.19']],
    [`type: NodePort, externalTrafficPolicy: Local, healthCheckNodePort: 32000, ${PORTS}`, ['Invalid spec.healthCheckNodePort S4.2.20']],
    [`internalTrafficPolicy: Node, ${PORTS}`, ['NotSupported spec.internalTrafficPolicy S4.2.21']],
    [`trafficDistribution: Near, ${PORTS}`, ['NotSupported spec.trafficDistribution S4.2.22']],
    [`clusterIP: None, clusterIPs: [None, 10.96.0.1], ${PORTS}`, ['Invalid spec.clusterIPs S4.2.23']],
    [`clusterIP: 10.96.0.1, clusterIPs: [10.96.0.2], ${PORTS}`, ['Invalid spec.clusterIPs S4.2.23']],
    [`clusterIPs: [10.96.0.1], ${PORTS}`, ['Invalid spec.clusterIPs S4.2.23']],
    [
      `ipFamilyPolicy: PreferDualStack, clusterIP: 10.96.0.1, clusterIPs: [10.96.0.1, 10.96.0.2, "fd00::1"], ${PORTS}`,
      ['Invalid spec.clusterIPs S4.2.23', 'Invalid spec.clusterIPs S4.2.23'],
    ],
    [`ipFamilyPolicy: PreferDualStack, clusterIP: 10.96.0.1, clusterIPs: [10.96.0.1, 10.96.0.2], ${PORTS}`, ['Invalid spec.clusterIPs S4.2.23']],
    [`ipFamilies: [IPv6], clusterIP: 10.96.0.1, clusterIPs: [10.96.0.1], ${PORTS}`, ['Invalid spec.clusterIPs[0] S4.2.23']],
    [`clusterIP: api.local, ${PORTS}`, ['Invalid spec.clusterIPs[0] S4.2.23']],
    [`trafficDistribution: "", ${PORTS}`, ['NotSupported spec.trafficDistribution S4.2.22']],
    [`internalTrafficPolicy: "", ${PORTS}`, ['NotSupported spec.internalTrafficPolicy S4.2.21']],
    [`ipFamilyPolicy: "", ${PORTS}`, ['NotSupported spec.ipFamilyPolicy S3.9']],
    [`ipFamilies: [""], ${PORTS}`, ['NotSupported spec.ipFamilies[0] S4.2.23']],
    [`type: LoadBalancer, loadBalancerClass: "", ${PORTS}`, ['Invalid spec.loadBalancerClass S4.2.17']],
    [`type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 70000, ${PORTS}`, ['Invalid spec.healthCheckNodePort S4.2.20']],
    ['type: ExternalName, externalName: .', ['Required spec.externalName S4.2.11']],
    [`ipFamilies: [IPv5], ${PORTS}`, ['NotSupported spec.ipFamilies[0] S4.2.23']],
    [`ipFamilies: [IPv4, IPv4], ${PORTS}`, ['Duplicate spec.ipFamilies[1] S4.2.23']],
    [`ipFamilies: [IPv4, IPv6], ${PORTS}`, ['Invalid spec.ipFamilyPolicy S3.9']],
    [`selector: { app: a/b }, ${PORTS}`, ['Invalid spec.selector.app S4.1.3']],
  ])('%s', (spec, expected) => {
    expect(refusalsOf(text(spec))).toEqual(expected);
  });

  it('the older annotation for source ranges is checked like the field (S4.2.17)', () => {
    const annotated = (type: string, value: string) =>
      text(`type: ${type}, ${PORTS}`, `name: api, annotations: { service.beta.kubernetes.io/load-balancer-source-ranges: "${value}" }`);
    const path = 'metadata.annotations[service.beta.kubernetes.io/load-balancer-source-ranges]';
    expect(refusalsOf(annotated('ClusterIP', '10.0.0.0/8'))).toEqual([`Forbidden ${path} S4.2.17`]);
    expect(refusalsOf(annotated('LoadBalancer', '10.0.0.0/8, x'))).toEqual([`Invalid ${path} S4.2.17`]);
    expect(refusalsOf(annotated('LoadBalancer', '10.0.0.0/8, 192.168.0.0/16'))).toEqual([]);
  });

  it('all faults are reported at once', () => {
    expect(refusalsOf(text('type: NodePort, externalTrafficPolicy: X, ports: [{ port: 0, protocol: X }, { port: 1, name: B }]'))).toEqual([
      'Required spec.ports[0].name S4.2.2',
      'Invalid spec.ports[0].port S4.2.3',
      'NotSupported spec.ports[0].protocol S4.2.4',
      'Invalid spec.ports[1].name S4.2.2',
      'NotSupported spec.externalTrafficPolicy S4.2.19',
    ]);
  });
});

describe('a second text of the same name is an update', () => {
  const twice = (before: string, after: string) => refusalsOf(`${text(before)}\n---\n${text(after)}`);
  it.each([
    [`type: LoadBalancer, loadBalancerClass: a, ${PORTS}`, `type: LoadBalancer, loadBalancerClass: b, ${PORTS}`, ['Invalid spec.loadBalancerClass S4.2.18']],
    [`type: LoadBalancer, loadBalancerClass: a, ${PORTS}`, `type: LoadBalancer, ${PORTS}`, ['Invalid spec.loadBalancerClass S4.2.18']],
    [`type: LoadBalancer, loadBalancerClass: a, ${PORTS}`, PORTS, []],
    [PORTS, `clusterIP: None, ${PORTS}`, ['Invalid spec.clusterIPs[0] S4.2.23']],
    [`clusterIP: 10.96.0.5, ${PORTS}`, `clusterIP: 10.96.0.6, ${PORTS}`, ['Invalid spec.clusterIPs[0] S4.2.23']],
    [`clusterIP: 10.96.0.5, ${PORTS}`, PORTS, []],
    [`clusterIP: None, ${PORTS}`, 'type: ExternalName, externalName: a.b', []],
    [
      `type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 32000, ${PORTS}`,
      `type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 32001, ${PORTS}`,
      ['Forbidden spec.healthCheckNodePort S4.2.20'],
    ],
  ])('%s, then %s', (before, after, expected) => {
    expect(twice(before, after)).toEqual(expected);
  });

  it('that is refused leaves the object as it was', () => {
    const both = `${text(`type: LoadBalancer, loadBalancerClass: a, ${PORTS}`)}\n---\n${text(`type: LoadBalancer, loadBalancerClass: b, ${PORTS}`)}`;
    expect(acceptedFrom<Service>(both).loadBalancerClass).toBe('a');
  });
});

describe('what the API server takes', () => {
  it.each([
    'clusterIP: None',
    'type: ExternalName, externalName: db.example.com.',
    'type: ExternalName, externalName: 10.0.0.1',
    'type: ExternalName, externalName: a.b, selector: { app: a }, ports: [{ port: 80 }]',
    'ports: [{ port: 53, name: a, protocol: UDP }, { port: 53, name: b, protocol: TCP }]',
    'type: NodePort, ports: [{ port: 53, name: a, protocol: UDP, nodePort: 30053 }, { port: 53, name: b, protocol: TCP, nodePort: 30053 }]',
    `ports: [{ port: 80, targetPort: http-8, appProtocol: kubernetes.io/h2c }]`,
    `type: LoadBalancer, loadBalancerClass: service.k8s.aws/nlb, loadBalancerSourceRanges: [203.0.113.0/24], allocateLoadBalancerNodePorts: false, ${PORTS}`,
    `type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 32000, ${PORTS}`,
    `externalIPs: [203.0.113.1], externalTrafficPolicy: Local, ${PORTS}`,
    `trafficDistribution: PreferSameNode, ${PORTS}`,
    `ipFamilyPolicy: RequireDualStack, ipFamilies: [IPv6, IPv4], clusterIP: "fd00::10", clusterIPs: ["fd00::10", 10.96.0.10], ${PORTS}`,
    `selector: { app: matches-nothing }, ${PORTS}`,
    `type: "", sessionAffinity: "", externalTrafficPolicy: "", ports: [{ port: 80, protocol: "", targetPort: "" }]`,
    // Upstream forbids it for the type ClusterIP alone.
    'type: ExternalName, externalName: a.b, ports: [{ port: 80, nodePort: 30080 }]',
  ])('%s', (spec) => {
    expect(refusalsOf(text(spec))).toEqual([]);
  });

  it('externalIPs are deprecated (S4.2.24)', () => {
    expect(notesOf(text(`externalIPs: [203.0.113.1], ${PORTS}`))).toEqual(['external-ips-deprecated spec.externalIPs']);
  });

  it('addresses with leading zeros are decimal, and told', () => {
    const spec = `type: LoadBalancer, clusterIP: 172.30.0.041, externalIPs: [192.168.099.022], loadBalancerSourceRanges: [203.0.113.000/025], ${PORTS}`;
    expect(read(spec)).toMatchObject({ clusterIPs: ['172.30.0.41'], externalIPs: ['192.168.99.22'], loadBalancerSourceRanges: ['203.0.113.0/25'] });
    expect(notesOf(text(spec)).filter((note) => note.startsWith('legacy-ip-format'))).toHaveLength(3);
  });
});

describe('defaults', () => {
  it.each([
    [PORTS, 'spec.type', 'ClusterIP'],
    [PORTS, 'spec.sessionAffinity', 'None'],
    [`sessionAffinity: ClientIP, ${PORTS}`, 'spec.sessionAffinityConfig.clientIP.timeoutSeconds', '10800'],
    [PORTS, 'spec.ports[0].protocol', 'TCP'],
    ['ports: [{ port: 8080, targetPort: 0 }]', 'spec.ports[0].targetPort', '8080'],
    ['ports: [{ port: 8080, targetPort: "" }]', 'spec.ports[0].targetPort', '8080'],
    [`type: NodePort, ${PORTS}`, 'spec.externalTrafficPolicy', 'Cluster'],
    [`type: LoadBalancer, ${PORTS}`, 'spec.externalTrafficPolicy', 'Cluster'],
    [`externalIPs: [203.0.113.1], ${PORTS}`, 'spec.externalTrafficPolicy', 'Cluster'],
    [PORTS, 'spec.externalTrafficPolicy', undefined],
    [PORTS, 'spec.internalTrafficPolicy', 'Cluster'],
    ['type: ExternalName, externalName: a.b', 'spec.internalTrafficPolicy', undefined],
    [`type: LoadBalancer, ${PORTS}`, 'spec.allocateLoadBalancerNodePorts', 'true'],
    [PORTS, 'spec.allocateLoadBalancerNodePorts', undefined],
    [PORTS, 'spec.ipFamilyPolicy', 'SingleStack'],
    ['clusterIP: None', 'spec.ipFamilyPolicy', 'RequireDualStack'],
    ['clusterIP: None, selector: { app: a }', 'spec.ipFamilyPolicy', 'SingleStack'],
  ])('%s gives %s: %s', (spec, path, value) => {
    expect(defaultsOf(text(spec))[path]).toBe(value);
  });

  it('an address of a load balancer is a VIP unless it says otherwise (S3.8)', () => {
    const status = 'status: { loadBalancer: { ingress: [{ ip: 1.2.3.4 }, { ip: 1.2.3.5, ipMode: Proxy }, { hostname: a.b }] } }';
    const whole = text(`type: LoadBalancer, ${PORTS}`) + status;
    expect(acceptedFrom<Service>(whole).statusIngress).toEqual([
      { ip: '1.2.3.4', hostname: null, ipMode: 'VIP' },
      { ip: '1.2.3.5', hostname: null, ipMode: 'Proxy' },
      { ip: null, hostname: 'a.b', ipMode: 'VIP' },
    ]);
    expect(defaultsOf(whole)['status.loadBalancer.ingress[0].ipMode']).toBe('VIP');
    expect(read(PORTS).statusIngress).toBeNull();
  });

  it('settings of an affinity that is off are dropped, not refused (S3.2)', () => {
    const spec = `sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } }, ${PORTS}`;
    expect(read(spec).sessionAffinity).toEqual({ kind: 'None' });
    expect(notesOf(text(spec))).toEqual(['session-affinity-config-ignored spec.sessionAffinityConfig']);
  });
});

describe('fields', () => {
  it('an empty selector is none (S5.1)', () => {
    expect(read(`selector: {}, ${PORTS}`).selector).toBeNull();
  });

  it('a named target stays a name', () => {
    expect(read('ports: [{ port: 80, targetPort: http }]').ports).toEqual([
      { name: '', port: 80, protocol: 'TCP', targetPort: 'http', appProtocol: null, nodePort: 0 },
    ]);
  });

  it('a headless Service has no address', () => {
    expect(read('clusterIP: None')).toMatchObject({ headless: true, clusterIPs: [] });
    expect(read(PORTS)).toMatchObject({ headless: false, clusterIPs: [] });
  });

  it('stated addresses are canonical', () => {
    expect(read(`clusterIP: "fd00:0::10", ${PORTS}`)).toMatchObject({ clusterIPs: ['fd00::10'], ipFamilies: [] });
  });

  it('policies have no value where they mean nothing', () => {
    expect(read('type: ExternalName, externalName: a.b')).toMatchObject({ externalTrafficPolicy: null, internalTrafficPolicy: null, externalName: 'a.b' });
    expect(read(PORTS)).toMatchObject({ externalTrafficPolicy: null, internalTrafficPolicy: 'Cluster', allocateLoadBalancerNodePorts: false });
  });
});
