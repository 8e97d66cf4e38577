/** The engine's own thread: receives questions, answers in order, keeps the last analysis to reuse unchanged documents. */
import { answer } from './answer.ts';
import type { Question, Reply } from './protocol.ts';

addEventListener('message', (event: MessageEvent<Question>) => {
  const { id } = event.data;
  let reply: Reply;
  try {
    reply = { id, kind: 'answer', answer: answer(event.data) };
  } catch (error) {
    reply = { id, kind: 'failed', why: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
  postMessage(reply);
});
