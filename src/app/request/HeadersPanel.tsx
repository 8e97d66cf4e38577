import { headers as words } from '../../catalogue/en/headers.ts';
import { learnWords } from '../../catalogue/page-words.ts';
import { editDraft } from '../store/request-actions.ts';
import { useStore } from '../store/store.ts';
import controls from '../ui/controls.module.css';
import { Icon } from '../ui/Icon.tsx';
import { t } from '../ui/locale.ts';
import styles from './HeadersPanel.module.css';

learnWords(words);

/** Headers, and what `curl` has options for: redirects, certificates, another address to connect to. */
export function HeadersPanel() {
  const { headers, followRedirects, insecure, connectTo } = useStore((state) => state.draft);
  const setHeader = (index: number, header: readonly [string, string]) => editDraft({ headers: headers.map((other, at) => (at === index ? header : other)) });

  return (
    <div className={styles.panel}>
      <h2>{t('app.headers.title')}</h2>
      {headers.map(([name, value], index) => (
        // Rows have no identity but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className={styles.row}>
          <input
            className={`${controls.field} ${controls.mono}`}
            aria-label={t('app.headers.name', { number: index + 1 })}
            placeholder="X-Canary"
            spellCheck={false}
            value={name}
            onChange={(event) => setHeader(index, [event.target.value, value])}
          />
          <input
            className={`${controls.field} ${controls.mono}`}
            aria-label={t('app.headers.value', { number: index + 1 })}
            placeholder="always"
            spellCheck={false}
            value={value}
            onChange={(event) => setHeader(index, [name, event.target.value])}
          />
          <button
            type="button"
            className={controls.icon}
            aria-label={t('app.headers.remove', { number: index + 1 })}
            onClick={() => editDraft({ headers: headers.filter((_, at) => at !== index) })}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      {headers.some(([name]) => name.trim().toLowerCase() === 'host') && <p className={styles.note}>{t('app.headers.host-note')}</p>}
      <button type="button" className={controls.button} onClick={() => editDraft({ headers: [...headers, ['', '']] })}>
        <Icon name="plus" />
        {t('app.headers.add')}
      </button>

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
      <p className={styles.note}>{t('app.options.connect-note')}</p>
    </div>
  );
}
