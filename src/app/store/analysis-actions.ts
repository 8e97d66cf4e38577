import { loadFirstAnswer } from 'virtual:first-answer';
import { learnWords } from '../../catalogue/page-words.ts';
import type { Analysis, AnalysisQuestion } from '../worker/analysis.ts';
import { createEngineClient, type EngineClient } from '../worker/client.ts';
import { useStore, type Playback } from './store.ts';

/** Where the player stands when the next answer arrives: `play` from the first stop, `show` the end, a stop, or as it is. */
type OnArrival = 'play' | 'keep' | { readonly stop: number | 'last' };

let onArrival: OnArrival = 'keep';
let client: EngineClient | null = null;

/** The worker starts with the first question, or when the page says it is about to ask. */
export function engine(): EngineClient {
  client ??= createEngineClient({ onAnalysis: take, onCrash: (why) => useStore.setState({ crashed: why, analysing: false }) });
  return client;
}

/**
 * The first visit: the answer about the first example came with the page, made by the same engine at build time, so it
 * plays at once. The worker comes after it and takes over.
 */
export async function playFirst(): Promise<void> {
  const { workspace, request, analysis, words } = await loadFirstAnswer();
  learnWords(words);
  useStore.setState((state) => ({
    workspace,
    activeFile: workspace[0]!.name,
    revision: state.revision + 1,
    draft: request,
    sent: request,
    analysis,
    playback: arrive(analysis, state.playback, 'play'),
  }));
  setTimeout(() => analyse(), 1000);
}

/** Derives everything anew from the state as it is now. */
export function analyse(arrival: OnArrival = 'keep'): void {
  if (arrival !== 'keep') onArrival = arrival;
  const { workspace, sent, memory } = useStore.getState();
  useStore.setState({ analysing: true });
  engine().analyse({ workspace, request: sent, memory });
}

function take(analysis: Analysis, question: AnalysisQuestion): void {
  const { sent, playback, workspace } = useStore.getState();
  useStore.setState({
    analysis,
    crashed: null,
    analysing: question.workspace !== workspace || question.request !== sent,
    playback: arrive(analysis, playback, question.request === sent ? onArrival : 'keep'),
  });
  if (question.request === sent) onArrival = 'keep';
}

function arrive(analysis: Analysis, playback: Playback, arrival: OnArrival): Playback {
  const last = (analysis.scene?.stops.length ?? 0) - 1;
  if (analysis.trace === null || last < 0) return { ...playback, status: 'idle', stop: 0 };
  if (arrival === 'play') {
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    return isStill ? { ...playback, status: 'ended', stop: last } : { ...playback, status: 'playing', stop: 0 };
  }
  if (arrival !== 'keep') {
    const stop = arrival.stop === 'last' ? last : Math.max(0, Math.min(arrival.stop, last));
    return { ...playback, status: stop === last ? 'ended' : 'paused', stop };
  }
  // The texts changed under the player: it stays where it is, as far as there still is such a stop.
  if (playback.status === 'idle') return { ...playback, status: 'ended', stop: last };
  return playback.stop <= last ? playback : { ...playback, stop: last, status: 'ended' };
}
