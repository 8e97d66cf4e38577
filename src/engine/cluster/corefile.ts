/**
 * What a pasted Corefile tells of the cluster's DNS: the block of the `kubernetes` plugin, line by line. Nothing is
 * verified: an option that is not known here changes nothing. https://coredns.io/plugins/kubernetes/
 */
import type { EnvironmentSpec } from '../kinds/scenario/scenario-spec.ts';
import type { Manifests } from '../manifests/document.ts';
import { isObject } from '../manifests/json.ts';
import type { ObjectRef } from '../manifests/object-ref.ts';

export interface Corefile {
  /** The ConfigMap that holds it. */
  readonly from: ObjectRef;
  /** The first zone that is no reverse zone; null where none is named. */
  readonly zone: string | null;
  /** Without `pods` the plugin knows no names of Pods (S6.5). */
  readonly pods: NonNullable<EnvironmentSpec['podDnsMode']>;
  /** Seconds. */
  readonly ttl: number;
  /** `ignore empty_service` (S6.15). */
  readonly ignoresEmptyServices: boolean;
  /** `endpoint_pod_names`: an endpoint without host name has the name of its Pod. */
  readonly namesPods: boolean;
}

/** Seconds of the plugin itself; kubeadm's Corefile says 30 (S6.2). */
const PLUGIN_TTL = 5;

/** Null where nobody pasted one, or it has no `kubernetes` block. */
export function corefileIn({ objects }: Manifests): Corefile | null {
  for (const { ref, value } of objects) {
    if (ref.kind !== 'ConfigMap' || ref.namespace !== 'kube-system') continue;
    const { data } = value;
    const text = isObject(data) ? data['Corefile'] : undefined;
    const read = typeof text === 'string' ? readCorefile(text) : null;
    if (read !== null) return { from: ref, ...read };
  }
  return null;
}

/** The first `kubernetes` block of a Corefile. */
export function readCorefile(text: string): Omit<Corefile, 'from'> | null {
  const lines = text.split('\n').map((line) => line.replace(/#.*$/, '').trim());
  const start = lines.findIndex((line) => /^kubernetes(\s|$)/.test(line));
  if (start < 0) return null;
  const [, ...words] = lines[start]!.split(/\s+/);
  const zone = words.find((word) => word !== '{' && !word.endsWith('.arpa'));
  const end = words.includes('{') ? lines.findIndex((line, at) => at > start && line === '}') : start + 1;
  const options = lines.slice(start + 1, Math.max(start + 1, end)).map((line) => line.split(/\s+/));
  const valueOf = (name: string) => options.find(([word]) => word === name)?.[1];
  const mode = valueOf('pods');
  const ttl = Number(valueOf('ttl') ?? PLUGIN_TTL);
  return {
    zone: zone?.replace(/\.$/, '') ?? null,
    pods: mode === 'insecure' || mode === 'verified' ? mode : 'disabled',
    ttl: Number.isInteger(ttl) && ttl >= 0 ? ttl : PLUGIN_TTL,
    ignoresEmptyServices: options.some(([word, ...what]) => word === 'ignore' && what.includes('empty_service')),
    namesPods: options.some(([word]) => word === 'endpoint_pod_names'),
  };
}
