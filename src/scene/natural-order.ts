/** Orders names as a person counts: `api-2` before `api-10`. Equal for equal texts only, so the order is total. */
export function naturalOrder(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? [];
  const right = b.match(/\d+|\D+/g) ?? [];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const one = left[index]!;
    const other = right[index]!;
    if (one === other) continue;
    const byNumber = Number(one) - Number(other);
    if (byNumber) return byNumber;
    return one < other ? -1 : 1;
  }
  return left.length - right.length;
}
