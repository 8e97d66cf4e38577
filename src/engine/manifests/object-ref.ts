/** The identity of an API object. Plain data; equal refs have equal `refKey`. */
export interface ObjectRef {
  readonly kind: string;
  /** Empty for cluster-scoped kinds. */
  readonly namespace: string;
  readonly name: string;
}

/** `Service/shop/api`; `Node//node-a` is written `Node/node-a`. The form used in JSON output and as map key. */
export function refKey(ref: ObjectRef): string {
  return ref.namespace === '' ? `${ref.kind}/${ref.name}` : `${ref.kind}/${ref.namespace}/${ref.name}`;
}

/** `shop/api`: the map key of one kind's objects, as `kubectl` prints it. */
export function nameKey(namespace: string, name: string): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}
