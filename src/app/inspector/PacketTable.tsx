import { useState } from 'react';
import type { Packet } from '../../engine/index.ts';
import controls from '../ui/controls.module.css';
import { t, text } from '../ui/locale.ts';
import { packetRows } from '../store/packet-rows.ts';
import styles from './PacketTable.module.css';

const MOST_HEADERS = 4;

/** The packet as it came, struck out where it changed, and as it leaves. */
export function PacketTable({ before, after, caption }: { readonly before: Packet; readonly after: Packet | null; readonly caption: string }) {
  const [showsAll, setShowsAll] = useState(false);
  const rows = packetRows(before, after);
  const headers = rows.filter((row) => row.id.startsWith('header ')).length;
  // Proxies add a handful of headers; the addresses must not drown in them.
  const shown = showsAll || headers <= MOST_HEADERS ? rows : rows.slice(0, rows.length - headers + MOST_HEADERS);
  return (
    <>
      <table className={styles.packet}>
        <caption className="visually-hidden">{caption}</caption>
        <tbody>
          {shown.map((row) => (
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
      {shown.length < rows.length && (
        <button type="button" className={controls.link} onClick={() => setShowsAll(true)}>
          {t('app.packet.all-headers', { count: headers })}
        </button>
      )}
    </>
  );
}
