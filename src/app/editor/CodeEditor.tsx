import { useEffect, useRef } from 'react';
import { EditorView } from '@codemirror/view';
import { takeTyping } from '../store/document-actions.ts';
import { useStore } from '../store/store.ts';
import { t } from '../ui/locale.ts';
import { evidenceRanges, showEvidence } from './evidence-lines.ts';
import { showFindings } from './finding-marks.ts';
import { createDocumentStates } from './document-states.ts';
import { fileOffsets } from '../store/text-ranges.ts';
import styles from './Editor.module.css';

/** While somebody types, the marks move with the text; those of an older text would stand beside it. */
function isCurrent(view: EditorView, file: string): boolean {
  return view.state.doc.length === useStore.getState().workspace.find((other) => other.name === file)?.text.length;
}

/** The editor owns its text while somebody types; the store hears of it when the typing rests, and owns the history. */
export function CodeEditor() {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);

  const activeFile = useStore((state) => state.activeFile);
  const revision = useStore((state) => state.revision);
  const analysis = useStore((state) => state.analysis);
  const stop = useStore((state) => state.playback.stop);
  const reveal = useStore((state) => state.view.reveal);

  useEffect(() => {
    const documents = createDocumentStates();
    const { activeFile: file, workspace } = useStore.getState();
    const editor = new EditorView({ parent: place.current!, state: documents.open(file, workspace) });
    view.current = editor;
    // In the same moment, not after the next render: a key pressed in between would be lost.
    const unsubscribe = useStore.subscribe((state, before) => {
      if (state.revision === before.revision && state.activeFile === before.activeFile) return;
      documents.show(editor, state.activeFile, state.workspace, state.revision === before.revision ? null : state.selection);
    });
    return () => {
      unsubscribe();
      takeTyping();
      editor.destroy();
      view.current = null;
    };
  }, []);

  useEffect(() => {
    if (!view.current || !analysis) return;
    if (isCurrent(view.current, activeFile)) showFindings(view.current, analysis, activeFile);
  }, [activeFile, revision, analysis]);

  useEffect(() => {
    if (!view.current || !analysis || !isCurrent(view.current, activeFile)) return;
    showEvidence(view.current, evidenceRanges(useStore.getState(), activeFile));
  }, [activeFile, revision, analysis, stop, reveal]);

  useEffect(() => {
    if (!view.current || !analysis || reveal?.file !== activeFile) return;
    const offsets = fileOffsets(analysis.documents, reveal);
    if (!offsets) return;
    const at = Math.min(offsets.from, view.current.state.doc.length);
    view.current.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
    view.current.focus();
    // Only what is asked for scrolls: an analysis that arrives while somebody reads must not.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [reveal, activeFile]);

  return (
    <div className={styles.code}>
      <div ref={place} className={styles.place} />
      <p className={styles.hint} aria-hidden="true">
        {t('app.editor.keys')}
      </p>
    </div>
  );
}
