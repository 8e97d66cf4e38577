/**
 * Paths as the Ingress API and the Gateway API match them, element by element (S9.4, S12.5). Only the path takes part, never the query.
 * https://kubernetes.io/docs/concepts/services-networking/ingress/#path-types
 */

/** `/a/b?x=1` as `{ path: '/a/b', query: '?x=1' }`. An empty path is `/`. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const end = target.search(/[?#]/);
  const path = end < 0 ? target : target.slice(0, end);
  const query = end < 0 || target[end] === '#' ? '' : target.slice(end).replace(/#.*$/, '');
  return { path: path === '' ? '/' : path, query };
}

/** A Prefix pattern without the trailing slash, which takes no part: `/aaa/bbb/` gives `/aaa/bbb`, `/` gives the empty text. */
export function prefixKey(pattern: string): string {
  return pattern.replace(/\/+$/, '');
}

/** Every `prefixKey` that is an element-wise prefix of the path, longest first: `/a/b` gives `/a/b`, `/a`, and the empty text. */
export function* prefixKeys(path: string): Generator<string> {
  for (let key = path; ; key = key.slice(0, key.lastIndexOf('/'))) {
    yield key;
    if (key === '' || !key.includes('/')) return;
  }
}
