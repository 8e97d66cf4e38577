import { useEffect, useState } from 'react';
import {
  formatSocket,
  ruleSource,
  withChanges,
  type Basis,
  type Hop,
  type Part,
  type RuleId,
  type Trace,
  type View,
  type ViewName,
  type Workspace,
} from '../../engine/index.ts';
import { msg } from '../../catalogue/message.ts';
import { engine } from '../store/analysis-actions.ts';
import { t, text } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import styles from './CellPanel.module.css';
import type { OpenCell } from './ComparisonTable.tsx';
import { keyOf, Marked } from './Marked.tsx';
import { Panel } from './Panel.tsx';

interface Props {
  readonly cell: OpenCell;
  readonly workspace: Workspace;
  readonly onClose: () => void;
}

/** What a cell rests on, part by part: the trace with the hop that decides it, the rule with its page, or that it is advice. */
export function CellPanel({ cell: { row, column, index }, workspace, onClose }: Props) {
  const parts = row.cells[index]!;
  const views = [...new Set(parts.flatMap(({ basis }) => (basis.kind === 'trace' ? [basis.view] : [])))];
  return (
    <Panel title={text(row.label)} kicker={`${text(column.title)}, ${text(column.detail)}`} onClose={onClose}>
      <ul className={styles.parts}>
        {parts.map((part) => (
          <li key={keyOf(part)}>
            <Marked part={part} />
            <BasisLine basis={part.basis} />
          </li>
        ))}
      </ul>
      {views.map((name) => {
        const view = column.views[name];
        return view && <ViewTrace key={name} name={name} view={view} workspace={workspace} environment={column.world} parts={parts} />;
      })}
    </Panel>
  );
}

function BasisLine({ basis }: { readonly basis: Basis }) {
  if (basis.kind === 'trace')
    return (
      <p className={styles.basis}>
        {t('comparing.basis.trace')}: {t(`comparing.view.${basis.view}`)}
      </p>
    );
  return (
    <p className={styles.basis}>
      {t(`comparing.basis.${basis.kind}`)} <RuleLink rule={basis.rule} />
    </p>
  );
}

export function RuleLink({ rule }: { readonly rule: RuleId }) {
  const source = ruleSource(rule);
  return (
    <>
      {source !== null && (
        <a href={source.url} target="_blank" rel="noreferrer">
          {source.title}
        </a>
      )}{' '}
      <span className={styles.rule}>{rule}</span>
    </>
  );
}

interface ViewProps {
  readonly name: ViewName;
  readonly view: View;
  readonly workspace: Workspace;
  readonly environment: readonly Part['message'][];
  readonly parts: readonly Part[];
}

/** The request of a view, sent again: every hop of the way it takes, the cited ones open. */
function ViewTrace({ name, view, workspace, environment, parts }: ViewProps) {
  const [trace, setTrace] = useState<Trace | null>(null);
  useEffect(() => {
    let isShown = true;
    void engine()
      .ask('trace', { workspace: withChanges(workspace, view.changes), request: view.request })
      .then((answer) => isShown && setTrace(answer));
    return () => {
      isShown = false;
    };
  }, [view, workspace]);

  const cited = new Set(parts.flatMap(({ basis }) => (basis.kind === 'trace' && basis.view === name && basis.hop !== null ? [basis.hop] : [])));
  const hops = trace === null ? [] : wayOf(trace, cited);
  return (
    <section className={styles.view} aria-busy={trace === null}>
      <h3>{t(`comparing.view.${name}`)}</h3>
      <p className={styles.request}>
        <code>
          {view.request.method} {view.request.url}
        </code>
      </p>
      {environment.length > 0 && (
        <>
          <p className={styles.basis}>{t('comparing.trace.world')}</p>
          <ul className={styles.world}>
            {environment.map((message) => (
              <li key={text(message)}>
                <Rich message={message} plain />
              </li>
            ))}
          </ul>
        </>
      )}
      {trace === null ? (
        <p className={styles.basis}>{t('comparing.trace.loading')}</p>
      ) : (
        <>
          <p className={styles.summary}>
            <Rich message={trace.summary} />
          </p>
          <h4 className="visually-hidden">{t('comparing.trace.hops')}</h4>
          <ol className={styles.hops}>
            {hops.map((hop, index) => (
              <HopItem key={hop.id} hop={hop} number={index + 1} isCited={cited.has(hop.id)} />
            ))}
          </ol>
          {trace.clientSees.length > 0 && <pre className={styles.sees}>{trace.clientSees.join('\n')}</pre>}
        </>
      )}
    </section>
  );
}

/** The way that is taken; a hop of another way that is cited makes that way the one to show. */
function wayOf(trace: Trace, cited: ReadonlySet<string>): readonly Hop[] {
  const taken = trace.branches[trace.taken];
  const branch = cited.size === 0 || taken?.hops.some((id) => cited.has(id)) ? taken : trace.branches.find(({ hops }) => hops.some((id) => cited.has(id)));
  return (branch ?? taken)?.hops.flatMap((id) => trace.hops.find((hop) => hop.id === id) ?? []) ?? [];
}

function HopItem({ hop, number, isCited }: { readonly hop: Hop; readonly number: number; readonly isCited: boolean }) {
  const { before, after } = hop;
  const changes = after !== null && hop.kind !== 'dns';
  return (
    <li className={styles.hop} data-cited={isCited || undefined} data-failed={(hop.outcome !== null && hop.after === null && !isAnswer(hop)) || undefined}>
      <span className={styles.number} aria-hidden="true">
        {number}
      </span>
      <details open={isCited}>
        <summary>
          <span className={styles.actor}>{hop.actor.component}</span> <Rich message={hop.title} plain />
          {isCited && <span className="visually-hidden"> ({t('comparing.trace.cited')})</span>}
        </summary>
        {hop.why.map((sentence) => (
          <p key={text(sentence)}>
            <Rich message={sentence} />
          </p>
        ))}
        {changes && (
          <p className={styles.packet}>
            <Rich message={msg('comparing.trace.packet', { before: addresses(before), after: addresses(after) })} />
          </p>
        )}
      </details>
    </li>
  );
}

const addresses = ({ src, dst }: Hop['before']) => `${formatSocket(src)} → ${formatSocket(dst)}`;

function isAnswer({ outcome }: Hop): boolean {
  return outcome?.code === 'ACCEPTED' || (outcome?.code === 'HTTP' && (outcome.producer === 'app' || outcome.producer === 'external'));
}
