/** FNV-1a, 32 bits: a stable number for a text where a real system would use a hash or a random suffix. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}

/** Sixteen hexadecimal digits. */
export function hexHash(text: string): string {
  return hash(text).toString(16).padStart(8, '0') + hash(`${text}#`).toString(16).padStart(8, '0');
}
