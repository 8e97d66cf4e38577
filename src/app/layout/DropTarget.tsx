import { useEffect, useRef, useState, type DragEvent, type ReactNode } from 'react';
import { t } from '../ui/locale.ts';
import styles from './DropTarget.module.css';

/** Comes when there are files. */
const fileActions = () => import('../store/file-actions.ts');

const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');

/** The whole page takes files and folders that are dropped on it, and texts that are pasted where nothing else takes them. */
export function DropTarget({ children }: { readonly children: ReactNode }) {
  const [isOver, setIsOver] = useState(false);
  // Every element that the pointer crosses enters and leaves; only the balance says whether it is still over the page.
  const depth = useRef(0);
  const move = (by: number) => {
    depth.current += by;
    setIsOver(depth.current > 0);
  };

  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : null;
      if (event.defaultPrevented || target?.closest('input, textarea, select, [contenteditable]')) return;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (text.trim() !== '') void fileActions().then(({ addFiles }) => addFiles([{ name: 'pasted.yaml', text }]));
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, []);

  const onDrop = async (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth.current = 0;
    setIsOver(false);
    // The list is emptied when the event ends, so it is taken out before the first wait.
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
    const loose = [...event.dataTransfer.files];
    await (await fileActions()).addDropped(entries, loose);
  };

  return (
    // The same can be done by keyboard with the buttons of the file list.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className={styles.page}
      onDragEnter={(event) => hasFiles(event) && move(1)}
      onDragLeave={(event) => hasFiles(event) && move(-1)}
      onDragOver={(event) => hasFiles(event) && event.preventDefault()}
      onDrop={(event) => void onDrop(event)}
    >
      {children}
      {isOver && <div className={styles.veil}>{t('app.drop-here')}</div>}
    </div>
  );
}
