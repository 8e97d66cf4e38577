import type { Packet } from '../../engine/index.ts';
import { t, text } from '../ui/locale.ts';
import { packetRows } from './packet-rows.ts';
import styles from './PacketTable.module.css';

/** The packet as it came, struck out where it changed, and as it leaves. */
export function PacketTable({ before, after, caption }: { readonly before: Packet; readonly after: Packet | null; readonly caption: string }) {
  return (
    <table className={styles.packet}>
      <caption className="visually-hidden">{caption}</caption>
      <tbody>
        {packetRows(before, after).map((row) => (
          <tr key={row.id}>
            <th scope="row">{text(row.label)}</th>
            <td>
              {row.before === row.after ? (
                row.before
              ) : (
                <>
                  {row.before !== null && (
                    <del>
                      <span className="visually-hidden">{t('app.packet.was')} </span>
                      {row.before}
                    </del>
                  )}
                  <ins>
                    <span className="visually-hidden">{t('app.packet.is')} </span>
                    {row.after ?? (row.id === 'tls' ? t('app.packet.tls-ends') : t('app.packet.removed'))}
                  </ins>
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
