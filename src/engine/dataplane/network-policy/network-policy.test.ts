import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../cluster/cluster.ts';
import { clusterOf, traceOf } from '../trace-of.ts';
import { endAt, podEnd, type Connection, type End } from './connection.ts';
import { evaluate, isDenied } from './evaluate.ts';

const pod = (key: string, labels: string, more = '', node = 'node-a') => {
  const [namespace, name] = key.split('/');
  const ports = '[{ name: http, containerPort: 80 }, { name: metrics, containerPort: 9090 }, { name: dns, containerPort: 53, protocol: UDP }]';
  return `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: ${namespace}, labels: { ${labels} } }\nspec: { nodeName: ${node}, containers: [{ name: a, image: a, ports: ${ports} }]${more} }\n`;
};
const namespace = (name: string, labels: string) => `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name}, labels: { ${labels} } }\n`;
const policy = (spec: string, name = 'p', own = 'x') =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${name}, namespace: ${own} }\nspec: { ${spec} }\n`;

const WORLD = [
  namespace('x', 'ns: x'),
  namespace('y', 'ns: y'),
  ...['x', 'y'].flatMap((own) => ['a', 'b', 'c'].map((name) => pod(`${own}/${name}`, `pod: ${name}`))),
];
const PODS = ['x/a', 'x/b', 'x/c', 'y/a', 'y/b', 'y/c'];

const worldOf = (policies: readonly string[], scenario?: string): Cluster => clusterOf([...WORLD, ...policies].join('---\n'), scenario);

function end(cluster: Cluster, who: string): End {
  const found = cluster.pods.get(who);
  return found === undefined ? endAt(cluster, who) : podEnd(found, found.status.podIPs[0] ?? '');
}

function allows(cluster: Cluster, from: string, to: string, port = 'TCP 80'): boolean {
  const [protocol = 'TCP', number = '80'] = port.split(' ');
  const connection: Connection = {
    from: end(cluster, from),
    to: end(cluster, to),
    protocol: protocol as Connection['protocol'],
    port: Number(number),
    masqueraded: false,
  };
  const { egress, ingress } = evaluate(cluster, connection);
  return !isDenied(egress) && !isDenied(ingress);
}

/** Who of all Pods may connect to `to`. */
const reaching = (policies: readonly string[], to = 'x/a', port?: string) => {
  const cluster = worldOf(policies);
  return PODS.filter((from) => allows(cluster, from, to, port)).join(' ');
};

const ALL = PODS.join(' ');
const A = 'podSelector: { matchLabels: { pod: a } }';

describe('who may come in', () => {
  it.each([
    ['nobody isolates: everybody', [], ALL],
    ['no rule: only the Pod itself', [policy('podSelector: {}')], 'x/a'],
    ['an empty rule: everybody', [policy('podSelector: {}, ingress: [{}]')], ALL],
    ['an empty list of peers: everybody', [policy('podSelector: {}, ingress: [{ from: [] }]')], ALL],
    ['a podSelector alone: Pods of the same namespace', [policy(`${A}, ingress: [{ from: [{ podSelector: { matchLabels: { pod: b } } }] }]`)], 'x/a x/b'],
    ['an empty podSelector: the namespace', [policy(`${A}, ingress: [{ from: [{ podSelector: {} }] }]`)], 'x/a x/b x/c'],
    [
      'a namespaceSelector alone: all Pods of those',
      [policy(`${A}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { ns: y } } }] }]`)],
      'x/a y/a y/b y/c',
    ],
    [
      'the automatic label of a namespace',
      [policy(`${A}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: y } } }] }]`)],
      'x/a y/a y/b y/c',
    ],
    [
      'both selectors of one entry: both hold',
      [policy(`${A}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { ns: y } }, podSelector: { matchLabels: { pod: b } } }] }]`)],
      'x/a y/b',
    ],
    [
      'two entries: either holds',
      [policy(`${A}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { ns: y } } }, { podSelector: { matchLabels: { pod: b } } }] }]`)],
      'x/a x/b y/a y/b y/c',
    ],
    ['expressions', [policy(`${A}, ingress: [{ from: [{ podSelector: { matchExpressions: [{ key: pod, operator: NotIn, values: [c] }] } }] }]`)], 'x/a x/b'],
    [
      'two policies add up',
      [
        policy(`${A}, ingress: [{ from: [{ podSelector: { matchLabels: { pod: b } } }] }]`),
        policy(`${A}, ingress: [{ from: [{ podSelector: { matchLabels: { pod: c } } }] }]`, 'q'),
      ],
      'x/a x/b x/c',
    ],
    ['a policy of another namespace', [policy('podSelector: {}', 'p', 'y')], ALL],
    ['a policy for the other direction (S13.14)', [policy('podSelector: {}, policyTypes: [Egress]')], 'x/a y/a y/b y/c'],
  ])('%s (S13.1–S13.3)', (_, policies, expected) => {
    expect(reaching(policies)).toBe(expected);
  });
});

describe('ports (S13.5)', () => {
  const ports = (list: string) => worldOf([policy(`${A}, ingress: [{ ports: [${list}] }]`)]);
  it.each([
    ['{ port: 80 }', 'TCP 80', true],
    ['{ port: 80 }', 'TCP 81', false],
    ['{ port: 80 }', 'UDP 80', false],
    ['{ port: 80, endPort: 90 }', 'TCP 90', true],
    ['{ port: 80, endPort: 90 }', 'TCP 91', false],
    ['{ port: http }', 'TCP 80', true],
    ['{ port: http }', 'TCP 9090', false],
    ['{ port: dns }', 'TCP 53', false],
    ['{ protocol: UDP, port: dns }', 'UDP 53', true],
    ['{ protocol: UDP }', 'UDP 9', true],
    ['{ protocol: SCTP, port: 7 }', 'SCTP 7', true],
    ['{ port: 81 }, { port: 80 }', 'TCP 80', true],
    ['', 'SCTP 1', true],
    ['{ protocol: TCP }', 'ICMP 0', false],
  ])('[%s] and %s: %s', (list, port, expected) => {
    expect(allows(ports(list), 'y/b', 'x/a', port)).toBe(expected);
  });

  it('a name is looked up on each destination Pod', () => {
    const other = pod('y/odd', 'pod: odd').replace('containerPort: 80', 'containerPort: 8080');
    const cluster = worldOf([other, policy(`${A}, policyTypes: [Egress], egress: [{ ports: [{ port: http }] }]`)]);
    expect(allows(cluster, 'x/a', 'y/odd', 'TCP 8080')).toBe(true);
    expect(allows(cluster, 'x/a', 'y/odd', 'TCP 80')).toBe(false);
    expect(allows(cluster, 'x/a', 'y/a', 'TCP 80')).toBe(true);
  });
});

describe('ranges (S13.4)', () => {
  const range = (block: string) => policy(`${A}, ingress: [{ from: [{ ipBlock: { ${block} } }] }]`);
  it.each([
    ['cidr: 203.0.113.0/24', '203.0.113.7', true],
    ['cidr: 203.0.113.0/24', '198.51.100.7', false],
    ['cidr: 203.0.113.0/24, except: [203.0.113.0/28]', '203.0.113.7', false],
    ['cidr: 203.0.113.0/24, except: [203.0.113.0/28]', '203.0.113.16', true],
    ['cidr: "::/0"', '203.0.113.7', false],
    ['cidr: "2001:db8::/32"', '2001:db8::7', true],
  ])('{ %s } and %s: %s', (block, ip, expected) => {
    expect(allows(worldOf([range(block)]), ip, 'x/a')).toBe(expected);
  });

  it('what one rule leaves out another may name (S13.6)', () => {
    const cluster = worldOf([range('cidr: 0.0.0.0/0, except: [203.0.113.0/24]'), range('cidr: 203.0.113.7/32').replace('name: p', 'name: q')]);
    expect(allows(cluster, '203.0.113.7', 'x/a')).toBe(true);
  });

  it('whether a range holds Pods is up to the network plugin', () => {
    const policies = [range('cidr: 10.244.0.0/16')];
    expect(allows(worldOf(policies), 'y/a', 'x/a')).toBe(true);
    expect(allows(worldOf(policies, 'assume: { "network-policy:ip-block-holds-pods": false }'), 'y/a', 'x/a')).toBe(false);
  });
});

describe('what no policy can block (S13.7)', () => {
  const closed = policy('podSelector: {}, policyTypes: [Ingress, Egress]');
  const nodes = 'nodes: [{ name: node-a, internalIP: 192.0.2.11 }, { name: node-b, internalIP: 192.0.2.12 }]';
  const host = pod('x/host', 'pod: host', ', hostNetwork: true', 'node-b');

  it('a Pod and itself', () => expect(allows(worldOf([closed]), 'x/a', 'x/a')).toBe(true));
  it('a Pod and its own node, both ways', () => {
    expect(allows(worldOf([closed], nodes), '192.0.2.11', 'x/a')).toBe(true);
    expect(allows(worldOf([closed], nodes), 'x/a', '192.0.2.11')).toBe(true);
  });
  it('another node is an address like any other', () => expect(allows(worldOf([closed], nodes), '192.0.2.12', 'x/a')).toBe(false));
  it('a Pod on the host network, which has the address of its node', () => {
    expect(allows(worldOf([closed, host], nodes), 'y/a', 'x/host')).toBe(true);
    expect(allows(worldOf([closed, host], `${nodes}\nassume: { "network-policy:sees-host-network": true }`), 'y/a', 'x/host')).toBe(false);
  });
  it('a selector does not see a Pod on the host network', () => {
    const named = policy(`${A}, ingress: [{ from: [{ podSelector: { matchLabels: { pod: host } } }] }]`);
    expect(allows(worldOf([named, host], nodes), 'x/host', 'x/a')).toBe(false);
    expect(allows(worldOf([named, host], `${nodes}\nassume: { "network-policy:sees-host-network": true }`), 'x/host', 'x/a')).toBe(true);
  });
});

describe('on the way of a request', () => {
  const closed = policy('podSelector: {}');
  const from = { from: 'pod/y/a', url: 'tcp://10.244.0.2:80' };
  const sent = (scenario = '') => traceOf([...WORLD, closed].join('---\n'), from, `complete: true\n${scenario}`).trace;

  it('a denied connection times out, and says by whom (S13.10)', () => {
    const { branches, hops } = sent();
    expect(branches).toMatchObject([
      {
        outcome: { code: 'CONN_TIMEOUT' },
        stage: 'policy',
        blockedBy: [{ kind: 'NetworkPolicy', namespace: 'x', name: 'p', direction: 'ingress' }],
      },
    ]);
    expect(hops.at(-1)).toMatchObject({ kind: 'network-policy', object: { kind: 'Pod', namespace: 'x', name: 'a' } });
  });

  it('some plugins refuse instead (S13.10)', () => {
    expect(sent('assume: { "network-policy:rejects": true }').branches[0]?.outcome.code).toBe('CONN_REFUSED');
  });

  it('a plugin without NetworkPolicy lets everything pass and says so (S13.12)', () => {
    const { branches, hops } = sent('cniEnforcesNetworkPolicy: false');
    expect(branches[0]?.outcome.code).toBe('ACCEPTED');
    expect(hops.at(-1)?.why.map(({ id }) => id)).toContain('network-policy.exempt.not-enforced-denied');
  });

  it('a masqueraded connection counts as its node: a question for the plugin (S13.8)', () => {
    const service = `apiVersion: v1\nkind: Service\nmetadata: { name: a, namespace: x }\nspec: { type: NodePort, selector: { pod: a }, ports: [{ port: 80, nodePort: 30080 }] }\n`;
    const through = (node: string, scenario = '') =>
      traceOf(
        [...WORLD, service, closed].join('---\n'),
        { from: '203.0.113.7', url: `http://${node}:30080/` },
        `complete: true\nnodes: [{ name: node-a, internalIP: 192.0.2.11 }, { name: node-b, internalIP: 192.0.2.12 }]\n${scenario}`,
      ).trace;
    const code = (trace: ReturnType<typeof through>) => trace.branches[0]?.outcome.code;
    expect(code(through('192.0.2.11'))).toBe('HTTP');
    expect(code(through('192.0.2.12'))).toBe('CONN_TIMEOUT');
    expect(through('192.0.2.12').assumptions.map(({ id }) => id)).toContain('network-policy:node-address');
    expect(code(through('192.0.2.12', 'assume: { "network-policy:node-address": any-node }'))).toBe('HTTP');
    expect(code(through('192.0.2.11', 'assume: { "network-policy:node-address": address }'))).toBe('CONN_TIMEOUT');
  });

  it('an egress policy without port 53 stops the query, not the name (S13.11)', () => {
    const egress = policy('podSelector: {}, policyTypes: [Egress], egress: [{ ports: [{ port: 80 }] }]', 'p', 'y');
    const { trace } = traceOf([...WORLD, egress].join('---\n'), { from: 'pod/y/a', url: 'http://nowhere/' });
    expect(trace.branches).toMatchObject([{ outcome: { code: 'DNS_TIMEOUT' }, stage: 'dns', blockedBy: [{ name: 'p', direction: 'egress' }] }]);
    expect(trace.hops).toHaveLength(1);
  });

  it('the query needs a way into the Pods of the DNS as well (S6.13)', () => {
    const dns = policy('podSelector: {}', 'dns', 'kube-system');
    const { trace } = traceOf([...WORLD, dns].join('---\n'), { from: 'pod/y/a', url: 'http://nowhere/' });
    expect(trace.branches).toMatchObject([{ outcome: { code: 'DNS_TIMEOUT' }, blockedBy: [{ name: 'dns', direction: 'ingress' }] }]);
  });
});

