/** The engine's own thread: receives questions, answers in order, keeps the last analysis to reuse unchanged documents. */
import { answer } from './answer.ts';
import type { Question, Reply } from './protocol.ts';
import { wordsOf } from './words.ts';

/** Templates the page has by now. */
const sent = new Set<string>();

addEventListener('message', (event: MessageEvent<Question>) => {
  const { id } = event.data;
  let reply: Reply;
  try {
    const result = answer(event.data);
    reply = { id, kind: 'answer', answer: result, words: wordsOf(result, sent) };
  } catch (error) {
    reply = { id, kind: 'failed', why: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
  postMessage(reply);
});
