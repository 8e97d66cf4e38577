/** What the path of a rule becomes in a controller's own configuration, and which requests it matches (S9.4, S11). */
import { msg, type Message } from '../../../../catalogue/message.ts';
import { prefixKey } from '../../proxy/path.ts';
import { compilePattern, type Pattern } from '../../proxy/regex/pattern.ts';

export type PathPattern =
  | { readonly kind: 'exact'; readonly text: string }
  /** Whole elements between slashes; a slash at the end takes no part. */
  | { readonly kind: 'elements'; readonly text: string }
  /** The path begins with the text, wherever an element ends. */
  | { readonly kind: 'characters'; readonly text: string }
  /** The whole path matches. */
  | { readonly kind: 'regex'; readonly text: string; readonly pattern: Pattern };

export function exact(text: string): PathPattern {
  return { kind: 'exact', text };
}

export function elements(path: string): PathPattern {
  return { kind: 'elements', text: prefixKey(path) };
}

export function characters(text: string): PathPattern {
  return { kind: 'characters', text };
}

export function wholeRegex(text: string): PathPattern {
  return { kind: 'regex', text, pattern: compilePattern(`^(?:${text})$`, { ignoreCase: false }) };
}

export function matchesPath(pattern: PathPattern, path: string): boolean {
  switch (pattern.kind) {
    case 'exact':
      return path === pattern.text;
    case 'elements':
      return path === pattern.text || path.startsWith(`${pattern.text}/`);
    case 'characters':
      return path.startsWith(pattern.text);
    case 'regex':
      return pattern.pattern.search(path).kind === 'match';
  }
}

/** Two that match the same paths. */
export function samePattern(a: PathPattern, b: PathPattern): boolean {
  return a.kind === b.kind && a.text === b.text;
}

/** `written` is the path as the Ingress has it. */
export function whyMatched(pattern: PathPattern, written: string): Message {
  switch (pattern.kind) {
    case 'exact':
      return msg('ingress.ranked.match.exact', { path: written });
    case 'elements':
      return msg('ingress.ranked.match.elements', { path: written });
    case 'characters':
      return msg('ingress.ranked.match.characters', { path: written });
    case 'regex':
      return msg('ingress.ranked.match.regex', { path: written });
  }
}

export function whyUnmatched(pattern: PathPattern, written: string, path: string): Message {
  switch (pattern.kind) {
    case 'exact':
      return msg('ingress.no-match.exact', { pattern: written, path });
    case 'elements':
      return path.startsWith(pattern.text)
        ? msg('ingress.no-match.element', { pattern: written, path })
        : msg('ingress.no-match.prefix', { pattern: written, path });
    case 'characters':
      return msg('ingress.no-match.prefix', { pattern: written, path });
    case 'regex':
      return msg('ingress.ranked.no-match.regex', { pattern: written, path });
  }
}
