/**
 * The engine's own thread: receives questions, answers them in order (but for one that waits for its code), keeps the
 * last analysis to reuse unchanged documents.
 */
import { answer } from './answer.ts';
import type { Question, Reply } from './protocol.ts';
import { wordsOf } from './words.ts';

/** Templates the page has by now. */
const sent = new Set<string>();

addEventListener('message', (event: MessageEvent<Question>) => {
  void replyTo(event.data).then((reply) => postMessage(reply));
});

async function replyTo(question: Question): Promise<Reply> {
  const { id } = question;
  try {
    const result = await answer(question);
    return { id, kind: 'answer', answer: result, words: wordsOf(result, sent) };
  } catch (error) {
    return { id, kind: 'failed', why: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}
