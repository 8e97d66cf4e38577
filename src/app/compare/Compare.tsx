import { useCallback, useEffect, useRef, useState } from 'react';
import { comparePage } from '../../catalogue/en/compare-page.ts';
import { learnWords } from '../../catalogue/page-words.ts';
import { PRESETS, type Column } from '../../engine/index.ts';
import { goToPage } from '../store/link-actions.ts';
import { isPresented } from '../store/present-actions.ts';
import { useStore } from '../store/store.ts';
import controls from '../ui/controls.module.css';
import { t, text } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import { CellPanel, RuleLink } from './CellPanel.tsx';
import { useColumnKeys } from './column-keys.ts';
import styles from './Compare.module.css';
import { ComparisonTable, type OpenCell } from './ComparisonTable.tsx';
import { DecidePanel } from './DecidePanel.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { changeOptions, placed, readOptions } from './options.ts';
import { OwnTable } from './OwnTable.tsx';
import { playAll } from './playhead.ts';
import { ownTable } from './sheet.ts';
import { Toolbar } from './Toolbar.tsx';
import { useAskedRequest, useComparison } from './use-comparison.ts';
import { YamlPanel } from './YamlPanel.tsx';

learnWords(comparePage);

/** The same request through every way of exposing a workload, side by side, all paths playing in step. */
export function Compare() {
  const written = useStore((state) => state.view.options.compare);
  const options = readOptions(written);
  const request = useAskedRequest();
  const { comparison, question, isWorking, hasFailed } = useComparison(request, options);
  const table = useRef<HTMLTableElement>(null);
  const [cell, setCell] = useState<OpenCell | null>(null);
  const [yaml, setYaml] = useState<Column | null>(null);
  const [isDeciding, setDeciding] = useState(false);

  const longest = Math.max(
    0,
    ...(comparison?.columns ?? []).flatMap(({ views, best }) => [views.asked, views[best]!].map(({ path }) => path.stops.length - 1)),
  );
  const play = useCallback(() => playAll(longest), [longest]);
  const isLarge = useStore(isPresented);
  useColumnKeys(table, isLarge);
  const paths = comparison === null ? '' : JSON.stringify(comparison.columns.map(({ views, best }) => views[best]!.path));
  // What is new plays by itself, once.
  useEffect(() => {
    if (paths !== '') play();
  }, [paths, play]);

  const preset = PRESETS.find(({ id }) => id === options.preset)!;
  const own = comparison === null ? null : ownTable(comparison, options);
  const isEmpty = comparison !== null && comparison.columns.length === 0 && own === null;
  return (
    <div className={styles.compare} aria-busy={isWorking}>
      {isLarge ? (
        <h2 className={styles.presented}>
          {text(preset.title)} <code>{request.url}</code>
        </h2>
      ) : (
        <Toolbar
          comparison={comparison}
          request={request}
          options={options}
          onPlay={play}
          onDecide={() => setDeciding(true)}
          exports={comparison !== null && <ExportMenu comparison={comparison} options={options} tableRef={table} />}
        />
      )}
      <div className={styles.scroll} data-presented={isLarge || undefined}>
        {comparison === null ? (
          <p className={styles.state}>{hasFailed ? t('comparing.failed') : t('comparing.working')}</p>
        ) : isEmpty ? (
          <Empty hasWorkload={comparison.workload !== null} />
        ) : own !== null ? (
          <OwnTable table={own} title={text(preset.title)} tableRef={table} />
        ) : (
          <ComparisonTable comparison={comparison} options={options} tableRef={table} onOpen={setCell} onYaml={setYaml} />
        )}
        {comparison !== null && !isEmpty && preset.notes.length > 0 && (
          <ul className={styles.notes}>
            {preset.notes.map(({ message, rule }) => (
              <li key={message.id}>
                <Rich message={message} />{' '}
                <span className={styles.rule}>
                  <RuleLink rule={rule} />
                </span>
              </li>
            ))}
            {own === null && <li>{t('comparing.dns-prices')}</li>}
          </ul>
        )}
      </div>
      <output className="visually-hidden">{isWorking ? t('comparing.working') : ''}</output>
      {cell !== null && question !== null && <CellPanel cell={cell} workspace={question.workspace} onClose={() => setCell(null)} />}
      {yaml !== null && <YamlPanel column={yaml} onClose={() => setYaml(null)} />}
      {isDeciding && comparison !== null && question !== null && (
        <DecidePanel
          question={question}
          answers={comparison.answers}
          onClose={() => setDeciding(false)}
          onShow={(way) => {
            const ways = comparison.columns.map((column) => column.way);
            changeOptions({ order: placed(ways, way, 0), ...(ways.includes(way) ? {} : { preset: 'own-hardware' as const }) });
            setDeciding(false);
          }}
        />
      )}
    </div>
  );
}

function Empty({ hasWorkload }: { readonly hasWorkload: boolean }) {
  return (
    <div className={styles.state}>
      <h2>{hasWorkload ? t('comparing.no-request') : t('comparing.nothing')}</h2>
      {!hasWorkload && <p>{t('comparing.nothing.how')}</p>}
      <p>
        <button type="button" className={controls.button} onClick={() => goToPage('path')}>
          {t('comparing.to-path')}
        </button>
      </p>
    </div>
  );
}
