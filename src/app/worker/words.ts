import { scene } from '../../catalogue/en/scene.ts';
import { wordsFor } from '../../catalogue/known-words.ts';

/**
 * The templates of all messages within an answer that the page neither holds nor was sent before. `sent` is added to.
 */
export function wordsOf(answer: unknown, sent: Set<string>): Readonly<Record<string, string>> {
  const words: Record<string, string> = {};
  const todo: unknown[] = [answer];
  while (todo.length > 0) {
    const value = todo.pop();
    if (typeof value !== 'object' || value === null) continue;
    if ('id' in value && 'args' in value && typeof value.id === 'string' && !(value.id in scene) && !sent.has(value.id)) {
      const template = wordsFor(value.id);
      if (template !== undefined) {
        sent.add(value.id);
        words[value.id] = template;
      }
    }
    for (const part of Object.values(value)) if (typeof part === 'object') todo.push(part);
  }
  return words;
}
