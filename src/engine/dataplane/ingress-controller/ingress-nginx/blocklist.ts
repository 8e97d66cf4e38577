/** The ConfigMap's lists of clients to turn away by what they say of themselves. */
import type { Settings } from './settings.ts';
import { compilePattern } from '../../proxy/regex/pattern.ts';

export interface Block {
  readonly key: 'block-user-agents' | 'block-referers';
  readonly entry: string;
}

export function blockedBy(settings: Settings, headers: Readonly<Record<string, string>>): Block | null {
  const agent = firstMatch(settings.blockUserAgents, headers['user-agent'] ?? '');
  if (agent !== null) return { key: 'block-user-agents', entry: agent };
  const referer = firstMatch(settings.blockReferers, headers['referer'] ?? '');
  return referer === null ? null : { key: 'block-referers', entry: referer };
}

/** As nginx's `map`: whole values in any case, `~` a regular expression, `~*` one that ignores case. */
function firstMatch(entries: readonly string[], value: string): string | null {
  const plain = entries.find((entry) => !entry.startsWith('~') && entry.toLowerCase() === value.toLowerCase());
  return plain ?? entries.find((entry) => entry.startsWith('~') && patternMatches(entry, value)) ?? null;
}

function patternMatches(entry: string, value: string): boolean {
  const ignoreCase = entry.startsWith('~*');
  return compilePattern(entry.slice(ignoreCase ? 2 : 1), { ignoreCase }).search(value).kind === 'match';
}
