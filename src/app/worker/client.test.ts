import { expect, it } from 'vitest';
import { NO_MEMORY } from '../../engine/index.ts';
import type { AnalysisQuestion } from './analysis.ts';
import { createEngineClient, type WorkerLike } from './client.ts';
import type { Question, Reply } from './protocol.ts';

/** Workers that answer only when told. */
function stage() {
  const workers: { readonly asked: Question[]; readonly say: (reply: Reply) => void; readonly die: (why: string) => void; dead: boolean }[] = [];
  const start = (): WorkerLike => {
    const listeners: Record<string, (event: never) => void> = {};
    const worker = {
      asked: [] as Question[],
      dead: false,
      say: (reply: Reply) => listeners['message']!({ data: reply } as never),
      die: (why: string) => listeners['error']!({ message: why } as never),
    };
    workers.push(worker);
    return {
      postMessage: (question: Question) => worker.asked.push(question),
      terminate: () => (worker.dead = true),
      addEventListener: (type: string, listener: (event: never) => void) => (listeners[type] = listener),
    } as unknown as WorkerLike;
  };
  const analyses: string[] = [];
  const crashes: string[] = [];
  const client = createEngineClient({ onAnalysis: (_, question) => analyses.push(question.workspace[0]!.text), onCrash: (why) => crashes.push(why) }, start);
  return { workers, client, analyses, crashes };
}

const question = (text: string): AnalysisQuestion => ({ workspace: [{ name: 'a.yaml', text }], request: null, memory: NO_MEMORY });
const answer = (id: number): Reply => ({ id, kind: 'answer', answer: {}, words: {} });

it('an overtaken answer is dropped and only the newest waiting question is asked', () => {
  const { workers, client, analyses } = stage();
  client.analyse(question('one'));
  client.analyse(question('two'));
  client.analyse(question('three'));
  expect(workers[0]!.asked).toHaveLength(1);
  workers[0]!.say(answer(workers[0]!.asked[0]!.id));
  expect(analyses).toEqual([]);
  expect(workers[0]!.asked).toHaveLength(2);
  workers[0]!.say(answer(workers[0]!.asked[1]!.id));
  expect(analyses).toEqual(['three']);
});

it('a dead worker is replaced, said, and not asked the same again', () => {
  const { workers, client, analyses, crashes } = stage();
  client.analyse(question('one'));
  workers[0]!.die('out of memory');
  expect(crashes).toEqual(['out of memory']);
  expect(workers[0]!.dead).toBe(true);
  expect(workers[1]!.asked).toHaveLength(0);
  client.analyse(question('two'));
  workers[1]!.say(answer(workers[1]!.asked[0]!.id));
  expect(analyses).toEqual(['two']);
});

it('a call that waits for a dead worker is refused', async () => {
  const { workers, client } = stage();
  const asked = client.ask('redactSecrets', []);
  workers[0]!.die('gone');
  await expect(asked).rejects.toThrow('gone');
});

it('a throw of the engine is a crash, and the next question is answered', () => {
  const { workers, client, analyses, crashes } = stage();
  client.analyse(question('one'));
  workers[0]!.say({ id: workers[0]!.asked[0]!.id, kind: 'failed', why: 'TypeError: x' });
  expect(crashes).toEqual(['TypeError: x']);
  client.analyse(question('two'));
  workers[0]!.say(answer(workers[0]!.asked[1]!.id));
  expect(analyses).toEqual(['two']);
});
