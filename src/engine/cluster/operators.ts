/** Pods that an operator makes for an object of its own kind, which is all that was pasted of them (S1.3a). */
import { findKind } from '../kinds/find-kind.ts';
import type { Manifests } from '../manifests/document.ts';
import type { ObjectRef } from '../manifests/object-ref.ts';
import type { Labels } from './selectors.ts';

/** Objects whose kind belongs to another project. */
export function foreignObjects({ objects }: Manifests): readonly ObjectRef[] {
  return objects.filter(({ apiVersion, ref }) => apiVersion.includes('.') && findKind(apiVersion, ref.kind) === null).map(({ ref }) => ref);
}

/**
 * The object whose operator makes the Pods that a selector means: one of its values is the name of the object, and a
 * key or value is its kind in lower case, as operators label what they make. A name alone would be too little, because
 * releases share theirs with everything in them.
 */
export function operatedBy(selector: Labels, namespace: string, foreign: readonly ObjectRef[]): ObjectRef | undefined {
  const values = Object.values(selector);
  return foreign.find(({ kind, namespace: own, name }) => {
    const word = kind.toLowerCase();
    return own === namespace && values.includes(name) && (values.includes(word) || Object.keys(selector).some((key) => key.split('/').includes(word)));
  });
}
