/**
 * What the API server knows about a kind: names, scope, fields, defaults (S3), validation (S4).
 * One folder per kind holds its descriptor and its types; `index.ts` registers it with one line.
 */
import type { ManifestObject } from '../manifests/document.ts';
import type { Finding, Rejection, RuleId } from '../manifests/finding.ts';
import type { ObjectRef } from '../manifests/object-ref.ts';
import type { FieldPath } from '../manifests/source.ts';
import type { RouteFacet } from './gateway-api/route-spec.ts';

export interface Metadata {
  readonly name: string;
  /** Empty for cluster-scoped kinds; `default` where a namespaced object states none. */
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** RFC 3339, or null when not written. */
  readonly creationTimestamp: string | null;
  readonly deletionTimestamp: string | null;
  readonly owners: readonly { readonly kind: string; readonly name: string; readonly controller: boolean }[];
}

/** Common part of every accepted object. */
export interface ApiObject {
  readonly ref: ObjectRef;
  readonly metadata: Metadata;
  /** The text it was read from; null for objects that a controller or an inference made. */
  readonly manifest: ManifestObject | null;
  /** Age order among objects without `creationTimestamp` (S1.4.7). */
  readonly order: number;
}

/** Result of reading one object: `object` is null when the API server would reject it. */
export interface Admission<T extends ApiObject = ApiObject> {
  readonly object: T | null;
  readonly rejections: readonly Rejection[];
  /** Warnings the API server or this project would raise; never a reason not to exist. */
  readonly findings: readonly Finding[];
  /** Fields that were not written and the value they got, by formatted path: `spec.type` to `ClusterIP`. */
  readonly defaults: Defaults;
}

/** A value that the API server wrote into a field nobody wrote, and the rule that says which (S3). */
export interface Default {
  readonly value: string;
  readonly rule: RuleId;
}

/** By formatted path. */
export type Defaults = Readonly<Record<string, Default>>;

/** Place on a path, from the client to the container: decides the lane on the map. */
export type Role = 'client' | 'dns' | 'edge' | 'node' | 'controller' | 'service' | 'pod' | 'none';

export interface Kind<T extends ApiObject = ApiObject> {
  readonly kind: string;
  readonly plural: string;
  /** Served versions, preferred first: `['networking.k8s.io/v1']`. */
  readonly apiVersions: readonly string[];
  /** Versions that were served once and are not now, with the release of Kubernetes, or of the Gateway API, that removed them (S2.12). */
  readonly removed: Readonly<Record<string, string>>;
  /** Those of `apiVersions` that only the experimental channel of the Gateway API serves (S2.8). */
  readonly experimental?: readonly string[];
  readonly namespaced: boolean;
  readonly role: Role;
  /** Page of the official documentation. */
  readonly docs: string;
  /** A small well-formed manifest of this kind: reads back without a rejection or finding. */
  readonly template: string;
  /** Set for kinds whose objects are routes of the Gateway API. */
  readonly route?: RouteFacet;
  /** Fields, defaults, validation. Never throws on any input. */
  readonly read: (manifest: ManifestObject) => Admission<T>;
  /** What the API server refuses where `after` is applied over `before`: fields that cannot change. A method, like the next. */
  update?(this: void, before: T, after: T): readonly Rejection[];
  /** Fields that name other objects, for links, renames and near misses. A method, so that all kinds fit one list. */
  references(this: void, object: T): readonly Reference[];
}

export interface Reference {
  readonly path: FieldPath;
  readonly to: ObjectRef;
}
