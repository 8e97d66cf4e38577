/** A path that no rule has: everything, else one after the name of what it leads to. */
export function freePath(taken: readonly string[], name: string): string {
  if (!taken.includes('/')) return '/';
  for (let number = 1; ; number++) {
    const path = number === 1 ? `/${name}` : `/${name}-${number}`;
    if (!taken.includes(path)) return path;
  }
}
