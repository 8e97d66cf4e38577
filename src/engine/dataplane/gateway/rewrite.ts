/** The path that a redirect or a rewrite leads to (S12.7, S12.8). */
import type { PathModifier } from '../../kinds/gateway-api/filter-spec.ts';
import { prefixKey, splitTarget } from '../proxy/path.ts';
import type { Entry } from './entry.ts';

/** `target` is the path with its query, which stays; null changes nothing. */
export function rewrittenPath(modifier: PathModifier | null, target: string, entry: Pick<Entry, 'path'>): string {
  if (modifier === null) return target;
  const { path, query } = splitTarget(target);
  switch (modifier.type) {
    case 'ReplaceFullPath':
      return `${modifier.value === '' ? '/' : modifier.value}${query}`;
    case 'ReplacePrefixMatch':
      return `${replacePrefix(path, entry.path?.value ?? '/', modifier.value)}${query}`;
  }
}

/** S12.8: whether prefix and replacement end with a slash makes no difference, and no path is left empty. */
export function replacePrefix(path: string, prefix: string, replacement: string): string {
  const rest = path.slice(prefixKey(prefix).length);
  const replaced = `${prefixKey(replacement)}${rest}`;
  return replaced === '' ? '/' : replaced;
}
