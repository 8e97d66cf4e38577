import { StateEffect, StateField, type Extension } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';
import type { SourceRange } from '../../engine/index.ts';
import type { PodpathState } from '../store/store.ts';
import { fileOffsets } from '../store/text-ranges.ts';

interface Offsets {
  readonly from: number;
  readonly to: number;
}

const setLines = StateEffect.define<readonly Offsets[]>();
const line = Decoration.line({ class: 'cm-evidence' });

/** The lines that decided at the current stop, and those a person asked to see. They move with the text. */
export const evidenceLines: Extension = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setLines)) continue;
      const { doc } = transaction.state;
      const starts = new Set<number>();
      for (const { from, to } of effect.value) {
        // The newline after a block belongs to its last line, not to the next one.
        const end = Math.min(to, doc.length);
        const last = doc.lineAt(Math.max(Math.min(from, end), end - 1)).number;
        for (let number = doc.lineAt(Math.min(from, end)).number; number <= last; number += 1) starts.add(doc.line(number).from);
      }
      next = Decoration.set([...starts].sort((a, b) => a - b).map((start) => line.range(start)));
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export function showEvidence(view: EditorView, ranges: readonly Offsets[]): void {
  view.dispatch({ effects: setLines.of(ranges) });
}

/** What is highlighted in a file: lines that were asked for, else those that decided at the current stop. */
export function evidenceRanges({ analysis, playback, view }: PodpathState, file: string): readonly Offsets[] {
  if (!analysis) return [];
  const stop = analysis.scene?.stops[playback.stop]?.id;
  const hop = analysis.trace?.hops.find((other) => other.id === stop);
  const ranges: readonly (SourceRange | null)[] = view.reveal ? [view.reveal] : (hop?.evidence.map((evidence) => evidence.range) ?? []);
  return ranges
    .filter((range) => range?.file === file)
    .map((range) => fileOffsets(analysis.documents, range!))
    .filter((offsets) => offsets !== null);
}
