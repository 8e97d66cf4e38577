import { setDiagnostics, linter, type Diagnostic } from '@codemirror/lint';
import type { Extension } from '@codemirror/state';
import { keymap, type EditorView } from '@codemirror/view';
import { useStore } from '../store/store.ts';
import { fileOffsets } from '../store/text-ranges.ts';
import { showFixesAt } from '../store/view-actions.ts';
import { t, text } from '../ui/locale.ts';
import type { Analysis } from '../worker/analysis.ts';

/** Underlines with a message on hover; the marks move with the text until the next analysis. F8 walks through them, Mod-. shows the fixes. */
export const findingMarks: Extension = [
  linter(null),
  keymap.of([{ key: 'Mod-.', run: (view) => fixesAt(view, view.state.selection.main.head), preventDefault: true }]),
];

function fixesAt(view: EditorView, offset: number): boolean {
  showFixesAt({ file: useStore.getState().activeFile, line: view.state.doc.lineAt(offset).number });
  return true;
}

export function showFindings(view: EditorView, analysis: Analysis, file: string): void {
  const end = view.state.doc.length;
  const marks: Diagnostic[] = [];
  for (const finding of analysis.findings) {
    for (const range of finding.ranges) {
      const offsets = range.file === file ? fileOffsets(analysis.documents, range) : null;
      if (!offsets) continue;
      const from = Math.min(offsets.from, end);
      const to = Math.max(from, Math.min(trimmedEnd(view, offsets.from, offsets.to), end));
      const actions = finding.severity === 'info' ? [] : [{ name: t('app.editor.fixes'), apply: fixesAt }];
      marks.push({ from, to, severity: finding.severity, message: text(finding.message), markClass: `cm-finding-${finding.severity}`, actions });
    }
  }
  view.dispatch(setDiagnostics(view.state, marks));
}

/** A whole block is marked at its first line: a page of wavy lines points at nothing. */
function trimmedEnd(view: EditorView, from: number, to: number): number {
  const line = view.state.doc.lineAt(Math.min(from, view.state.doc.length));
  return Math.min(to, line.to);
}
