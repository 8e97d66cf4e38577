import { useStore } from '../store/store.ts';
import { flip } from '../store/document-actions.ts';
import { AssumptionChoices } from '../ui/AssumptionChoices.tsx';
import { lazyPart } from '../ui/lazy-part.tsx';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import { ConsideredList } from './ConsideredList.tsx';
import type { Current } from '../store/current-stop.ts';
import { EvidenceList } from './EvidenceList.tsx';
import { Landings } from './Landings.tsx';
import { PacketTable } from './PacketTable.tsx';
import { VerdictCard } from './VerdictCard.tsx';
import styles from './Inspector.module.css';
import type { Trace } from '../../engine/index.ts';

const OtherControllers = lazyPart(async () => (await import('./OtherControllers.tsx')).OtherControllers);
const HopSources = lazyPart(async () => (await import('./HopSources.tsx')).HopSources);

interface Props {
  readonly trace: Trace;
  readonly current: Extract<Current, { kind: 'hop' }>;
}

/** One decision: the sentence, the packet, what was weighed, where it stands in the text, how to check it. */
export function HopDetails({ trace, current: { hop, number, of, after } }: Props) {
  const assumptions = useStore((state) => state.analysis?.assumptions);
  const used = hop.assumptions.map((id) => trace.assumptions.find((other) => other.id === id) ?? assumptions?.find((other) => other.id === id));
  return (
    <>
      <header>
        <p className={styles.kicker}>
          {t('app.hop-of', { number, of })}
          <span className={styles.where}>{hop.actor.component}</span>
          {hop.actor.node !== null && <span className={styles.where}>{hop.actor.node}</span>}
        </p>
        <h2 className={styles.title}>
          <Rich message={hop.title} plain />
        </h2>
        {hop.why.map((sentence) => (
          <p key={sentence.id} className={styles.sentence}>
            <Rich message={sentence} />
          </p>
        ))}
      </header>
      {hop.outcome !== null && <VerdictCard trace={trace} />}

      <section>
        <h3>{t('app.packet')}</h3>
        <PacketTable before={hop.before} after={after} caption={t('app.packet.caption')} />
      </section>
      <ConsideredList considered={hop.considered} />
      <Landings trace={trace} hop={hop.id} />
      {used.length > 0 && (
        <section>
          <h3>{t('app.assumed.title')}</h3>
          {used.map((assumption) => assumption && <AssumptionChoices key={assumption.id} assumption={assumption} onChoose={flip} />)}
        </section>
      )}
      {hop.kind === 'ingress-controller' && hop.object !== null && <OtherControllers at={hop.object} />}
      <EvidenceList evidence={hop.evidence} />
      <HopSources hop={hop} />
    </>
  );
}
