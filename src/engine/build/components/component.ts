/** One thing a person can place: an object, a group of objects, or a part of the environment. */
import type { Message } from '../../../catalogue/message.ts';
import type { Json, JsonObject } from '../../manifests/document.ts';
import type { ObjectRef } from '../../manifests/object-ref.ts';
import type { FieldPath } from '../../manifests/source.ts';
import type { RequestDraft } from '../../trace/request-draft.ts';
import { inKubectlOrder } from '../names.ts';
import type { Site } from '../site.ts';

export type Section = 'group' | 'client' | 'workload' | 'service' | 'route' | 'policy' | 'environment';

export interface Component {
  /** Stable: `deployment`, `service-node-port`. */
  readonly id: string;
  readonly section: Section;
  /** The kind whose pictogram stands for it. */
  readonly picture: string;
  readonly title: Message;
  /** What it is, in one line. */
  readonly about: Message;
  readonly place: (site: Site, at: Spot) => Placed;
}

/** Where something is to go. */
export interface Spot {
  readonly namespace: string;
  /** The object it was dropped on; null for free ground. */
  readonly onto: ObjectRef | null;
}

export interface Placed {
  /** Manifests to add, in this order. */
  readonly documents?: readonly JsonObject[];
  /** Fields of `scenario.yaml`, set one after the other. */
  readonly scenario?: readonly { readonly path: FieldPath; readonly value: Json }[];
  /** What is selected afterwards; null where nothing of it is an object. */
  readonly object: ObjectRef | null;
  readonly request?: RequestDraft;
}

/** A manifest without an empty field, its keys in kubectl's order. The namespace `default` is not written: it is the default. */
export function manifest(ref: ObjectRef, apiVersion: string, fields: JsonObject, metadata: JsonObject = {}): JsonObject {
  const { kind, namespace, name } = ref;
  const place: JsonObject = namespace === '' || namespace === 'default' ? {} : { namespace };
  return inKubectlOrder({ apiVersion, kind, metadata: { name, ...place, ...metadata }, ...fields });
}
