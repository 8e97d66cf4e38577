/** Orders names as a person counts: `api-2` before `api-10`. Equal for equal texts only, so the order is total. */
export function naturalOrder(a: string, b: string): number {
  return compare(partsOf(a), partsOf(b));
}

/** A sorted copy. Names are taken apart once, which counts for thousands of Pods. */
export function sortByName<T>(items: readonly T[], name: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, parts: partsOf(name(item)) }))
    .sort((a, b) => compare(a.parts, b.parts))
    .map(({ item }) => item);
}

type Part = string | number;

function partsOf(text: string): readonly Part[] {
  return (text.match(/\d+|\D+/g) ?? []).map((part) => (/^\d/.test(part) ? Number(part) : part));
}

function compare(a: readonly Part[], b: readonly Part[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const one = a[index]!;
    const other = b[index]!;
    if (one === other) continue;
    if (typeof one === 'number' && typeof other === 'number') return one - other;
    return String(one) < String(other) ? -1 : 1;
  }
  return a.length - b.length;
}
