import { useRef, useState, type KeyboardEvent } from 'react';
import { addEmptyFile, addFiles, changeWorkspace, removeFile, renameFile } from '../store/document-actions.ts';
import { readChosen } from '../store/dropped-files.ts';
import { useStore } from '../store/store.ts';
import { openFile } from '../store/view-actions.ts';
import controls from '../ui/controls.module.css';
import { Icon } from '../ui/Icon.tsx';
import { t } from '../ui/locale.ts';
import { Popover } from '../ui/Popover.tsx';
import { msg } from '../../catalogue/message.ts';
import styles from './FileTabs.module.css';

/** One tab a file; beside them what can be done with files. */
export function FileTabs() {
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
      <Popover align="end" title={t('app.files.menu')} buttonClass={controls.icon} label={<MenuLabel />}>
        {(close) => <FileMenu key={active} file={active} close={close} />}
      </Popover>
    </div>
  );
}

function MenuLabel() {
  return (
    <>
      <Icon name="more" />
      <span className="visually-hidden">{t('app.files.menu')}</span>
    </>
  );
}

function FileMenu({ file, close }: { readonly file: string; readonly close: () => void }) {
  const [name, setName] = useState(file);
  const [isRefused, setIsRefused] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);

  const rename = () => {
    const isDone = renameFile(file, name);
    setIsRefused(!isDone);
    if (isDone) close();
  };
  const take = async (input: HTMLInputElement) => {
    if (!input.files) return;
    const { files: chosen, left } = await readChosen(input.files);
    input.value = '';
    close();
    if (chosen.length > 0) await addFiles(chosen);
    else if (left) useStore.setState({ notice: { message: left, undo: false } });
  };
  const closing = (action: () => void) => () => {
    close();
    action();
  };

  return (
    <div className={styles.menu}>
      <button type="button" className={controls.quiet} onClick={closing(addEmptyFile)}>
        {t('app.files.new')}
      </button>
      <button type="button" className={controls.quiet} onClick={() => files.current?.click()}>
        {t('app.files.open')}
      </button>
      <button type="button" className={controls.quiet} onClick={() => folder.current?.click()}>
        {t('app.files.open-folder')}
      </button>
      <input ref={files} type="file" multiple accept=".yaml,.yml,.json" hidden onChange={(event) => void take(event.target)} />
      {/* React knows no type for it, every browser knows the attribute. */}
      <input ref={folder} type="file" hidden onChange={(event) => void take(event.target)} {...{ webkitdirectory: '' }} />
      <hr />
      <label className={styles.rename}>
        {t('app.files.rename')}
        <span>
          <input
            className={`${controls.field} ${controls.mono}`}
            value={name}
            spellCheck={false}
            aria-invalid={isRefused}
            onChange={(event) => setName(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') rename();
            }}
          />
          <button type="button" className={controls.button} onClick={rename}>
            {t('app.files.rename-do')}
          </button>
        </span>
      </label>
      <p role="alert" className={styles.refused}>
        {isRefused ? t('app.files.name-taken') : ''}
      </p>
      <button type="button" className={controls.quiet} onClick={closing(() => removeFile(file))}>
        {t('app.files.remove', { file })}
      </button>
      <button type="button" className={controls.quiet} onClick={closing(() => changeWorkspace([], msg('app.files.all-removed')))}>
        {t('app.files.remove-all')}
      </button>
    </div>
  );
}
