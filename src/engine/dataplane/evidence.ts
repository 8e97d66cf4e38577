/** From the field that decided to the YAML a person can look at: its range, or the default that stood in for it. */
import type { Cluster } from '../cluster/cluster.ts';
import type { ApiObject, Default, Defaults } from '../kinds/kind.ts';
import type { ManifestObject } from '../manifests/document.ts';
import { locateField, type Located } from '../manifests/locate.ts';
import { nameKey, refKey, type ObjectRef } from '../manifests/object-ref.ts';
import { formatFieldPath, type FieldPath } from '../manifests/source.ts';
import type { Evidence } from '../trace/hop.ts';
import type { Reason } from './component.ts';

export type Witness = (reason: Reason) => Evidence;

/** One witness per trace: the same field is looked up once. */
export function witnessOf(cluster: Cluster): Witness {
  const known = new Map<string, Evidence>();
  return (reason) => {
    const key = `${refKey(reason.object)} ${formatFieldPath(reason.path)}`;
    const evidence = known.get(key) ?? evidenceOf(cluster, reason);
    known.set(key, evidence);
    return evidence;
  };
}

function evidenceOf(cluster: Cluster, reason: Reason): Evidence {
  const { object, path } = madeFrom(cluster, reason);
  const manifest = manifestOf(cluster, object);
  const located: Located | null = manifest === null ? null : locateField(cluster.manifests, manifest, path);
  const range = located?.range ?? null;
  const defaults = cluster.defaults.get(refKey(object));
  if (located?.exact === true) {
    const within = defaults === undefined ? [] : defaultsWithin(defaults, path);
    return { object, path, ...(within.length > 0 && { within }), range };
  }
  const unwritten = defaults?.[formatFieldPath(path)] ?? allocated(cluster, object, path);
  return { object, path, ...(unwritten && { defaulted: unwritten.value, defaultRule: unwritten.rule }), range };
}

/** What is not written in an entry of a list, but for lists inside it and for empty text. */
function defaultsWithin(defaults: Defaults, path: FieldPath): NonNullable<Evidence['within']> {
  if (typeof path.at(-1) !== 'number') return [];
  const start = `${formatFieldPath(path)}.`;
  return Object.entries(defaults).flatMap(([name, { value, rule }]) => {
    const field = name.slice(start.length);
    return name.startsWith(start) && !field.includes('[') && value !== '' ? [{ field, value, rule }] : [];
  });
}

/** What the API server chose for a field that nobody wrote (S4.6). */
function allocated(cluster: Cluster, { kind, namespace, name }: ObjectRef, [, field, index, last]: FieldPath): Default | undefined {
  const service = kind === 'Service' ? cluster.services.get(nameKey(namespace, name)) : undefined;
  if (service === undefined) return undefined;
  if (field === 'clusterIP') return service.clusterIPs[0] === undefined ? undefined : { value: service.clusterIPs[0], rule: 'S4.6.3' };
  if (field === 'healthCheckNodePort' && service.healthCheckNodePort > 0) return { value: String(service.healthCheckNodePort), rule: 'S3.10' };
  const port = field === 'ports' && last === 'nodePort' ? service.ports[Number(index)] : undefined;
  return port === undefined || port.nodePort === 0 ? undefined : { value: String(port.nodePort), rule: 'S4.6.3' };
}

/** A synthesized object is what a field of another one made it (S1.4): a Pod's container stands in its template. */
function madeFrom(cluster: Cluster, reason: Reason): Reason {
  let { object, path } = reason;
  // A Deployment's ReplicaSet's Pod is the longest chain there is.
  for (let links = 0; links < 3 && manifestOf(cluster, object) === null; links += 1) {
    const from = cluster.provenance.get(refKey(object))?.from;
    if (from === undefined || from === null) break;
    object = from.object;
    path = from.path.at(-1) === 'template' ? [...from.path, ...path] : from.path;
  }
  return { object, path };
}

/** The text an object was read from; null for those that no text holds. */
function manifestOf(cluster: Cluster, ref: ObjectRef): ManifestObject | null {
  const accepted = acceptedObject(cluster, ref);
  if (accepted !== undefined) return accepted.manifest;
  return manifestIndex(cluster).get(refKey(ref)) ?? null;
}

function acceptedObject(cluster: Cluster, ref: ObjectRef): ApiObject | undefined {
  const key = nameKey(ref.namespace, ref.name);
  switch (ref.kind) {
    case 'Service':
      return cluster.services.get(key);
    case 'Pod':
      return cluster.pods.get(key);
    case 'Ingress':
      return cluster.ingresses.get(key);
    case 'IngressClass':
      return cluster.ingressClasses.get(ref.name);
    case 'Node':
      return cluster.nodes.get(ref.name);
    case 'NetworkPolicy':
      return cluster.networkPolicies.get(key);
    case 'Secret':
      return cluster.secrets.get(key);
    default:
      return cluster.workloads.get(refKey(ref));
  }
}

const indexes = new WeakMap<Cluster, ReadonlyMap<string, ManifestObject>>();

/** Objects by identity as written; of two with the same identity the later counts, as with `kubectl apply`. */
function manifestIndex(cluster: Cluster): ReadonlyMap<string, ManifestObject> {
  const known = indexes.get(cluster);
  if (known !== undefined) return known;
  const index = new Map(cluster.manifests.objects.map((object) => [refKey(object.ref), object]));
  indexes.set(cluster, index);
  return index;
}
