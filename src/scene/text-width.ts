/**
 * How wide a text is, without a screen: advance widths of the two fonts that are shipped, so that boxes can be sized
 * in a worker and come out the same on every machine. Unknown characters count as a full em, which is wide enough.
 */

export type FontName = 'title' | 'kicker' | 'fact';

/** Size in px of each text of the map, and the height of its line. */
export const FONTS: Readonly<Record<FontName, { readonly size: number; readonly line: number }>> = {
  title: { size: 13, line: 18 },
  kicker: { size: 12, line: 16 },
  fact: { size: 12, line: 16 },
};

/** Inter at weight 640, which is no narrower than the 620 that is drawn, characters 32 to 126, in hundredths of an em, rounded up. Lighter weights are narrower. */
const INTER = [
  25, 33, 54, 65, 66, 101, 67, 34, 38, 38, 55, 68, 33, 47, 33, 39, 67, 43, 63, 64, 68, 62, 65, 58, 65, 65, 33, 34, 68, 68, 68, 55, 101, 74, 67, 74, 73, 61, 59,
  75, 75, 28, 59, 71, 57, 93, 77, 77, 65, 78, 66, 65, 67, 74, 74, 103, 73, 73, 66, 38, 39, 38, 49, 48, 36, 58, 63, 59, 63, 60, 40, 63, 62, 27, 27, 58, 27, 91,
  62, 62, 63, 63, 41, 56, 36, 62, 60, 85, 58, 60, 57, 47, 37, 47, 68,
];

/** IBM Plex Mono: every character it has is this wide. */
const MONO = 60;

function hundredths(char: string, font: FontName): number {
  const code = char.codePointAt(0) ?? 0;
  const isLatin = code >= 32 && code < 127;
  if (font === 'fact') return isLatin || char === '·' ? MONO : 100;
  if (char === '·') return 33;
  return isLatin ? (INTER[code - 32] ?? 100) : 100;
}

/** Width in px at zoom 1, rounded up. */
export function textWidth(text: string, font: FontName): number {
  let sum = 0;
  for (const char of text) sum += hundredths(char, font);
  return Math.ceil((sum * FONTS[font].size) / 100);
}

/** Names and addresses are broken after one of these, where there is one. */
const BREAK_AFTER = /[-./:,_ ]/;

/**
 * Lines no wider than `limit`, nothing lost: joined, they give the text back (but for spaces at line ends).
 * A piece with no place to break may be as wide as `most`; a wider one is broken at the last character that fits.
 */
export function wrap(text: string, font: FontName, limit: number, most = limit): readonly string[] {
  const lines: string[] = [];
  let rest = text;
  while (textWidth(rest, font) > limit) {
    const at = lastBreak(rest, longestPrefix(rest, font, limit)) ?? firstBreak(rest, longestPrefix(rest, font, most));
    if (at === rest.length) break;
    lines.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  return [...lines, rest];
}

function longestPrefix(text: string, font: FontName, limit: number): number {
  let sum = 0;
  let at = 0;
  for (const char of text) {
    sum += hundredths(char, font);
    if (at > 0 && Math.ceil((sum * FONTS[font].size) / 100) > limit) break;
    at += char.length;
  }
  return at;
}

function lastBreak(text: string, fits: number): number | null {
  // A first line of one or two characters looks like a mistake; then the hard break is better.
  for (let at = fits; at > Math.min(3, fits - 1); at--) if (BREAK_AFTER.test(text[at - 1] ?? '')) return at;
  return null;
}

function firstBreak(text: string, fits: number): number {
  for (let at = 4; at < fits; at++) if (BREAK_AFTER.test(text[at - 1] ?? '')) return at;
  return fits;
}
