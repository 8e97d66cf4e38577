/**
 * The order of everything in a cluster: by namespace, then name, with numbers read as numbers (`web-2` before `web-10`).
 * Locale-free, so equal inputs give equal clusters on every machine.
 */
import type { ApiObject } from '../kinds/kind.ts';

export function compareNames(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let i = 0;
  while (i < length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  if (i === a.length || i === b.length) {
    // One is a prefix of the other; `a1` before `a10`.
    return a.length - b.length;
  }
  let start = i;
  while (start > 0 && isDigit(a.charCodeAt(start - 1))) start--;
  if (start < i || (isDigit(a.charCodeAt(i)) && isDigit(b.charCodeAt(i)))) {
    const x = digitsFrom(a, start);
    const y = digitsFrom(b, start);
    if (x.length > 0 && y.length > 0) {
      if (x.length !== y.length && !x.startsWith('0') && !y.startsWith('0')) return x.length - y.length;
      if (x !== y) return x < y ? -1 : 1;
    }
  }
  return a.charCodeAt(i) - b.charCodeAt(i);
}

export function byNamespaceAndName(a: ApiObject, b: ApiObject): number {
  const { ref: x } = a;
  const { ref: y } = b;
  return x.namespace === y.namespace ? compareNames(x.name, y.name) : compareNames(x.namespace, y.namespace);
}

/** Age order (S1.4.7): `creationTimestamp` where both have one, else the place in the texts. */
export function byAge(a: ApiObject, b: ApiObject): number {
  const x = a.metadata.creationTimestamp;
  const y = b.metadata.creationTimestamp;
  if (x !== null && y !== null && x !== y) return x < y ? -1 : 1;
  return a.order - b.order;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function digitsFrom(text: string, from: number): string {
  let to = from;
  while (to < text.length && isDigit(text.charCodeAt(to))) to++;
  return text.slice(from, to);
}
