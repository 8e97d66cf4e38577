/** What a form writes first where something is added: the least that the API server takes, nothing that would be the default. */
import type { Json } from '../../manifests/document.ts';

const BACKEND: Json = { service: { name: 'web', port: { number: 80 } } };
const PROBE: Json = { httpGet: { path: '/', port: 80 } };
const PATH: Json = { backend: BACKEND, path: '/', pathType: 'Prefix' };

/** By the end of a field's path: an item of a list, or the whole of a mapping that is missing. Texts mark lists of texts. */
const FRESH: readonly (readonly [end: string, Json])[] = [
  ['Service:spec.ports', { port: 80 }],
  ['externalIPs', '192.0.2.10'],
  ['loadBalancerSourceRanges', '203.0.113.0/24'],
  ['clusterIPs', '10.96.0.10'],
  ['ipFamilies', 'IPv4'],
  ['spec.sessionAffinityConfig', { clientIP: { timeoutSeconds: 600 } }],
  ['spec.defaultBackend', BACKEND],
  ['spec.rules', { host: 'web.example.com', http: { paths: [PATH] } }],
  ['rules[].http', { paths: [PATH] }],
  ['http.paths', PATH],
  ['tls[].hosts', 'web.example.com'],
  ['spec.tls', { hosts: ['web.example.com'], secretName: 'web-tls' }],
  ['backend.service', { name: 'web', port: { number: 80 } }],
  ['defaultBackend.service', { name: 'web', port: { number: 80 } }],
  ['ackend.resource', { kind: 'Bucket', name: 'static' }],
  ['ontainers', { image: 'nginx', name: 'main' }],
  ['ontainers[].ports', { containerPort: 80 }],
  ['[].command', 'sleep'],
  ['[].args', '--verbose'],
  ['[].env', { name: 'KEY', value: 'value' }],
  ['spec.volumes', { name: 'tls', secret: { secretName: 'web-tls' } }],
  ['readinessProbe', PROBE],
  ['livenessProbe', PROBE],
  ['startupProbe', PROBE],
  ['terminationGracePeriodSeconds', 60],
  ['dnsConfig.nameservers', '192.0.2.53'],
  ['dnsConfig.searches', 'example.com'],
  ['dnsConfig.options', { name: 'ndots', value: '2' }],
  ['readinessGates', { conditionType: 'example.com/ready' }],
  ['nodeSelectorTerms', { matchExpressions: [{ key: 'topology.kubernetes.io/zone', operator: 'In', values: ['zone-a'] }] }],
  ['matchExpressions', { key: 'app', operator: 'Exists' }],
  ['matchExpressions[].values', 'web'],
  ['selector', { matchLabels: { app: 'web' } }],
  ['podCIDRs', '10.244.0.0/24'],
  ['taints', { effect: 'NoSchedule', key: 'example.com/special' }],
  ['status.addresses', { address: '192.0.2.11', type: 'InternalIP' }],
  ['template', { metadata: { labels: { app: 'web' } }, spec: { containers: [{ image: 'nginx', name: 'web' }] } }],
  ['endpoints', { addresses: ['10.0.0.10'] }],
  ['endpoints[].addresses', '10.0.0.10'],
  ['forZones', { name: 'zone-a' }],
  ['forNodes', { name: 'node-a' }],
  ['subsets', { addresses: [{ ip: '10.0.0.10' }], ports: [{ port: 80 }] }],
  ['subsets[].addresses', { ip: '10.0.0.10' }],
  ['notReadyAddresses', { ip: '10.0.0.11' }],
  ['ports', { port: 80 }],
  ['targetRef', { kind: 'Pod', name: 'web-0' }],
];

/** The entry with the longest end that fits. */
export function freshFor(kind: string, pattern: string): Json | null {
  const full = `${kind}:${pattern}`;
  const fitting = FRESH.filter(([end]) => full.endsWith(end)).sort(([a], [b]) => b.length - a.length);
  return fitting[0]?.[1] ?? null;
}
