/**
 * A request's path as nginx reads it before anything is matched: %xx decoded, `.` and `..` resolved, slashes merged
 * (S10.12). And back: the escapes nginx writes when it proxies a path it changed.
 */

/** Null for a path nginx answers with 400: a broken escape, a NUL, or `..` above the root. */
export function normalizePath(path: string): string | null {
  const decoded = decode(path);
  if (decoded === null) return null;
  const out: string[] = [];
  const elements = decoded.split('/').slice(1);
  for (const [index, element] of elements.entries()) {
    const last = index === elements.length - 1;
    if (element === '..') {
      if (out.length === 0) return null;
      out.pop();
    }
    const hidden = element === '' || element === '.' || element === '..';
    if (!hidden) out.push(element);
    if (hidden && last) return out.length === 0 ? '/' : `/${out.join('/')}/`;
  }
  return `/${out.join('/')}`;
}

function decode(path: string): string | null {
  if (/%(?![0-9A-Fa-f]{2})/.test(path) || /%00/.test(path)) return null;
  return path.replace(/(?:%[0-9A-Fa-f]{2})+/g, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      // Bytes that are no UTF-8 stay what they are, one character each.
      return escapes.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    }
  });
}

/** What nginx never sends bare in a path it has changed. */
export function escapePath(path: string): string {
  return path.replace(/[\u0000-\u0020"#%<>?\\^`{|}\u007f-\uffff]+/g, (text) => {
    try {
      return encodeURIComponent(text).replace(/'/g, '%27');
    } catch {
      return '';
    }
  });
}
