import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, indentUnit } from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, Transaction, type Extension, type StateEffect } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view';
import type { Workspace } from '../../engine/index.ts';
import { redo, typeText, undo } from '../store/document-actions.ts';
import type { Selection } from '../store/history.ts';
import { send } from '../store/request-actions.ts';
import { t } from '../ui/locale.ts';
import { evidenceLines } from './evidence-lines.ts';
import { findingMarks } from './finding-marks.ts';
import { goToClickedStation } from './line-to-station.ts';
import { phrases } from './phrases.ts';
import { redactingPaste } from './redacting-paste.ts';
import { tabPasses } from './tab-passes.ts';
import { differences } from './text-differences.ts';
import { codeTheme } from './code-theme.ts';

export interface DocumentStates {
  readonly open: (file: string, workspace: Workspace) => EditorState;
  /** Shows the file with the text of the workspace, as the least change of what is there; each file keeps its cursor and its scroll. */
  readonly show: (view: EditorView, file: string, workspace: Workspace, selection: Selection | null) => void;
}

const byProgram = Transaction.userEvent.of('podpath');

export function createDocumentStates(): DocumentStates {
  const kept = new Map<string, { readonly state: EditorState; readonly scroll: StateEffect<unknown> }>();
  let shown = '';

  const textOf = (file: string, workspace: Workspace) => workspace.find((other) => other.name === file)?.text ?? '';
  const open = (file: string, workspace: Workspace) => {
    shown = file;
    return EditorState.create({ doc: textOf(file, workspace), extensions: extensions(file) });
  };

  return {
    open,
    show(view, file, workspace, selection) {
      if (shown !== file) {
        kept.set(shown, { state: view.state, scroll: view.scrollSnapshot() });
        const known = kept.get(file);
        view.setState(known?.state ?? open(file, workspace));
        if (known) view.dispatch({ effects: known.scroll });
        shown = file;
        for (const name of kept.keys()) if (!workspace.some((other) => other.name === name)) kept.delete(name);
      }
      const changes = differences(view.state.doc.toString(), textOf(file, workspace));
      if (changes.length > 0) view.dispatch({ changes, annotations: byProgram });
      if (selection) view.dispatch({ selection, scrollIntoView: true, annotations: byProgram });
    },
  };
}

const does = (act: () => void) => () => {
  act();
  return true;
};

/** Undo from the browser's own menu. */
const undoByMenu = EditorView.domEventHandlers({
  beforeinput(event) {
    const way = { historyUndo: undo, historyRedo: redo }[event.inputType];
    if (way === undefined) return false;
    event.preventDefault();
    way();
    return true;
  },
});

const selectionOf = ({ selection: { main } }: EditorState): Selection => ({ anchor: main.anchor, head: main.head });

function extensions(file: string): Extension {
  return [
    lineNumbers(),
    highlightActiveLineGutter(),
    highlightSpecialChars(),
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
    undoByMenu,
    tabPasses,
    keymap.of([
      { key: 'Mod-Enter', run: () => send() || true },
      { key: 'Mod-z', run: does(undo), preventDefault: true },
      { key: 'Mod-Shift-z', run: does(redo), preventDefault: true },
      { key: 'Ctrl-y', run: does(redo), preventDefault: true },
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...lintKeymap,
      // Escape, then Tab leaves the editor: CodeMirror lets the next Tab go by. So does a walk through the page.
      indentWithTab,
    ]),
    EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': t('app.editor.label', { file }), 'aria-description': t('app.editor.keys') }),
    EditorView.updateListener.of((update) => {
      if (!update.docChanged || update.transactions.some((transaction) => transaction.isUserEvent('podpath'))) return;
      const { state, startState } = update;
      typeText({
        file,
        isLetter: update.transactions.every((transaction) => transaction.isUserEvent('input.type') || transaction.isUserEvent('delete')),
        before: selectionOf(startState),
        read: () => ({ text: state.doc.toString(), selection: selectionOf(state) }),
      });
    }),
  ];
}
