/**
 * The part of a program that resolves names differs by its C library and system (S6.7). Manifests do not state it: an
 * image or a node selector tells, else it is taken to be glibc, and it is listed where another would come to something else.
 * https://wiki.musl-libc.org/functional-differences-from-glibc.html#Name-Resolver/DNS
 * https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#dns-windows
 */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { Pod } from '../../kinds/pod/pod-spec.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import type { Assumption } from '../../trace/assumption.ts';

export type ResolverLibrary = 'glibc' | 'musl' | 'windows';

const LIBRARIES: readonly ResolverLibrary[] = ['glibc', 'musl', 'windows'];

export interface Library {
  readonly library: ResolverLibrary;
  /** Null where a person stated it. */
  readonly assumption: Assumption | null;
}

export function libraryOf({ environment }: Cluster, pod: Pod): Library {
  const key = pod.workload === null ? nameKey(pod.ref.namespace, pod.ref.name) : nameKey(pod.workload.namespace, pod.workload.name);
  const id = `resolver:${key}`;
  const stated = LIBRARIES.find((library) => library === environment.assume[id]);
  if (stated !== undefined) return { library: stated, assumption: null };
  const library = shownBy(pod);
  return {
    library,
    assumption: {
      id,
      origin: 'default',
      message: msg('dns.assume-resolver', { pods: key, library: NAMES[library] }),
      choices: LIBRARIES.map((value) => ({
        label: LABELS[value],
        current: value === library,
        set: { path: ['spec', 'environment', 'assume', id], value },
      })),
    },
  };
}

const NAMES: Readonly<Record<ResolverLibrary, string>> = { glibc: 'glibc', musl: 'musl', windows: 'Windows' };

const LABELS: Readonly<Record<ResolverLibrary, Message>> = {
  glibc: msg('dns.resolver.glibc'),
  musl: msg('dns.resolver.musl'),
  windows: msg('dns.resolver.windows'),
};

/** Alpine is built on musl, and its images say so in their tags. */
function shownBy({ spec }: Pod): ResolverLibrary {
  if (spec.nodeSelector['kubernetes.io/os'] === 'windows') return 'windows';
  return spec.containers.some(({ image }) => /alpine/i.test(image)) ? 'musl' : 'glibc';
}
