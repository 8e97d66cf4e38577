import { describe, expect, it } from 'vitest';
import { acceptedFrom, defaultsOf, notesOf, refusalsOf } from '../admit-text.ts';
import type { NetworkPolicy } from './network-policy-spec.ts';

const text = (spec: string) => `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: api }\nspec: { ${spec} }\n`;
const from = (peer: string) => text(`ingress: [{ from: [{ ${peer} }] }]`);
const port = (value: string) => text(`egress: [{ ports: [{ ${value} }] }]`);

const PEER = 'spec.ingress[0].from[0]';
const PORT = 'spec.egress[0].ports[0]';

describe('what the API server refuses (S4.5)', () => {
  it.each<[string, string[]]>([
    [text('podSelector: { matchLabels: { app: "a b" } }'), ['Invalid spec.podSelector.matchLabels.app S4.1.3']],
    [text('podSelector: { matchExpressions: [{ key: app, operator: In }] }'), ['Required spec.podSelector.matchExpressions[0].values S4.3.2']],
    [text('policyTypes: [Ingress, Egress, Ingress]'), ['Invalid spec.policyTypes S4.5']],
    [text('policyTypes: [ingress]'), ['NotSupported spec.policyTypes[0] S4.5']],
    [text('policyTypes: [""]'), ['NotSupported spec.policyTypes[0] S4.5']],
    [from(''), [`Required ${PEER} S4.5`]],
    [from('ipBlock: { cidr: 10.0.0.0/8 }, podSelector: {}'), [`Forbidden ${PEER} S4.5`]],
    [from('ipBlock: { cidr: 10.0.0.0/8 }, namespaceSelector: {}'), [`Forbidden ${PEER} S4.5`]],
    [from('ipBlock: {}'), [`Required ${PEER}.ipBlock.cidr S4.5`]],
    [from('ipBlock: { cidr: 10.0.0.0 }'), [`Invalid ${PEER}.ipBlock.cidr S4.5`]],
    [from('ipBlock: { cidr: 10.0.0.0/8, except: [10.0.0.0] }'), [`Invalid ${PEER}.ipBlock.except[0] S4.5`]],
    [from('ipBlock: { cidr: 10.0.0.0/8, except: [10.0.0.0/8] }'), [`Invalid ${PEER}.ipBlock.except[0] S4.5`]],
    [from('ipBlock: { cidr: 10.0.0.0/8, except: [192.168.0.0/16] }'), [`Invalid ${PEER}.ipBlock.except[0] S4.5`]],
    [from('ipBlock: { cidr: "fd00::/8", except: [10.0.0.0/8] }'), [`Invalid ${PEER}.ipBlock.except[0] S4.5`]],
    [port('port: 0'), [`Invalid ${PORT}.port S4.5`]],
    [port('port: "80"'), [`Invalid ${PORT}.port S4.5`]],
    [port('port: Web'), [`Invalid ${PORT}.port S4.5`]],
    [port('protocol: HTTP'), [`NotSupported ${PORT}.protocol S4.5`]],
    [port('port: 90, endPort: 80'), [`Invalid ${PORT}.endPort S4.5`]],
    [port('port: 90, endPort: 70000'), [`Invalid ${PORT}.endPort S4.5`]],
    [port('port: web, endPort: 90'), [`Invalid ${PORT}.endPort S4.5`]],
    [port('endPort: 90'), [`Invalid ${PORT}.endPort S4.5`]],
  ])('%s', (yaml, expected) => {
    expect(refusalsOf(yaml)).toEqual(expected);
  });
});

it.each([
  text('podSelector: {}'),
  from('podSelector: {}'),
  from('namespaceSelector: {}, podSelector: { matchExpressions: [{ key: app, operator: NotIn, values: [a] }] }'),
  from('ipBlock: { cidr: 10.0.0.0/8, except: [10.1.0.0/16] }'),
  port('port: 80, endPort: 80'),
  port('protocol: SCTP'),
  port('port: web'),
])('accepts %s', (yaml) => {
  expect(refusalsOf(yaml)).toEqual([]);
  expect(notesOf(yaml)).toEqual([]);
});

describe('which directions it isolates (S13.2, S3.16)', () => {
  it.each([
    ['podSelector: {}', ['Ingress']],
    ['egress: []', ['Ingress']],
    ['policyTypes: [], egress: [{}]', ['Ingress', 'Egress']],
    ['egress: [{}]', ['Ingress', 'Egress']],
    ['policyTypes: [Egress]', ['Egress']],
    ['policyTypes: [Ingress], egress: [{}]', ['Ingress']],
  ])('{ %s }', (spec, expected) => {
    expect(acceptedFrom<NetworkPolicy>(text(spec)).policyTypes).toEqual(expected);
  });

  it('a default is told', () => {
    expect(defaultsOf(text('egress: [{ ports: [{}] }]'))).toEqual({ 'spec.policyTypes': 'Ingress, Egress', 'spec.egress[0].ports[0].protocol': 'TCP' });
  });
});

it('reads peers and ports as they are meant (S13.3, S13.5)', () => {
  const yaml = text(
    'podSelector: { matchLabels: { app: api } }, ingress: [{}, { from: [{ podSelector: {} }, { ipBlock: { cidr: 10.0.0.5/8, except: [10.1.0.0/16] } }], ports: [{ port: 80, endPort: 90 }, { protocol: UDP, port: dns }] }]',
  );
  const empty = { matchLabels: {}, matchExpressions: [] };
  expect(acceptedFrom<NetworkPolicy>(yaml)).toMatchObject({
    podSelector: { matchLabels: { app: 'api' }, matchExpressions: [] },
    ingress: [
      { peers: [], ports: [] },
      {
        peers: [
          { kind: 'selectors', pods: empty, namespaces: null },
          { kind: 'ip-block', cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] },
        ],
        ports: [
          { protocol: 'TCP', port: 80, endPort: 90 },
          { protocol: 'UDP', port: 'dns', endPort: null },
        ],
      },
    ],
  });
});

it('the version of extensions is gone since 1.16 (S2.12)', () => {
  expect(refusalsOf(text('podSelector: {}').replace('networking.k8s.io/v1', 'extensions/v1beta1'))).toHaveLength(1);
});
