import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { refKey, type ObjectRef, type SourceRange } from '../../engine/index.ts';
import { engine } from '../store/analysis-actions.ts';
import { useStore, type PodpathState } from '../store/store.ts';
import { fileOffsets } from '../store/text-ranges.ts';
import { goToStop } from '../store/view-actions.ts';
import { stopForLine } from './stop-for-line.ts';

/** A click on a line that decided something leads to its station on the map. */
export function goToClickedStation(file: string): Extension {
  return EditorView.domEventHandlers({
    click(event, view) {
      const offset = view.posAtCoords({ x: event.clientX, y: event.clientY });
      // Who selects text or plays is not asking where a line acts.
      if (offset === null || !view.state.selection.main.empty || useStore.getState().playback.status === 'playing') return;
      const line = view.state.doc.lineAt(offset);
      void follow(file, line.from, line.to, offset);
    },
  });
}

async function follow(file: string, from: number, to: number, offset: number): Promise<void> {
  const state = useStore.getState();
  const stop = stopDecidedBy(state, file, from, to) ?? (await stopOfObjectAt(state, file, offset));
  if (stop !== null && stop !== state.playback.stop) goToStop(stop);
}

/** The stop at which the line decided or was weighed; the one on screen before all others. */
function stopDecidedBy({ analysis, playback }: PodpathState, file: string, from: number, to: number): number | null {
  const { scene, trace, documents } = analysis ?? {};
  if (!scene || !trace || !documents) return null;
  const touches = (range: SourceRange | null): number | null => {
    const offsets = range?.file === file ? fileOffsets(documents, range) : null;
    return offsets && offsets.from <= to && offsets.to > from ? offsets.to - offsets.from : null;
  };
  return stopForLine(
    scene.stops.map(({ id }) => trace.hops.find((hop) => hop.id === id) ?? null),
    playback.stop,
    touches,
  );
}

/** The stop at which the object under the cursor acts or is consulted. */
async function stopOfObjectAt({ analysis, workspace }: PodpathState, file: string, offset: number): Promise<number | null> {
  const located = await engine().ask('locateAt', { workspace, file, offset });
  if (!located || !analysis?.trace) return null;
  const key = refKey(located.object);
  const isIt = (object: ObjectRef | null) => object !== null && refKey(object) === key;
  const stops = analysis.scene?.stops ?? [];
  const hopOf = (id: string) => analysis.trace?.hops.find((hop) => hop.id === id);
  const acts = stops.findIndex(({ id }) => isIt(hopOf(id)?.object ?? null));
  if (acts >= 0) return acts;
  const consulted = stops.findIndex(({ id }) => hopOf(id)?.consulted.some((other) => isIt(other.object)));
  return consulted >= 0 ? consulted : null;
}
