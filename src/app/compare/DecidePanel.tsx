import { useEffect, useId, useState, type ReactNode } from 'react';
import type { Answers, CompareQuestion, Decision, WayId } from '../../engine/index.ts';
import { engine } from '../store/analysis-actions.ts';
import controls from '../ui/controls.module.css';
import { t, text } from '../ui/locale.ts';
import { RuleLink } from './CellPanel.tsx';
import styles from './DecidePanel.module.css';
import { keyOf, Marked } from './Marked.tsx';
import { MiniPath } from './MiniPath.tsx';
import { Panel } from './Panel.tsx';
import { WhatIfText } from './YamlPanel.tsx';

interface Props {
  readonly question: CompareQuestion;
  /** What can be seen already; a person changes what is meant otherwise. */
  readonly answers: Answers;
  readonly onShow: (way: WayId) => void;
  readonly onClose: () => void;
}

/** Five questions, answered as far as they can be; the recommendation below follows every change at once. */
export function DecidePanel({ question, answers: seen, onShow, onClose }: Props) {
  const [answers, setAnswers] = useState(seen);
  const [decision, setDecision] = useState<Decision | null>(null);
  const { workspace, request, workload } = question;

  useEffect(() => {
    let isNewest = true;
    void engine()
      .ask('decide', { workspace, request, workload, answers })
      .then((answer) => isNewest && setDecision(answer));
    return () => {
      isNewest = false;
    };
  }, [workspace, request, workload, answers]);

  const set = (change: Partial<Answers>) => setAnswers((before) => ({ ...before, ...change }));
  const isOutside = answers.reach === 'outside';
  return (
    <Panel title={t('comparing.decide.title')} onClose={onClose}>
      <div className={styles.questions}>
        <Question legend={t('comparing.decide.reach')}>
          {(name) =>
            (['inside', 'each-pod', 'outside', 'alias'] as const).map((reach) => (
              <Choice key={reach} name={name} checked={answers.reach === reach} label={t(`comparing.decide.reach.${reach}`)} onChoose={() => set({ reach })} />
            ))
          }
        </Question>
        {isOutside && (
          <Question legend={t('comparing.decide.protocol')}>
            {(name) =>
              (['http', 'other'] as const).map((protocol) => (
                <Choice
                  key={protocol}
                  name={name}
                  checked={answers.protocol === protocol}
                  label={t(`comparing.decide.protocol.${protocol}`)}
                  onChoose={() => set({ protocol })}
                />
              ))
            }
          </Question>
        )}
        {isOutside && <ServicesQuestion services={answers.services} onChange={(services) => set({ services })} />}
        {isOutside && (
          <Question legend={t('comparing.decide.place')}>
            {(name) =>
              (['cloud', 'own-hardware', 'test'] as const).map((place) => (
                <Choice
                  key={place}
                  name={name}
                  checked={answers.place === place}
                  label={t(`comparing.decide.place.${place}`)}
                  onChoose={() => set({ place })}
                />
              ))
            }
          </Question>
        )}
        <Question legend={t('comparing.decide.address')}>
          {(name) =>
            [true, false].map((clientAddress) => (
              <Choice
                key={String(clientAddress)}
                name={name}
                checked={answers.clientAddress === clientAddress}
                label={clientAddress ? t('comparing.decide.yes') : t('comparing.decide.no')}
                onChoose={() => set({ clientAddress })}
              />
            ))
          }
        </Question>
      </div>
      <div aria-live="polite" aria-busy={decision === null}>
        {decision !== null && <Recommended decision={decision} onShow={onShow} />}
      </div>
    </Panel>
  );
}

function Question({ legend, children }: { readonly legend: string; readonly children: (name: string) => ReactNode }) {
  const name = useId();
  return (
    <fieldset className={styles.question}>
      <legend>{legend}</legend>
      <div className={styles.choices}>{children(name)}</div>
    </fieldset>
  );
}

function Choice({
  name,
  checked,
  label,
  onChoose,
}: {
  readonly name: string;
  readonly checked: boolean;
  readonly label: string;
  readonly onChoose: () => void;
}) {
  return (
    <label className={styles.choice}>
      <input type="radio" name={name} checked={checked} onChange={onChoose} />
      {label}
    </label>
  );
}

function ServicesQuestion({ services, onChange }: { readonly services: number; readonly onChange: (services: number) => void }) {
  const id = useId();
  return (
    <div className={styles.question}>
      <label htmlFor={id}>{t('comparing.decide.services')}</label>
      <input
        id={id}
        type="number"
        min={1}
        max={10_000}
        className={controls.field}
        value={services}
        onChange={({ target }) => {
          const number = Math.trunc(target.valueAsNumber);
          if (number >= 1 && number <= 10_000) onChange(number);
        }}
      />
    </div>
  );
}

function Recommended({ decision, onShow }: { readonly decision: Decision; readonly onShow: (way: WayId) => void }) {
  const { column, reasons, others, shown, way } = decision;
  const name = column === null ? text(decision.title) : text(column.title);
  return (
    <section className={styles.answer}>
      <h3>{t('comparing.decide.use', { way: name })}</h3>
      <h4>{t('comparing.decide.because')}</h4>
      <ul>
        {reasons.map((part) => (
          <li key={part.message.id}>
            <Marked part={part} /> {part.basis.kind === 'rule' && <Rule rule={part.basis.rule} />}
          </li>
        ))}
      </ul>
      <h4>{t('comparing.decide.not')}</h4>
      <dl>
        {others.map(({ title, why }) => (
          <div key={title.id}>
            <dt>{text(title)}</dt>
            <dd>
              <Marked part={why} /> {why.basis.kind === 'rule' && <Rule rule={why.basis.rule} />}
            </dd>
          </div>
        ))}
      </dl>
      {column !== null && (
        <>
          <h4>{t('comparing.decide.here')}</h4>
          <MiniPath path={column.views[column.best]!.path} scale={1} />
          <div>
            {shown.map((part) => (
              <Marked key={keyOf(part)} part={part} />
            ))}
          </div>
          <WhatIfText column={column} />
          <p>
            <button type="button" className={controls.button} onClick={() => onShow(way)}>
              {t('comparing.decide.show')}
            </button>
          </p>
        </>
      )}
    </section>
  );
}

function Rule({ rule }: { readonly rule: Parameters<typeof RuleLink>[0]['rule'] }) {
  return (
    <span className={styles.rule}>
      <RuleLink rule={rule} />
    </span>
  );
}
