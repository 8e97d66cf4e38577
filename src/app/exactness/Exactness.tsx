import { exactness } from '../../catalogue/en/exactness.ts';
import { msg } from '../../catalogue/message.ts';
import { learnWords } from '../../catalogue/page-words.ts';
import { unsupportedCases, type Figures } from '../../conformance/figures.ts';
import figuresFile from '../../conformance/figures.json';
import { CopyButton } from '../ui/CopyButton.tsx';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import { Bar } from './Bar.tsx';
import styles from './Exactness.module.css';
import { OpenPoints } from './OpenPoints.tsx';
import { SuiteItem } from './SuiteItem.tsx';

learnWords(exactness);

const figures = figuresFile as Figures;

/** What the engine was compared with, what came of it, and what stays open. Everything here is a committed figure: nothing is run. */
export function Exactness() {
  const sum = {
    cases: figures.suites.reduce((total, { cases }) => total + cases, 0),
    passed: figures.suites.reduce((total, { passed }) => total + passed, 0),
    unsupported: figures.suites.reduce((total, suite) => total + unsupportedCases(suite), 0),
    missed: figures.suites.reduce((total, { misses }) => total + misses.length, 0),
  };
  return (
    <article className={styles.page}>
      <h2 className={styles.title}>{t('app.view.exactness')}</h2>
      <p className={styles.lead}>
        <Rich message={msg('exact.lead', { count: sum.cases })} /> <Rich message={msg('exact.what-a-case-is')} />
      </p>
      <section className={styles.sum} aria-label={t('exact.sum')}>
        <dl className={styles.numbers}>
          {(['passed', 'unsupported', 'missed'] as const).map((kind) => (
            <div key={kind} data-kind={kind}>
              <dt>{t(kind === 'passed' ? 'exact.right' : `exact.${kind}`)}</dt>
              <dd>{sum[kind]}</dd>
            </div>
          ))}
        </dl>
        <Bar name={t('exact.sum')} {...sum} />
      </section>

      <section>
        <h3>{t('exact.suites')}</h3>
        <p>
          <Rich message={msg('exact.suites.how')} />
        </p>
        <ul className={styles.suites}>
          {figures.suites.map((suite) => (
            <SuiteItem key={suite.suite} figures={suite} />
          ))}
        </ul>
      </section>

      <Gaps />

      <OpenPoints />

      <section>
        <h3>{t('exact.limits.title')}</h3>
        <ul className={styles.sentences}>
          {(['exact.limits.read', 'exact.limits.sample', 'exact.limits.analyser'] as const).map((id) => (
            <li key={id}>
              <Rich message={msg(id)} />
            </li>
          ))}
        </ul>
      </section>

      <section>
        <h3>{t('exact.yourself.title')}</h3>
        <p>
          <Rich message={msg('exact.yourself.how')} />
        </p>
        <CommandLine line="npm run conformance -- DIR" />
        <p>{t('exact.yourself.one')}</p>
        <CommandLine line="npm run conformance -- DIR --suite kube-proxy --show 100" />
      </section>
    </article>
  );
}

/** What the engine said it does not simulate, over all suites. */
function Gaps() {
  const reasons = new Map<string, number>();
  for (const { reason, cases } of figures.suites.flatMap(({ unsupported }) => unsupported)) reasons.set(reason, (reasons.get(reason) ?? 0) + cases);
  const gaps = [...reasons].sort((a, b) => b[1] - a[1]);
  return (
    <section>
      <h3>{t('exact.gaps.title')}</h3>
      <p>
        <Rich message={gaps.length === 0 ? msg('exact.gaps.none') : msg('exact.gaps.how')} />
      </p>
      <ul className={styles.sentences}>
        {gaps.map(([reason, count]) => (
          <li key={reason}>
            <Rich message={msg('exact.gap', { reason, count })} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function CommandLine({ line }: { readonly line: string }) {
  return (
    <div className={styles.command}>
      <pre>{line}</pre>
      <CopyButton value={line} label={t('app.copy')} />
    </div>
  );
}
