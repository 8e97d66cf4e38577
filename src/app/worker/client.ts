import { learnWords } from '../../catalogue/page-words.ts';
import type { Analysis, AnalysisQuestion } from './analysis.ts';
import type { CallName, Calls, Question, Reply } from './protocol.ts';

/** A worker that says nothing for this long is taken for dead; ms. */
const PATIENCE = 60_000;

export interface EngineEvents {
  readonly onAnalysis: (analysis: Analysis, question: AnalysisQuestion) => void;
  /** The engine threw or its worker died. The worker is new afterwards; no text was in its keeping. */
  readonly onCrash: (why: string) => void;
}

export interface EngineClient {
  /** The newest question wins: questions that wait are replaced, answers that are overtaken are dropped. */
  readonly analyse: (question: AnalysisQuestion) => void;
  readonly ask: <Name extends Exclude<CallName, 'analyse'>>(call: Name, ask: Calls[Name]['ask']) => Promise<Calls[Name]['answer']>;
}

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/** The part of a Worker that is used here, so that tests can bring their own. */
export type WorkerLike = Pick<Worker, 'postMessage' | 'terminate' | 'addEventListener'>;

const startWorker = (): WorkerLike => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

export function createEngineClient(events: EngineEvents, start: () => WorkerLike = startWorker): EngineClient {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let running: { readonly id: number; readonly question: AnalysisQuestion } | null = null;
  let queued: AnalysisQuestion | null = null;
  let alarm: ReturnType<typeof setTimeout> | undefined;
  let worker = listen(start());

  function listen(fresh: WorkerLike): WorkerLike {
    fresh.addEventListener('message', (event) => {
      if (fresh === worker) onReply((event as MessageEvent<Reply>).data);
    });
    fresh.addEventListener('error', (event) => {
      if (fresh === worker) restart(event.message);
    });
    return fresh;
  }

  function onReply(reply: Reply): void {
    if (reply.kind === 'answer') learnWords(reply.words);
    const waiter = waiting.get(reply.id);
    if (waiter) {
      waiting.delete(reply.id);
      if (reply.kind === 'answer') waiter.resolve(reply.answer as never);
      else waiter.reject(new Error(reply.why));
    }
    if (running?.id === reply.id) {
      const { question } = running;
      clearTimeout(alarm);
      running = null;
      // An overtaken answer is old news; the next one is on its way.
      const isNewest = queued === null;
      startNext();
      if (reply.kind === 'failed') events.onCrash(reply.why);
      else if (isNewest) events.onAnalysis(reply.answer as Analysis, question);
    } else if (reply.kind === 'failed') events.onCrash(reply.why);
  }

  function restart(why: string): void {
    clearTimeout(alarm);
    worker.terminate();
    for (const waiter of waiting.values()) waiter.reject(new Error(why));
    waiting.clear();
    // The question that killed the worker is not asked again; a newer one is.
    running = null;
    worker = listen(start());
    events.onCrash(why);
    startNext();
  }

  function startNext(): void {
    if (queued === null || running !== null) return;
    running = { id: ++lastId, question: queued };
    queued = null;
    post({ id: running.id, call: 'analyse', ask: running.question });
    alarm = setTimeout(() => restart('timeout'), PATIENCE);
  }

  function post(question: Question): void {
    // A worker has no origin to name.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    worker.postMessage(question);
  }

  return {
    analyse(question) {
      queued = question;
      startNext();
    },
    ask(call, ask) {
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        post({ id, call, ask } as Question);
      });
    },
  };
}
