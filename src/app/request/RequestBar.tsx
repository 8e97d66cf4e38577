import { useId, useRef, useState } from 'react';
import type { Finding } from '../../engine/index.ts';
import { editDraft, isCurl, send, takeCurl } from '../store/request-actions.ts';
import { useStore } from '../store/store.ts';
import controls from '../ui/controls.module.css';
import { Icon } from '../ui/Icon.tsx';
import { t, text } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import { HeadersPopover } from './HeadersPopover.tsx';
import { OriginField } from './OriginField.tsx';
import { UrlField } from './UrlField.tsx';
import styles from './RequestBar.module.css';

const NO_FINDINGS: readonly Finding[] = [];

/** Who asks for what. Send is never greyed out: when something is missing it says what. */
export function RequestBar() {
  const url = useStore((state) => state.draft.url);
  const suggestion = useStore((state) => state.analysis?.suggestions[0]?.draft);
  const field = useRef<HTMLInputElement>(null);
  const hint = useId();
  const [isMissing, setIsMissing] = useState(false);
  // What was left out of a request that was sent all the same; one that cannot be sent is the map's business.
  const notes = useStore((state) => (state.analysis?.trace ? state.analysis.requestFindings : NO_FINDINGS));
  const shows = isMissing && url.trim() === '';

  const onSend = async () => {
    if (isCurl(url) && !(await takeCurl(url))) return;
    const isSent = send();
    setIsMissing(!isSent);
    if (!isSent) field.current?.focus();
  };

  return (
    <section className={styles.place} aria-label={t('app.part.request')}>
      <div className={styles.bar}>
        <OriginField />
        <UrlField inputRef={field} describedBy={shows ? hint : undefined} invalid={shows} onEnter={() => void onSend()} />
        <div className={styles.headers}>
          <HeadersPopover />
        </div>
        <button type="button" className={`${controls.primary} ${styles.send}`} onClick={() => void onSend()}>
          <Icon name="send" />
          {t('app.send')}
        </button>
        <div role="alert" id={hint} className={styles.missing}>
          {shows && (
            <p>
              {t('app.url.missing')}{' '}
              {suggestion && (
                <button type="button" className={controls.link} onClick={() => editDraft(suggestion)}>
                  {t('app.url.take', { url: suggestion.url })}
                </button>
              )}
            </p>
          )}
        </div>
        {notes.length > 0 && (
          <ul className={styles.notes}>
            {notes.map((finding) => (
              <li key={text(finding.message)}>
                <Rich message={finding.message} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
