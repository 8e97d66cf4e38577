import { useEffect, useId, useRef, type ReactNode } from 'react';
import controls from '../ui/controls.module.css';
import { Icon } from '../ui/Icon.tsx';
import { t } from '../ui/locale.ts';
import styles from './Panel.module.css';

/** Beside the table, over it on a phone: a dialog of the browser’s own kind, with Escape and the way back of the focus. */
export function Panel({
  title,
  kicker,
  onClose,
  children,
}: {
  readonly title: string;
  readonly kicker?: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();

  useEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    if (!element.open) element.showModal();
    // The backdrop is part of the dialog: a click beside the panel closes it, as Escape does.
    const beside = (event: MouseEvent) => event.target === element && element.close();
    element.addEventListener('click', beside);
    return () => element.removeEventListener('click', beside);
  }, []);

  return (
    <dialog ref={dialog} className={styles.panel} aria-labelledby={heading} onClose={onClose}>
      <div className={styles.inner}>
        <header className={styles.head}>
          <div>
            {kicker !== undefined && <p className={styles.kicker}>{kicker}</p>}
            <h2 id={heading}>{title}</h2>
          </div>
          <button type="button" className={controls.icon} aria-label={t('app.close')} title={t('app.close')} onClick={() => dialog.current?.close()}>
            <Icon name="close" />
          </button>
        </header>
        <div className={styles.body}>{children}</div>
      </div>
    </dialog>
  );
}
