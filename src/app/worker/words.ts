import { en } from '../../catalogue/en/index.ts';
import { pageWords } from '../../catalogue/page-words.ts';

/**
 * The templates of all messages within an answer that the page neither holds nor was sent before. `sent` is added to.
 */
export function wordsOf(answer: unknown, sent: Set<string>): Readonly<Record<string, string>> {
  const words: Record<string, string> = {};
  const todo: unknown[] = [answer];
  while (todo.length > 0) {
    const value = todo.pop();
    if (typeof value !== 'object' || value === null) continue;
    if ('id' in value && 'args' in value && typeof value.id === 'string' && value.id in en && !(value.id in pageWords) && !sent.has(value.id)) {
      sent.add(value.id);
      words[value.id] = en[value.id as keyof typeof en];
    }
    for (const part of Object.values(value)) if (typeof part === 'object') todo.push(part);
  }
  return words;
}
