import type { Packet } from '../../engine/index.ts';
import { packetRows } from '../store/packet-rows.ts';
import { t, text } from '../ui/locale.ts';
import styles from './Facts.module.css';

/** More than fit under a sentence nobody reads from the last row. */
const MOST = 3;

/** The packet, large: from where to where, and what else this hop changed, the old value struck out. */
export function Facts({ before, after }: { readonly before: Packet; readonly after: Packet | null }) {
  const rows = packetRows(before, after).filter((row) => row.id === 'from' || row.id === 'to' || row.before !== row.after);
  return (
    <dl className={styles.facts} aria-label={t('present.packet')}>
      {rows.slice(0, MOST).map((row) => (
        <div key={row.id}>
          <dt>{text(row.label)}</dt>
          <dd>
            {row.before !== row.after && (
              <>
                <del>{row.before ?? t('present.nothing')}</del>
                <span className="visually-hidden"> {t('present.becomes')} </span>
              </>
            )}
            <ins data-new={row.before !== row.after || undefined}>{row.after ?? t('present.nothing')}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
