import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { refKey, type ObjectRef } from '../../engine/index.ts';
import { engine } from '../store/analysis-actions.ts';
import { useStore, type PodpathState } from '../store/store.ts';
import { fileOffsets } from '../store/text-ranges.ts';
import { goToStop } from '../store/view-actions.ts';

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

/** The stop whose evidence touches the line; of several the one with the narrowest range. */
function stopDecidedBy({ analysis }: PodpathState, file: string, from: number, to: number): number | null {
  let best: { readonly stop: number; readonly length: number } | null = null;
  for (const [stop, { id }] of (analysis?.scene?.stops ?? []).entries()) {
    for (const { range } of analysis?.trace?.hops.find((hop) => hop.id === id)?.evidence ?? []) {
      const offsets = range?.file === file ? fileOffsets(analysis!.documents, range) : null;
      if (!offsets || offsets.from > to || offsets.to <= from) continue;
      const length = offsets.to - offsets.from;
      if (!best || length < best.length) best = { stop, length };
    }
  }
  return best?.stop ?? null;
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
