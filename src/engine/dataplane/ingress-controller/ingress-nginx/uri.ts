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

/** Printable ASCII that nginx escapes all the same in a path it has changed. */
const ESCAPED = '"#%<>?\\^`{|}';

export function escapePath(path: string): string {
  return Array.from(path, (character) => (character > ' ' && character <= '~' && !ESCAPED.includes(character) ? character : escapeCharacter(character))).join(
    '',
  );
}

function escapeCharacter(character: string): string {
  // Half of a surrogate pair has no encoding.
  return character.length === 1 && /[\ud800-\udfff]/.test(character) ? '' : encodeURIComponent(character);
}
