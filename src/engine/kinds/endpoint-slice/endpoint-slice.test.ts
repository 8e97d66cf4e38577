import { describe, expect, it } from 'vitest';
import { acceptedFrom, defaultsOf, notesOf, refusalsOf } from '../admit-text.ts';
import { endpointSlice } from './endpoint-slice.ts';
import type { EndpointSlice } from './endpoint-slice-spec.ts';

const text = (rest: string) =>
  `apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: { name: api-1, labels: { kubernetes.io/service-name: api } }\n${rest}`;
const V4 = 'addressType: IPv4';
const endpoint = (fields: string) => text(`${V4}\nendpoints: [{ addresses: [10.0.0.5], ${fields} }]`);

it.each([
  ['endpoints: []', ['Required addressType S2.2']],
  ['addressType: IP', ['NotSupported addressType S2.2']],
  [`${V4}\nendpoints: [{}]`, ['Required endpoints[0].addresses S5.6']],
  [`${V4}\nendpoints: [{ addresses: [a.b] }]`, ['Invalid endpoints[0].addresses[0] S5.6']],
  [`${V4}\nendpoints: [{ addresses: ["fd00::1"] }]`, ['Invalid endpoints[0].addresses[0] S5.6']],
  ['addressType: IPv6\nendpoints: [{ addresses: [10.0.0.1] }]', ['Invalid endpoints[0].addresses[0] S5.6']],
  [`${V4}\nendpoints: [{ addresses: [127.0.0.1] }, { addresses: [169.254.0.1] }]`, [0, 1].map((index) => `Invalid endpoints[${index}].addresses[0] S5.6`)],
  ['addressType: FQDN\nendpoints: [{ addresses: [A_b] }]', ['Invalid endpoints[0].addresses[0] S5.6']],
  [`${V4}\nendpoints: [{ addresses: [10.0.0.1], hostname: a.b }]`, ['Invalid endpoints[0].hostname S5.9']],
  [`${V4}\nports: [{ name: A }]`, ['Invalid ports[0].name S5.6']],
  [`${V4}\nports: [{ port: 80 }, { port: 81 }]`, ['Duplicate ports[1].name S5.6']],
  [`${V4}\nports: [{ port: 0 }]`, ['Invalid ports[0].port S5.6']],
  [`${V4}\nports: [{ port: 80, protocol: HTTP }]`, ['NotSupported ports[0].protocol S5.6']],
  [`${V4}\nports: [{ port: 80, protocol: "" }]`, ['NotSupported ports[0].protocol S5.6']],
  [`${V4}\nendpoints: [${'{ addresses: [10.0.0.1] }, '.repeat(1001)}]`, ['TooMany endpoints S5.8']],
  [`${V4}\nendpoints: [{ addresses: [10.0.0.1] }]\nports: [{ port: 80 }, { name: b }]`, []],
  ['addressType: FQDN\nendpoints: [{ addresses: [db.example.com] }]', []],
])('%.80s', (rest, expected) => {
  expect(refusalsOf(text(rest))).toEqual(expected);
});

describe('defaults (S3.13)', () => {
  it.each([
    ['nodeName: n', { ready: true, serving: true, terminating: false }],
    ['conditions: { ready: false }', { ready: false, serving: false, terminating: false }],
    ['conditions: { ready: false, serving: true, terminating: true }', { ready: false, serving: true, terminating: true }],
    ['conditions: { ready: null }', { ready: true, serving: true }],
  ])('%s', (fields, expected) => {
    expect(acceptedFrom<EndpointSlice>(endpoint(fields)).endpoints[0]).toMatchObject(expected);
  });

  it('a port is TCP and has no name unless it says so', () => {
    expect(acceptedFrom<EndpointSlice>(text(`${V4}\nports: [{ port: 80 }]`)).ports).toEqual([{ name: '', port: 80, protocol: 'TCP', appProtocol: null }]);
    expect(defaultsOf(text(`${V4}\nports: [{ port: 80 }]`))).toEqual({ 'ports[0].name': '', 'ports[0].protocol': 'TCP' });
  });
});

it('what an endpoint is and where it runs is read, and what it names', () => {
  const slice = acceptedFrom<EndpointSlice>(
    endpoint('hostname: h, nodeName: n, zone: z, targetRef: { kind: Pod, name: api-0 }, hints: { forZones: [{ name: z }], forNodes: [{ name: n }] }'),
  );
  expect(slice).toMatchObject({ serviceName: 'api', addressType: 'IPv4', madeBy: 'manifest' });
  expect(slice.endpoints[0]).toMatchObject({ hostname: 'h', nodeName: 'n', zone: 'z', hints: { forZones: ['z'], forNodes: ['n'] } });
  expect(endpointSlice.references(slice).map(({ to }) => `${to.kind}/${to.name}`)).toEqual(['Service/api', 'Pod/api-0', 'Node/n']);
});

it('addresses with leading zeros are decimal, and told', () => {
  const old = text(`${V4}\nendpoints: [{ addresses: [10.180.00.001] }]`);
  expect(acceptedFrom<EndpointSlice>(old).endpoints[0]!.addresses).toEqual(['10.180.0.1']);
  expect(notesOf(old)).toEqual(['legacy-ip-format endpoints[0].addresses[0]']);
});
