import { ChangeSet, Text, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { changeWorkspace } from '../store/document-actions.ts';
import { redact } from '../store/file-actions.ts';
import { plainNewlines } from '../store/plain-newlines.ts';
import { difference } from '../store/text-difference.ts';

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
      void insert(file, view.state.doc.toString(), before + pasted + after);
      return true;
    },
  });
}

/** Puts `wanted` in the place of `was`, keeping what was typed while the worker looked through it. */
async function insert(file: string, was: string, wanted: string): Promise<void> {
  // The text around decides what the pasted part is: a `data:` block is a payload only inside a Secret.
  const paste = changeOf(was, await redact({ name: file, text: wanted }));
  changeWorkspace((workspace) => {
    const now = workspace.find((other) => other.name === file)?.text;
    if (now === undefined || paste.empty) return null;
    const mapped = paste.map(changeOf(was, now), true);
    let end = 0;
    mapped.iterChanges((_from, _to, _start, to) => {
      end = to;
    });
    return {
      workspace: workspace.map((other) => (other.name === file ? { ...other, text: mapped.apply(Text.of(now.split('\n'))).toString() } : other)),
      said: null,
      activeFile: file,
      selection: { anchor: end, head: end },
    };
  });
}

function changeOf(before: string, after: string): ChangeSet {
  return ChangeSet.of(difference(before, after) ?? [], before.length);
}
