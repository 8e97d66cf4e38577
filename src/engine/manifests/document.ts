import type { Finding } from './finding.ts';
import type { ObjectRef } from './object-ref.ts';
import type { Sighting } from './printed/sighting.ts';
import type { FieldPath, SourceRange } from './source.ts';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** One object as written, before defaults. `value` never holds a Secret's payload (see `secret-facts.ts`). */
export interface ManifestObject {
  readonly ref: ObjectRef;
  readonly apiVersion: string;
  readonly value: JsonObject;
  readonly file: string;
  readonly document: number;
  /** Path of the object within its document: `[]`, or `['items', 3]` in a `kind: List`. */
  readonly root: FieldPath;
  /** Fields that another text told, with their places there: what kubectl printed about the object. */
  readonly told?: readonly ToldField[];
  /** Position over all texts: the age order when `creationTimestamp` is absent (S1.4.7). */
  readonly order: number;
}

export interface ToldField {
  readonly path: FieldPath;
  readonly range: SourceRange;
}

/** One YAML or JSON document of a file, or something that kubectl printed. */
export interface ManifestDocument {
  readonly file: string;
  readonly index: number;
  /** Offset of the document's first character in its file. */
  readonly start: number;
  /** Lines of the file before the document. */
  readonly startLine: number;
  readonly text: string;
  readonly objects: readonly ManifestObject[];
  readonly findings: readonly Finding[];
  /** Lines that kubectl printed; absent where the document is YAML or JSON. */
  readonly sightings?: readonly Sighting[];
}

/** What the texts say. Immutable; unchanged documents are the same objects as in the previous parse. */
export interface Manifests {
  readonly documents: readonly ManifestDocument[];
  readonly objects: readonly ManifestObject[];
  readonly findings: readonly Finding[];
}
