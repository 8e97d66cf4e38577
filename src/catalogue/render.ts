import { en } from './en/index.ts';
import { learnWords, wordsFor } from './known-words.ts';
import type { Message } from './message.ts';
import { fillText, type Locale } from './template.ts';

learnWords(en);

/** Plain text, for the command, widths and Markdown. An id that nobody has taught shows itself. */
export function renderText(message: Message, locale: Locale = 'en'): string {
  return fillText(wordsFor(message.id) ?? message.id, message.args, locale);
}
