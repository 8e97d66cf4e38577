import { useRef, useState } from 'react';
import { redo, undo } from '../store/document-actions.ts';
import { readChosen } from '../store/dropped-files.ts';
import { addEmptyFile, addFiles, removeAllFiles, removeFile, renameFile } from '../store/file-actions.ts';
import { useStore } from '../store/store.ts';
import controls from '../ui/controls.module.css';
import { Icon } from '../ui/Icon.tsx';
import { t } from '../ui/locale.ts';
import { Popover } from '../ui/Popover.tsx';
import styles from './FileTabs.module.css';

/** What can be done with the texts as a whole: undo, redo, and the menu of files. */
export function FileActions() {
  const active = useStore((state) => state.activeFile);
  return (
    <>
      <Undoing />
      <Popover align="end" title={t('app.files.menu')} buttonClass={controls.icon} label={<MenuLabel />}>
        {(close) => <FileMenu key={active} file={active} close={close} />}
      </Popover>
    </>
  );
}

/** Back and forth through every edit, typed or not. */
function Undoing() {
  const canUndo = useStore((state) => state.history.past.length > 0);
  const canRedo = useStore((state) => state.history.future.length > 0);
  return (
    <>
      <button type="button" className={controls.icon} disabled={!canUndo} aria-label={t('app.undo')} title={t('app.undo')} onClick={undo}>
        <Icon name="undo" />
      </button>
      <button type="button" className={controls.icon} disabled={!canRedo} aria-label={t('app.redo')} title={t('app.redo')} onClick={redo}>
        <Icon name="redo" />
      </button>
    </>
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
      <button type="button" className={controls.quiet} onClick={closing(removeAllFiles)}>
        {t('app.files.remove-all')}
      </button>
    </div>
  );
}
