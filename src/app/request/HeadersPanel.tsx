import { headers as words } from '../../catalogue/en/headers.ts';
import { msg } from '../../catalogue/message.ts';
import { learnWords } from '../../catalogue/page-words.ts';
import { editDraft } from '../store/request-actions.ts';
import { useStore } from '../store/store.ts';
import controls from '../ui/controls.module.css';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import { DetailFields } from './DetailFields.tsx';
import { HeaderRows } from './HeaderRows.tsx';
import styles from './HeadersPanel.module.css';

learnWords(words);

/** Headers, and what `curl` has options for: redirects, certificates, another address to connect to. */
export function HeadersPanel() {
  const { headers, followRedirects, insecure, connectTo } = useStore((state) => state.draft);

  return (
    <div className={styles.panel}>
      <h2>{t('app.headers.title')}</h2>
      <HeaderRows headers={headers} example={['X-Canary', 'always']} onChange={(next) => editDraft({ headers: next })} />
      {headers.some(([name]) => name.trim().toLowerCase() === 'host') && <p className={styles.note}>{t('app.headers.host-note')}</p>}

      <h2>{t('app.options.title')}</h2>
      <label className={styles.check}>
        <input type="checkbox" checked={followRedirects} onChange={(event) => editDraft({ followRedirects: event.target.checked })} />
        {t('app.options.follow')}
      </label>
      <label className={styles.check}>
        <input type="checkbox" checked={insecure} onChange={(event) => editDraft({ insecure: event.target.checked })} />
        {t('app.options.insecure')}
      </label>
      <label className={styles.connect}>
        {t('app.options.connect-to')}
        <input
          className={`${controls.field} ${controls.mono}`}
          placeholder="203.0.113.10:443"
          spellCheck={false}
          value={connectTo}
          onChange={(event) => editDraft({ connectTo: event.target.value })}
        />
      </label>
      <p className={styles.note}>
        <Rich message={msg('app.options.connect-note')} />
      </p>
      <DetailFields />
    </div>
  );
}
