import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useStore } from '../store/store.ts';
import { openFile } from '../store/view-actions.ts';
import { t } from '../ui/locale.ts';
import styles from './FileTabs.module.css';

/** One tab a file; beside them what can be done with files. */
export function FileTabs({ children }: { readonly children: ReactNode }) {
  const workspace = useStore((state) => state.workspace);
  const active = useStore((state) => state.activeFile);
  const list = useRef<HTMLDivElement>(null);

  const onKeyDown = (event: KeyboardEvent) => {
    const at = workspace.findIndex((file) => file.name === active);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: workspace.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const index = (next + workspace.length) % workspace.length;
    openFile(workspace[index]!.name);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[index]?.focus();
  };

  return (
    <div className={styles.bar}>
      <div ref={list} role="tablist" tabIndex={-1} aria-label={t('app.files')} className={styles.list} onKeyDown={onKeyDown}>
        {workspace.map((file) => (
          <button
            key={file.name}
            type="button"
            role="tab"
            aria-selected={file.name === active}
            aria-controls="podpath-text"
            tabIndex={file.name === active ? 0 : -1}
            className={styles.tab}
            onClick={() => openFile(file.name)}
          >
            {file.name}
          </button>
        ))}
      </div>
      {children}
    </div>
  );
}
