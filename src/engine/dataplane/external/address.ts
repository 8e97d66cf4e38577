/**
 * Addresses for hosts outside the cluster that are known by name only: documentation range TEST-NET-2, by a hash of
 * the name, so the same name has the same address in every trace.
 */
export function externalAddress(name: string): string {
  let hash = 5381;
  for (const character of name.toLowerCase().replace(/\.$/, '')) hash = (Math.imul(hash, 33) ^ (character.codePointAt(0) ?? 0)) >>> 0;
  return `198.51.100.${(hash % 254) + 1}`;
}
