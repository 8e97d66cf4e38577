import { describe, expect, it } from 'vitest';
import { renderText } from '../../../catalogue/render.ts';
import { formatFieldPath } from '../../manifests/source.ts';
import { parseManifests } from '../../manifests/parse.ts';
import { scenario } from './scenario.ts';

function read(spec: string) {
  const text = `apiVersion: podpath.dev/v1\nkind: Scenario\nmetadata: { name: s }\nspec:\n${spec.replace(/^/gm, '  ')}\n`;
  const manifests = parseManifests([{ name: 'scenario.yaml', text }]);
  expect(manifests.findings).toEqual([]);
  const admission = scenario.read(manifests.objects[0]!);
  return { ...admission, said: admission.findings.map((finding) => `${formatFieldPath(finding.path ?? [])}: ${renderText(finding.message)}`) };
}

describe('a Scenario', () => {
  it('is its template without a complaint', () => {
    const admission = scenario.read(parseManifests([{ name: 'a', text: scenario.template }]).objects[0]!);
    expect(admission).toMatchObject({ rejections: [], findings: [], object: { ref: { kind: 'Scenario', namespace: '', name: 'scenario' } } });
  });

  it('states an environment, every key optional', () => {
    const { object, said } = read(`environment:
  complete: true
  kubernetesVersion: 1.37
  podCIDR: 10.1.0.0/16
  serviceCIDR: [10.2.0.0/16, "fd00::/112"]
  nodePortRange: 30000-32767
  nodes: [{ name: node-a, zone: z1, internalIP: 192.0.2.1 }]
  nodePortAddresses: primary
  cloud: aws-lbc
  controllers: [{ kind: ingress, name: nginx, implementation: ingress-nginx, class: nginx, service: null, config: { use-http2: true, limit: 5 } }]
  publicDNS: { shop.example.com: { ingress: shop/shop }, gone.example.com: { none: true } }
  pods: { shop/api-2: { ready: false, closed: [80] }, shop/web-*: { status: 503 } }
  proxies: [{ name: edge, address: 198.51.100.20, service: default/web }]
  assume: { "dns:a": false, no: { any: [1] } }`);
    expect(said).toEqual([]);
    expect(object?.environment).toEqual({
      complete: true,
      kubernetesVersion: '1.37',
      podCIDR: ['10.1.0.0/16'],
      serviceCIDR: ['10.2.0.0/16', 'fd00::/112'],
      nodePortRange: '30000-32767',
      nodes: [{ name: 'node-a', zone: 'z1', internalIP: '192.0.2.1' }],
      nodePortAddresses: 'primary',
      cloud: 'aws-lbc',
      controllers: [
        { kind: 'ingress', name: 'nginx', implementation: 'ingress-nginx', class: 'nginx', service: null, config: { 'use-http2': 'true', limit: '5' } },
      ],
      publicDNS: { 'shop.example.com': { ingress: 'shop/shop' }, 'gone.example.com': { none: true } },
      pods: { 'shop/api-2': { ready: false, closed: [80] }, 'shop/web-*': { status: 503 } },
      proxies: [{ name: 'edge', address: '198.51.100.20', service: 'default/web' }],
      assume: { 'dns:a': false, false: { any: [1] } },
    });
    expect(read('').object).toMatchObject({ environment: {}, requests: [] });
  });

  it.each([
    ['environment: { cloudy: aws }', 'spec.environment.cloudy: A Scenario has no field spec.environment.cloudy. Known here: complete, '],
    ['environment: { cloud: azur }', 'spec.environment.cloud: spec.environment.cloud cannot be azur. It is one of: none, aws-intree, '],
    ['environment: { complete: "yes" }', 'spec.environment.complete: spec.environment.complete must be true or false.'],
    [
      'environment: { podCIDR: [10.0.0.1] }',
      'spec.environment.podCIDR[0]: spec.environment.podCIDR[0] must be an address range as in 10.96.0.0/16, not 10.0.0.1.',
    ],
    ['environment: { nodePortRange: 5 }', 'spec.environment.nodePortRange: spec.environment.nodePortRange must be text.'],
    ['environment: { nodePortRange: 9-5 }', 'must be two ports with a dash between them, as in 30000-32767.'],
    ['environment: { nodes: [{ zone: a }] }', 'spec.environment.nodes[0]: spec.environment.nodes[0].name is required.'],
    ['environment: { nodes: [{ name: a, internalIP: x }] }', 'spec.environment.nodes[0].internalIP must be an IP address, not x.'],
    ['environment: { pods: { api: { ready: false } } }', 'spec.environment.pods.api must be a namespace, a slash and a name, as in shop/api.'],
    ['environment: { pods: { a/b: { status: 42 } } }', 'must be a whole number from 100 to 599.'],
    ['environment: { publicDNS: { a: { none: true, nodes: true } } }', 'must hold exactly one of these fields: address, cname, '],
    [
      'environment: { controllers: [{ kind: gateway, name: a, implementation: generic, insteadOf: b }] }',
      'spec.environment.controllers[0].insteadOf: insteadOf is for controllers of the kind ingress.',
    ],
    ['environment: { controllers: [{ kind: ingress, name: a, implementation: generic, insteadOf: 5 }] }', 'controllers[0].insteadOf must be text.'],
    ['environment: [1]', 'spec.environment: spec.environment must be a mapping of fields.'],
    ['requests: 5', 'spec.requests: spec.requests must be a list.'],
    ['requests: [{ url: http://a }]', 'spec.requests[0]: spec.requests[0].name is required.'],
    ['requests: [{ name: a, url: tcp://db }]', 'spec.requests[0].url: This scheme has no usual port.'],
    ['requests: [{ name: a, url: http://a, from: me }]', 'spec.requests[0].from: The request a comes from nobody.'],
  ])('%s is left out and told', (spec, words) => {
    const { object, said, rejections } = read(spec);
    expect(rejections).toEqual([]);
    expect(object).not.toBeNull();
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(words);
  });

  it('keeps what is right beside what is wrong', () => {
    const { object } = read(
      'environment: { cloud: gcp, proxyMode: magic, nodes: [{ name: a }, { zone: b }] }\nrequests: [{ name: a, url: "" }, { name: b, url: b }]',
    );
    expect(object?.environment).toEqual({ cloud: 'gcp', nodes: [{ name: 'a' }] });
    expect(object?.requests.map((request) => request.name)).toEqual(['b']);
  });

  it('saves requests with what is expected of them', () => {
    const { object, said } = read(`requests:
- name: checkout
  from: { pod: shop/web-0 }
  method: POST
  url: https://shop.example.com/api
  headers: { X-Canary: always, X-N: 1 }
  connectTo: 203.0.113.10:443
  sni: other.example.com
  expect: { reached: true }
- { name: a, url: a, from: { external: 198.51.100.9 } }
- { name: b, url: b, from: { workload: shop/db, kind: StatefulSet } }
- { name: c, url: c, from: { deployment: shop/web } }
- { name: d, url: d, from: node/node-a }`);
    expect(said).toEqual([]);
    expect(object?.requests[0]).toMatchObject({
      name: 'checkout',
      expect: { reached: true },
      flow: {
        from: { kind: 'pod', namespace: 'shop', name: 'web-0' },
        method: 'POST',
        headers: [
          ['X-Canary', 'always'],
          ['X-N', '1'],
        ],
        connectTo: { kind: 'address', host: '203.0.113.10', port: 443 },
        sni: 'other.example.com',
      },
    });
    expect(object?.requests.slice(1).map((request) => request.flow.from)).toEqual([
      { kind: 'external', ip: '198.51.100.9' },
      { kind: 'workload', workloadKind: 'StatefulSet', namespace: 'shop', name: 'db' },
      { kind: 'workload', workloadKind: 'Deployment', namespace: 'shop', name: 'web' },
      { kind: 'node', name: 'node-a' },
    ]);
  });
});
