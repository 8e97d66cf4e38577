import type { ReactNode } from 'react';
import type { Message } from '../../catalogue/message.ts';
import { refKey, type Hop, type Trace } from '../../engine/index.ts';
import type { Stop } from '../../scene/scene.ts';
import { currentStop } from '../store/current-stop.ts';
import { useStore } from '../store/store.ts';
import { fileOffsets } from '../store/text-ranges.ts';
import { Icon } from '../ui/Icon.tsx';
import { t, text } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import { useMedia } from '../ui/use-media.ts';
import { excerptOf, type Excerpt } from './excerpt.ts';
import { Facts } from './Facts.tsx';
import styles from './Slide.module.css';

/** What happened at the current stop: its number, its title and its first sentence; beside it the lines that decided. */
export function Slide() {
  const trace = useStore((state) => state.analysis?.trace ?? null);
  const stop = useStore((state) => state.analysis?.scene?.stops[state.playback.stop] ?? null);
  if (trace === null || stop === null) return <p className={styles.none}>{t('present.no-request')}</p>;
  const current = currentStop(trace, stop.id);
  if (current.kind === 'reply') return <Reply trace={trace} stop={stop} />;
  if (current.kind === 'none') return null;
  const { hop, number, of, after } = current;
  const facts = <Facts before={hop.before} after={after} />;
  return (
    <Frame
      mark={
        <span className={styles.number} data-failed={stop.failed || undefined} aria-hidden="true">
          {number}
        </span>
      }
      kicker={[t('app.hop-of', { number, of }), hop.actor.component, hop.actor.node].filter(Boolean).join(' · ')}
      title={hop.title}
      sentence={hop.why[0] ?? stop.sentence}
      below={facts}
    >
      <Lines hop={hop} without={facts} />
    </Frame>
  );
}

interface FrameProps {
  /** Repeats what the words say: the number of the station, or the sign of the verdict. */
  readonly mark: ReactNode;
  readonly kicker: string;
  readonly title: Message;
  readonly sentence: Message;
  /** Under the sentence where the screen is high enough. */
  readonly below: ReactNode;
  /** Beside it. */
  readonly children: ReactNode;
}

function Frame({ mark, kicker, title, sentence, below, children }: FrameProps) {
  return (
    <section className={styles.slide} aria-label={t('present.slide')}>
      {/* A long sentence on a small screen scrolls, so the keyboard has to reach it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={styles.says} tabIndex={0}>
        <p className={styles.kicker}>
          {mark}
          {kicker}
        </p>
        <h2 className={styles.title}>
          <Rich message={title} plain />
        </h2>
        <p className={styles.sentence}>
          <Rich message={sentence} plain />
        </p>
        {below && <div className={styles.below}>{below}</div>}
      </div>
      <div className={styles.beside}>{children}</div>
      <output className="visually-hidden">{`${kicker}. ${text(title)}. ${text(sentence)}`}</output>
    </section>
  );
}

const MARK = { delivered: 'check', answered: 'dot', fails: 'cross' } as const;

/** How it ends, and what the client's own program prints. */
function Reply({ trace, stop }: { readonly trace: Trace; readonly stop: Stop }) {
  const verdict = useStore((state) => state.analysis?.scene?.verdict);
  return (
    <Frame
      mark={
        verdict && (
          <span className={styles.end} data-verdict={verdict.result}>
            <Icon name={MARK[verdict.result]} size={28} />
          </span>
        )
      }
      kicker={text(stop.verb)}
      title={verdict?.text ?? stop.verb}
      sentence={trace.summary}
      below={null}
    >
      {verdict?.kind === 'depends' && <p className={styles.assumed}>{t('present.assumed')}</p>}
      {trace.clientSees.length > 0 && (
        <figure className={styles.lines}>
          <figcaption>{t('app.client-sees')}</figcaption>
          <pre>{trace.clientSees.join('\n')}</pre>
        </figure>
      )}
    </Frame>
  );
}

/** Characters of a row beside the sentence; longer lines take two. */
const ROW = 40;

/** As many lines as fit into so many rows. */
function fitting(source: string, ranges: Parameters<typeof excerptOf>[1], rows: number): Excerpt {
  for (let most = rows; ; most -= 1) {
    const excerpt = excerptOf(source, ranges, most);
    const taken = excerpt.lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.text.length / ROW)), 0);
    if (taken <= rows || most === 1) return excerpt;
  }
}

/** The YAML that decided, with the lines around it; what the packet says where no text holds it. */
function Lines({ hop, without }: { readonly hop: Hop; readonly without: ReactNode }) {
  const isHigh = useMedia('(min-height: 900px)');
  const workspace = useStore((state) => state.workspace);
  const documents = useStore((state) => state.analysis?.documents) ?? [];
  const cited = hop.evidence.find(({ range }) => range !== null);
  const file = workspace.find(({ name }) => name === cited?.range?.file);
  const ranges = hop.evidence.flatMap(({ range }) => {
    const offsets = range && range.file === file?.name ? fileOffsets(documents, range) : null;
    return offsets ? [offsets] : [];
  });
  if (!cited || !file || ranges.length === 0) return without;
  const { lines, first, last } = fitting(file.text, ranges, isHigh ? 8 : 7);
  return (
    <figure className={styles.lines}>
      <figcaption>
        <b>{refKey(cited.object)}</b>{' '}
        {first === last ? t('present.line', { file: file.name, line: first }) : t('present.lines', { file: file.name, first, last })}
      </figcaption>
      <ol>
        {lines.map((line) => (
          <li key={line.number} data-decided={line.decided || undefined}>
            <span className={styles.lineNumber}>{line.number}</span>
            {line.decided ? <mark>{line.text}</mark> : <span>{line.text}</span>}
          </li>
        ))}
      </ol>
    </figure>
  );
}
