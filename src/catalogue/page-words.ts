/**
 * The words the page holds. Its own are part of it; those of the engine come with the worker's answers, which carry
 * the templates of the messages they use. So the first load brings no sentence twice, and none that is not shown.
 */
import { app } from './en/app.ts';
import { scene } from './en/scene.ts';
import { learnWords, wordsFor } from './known-words.ts';
import type { Message } from './message.ts';
import { fillRich, type Segment } from './rich.ts';
import { fillText, type Locale } from './template.ts';

export const pageWords = { ...app, ...scene } as const;

learnWords(pageWords);

/** A part that is loaded later brings its words with it. */
export { learnWords };

/** Segments for the screen. An id that no answer has brought shows itself, which the browser tests would find. */
export function pageRich(message: Message, locale: Locale): readonly Segment[] {
  return fillRich(wordsFor(message.id) ?? message.id, message.args, locale);
}

export function pageText(message: Message, locale: Locale): string {
  return fillText(wordsFor(message.id) ?? message.id, message.args, locale);
}
