/** Who came first, where the Gateway API lets age decide: then by namespace and name (S12.6.7, S12.4.4). */
import type { ApiObject } from '../../kinds/kind.ts';
import { byAge } from '../name-order.ts';

export function byAgeThenName(a: ApiObject, b: ApiObject): number {
  const [x, y] = [a.metadata.creationTimestamp, b.metadata.creationTimestamp];
  if (x === null || y === null || x !== y) return byAge(a, b);
  const [first, second] = [`${a.ref.namespace}/${a.ref.name}`, `${b.ref.namespace}/${b.ref.name}`];
  return first < second ? -1 : first > second ? 1 : a.order - b.order;
}
