import type { Environment } from '../../engine/index.ts';
import { setScenario } from '../store/document-actions.ts';
import controls from '../ui/controls.module.css';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import { answersOf } from './answers.ts';
import styles from './Environment.module.css';

/** What a person answered before, each with the way back. */
export function Answers({ environment }: { readonly environment: Environment }) {
  const answers = answersOf(environment);
  if (answers.length === 0) return null;
  return (
    <section>
      <h2>{t('app.env.answers')}</h2>
      <ul className={styles.list}>
        {answers.map(({ path, about, value }) => (
          <li key={path.join(' ')} className={styles.answer}>
            <span>
              <code>{about}</code> <Rich message={value} />
            </span>
            <button type="button" className={controls.link} onClick={() => void setScenario(path, undefined)}>
              {t('app.env.reset')}
              <span className="visually-hidden"> {about}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
