import { useId, useState } from 'react';
import type { Lane } from '../../engine/index.ts';
import { t } from '../ui/locale.ts';
import styles from './LaneItem.module.css';
import { peerName, verdictName } from './peer-name.ts';
import { PortReasons } from './PortReasons.tsx';
import { Sign } from './Sign.tsx';

interface Props {
  readonly lane: Lane;
  readonly direction: 'ingress' | 'egress';
  readonly isItself: boolean;
}

/** One peer and the track between it and the Pods: through, or cut by a barrier. Opens to say why, port by port. */
export function LaneItem({ lane, direction, isItself }: Props) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const { peer, verdict, ports } = lane;
  return (
    <li className={styles.lane}>
      <button type="button" className={styles.head} aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
        <Sign verdict={verdict} />
        <span className={styles.peer}>
          <span className={styles.name}>{isItself ? t('policies.peer.itself') : peerName(peer)}</span>
          {peer.namespace !== '' && <span className={styles.namespace}>{peer.namespace}</span>}
        </span>
        <span className={styles.track} data-verdict={verdict} data-direction={direction} aria-hidden="true" />
        <span className={styles.ports}>
          {ports.map(({ port, protocol, verdict: own }) => (
            <span key={`${protocol} ${port}`} className={styles.port} data-denied={own === 'denied' ? '' : undefined}>
              {t('policies.port', { protocol, port })}
            </span>
          ))}
        </span>
        <span className="visually-hidden">{verdictName(verdict)}</span>
      </button>
      <div id={id} hidden={!isOpen} className={styles.details}>
        {isOpen && <PortReasons lane={lane} />}
      </div>
    </li>
  );
}