describe('laws', () => {
  const label = fc.constantFrom('a', 'b', 'c');
  const pods = fc.oneof(
    fc.constant('podSelector: {}'),
    label.map((value) => `podSelector: { matchLabels: { pod: ${value} } }`),
  );
  const namespaces = fc.constantFrom('namespaceSelector: {}', 'namespaceSelector: { matchLabels: { ns: y } }');
  const peer = fc.oneof(
    pods,
    namespaces,
    fc.tuple(pods, namespaces).map((both) => both.join(', ')),
    fc.constantFrom('ipBlock: { cidr: 203.0.113.0/24 }', 'ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8] }'),
  );
  const port = fc.constantFrom('{ port: 80 }', '{ port: metrics }', '{ protocol: UDP }', '{ port: 1, endPort: 100 }');
  const rule = (peers: 'from' | 'to') =>
    fc.record({ peers: fc.array(peer, { maxLength: 2 }), ports: fc.array(port, { maxLength: 2 }) }).map(({ peers: list, ports }) => {
      const entries = list.map((each) => `{ ${each} }`).join(', ');
      return `{ ${peers}: [${entries}], ports: [${ports.join(', ')}] }`;
    });
  const spec = fc
    .record({
      selector: pods,
      types: fc.constantFrom('', 'policyTypes: [Ingress]', 'policyTypes: [Egress]', 'policyTypes: [Ingress, Egress]'),
      ingress: fc.array(rule('from'), { maxLength: 2 }),
      egress: fc.array(rule('to'), { maxLength: 2 }),
      own: fc.constantFrom('x', 'y'),
    })
    .map(({ selector, types, ingress, egress, own }) => ({
      own,
      text: [selector, ...(types === '' ? [] : [types]), `ingress: [${ingress.join(', ')}]`, `egress: [${egress.join(', ')}]`].join(', '),
    }));
  const connection = fc.record({
    from: fc.constantFrom(...PODS, '203.0.113.7', '198.51.100.7'),
    to: fc.constantFrom(...PODS, '203.0.113.7'),
    port: fc.constantFrom('TCP 80', 'TCP 9090', 'UDP 53', 'ICMP 0'),
  });
  const written = (list: readonly { readonly own: string; readonly text: string }[]) => list.map(({ own, text }, index) => policy(text, `p${index}`, own));
  const sides = (cluster: Cluster, { from, to, port: asked }: { readonly from: string; readonly to: string; readonly port: string }) => {
    const [protocol = 'TCP', number = '80'] = asked.split(' ');
    const { egress, ingress } = evaluate(cluster, {
      from: end(cluster, from),
      to: end(cluster, to),
      protocol: protocol as Connection['protocol'],
      port: Number(number),
      masqueraded: false,
    });
    return [egress, ingress];
  };

  it('one more policy never closes an isolated side, and never opens one that was open', () => {
    fc.assert(
      fc.property(fc.array(spec, { maxLength: 3 }), spec, connection, (before, added, asked) => {
        const less = sides(worldOf(written(before)), asked);
        const more = sides(worldOf(written([...before, added])), asked);
        for (const [index, side] of less.entries()) {
          const after = more[index]!;
          if (side.isolatedBy.length > 0 && !isDenied(side)) expect(isDenied(after)).toBe(false);
          if (side.isolatedBy.length === 0) expect(isDenied(side)).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('the order of documents means nothing', () => {
    fc.assert(
      fc.property(fc.array(spec, { minLength: 2, maxLength: 4 }), connection, (list, asked) => {
        const texts = written(list);
        const summary = (policies: readonly string[]) =>
          sides(worldOf(policies), asked).map(({ verdict, isolatedBy }) => ({
            verdict: verdict.kind === 'allowed' ? `${verdict.by.policy.ref.name} ${verdict.by.index}` : verdict.kind,
            isolatedBy: isolatedBy.map(({ ref }) => ref.name),
          }));
        expect(summary(texts.toReversed())).toEqual(summary(texts));
      }),
      { numRuns: 60 },
    );
  });
});
