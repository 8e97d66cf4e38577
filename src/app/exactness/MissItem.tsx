import type { Value } from '../../conformance/case.ts';
import type { Miss } from '../../conformance/figures.ts';
import { readSource, sourceUrl } from '../../conformance/source.ts';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import { argumentFor } from './argued.ts';
import styles from './MissItem.module.css';

/** A case that comes out otherwise: what it states, what came, where it is stated, and why Podpath stays as it is. */
export function MissItem({ suite, miss }: { readonly suite: string; readonly miss: Miss }) {
  const source = readSource(miss.source);
  const argument = argumentFor(suite, miss.name);
  // Several branches may differ in the same way.
  const differences = new Map(miss.differences.map((difference) => [JSON.stringify(difference), difference]));
  return (
    <li className={styles.miss}>
      <p className={styles.name} data-fact>
        {miss.name}
      </p>
      <dl className={styles.differences}>
        {[...differences].map(([key, { word, of, expected, came }]) => (
          <div key={key}>
            <dt>
              <code>{of === null ? word : `${word} ${of}`}</code>
            </dt>
            <dd>
              {t('exact.expected')} <code>{inWords(expected)}</code>
            </dd>
            <dd>
              {t('exact.came')} <code>{inWords(came)}</code>
            </dd>
          </div>
        ))}
      </dl>
      {argument !== null && (
        <p className={styles.argued}>
          {t('exact.argued')} <Rich message={argument.why} />{' '}
          <a href={argument.source} target="_blank" rel="noreferrer">
            {t('exact.argued.source')}
          </a>
        </p>
      )}
      {source !== null && (
        <a href={sourceUrl(source)} target="_blank" rel="noreferrer">
          {t('exact.source')}
        </a>
      )}
    </li>
  );
}

const inWords = (value: Value) => (typeof value === 'string' ? value : JSON.stringify(value));
