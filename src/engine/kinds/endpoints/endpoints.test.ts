import { describe, expect, it } from 'vitest';
import { acceptedFrom, refusalsOf } from '../admit-text.ts';
import type { Endpoints } from './endpoints-spec.ts';
import { mirrorEndpoints } from './mirror.ts';

const text = (subsets: string, metadata = 'name: db, namespace: shop') => `apiVersion: v1\nkind: Endpoints\nmetadata: { ${metadata} }\nsubsets: ${subsets}\n`;
const mirror = (subsets: string, metadata?: string) => mirrorEndpoints(acceptedFrom<Endpoints>(text(subsets, metadata)));

it.each([
  ['[{ ports: [{ port: 80 }] }]', ['Required subsets[0] S5.6']],
  ['[{ addresses: [{}] }]', ['Required subsets[0].addresses[0].ip S5.6']],
  ['[{ addresses: [{ ip: a.b }] }]', ['Invalid subsets[0].addresses[0].ip S5.6']],
  ['[{ notReadyAddresses: [{ ip: 127.0.0.1 }] }]', ['Invalid subsets[0].notReadyAddresses[0].ip S5.6']],
  ['[{ addresses: [{ ip: 10.0.0.1 }], ports: [{ port: 80 }, { port: 81, name: b }] }]', ['Required subsets[0].ports[0].name S5.6']],
  ['[{ addresses: [{ ip: 10.0.0.1 }], ports: [{ port: 0 }] }]', ['Invalid subsets[0].ports[0].port S5.6']],
  ['[{ addresses: [{ ip: 10.0.0.1 }], ports: [{ port: 80, name: A }] }]', ['Invalid subsets[0].ports[0].name S5.6']],
  ['[{ addresses: [{ ip: 10.0.0.1, hostname: a.b }] }]', ['Invalid subsets[0].addresses[0].hostname S5.9']],
  ['[{ addresses: [{ ip: 10.0.0.1 }], ports: [{ port: 80 }] }]', []],
  ['[]', []],
])('%s', (subsets, expected) => {
  expect(refusalsOf(text(subsets))).toEqual(expected);
});

describe('mirroring (S5.6)', () => {
  it('addresses become endpoints of a slice that names the Service', () => {
    const slices = mirror(
      '[{ addresses: [{ ip: 10.0.0.1, hostname: a, nodeName: n }], notReadyAddresses: [{ ip: 10.0.0.2 }], ports: [{ port: 5432, name: pg }] }]',
    );
    expect(slices).toHaveLength(1);
    expect(slices[0]).toMatchObject({
      ref: { kind: 'EndpointSlice', namespace: 'shop', name: 'db-1' },
      serviceName: 'db',
      madeBy: 'mirrored',
      addressType: 'IPv4',
      ports: [{ name: 'pg', port: 5432, protocol: 'TCP' }],
      endpoints: [
        { addresses: ['10.0.0.1'], ready: true, serving: true, hostname: 'a', nodeName: 'n' },
        { addresses: ['10.0.0.2'], ready: false, serving: false },
      ],
    });
  });

  it('each subset and each family is a slice of its own', () => {
    const slices = mirror('[{ addresses: [{ ip: 10.0.0.1 }, { ip: "fd00::1" }] }, { addresses: [{ ip: 10.0.0.2 }] }]');
    expect(slices.map(({ addressType, endpoints }) => [addressType, endpoints[0]!.addresses[0]])).toEqual([
      ['IPv4', '10.0.0.1'],
      ['IPv6', 'fd00::1'],
      ['IPv4', '10.0.0.2'],
    ]);
  });

  it('who asks not to be mirrored is not, and neither is a lock', () => {
    const subsets = '[{ addresses: [{ ip: 10.0.0.1 }] }]';
    expect(mirror(subsets, 'name: db, labels: { endpointslice.kubernetes.io/skip-mirror: "true" }')).toEqual([]);
    expect(mirror(subsets, 'name: db, annotations: { control-plane.alpha.kubernetes.io/leader: "{}" }')).toEqual([]);
  });
});
