import { msg } from '../../catalogue/message.ts';
import { loadFirstAnswer } from 'virtual:first-answer';
import { learnWords } from '../../catalogue/page-words.ts';
import { refKey, type Workspace } from '../../engine/index.ts';
import type { Analysis, AnalysisQuestion } from '../worker/analysis.ts';
import { createEngineClient, type EngineClient } from '../worker/client.ts';
import { NO_HISTORY, record } from './history.ts';
import { useStore, type Playback, type PodpathState } from './store.ts';

/** Where the player stands when the next answer arrives: `play` from the first stop, `show` the end, a stop, or as it is. */
type OnArrival = 'play' | 'keep' | { readonly stop: number | 'last' };

let onArrival: OnArrival = 'keep';
let client: EngineClient | null = null;
/** The URL that was put into the request bar last without anybody's doing. */
let suggestedUrl: string | null = null;

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
    example: workspace,
    activeFile: workspace[0]!.name,
    revision: state.revision + 1,
    selection: null,
    history: NO_HISTORY,
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
  const { workspace, sent, memory, view } = useStore.getState();
  useStore.setState({ analysing: true });
  engine().analyse({ workspace, request: sent, memory, building: view.tab === 'add' });
}

function take(answer: Analysis, question: AnalysisQuestion): void {
  const { sent, playback, workspace, analysis: before, draft } = useStore.getState();
  // The same picture stays the same object, so that the map and the player go on undisturbed.
  const analysis = before && isSame(before.scene, answer.scene) ? { ...answer, scene: before.scene } : answer;
  const arrival = question.request === sent ? onArrival : 'keep';
  if (question.request === sent) onArrival = 'keep';

  if (arrival === 'keep' && sent !== null && isOtherWorld(before, analysis)) {
    // A request to what was there before says nothing about what is there now, nor does the environment of an example.
    const { example } = useStore.getState();
    const own = workspace.filter((file) => !example?.some((other) => other.name === file.name && other.text === file.text));
    const left = own.length > 0 && own.length < workspace.length;
    useStore.setState({
      sent: null,
      draft: { ...draft, url: '' },
      analysis,
      ...(left && leave(own)),
    });
    analyse();
    return;
  }
  const suggested = sent === null && isOpen(draft.url, analysis) ? analysis.suggestions[0]?.draft : undefined;
  if (suggested) suggestedUrl = suggested.url;
  useStore.setState({
    analysis,
    crashed: null,
    analysing: question.workspace !== workspace || question.request !== sent,
    playback: arrive(analysis, playback, arrival),
    ...(suggested ? { draft: suggested } : {}),
  });
}

/** What is left of an example goes with its manifests: a step of its own in the history. */
function leave(own: Workspace): Partial<PodpathState> {
  const { workspace, history, activeFile, revision } = useStore.getState();
  const place = { selection: null, request: null };
  const to = { ...place, activeFile: own.some((file) => file.name === activeFile) ? activeFile : own[0]!.name };
  return {
    workspace: own,
    activeFile: to.activeFile,
    selection: null,
    revision: revision + 1,
    history: record(history, workspace, own, { from: { ...place, activeFile }, to, joining: { kind: 'alone' } }),
    notice: { message: msg('app.example-left'), undo: true },
  };
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Nobody typed this URL: it is empty, or was put there for texts that suggest it no more. */
function isOpen(url: string, now: Analysis): boolean {
  return url === '' || (url === suggestedUrl && !now.suggestions.some(({ draft }) => draft.url === url));
}

/** Nothing is left of the objects that stood in the texts. */
function isOtherWorld(before: Analysis | null, now: Analysis): boolean {
  const written = (analysis: Analysis) =>
    analysis.objects.filter((object) => object.state !== 'derived' && object.ref.kind !== 'Scenario').map((object) => refKey(object.ref));
  if (!before) return false;
  const known = written(before);
  const isLeft = new Set(written(now));
  return known.length > 0 && !known.some((key) => isLeft.has(key)) && (isLeft.size > 0 || now.documents.every((document) => document.length === 0));
}

function arrive(analysis: Analysis, before: Playback, arrival: OnArrival): Playback {
  const playback = arrival === 'keep' ? before : { ...before, until: null };
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
