import { ruleSource, type RuleId } from '../../engine/index.ts';
import { t } from '../ui/locale.ts';
import styles from './Inspector.module.css';

/** The rules that decided, grouped by the upstream page each comes from. Nothing is asked of those pages until someone clicks. */
export function Rules({ rules }: { readonly rules: readonly RuleId[] }) {
  const pages = new Map<string, { readonly url: string | null; readonly rules: RuleId[] }>();
  for (const rule of rules) {
    const source = ruleSource(rule);
    const title = source?.title ?? '';
    const page = pages.get(title) ?? { url: source?.url ?? null, rules: [] };
    page.rules.push(rule);
    pages.set(title, page);
  }
  if (rules.length === 0) return null;
  return (
    <section>
      <h3>{t('app.rules')}</h3>
      <ul className={styles.rules}>
        {[...pages].map(([title, page]) => (
          <li key={title}>
            {page.url !== null && (
              <a href={page.url} target="_blank" rel="noreferrer">
                {title}
              </a>
            )}
            <span className={styles.ruleIds}>{page.rules.join(' ')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
