/**
 * Endpoints that somebody wrote for a Service without a selector, and what keeps them from it (S5.6, S5.12): no label,
 * a port of another name or protocol, names instead of addresses.
 */
import { msg, type Message } from '../../catalogue/message.ts';
import type { EndpointSlice } from '../kinds/endpoint-slice/endpoint-slice-spec.ts';
import type { Service, ServicePort } from '../kinds/service/service-spec.ts';
import type { JsonObject, ManifestObject } from '../manifests/document.ts';
import type { RuleId } from '../manifests/finding.ts';
import { nameKey } from '../manifests/object-ref.ts';
import type { FieldPath } from '../manifests/source.ts';
import type { Cluster } from './cluster.ts';

export interface EndpointFault {
  readonly why: Message;
  readonly rules: readonly RuleId[];
  /** The object that is wrong, and the field; `manifest` is null for a Service that no text holds. */
  readonly at: { readonly manifest: ManifestObject | null; readonly path: FieldPath };
  /** `namespace/name` of the slice or Endpoints object; null when there is none at all. */
  readonly slice: string | null;
}

const SERVICE_NAME = 'kubernetes.io/service-name';

/** Why this port of a Service without selector has no endpoint; null when it has one, ready or not, or has a selector. */
export function handMadeFault(cluster: Cluster, service: Service, port: Pick<ServicePort, 'name' | 'protocol'>): EndpointFault | null {
  if (service.selector !== null || service.type === 'ExternalName') return null;
  const key = nameKey(service.ref.namespace, service.ref.name);
  const slices = (cluster.endpointSlices.get(key) ?? []).filter(({ manifest }) => manifest !== null);
  if (slices.length === 0) return unlabelled(cluster, service);
  const withAddresses = slices.filter(({ addressType }) => addressType !== 'FQDN');
  const [named] = slices;
  if (withAddresses.length === 0 && named !== undefined) {
    return fault(named, msg('cluster.slice.fqdn', { slice: nameOf(named.manifest!) }), ['S5.12', 'F-37'], ['addressType']);
  }
  if (withAddresses.some(({ ports }) => ports.some(({ name, protocol }) => name === port.name && protocol === port.protocol))) return null;
  const candidate = withAddresses.find(({ ports }) => ports.some(({ name }) => name === port.name)) ?? withAddresses.find(({ ports }) => ports.length > 0);
  if (candidate === undefined) return null;
  const sameName = candidate.ports.find(({ name }) => name === port.name);
  const index = Math.max(0, sameName === undefined ? 0 : candidate.ports.indexOf(sameName));
  const slice = nameOf(candidate.manifest!);
  if (sameName !== undefined) {
    const why = msg('cluster.slice.protocol', { slice, protocol: sameName.protocol, wanted: port.protocol });
    return fault(candidate, why, ['S5.6', 'F-38'], [...portsPath(candidate), index, 'protocol']);
  }
  const why = msg('cluster.slice.port-name', { slice, names: candidate.ports.map(({ name }) => quoted(name)), wanted: quoted(port.name) });
  return fault(candidate, why, ['S5.6', 'F-37'], [...portsPath(candidate), index, 'name']);
}

function fault({ manifest }: EndpointSlice, why: Message, rules: readonly RuleId[], path: FieldPath): EndpointFault {
  return { why, rules, at: { manifest, path }, slice: manifest === null ? null : nameOf(manifest) };
}

/** An unnamed port has the empty name. */
function quoted(name: string): string {
  return name === '' ? '""' : name;
}

function nameOf({ ref }: ManifestObject): string {
  return nameKey(ref.namespace, ref.name);
}

/** Endpoints objects hold their ports in subsets; the first of them stands for all. */
function portsPath({ madeBy }: EndpointSlice): FieldPath {
  return madeBy === 'mirrored' ? ['subsets', 0, 'ports'] : ['ports'];
}

/** A slice of the namespace that is meant for the Service, by its name or as the only one that no Service has. */
function unlabelled(cluster: Cluster, service: Service): EndpointFault {
  const { namespace, name } = service.ref;
  const key = nameKey(namespace, name);
  const loose = cluster.manifests.objects.filter(({ ref, value }) => {
    if (ref.kind !== 'EndpointSlice' || ref.namespace !== namespace) return false;
    const label = labelOf(value);
    return label === null || !cluster.services.has(nameKey(namespace, label));
  });
  const meant = loose.find(({ ref }) => ref.name === name || ref.name.startsWith(`${name}-`)) ?? (loose.length === 1 ? loose[0] : undefined);
  if (meant === undefined) {
    return { why: msg('cluster.slice.none', { service: key }), rules: ['S5.6', 'F-37'], at: { manifest: service.manifest, path: ['spec'] }, slice: null };
  }
  const label = labelOf(meant.value);
  const args = { slice: nameOf(meant), label: SERVICE_NAME, service: name };
  return {
    why: label === null ? msg('cluster.slice.no-label', args) : msg('cluster.slice.other-label', { ...args, value: label }),
    rules: ['S5.6', 'F-37'],
    at: { manifest: meant, path: ['metadata', 'labels', SERVICE_NAME] },
    slice: nameOf(meant),
  };
}

function labelOf({ metadata }: JsonObject): string | null {
  const labels = mapping(mapping(metadata)?.['labels']);
  const value = labels?.[SERVICE_NAME];
  return typeof value === 'string' && value !== '' ? value : null;
}

function mapping(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}
