/**
 * The templates at hand: the page holds its own, the engine and the command theirs, and each part that is loaded later
 * teaches what it says. Only grows, and a template never changes, so holding it here changes no result.
 */
const known: Record<string, string> = {};

export function learnWords(words: Readonly<Record<string, string>>): void {
  Object.assign(known, words);
}

/** Undefined for an id that nobody here has taught. */
export const wordsFor = (id: string): string | undefined => known[id];
