import { useRef, useState } from 'react';
import { share } from '../store/link-actions.ts';
import controls from '../ui/controls.module.css';
import { Icon } from '../ui/Icon.tsx';
import { t } from '../ui/locale.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import styles from './Share.module.css';

/** Copies a link that holds texts, request and step. Where the clipboard is refused, the link is shown to be copied by hand. */
export function ShareButton() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [link, setLink] = useState('');
  const [isCopied, setIsCopied] = useState(false);

  const onShare = async () => {
    const url = await share();
    setLink(url);
    try {
      await navigator.clipboard.writeText(url);
      setIsCopied(true);
      setTimeout(() => setIsCopied(false), 2500);
    } catch {
      dialog.current?.showModal();
    }
  };

  return (
    <>
      <button type="button" className={controls.button} onClick={() => void onShare()}>
        {isCopied && <Icon name="check" />}
        {isCopied ? t('app.share.copied') : t('app.share')}
      </button>
      <span aria-live="polite" className="visually-hidden">
        {isCopied ? t('app.share.copied-all') : ''}
      </span>
      <dialog ref={dialog} className={styles.dialog} aria-label={t('app.share')}>
        <h2>{t('app.share')}</h2>
        <p>{t('app.share.by-hand')}</p>
        <div className={styles.link}>
          {/* Selected on focus, so that one key copies it. */}
          <input
            className={`${controls.field} ${controls.mono}`}
            aria-label={t('app.share.link')}
            readOnly
            value={link}
            onFocus={(event) => event.target.select()}
          />
          <CopyButton value={link} label={t('app.copy')} />
        </div>
        <form method="dialog">
          <button type="submit" className={controls.button}>
            {t('app.close')}
          </button>
        </form>
      </dialog>
    </>
  );
}
