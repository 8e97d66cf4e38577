import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, indentUnit } from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, Transaction, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view';
import type { Workspace } from '../../engine/index.ts';
import { typeText } from '../store/document-actions.ts';
import { send } from '../store/request-actions.ts';
import { t } from '../ui/locale.ts';
import { evidenceLines } from './evidence-lines.ts';
import { findingMarks } from './finding-marks.ts';
import { goToClickedStation } from './line-to-station.ts';
import { phrases } from './phrases.ts';
import { redactingPaste } from './redacting-paste.ts';
import { difference } from './text-difference.ts';
import { codeTheme } from './code-theme.ts';

export interface DocumentStates {
  readonly open: (file: string, workspace: Workspace) => EditorState;
  /** Shows the file with the text of the workspace; each file keeps its own undo history. */
  readonly show: (view: EditorView, file: string, workspace: Workspace) => void;
}

const byProgram = Transaction.userEvent.of('podpath');

export function createDocumentStates(): DocumentStates {
  const kept = new Map<string, EditorState>();
  let shown = '';

  const textOf = (file: string, workspace: Workspace) => workspace.find((other) => other.name === file)?.text ?? '';
  const open = (file: string, workspace: Workspace) => {
    shown = file;
    return EditorState.create({ doc: textOf(file, workspace), extensions: extensions(file) });
  };

  return {
    open,
    show(view, file, workspace) {
      if (shown !== file) {
        kept.set(shown, view.state);
        view.setState(kept.get(file) ?? open(file, workspace));
        shown = file;
        for (const name of kept.keys()) if (!workspace.some((other) => other.name === name)) kept.delete(name);
      }
      const change = difference(view.state.doc.toString(), textOf(file, workspace));
      if (change) view.dispatch({ changes: change, annotations: byProgram });
    },
  };
}

function extensions(file: string): Extension {
  return [
    lineNumbers(),
    highlightActiveLineGutter(),
    highlightSpecialChars(),
    history(),
    drawSelection(),
    EditorState.allowMultipleSelections.of(true),
    indentUnit.of('  '),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    search({ top: true }),
    phrases,
    yaml(),
    codeTheme,
    findingMarks,
    evidenceLines,
    goToClickedStation(file),
    redactingPaste(file),
    keymap.of([
      { key: 'Mod-Enter', run: () => send() || true },
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...lintKeymap,
      // Escape, then Tab leaves the editor: CodeMirror lets the next Tab go by.
      indentWithTab,
    ]),
    EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': t('app.editor.label', { file }), 'aria-description': t('app.editor.keys') }),
    EditorView.updateListener.of((update) => {
      if (!update.docChanged || update.transactions.some((transaction) => transaction.annotation(Transaction.userEvent) === 'podpath')) return;
      const { state } = update;
      typeText(file, () => state.doc.toString());
    }),
  ];
}
