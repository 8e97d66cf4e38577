import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { redact } from '../store/document-actions.ts';
import { plainNewlines } from '../store/plain-newlines.ts';
import { difference } from './text-difference.ts';

const mayHoldSecret = (text: string) => /\bSecret\b/.test(text);

/** Payloads of Secrets are taken out of what is pasted before anything else sees it. */
export function redactingPaste(file: string): Extension {
  return EditorView.domEventHandlers({
    paste(event, view) {
      const pasted = plainNewlines(event.clipboardData?.getData('text/plain') ?? '');
      const { from, to } = view.state.selection.main;
      const before = view.state.sliceDoc(0, from);
      const after = view.state.sliceDoc(to);
      if (!mayHoldSecret(pasted) && !mayHoldSecret(before) && !mayHoldSecret(after)) return false;
      event.preventDefault();
      void insert(view, file, before, pasted, after);
      return true;
    },
  });
}

async function insert(view: EditorView, file: string, before: string, pasted: string, after: string): Promise<void> {
  // The text around decides what the pasted part is: a `data:` block is a payload only inside a Secret.
  const { text } = await redact({ name: file, text: before + pasted + after });
  const change = difference(view.state.doc.toString(), text);
  if (change) view.dispatch({ changes: change, selection: { anchor: change.from + change.insert.length }, userEvent: 'input.paste', scrollIntoView: true });
}
