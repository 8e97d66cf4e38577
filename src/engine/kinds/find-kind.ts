/** Which kind an object is of, and whether a current API server serves its version (S2.12). */
import { kinds } from './index.ts';
import type { Kind } from './kind.ts';

export type FoundKind =
  | { readonly kind: Kind; readonly served: true }
  /** `removedIn`: the release that dropped this version, `1.22`; null when no release ever served it. */
  | { readonly kind: Kind; readonly served: false; readonly removedIn: string | null };

const byName = new Map(kinds.map((kind) => [kind.kind, kind]));

/**
 * Null for a kind that is not read. A kind of another project may share its name with one of Kubernetes
 * (`serving.knative.dev/v1` has a Service): the group tells them apart.
 */
export function findKind(apiVersion: string, kindName: string): FoundKind | null {
  const kind = byName.get(kindName);
  if (kind === undefined) return null;
  if (kind.apiVersions.includes(apiVersion)) return { kind, served: true };
  if (Object.hasOwn(kind.removed, apiVersion)) return { kind, served: false, removedIn: kind.removed[apiVersion]! };
  const group = groupOf(apiVersion);
  const isOwn = [...kind.apiVersions, ...Object.keys(kind.removed)].some((version) => groupOf(version) === group);
  return isOwn || BUILT_IN.has(group) ? { kind, served: false, removedIn: null } : null;
}

/** Groups of Kubernetes itself, where a kind of another group is a mistake and not someone else's kind. */
const BUILT_IN: ReadonlySet<string> = new Set(['', 'apps', 'batch', 'extensions', 'networking.k8s.io', 'discovery.k8s.io', 'policy', 'autoscaling']);

/** Empty for the core group, whose versions are written without one: `v1`. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}
