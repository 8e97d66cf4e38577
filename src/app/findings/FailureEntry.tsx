import { useEffect, useRef, useState } from 'react';
import { meaningOf } from '../../catalogue/meaning.ts';
import type { CodeEntry, Problem } from '../../engine/diagnosis.ts';
import { ruleSource, type Workspace } from '../../engine/index.ts';
import { openFailure } from '../store/problem-actions.ts';
import type { Explained } from '../worker/diagnosis.ts';
import controls from '../ui/controls.module.css';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import { Confirm } from './Confirm.tsx';
import { ExampleMap } from './ExampleMap.tsx';
import styles from './Failures.module.css';
import shared from './Findings.module.css';
import { FixChange } from './FixList.tsx';
import { MarkedManifests } from './MarkedManifests.tsx';
import { ProofOf } from './ProofOf.tsx';
import { useExamples, useExplained } from './use-explained.ts';

/** One code: what it means, and an example that shows the rest by being run. */
export function FailureEntry({ entry }: { readonly entry: CodeEntry }) {
  const { code, failures, severity, isSymptom } = entry;
  const heading = useRef<HTMLHeadingElement>(null);
  const examples = useExamples(code);
  const [chosen, setChosen] = useState(0);
  // Who follows a link of the list is to begin here.
  useEffect(() => heading.current?.focus(), []);
  const example = examples?.[chosen];
  return (
    <article className={styles.about}>
      <h3 ref={heading} tabIndex={-1} className={styles.name}>
        {code}
      </h3>
      <p className={styles.code}>
        {failures.join(', ')} <span data-severity={severity}>{t(`failures.severity.${severity}`)}</span>
      </p>
      <p className={styles.lead}>
        <Rich message={meaningOf(code)} />
      </p>
      {examples?.length === 0 && <p>{isSymptom ? t('failures.symptom') : t('failures.no-example')}</p>}
      {examples !== null && examples.length > 1 && (
        <fieldset className={styles.examples}>
          <legend>{t('failures.other-examples')}</legend>
          {examples.map((each, index) => (
            <button key={each[0]!.text} type="button" className={controls.button} aria-pressed={index === chosen} onClick={() => setChosen(index)}>
              {t('failures.nth', { number: index + 1 })}
            </button>
          ))}
        </fieldset>
      )}
      {example !== undefined && <Example key={chosen} code={code} example={example} />}
    </article>
  );
}

function Example({ code, example }: { readonly code: CodeEntry['code']; readonly example: Workspace }) {
  const explained = useExplained(code, example);
  if (explained === null) return <p aria-busy="true">{t('failures.coming')}</p>;
  const { problem, scene, fixes } = explained;
  const { proof, cure } = problem;
  return (
    <>
      <div className={shared.part}>
        <h4>{t('failures.example')}</h4>
        <p>
          <strong>
            <Rich message={problem.message} />
          </strong>
        </p>
        {scene === null ? <p>{t('failures.no-request')}</p> : <ExampleMap scene={scene} />}
        <MarkedManifests {...explained} />
        <p className={styles.quiet}>{t('failures.marked')}</p>
        {proof !== null && <Open explained={explained} />}
      </div>
      {proof !== null && <ProofOf proof={proof} />}
      {(fixes.length > 0 || cure !== null) && (
        <div className={shared.part}>
          <h4>{t('failures.mends')}</h4>
          {cure !== null && (
            <p>
              <Rich message={cure} />
            </p>
          )}
          <ul className={shared.fixes}>
            {fixes.map((fix) => (
              <li key={JSON.stringify(fix.files)} className={shared.fix}>
                <FixChange fix={fix} />
              </li>
            ))}
          </ul>
        </div>
      )}
      <Confirm commands={problem.confirm} />
      <Rule rules={problem.rules} />
    </>
  );
}

function Open({ explained }: { readonly explained: Explained }) {
  return (
    <p className={styles.open}>
      <button type="button" className={controls.primary} onClick={() => openFailure(explained)}>
        {t('failures.open')}
      </button>
      <span className={styles.quiet}>{t('failures.open.what')}</span>
    </p>
  );
}

function Rule({ rules }: { readonly rules: Problem['rules'] }) {
  const sources = new Map(
    rules.flatMap((rule) => {
      const source = ruleSource(rule);
      return source === null ? [] : [[source.url, source] as const];
    }),
  );
  if (sources.size === 0) return null;
  return (
    <div className={shared.part}>
      <h4>{t('failures.rule')}</h4>
      <p className={styles.code}>{rules.join(', ')}</p>
      <ul className={styles.sources}>
        {[...sources.values()].map(({ url, title }) => (
          <li key={url}>
            <a href={url} target="_blank" rel="noreferrer">
              {title}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
