import { memo } from 'react';
import type { Scene } from '../../scene/scene.ts';
import { text } from '../ui/locale.ts';
import styles from './Ground.module.css';

/** Behind everything: the cluster as an area, and the titles of the lanes. */
export const Ground = memo(({ scene }: { readonly scene: Scene }) => (
  <div className={styles.ground} style={{ width: scene.width, height: scene.height }}>
    {scene.zones.map((zone) => (
      <div key={zone.id} className={styles.zone} data-kind={zone.kind} style={{ left: zone.x, top: zone.y, width: zone.width, height: zone.height }}>
        <span className={styles.name}>{text(zone.label)}</span>
        {zone.detail && <span className={styles.detail}>{text(zone.detail)}</span>}
      </div>
    ))}
    {scene.lanes.map((lane) => (
      <span key={lane.x} className={styles.lane} style={{ left: lane.x, width: lane.width }}>
        {text(lane.label)}
      </span>
    ))}
  </div>
));
