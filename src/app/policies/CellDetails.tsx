import type { Lane, PolicyGroup, PolicyView } from '../../engine/index.ts';
import { t } from '../ui/locale.ts';
import styles from './CellDetails.module.css';
import { peerName } from './peer-name.ts';
import type { Options } from './options.ts';
import { PortReasons } from './PortReasons.tsx';

interface Props {
  readonly groups: readonly PolicyGroup[];
  readonly view: PolicyView | null;
  readonly cell: Options['cell'];
}

/** The chosen cell in words. */
export function CellDetails({ groups, view, cell }: Props) {
  const from = groups.find(({ id }) => id === cell?.from);
  const to = groups.find(({ id }) => id === cell?.to);
  const lane = view === null || cell === null ? undefined : laneOf(view, cell);
  return (
    <section className={styles.details} aria-live="polite">
      {from === undefined || to === undefined ? (
        <p className={styles.quiet}>{t('policies.choose-cell')}</p>
      ) : (
        <>
          <h3>{t('policies.cell', { from: peerName(from), to: peerName(to) })}</h3>
          {lane === undefined ? <p className={styles.quiet}>{t('policies.verdict.none')}</p> : <PortReasons lane={lane} />}
        </>
      )}
    </section>
  );
}

/** Seen from the side that was asked about. */
function laneOf({ subject, ingress, egress }: PolicyView, { from, to }: NonNullable<Options['cell']>): Lane | undefined {
  if (subject.id === to) return ingress.lanes.find(({ peer }) => peer.id === from);
  return subject.id === from ? egress.lanes.find(({ peer }) => peer.id === to) : undefined;
}
