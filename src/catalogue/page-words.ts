/**
 * The words the page holds. Its own are part of it; those of the engine come with the worker's answers, which carry
 * the templates of the messages they use. So the first load brings no sentence twice, and none that is not shown.
 */
import { app } from './en/app.ts';
import { example } from './en/example.ts';
import { scene } from './en/scene.ts';
import type { Message } from './message.ts';
import { fillTemplate, plainText, type Locale, type Segment } from './template.ts';

export const pageWords = { ...app, ...example, ...scene } as const;

/** Only grows, and a template never changes, so holding it here changes no result. */
const known: Record<string, string> = { ...pageWords };

export function learnWords(words: Readonly<Record<string, string>>): void {
  Object.assign(known, words);
}

/** Segments for the screen. An id that no answer has brought shows itself, which the browser tests would find. */
export function pageRich(message: Message, locale: Locale): readonly Segment[] {
  return fillTemplate(known[message.id] ?? message.id, message.args, locale);
}

export function pageText(message: Message, locale: Locale): string {
  return plainText(pageRich(message, locale));
}
