import { lazy, Suspense } from 'react';
import { useStore } from '../store/store.ts';
import { t } from '../ui/locale.ts';
import { useIdle } from '../ui/use-idle.ts';
import { FileTabs } from './FileTabs.tsx';
import styles from './Editor.module.css';

/** CodeMirror is heavier than the rest of the page, so it comes after the first example moves. */
const CodeEditor = lazy(() => import('./CodeEditor.tsx').then((module) => ({ default: module.CodeEditor })));

/** What can be done with files is worth as little before that. */
const FileActions = lazy(() => import('./FileActions.tsx').then((module) => ({ default: module.FileActions })));

/** The texts: one tab a file, and the editor of the active one. */
export function Editor() {
  const isWanted = useIdle(useStore((state) => state.analysis !== null));
  const file = useStore((state) => state.activeFile);
  return (
    <section className={styles.editor} aria-label={t('app.part.editor')}>
      <FileTabs>
        {isWanted && (
          <Suspense>
            <FileActions />
          </Suspense>
        )}
      </FileTabs>
      <div id="podpath-text" role="tabpanel" aria-label={t('app.editor.label', { file })} className={styles.panel}>
        {isWanted ? (
          <Suspense fallback={<Skeleton />}>
            <CodeEditor />
          </Suspense>
        ) : (
          <Skeleton />
        )}
      </div>
    </section>
  );
}

/** The text as it will stand in the editor, to be read while that is on its way. */
function Skeleton() {
  const text = useStore((state) => state.workspace.find((file) => file.name === state.activeFile)?.text ?? '');
  // What lies below the first screens is not worth drawing for a moment.
  const lines = text.split('\n', 200);
  return (
    <div className={styles.skeleton} aria-busy="true">
      <pre aria-hidden="true">{lines.map((_, index) => index + 1).join('\n')}</pre>
      {/* A region that scrolls has to be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0}>{lines.join('\n')}</pre>
    </div>
  );
}
