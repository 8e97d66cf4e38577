import { en } from './en/index.ts';
import type { Message } from './message.ts';
import { fillTemplate, plainText, type Locale, type Segment } from './template.ts';

/** Plain text, for the command, widths and Markdown. */
export function renderText(message: Message, locale: Locale = 'en'): string {
  return plainText(renderRich(message, locale));
}

/** Facts apart from words, glossary terms marked. */
export function renderRich(message: Message, locale: Locale = 'en'): readonly Segment[] {
  return fillTemplate(en[message.id], message.args, locale);
}
