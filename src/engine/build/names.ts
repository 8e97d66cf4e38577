/** Names for what is placed by hand: words people use, never one that is taken. */
import type { Json } from '../manifests/document.ts';
import { refKey } from '../manifests/object-ref.ts';
import type { Site } from './site.ts';

/** The first wish that is free, else the first with the lowest free number. */
export function freeName(wishes: readonly string[], isTaken: (name: string) => boolean): string {
  const free = wishes.find((wish) => !isTaken(wish));
  if (free !== undefined) return free;
  const [first = 'object'] = wishes;
  for (let number = 2; ; number++) if (!isTaken(`${first}-${number}`)) return `${first}-${number}`;
}

/** Also what a broken document may hold counts as taken: it will be mended. */
export function isNameTaken(site: Site, kind: string, namespace: string, name: string): boolean {
  if (site.written.has(refKey({ kind, namespace, name }))) return true;
  return site.manifests.documents.some(({ objects, text }) => objects.length === 0 && new RegExp(`\\bname:\\s*["']?${name}["']?\\s*$`, 'm').test(text));
}

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job', 'CronJob', 'Pod'];

/** The name becomes the label `app`: two workloads of one name would answer to one selector. */
export function workloadName(site: Site, namespace: string, wishes: readonly string[]): string {
  const labels = new Set<string>();
  for (const { ref, template } of site.cluster.workloads.values()) if (ref.namespace === namespace) addAll(labels, Object.values(template.labels));
  for (const { ref, metadata } of site.cluster.pods.values()) if (ref.namespace === namespace) addAll(labels, Object.values(metadata.labels));
  return freeName(wishes, (name) => labels.has(name) || WORKLOADS.some((kind) => isNameTaken(site, kind, namespace, name)));
}

export function objectName(site: Site, kind: string, namespace: string, wishes: readonly string[]): string {
  return freeName(wishes, (name) => isNameTaken(site, kind, namespace, name));
}

function addAll(set: Set<string>, words: readonly string[]): void {
  for (const word of words) set.add(word);
}

/** A value with its keys in the order in which kubectl prints them: by name, at every depth. */
export function inKubectlOrder<T extends Json>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Json) => inKubectlOrder(item)) as unknown as T;
  const entries = Object.entries(value as Record<string, Json>).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, inKubectlOrder(inner)])) as T;
}
