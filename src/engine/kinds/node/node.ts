/** Nodes: addresses, where they stand, whether they take traffic (S2.5, S8.1.4). https://kubernetes.io/docs/concepts/architecture/nodes/ */
import { msg } from '../../../catalogue/message.ts';
import { canonicalIp, parseCidr } from '../../manifests/ip.ts';
import type { Field } from '../field.ts';
import { shown } from '../field-rules.ts';
import type { Kind } from '../kind.ts';
import { readObject } from '../metadata.ts';
import type { Node } from './node-spec.ts';

const EXCLUDED = 'node.kubernetes.io/exclude-from-external-load-balancers';
/** The cluster autoscaler's mark on a node that is about to go: load balancers leave it out as well. */
const GOING = 'ToBeDeletedByClusterAutoscaler';

const ADDRESS_TYPES = ['InternalIP', 'ExternalIP', 'Hostname', 'InternalDNS', 'ExternalDNS'] as const;

export const node: Kind<Node> = {
  kind: 'Node',
  plural: 'nodes',
  apiVersions: ['v1'],
  removed: {},
  namespaced: false,
  role: 'node',
  docs: 'https://kubernetes.io/docs/concepts/architecture/nodes/',
  template: `apiVersion: v1
kind: Node
metadata:
  name: node-a
  labels:
    topology.kubernetes.io/zone: zone-a
status:
  addresses:
  - type: InternalIP
    address: 192.168.10.11
  conditions:
  - type: Ready
    status: 'True'
`,
  read: (manifest) =>
    readObject(manifest, 'dns1123-subdomain', (root, base): Node => {
      const { labels } = base.metadata;
      const spec = root.get('spec');
      const isMarked = spec
        .get('taints')
        .items()
        .some((taint) => taint.get('key').text() === GOING);
      const leaving = isMarked || base.metadata.deletionTimestamp !== null;
      return {
        ...base,
        addresses: root.at('status', 'addresses').items().flatMap(readAddress),
        podCIDRs: readPodCIDRs(spec),
        unschedulable: spec.get('unschedulable').boolean() ?? false,
        ready: readReady(root.at('status', 'conditions')),
        zone: labels['topology.kubernetes.io/zone'] ?? labels['failure-domain.beta.kubernetes.io/zone'] ?? null,
        region: labels['topology.kubernetes.io/region'] ?? labels['failure-domain.beta.kubernetes.io/region'] ?? null,
        providerID: spec.get('providerID').filledText(),
        leaving,
        excludedFromLoadBalancers: EXCLUDED in labels || leaving,
      };
    }),
  references: () => [],
};

function readAddress(field: Field): Node['addresses'] {
  const typeText = field.get('type').text();
  const type = ADDRESS_TYPES.find((known) => known === typeText);
  const address = field.get('address').filledText();
  if (type === undefined || address === null) return [];
  return [{ type, address: canonicalIp(address) ?? address }];
}

function readPodCIDRs(spec: Field): readonly string[] {
  const list = spec.get('podCIDRs').items();
  const fields = list.length > 0 ? list : [spec.get('podCIDR')];
  return fields.flatMap((field) => {
    const text = field.filledText();
    if (text === null) return [];
    const cidr = parseCidr(text);
    if (cidr === null) field.reject('Invalid', 'S2.5', msg('rejection.cidr', { path: field.name, value: shown(text) }));
    return cidr === null ? [] : [cidr.text];
  });
}

/** A Node without conditions is one that somebody wrote by hand: taken for ready. */
function readReady(field: Field): boolean {
  const ready = field.items().find((condition) => condition.get('type').text() === 'Ready');
  return ready === undefined || ready.get('status').text() === 'True';
}
