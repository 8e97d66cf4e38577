import { useId } from 'react';
import { readRequest } from '../../engine/index.ts';
import { goToPage } from '../store/link-actions.ts';
import { editDraft, send } from '../store/request-actions.ts';
import { useStore } from '../store/store.ts';
import controls from '../ui/controls.module.css';
import { Icon } from '../ui/Icon.tsx';
import { t } from '../ui/locale.ts';
import { changeAsked, type Asked } from './options.ts';
import styles from './Rules.module.css';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** What is asked for. Hosts that the manifests suggest are offered; whatever is typed counts at once. */
export function Question({ asked: { host, path, method } }: { readonly asked: Asked }) {
  const id = useId();
  const suggestions = useStore((state) => state.analysis?.suggestions);
  const hosts = [...new Set((suggestions ?? []).flatMap(({ draft }) => readRequest(draft).flow?.host ?? []))];
  return (
    <form
      className={styles.question}
      onSubmit={(event) => {
        event.preventDefault();
        const known = suggestions?.find(({ draft }) => readRequest(draft).flow?.host === host)?.draft;
        const scheme = known?.url.startsWith('https:') === true ? 'https' : 'http';
        editDraft({ method, url: `${scheme}://${host}${path.startsWith('/') ? path : `/${path}`}`, ...(known !== undefined && { from: known.from }) });
        goToPage('path');
        send();
      }}
    >
      <label className={styles.host}>
        {t('rules.host')}
        <input
          className={`${controls.field} ${controls.mono}`}
          value={host}
          list={id}
          spellCheck={false}
          autoCapitalize="none"
          onChange={({ target }) => changeAsked({ host: target.value })}
        />
        <datalist id={id}>
          {hosts.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </datalist>
      </label>
      <label className={styles.path}>
        {t('rules.path')}
        <input
          className={`${controls.field} ${controls.mono}`}
          value={path}
          spellCheck={false}
          autoCapitalize="none"
          onChange={({ target }) => changeAsked({ path: target.value })}
        />
      </label>
      <label>
        {t('rules.method')}
        <select className={controls.field} value={method} onChange={({ target }) => changeAsked({ method: target.value })}>
          {(METHODS.includes(method) ? METHODS : [...METHODS, method]).map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </label>
      <button type="submit" className={controls.primary} disabled={host.trim() === ''}>
        <Icon name="send" />
        {t('rules.send')}
      </button>
    </form>
  );
}
