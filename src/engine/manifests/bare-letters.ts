/**
 * Finds a bare `y` or `n`. kubectl reads these letters as booleans and then refuses the object; here they stay text,
 * and the person is told to put quotes around them.
 */
import { readSyntax, type ScalarSyntax, type SyntaxNode } from './syntax-tree.ts';

const LETTER = /^[yYnN]$/;
/** Cheap and true for every text that has one, and for few others. */
const SUSPECT = /(?:^|[\s[{,])[yYnN](?=\s*(?:[:,\]}#\r\n]|$))/;
/** A list of a whole cluster was printed by kubectl, which writes the quotes itself. */
const MAX_LENGTH = 1_000_000;

/** The first in the text of one document, or null. */
export function findBareLetter(text: string): ScalarSyntax | null {
  if (text.length > MAX_LENGTH || !SUSPECT.test(text)) return null;
  const syntax = readSyntax(text);
  return syntax === null ? null : search(syntax.root);
}

function search(node: SyntaxNode): ScalarSyntax | null {
  switch (node.kind) {
    case 'scalar':
      // A tag before it says what it is.
      return node.style === 'plain' && LETTER.test(node.text) && node.outer === node.from ? node : null;
    case 'mapping':
      for (const entry of node.entries) {
        const found = search(entry.key) ?? search(entry.value);
        if (found !== null) return found;
      }
      return null;
    case 'sequence':
      for (const item of node.items) {
        const found = search(item.value);
        if (found !== null) return found;
      }
      return null;
    case 'alias':
      return null;
  }
}
