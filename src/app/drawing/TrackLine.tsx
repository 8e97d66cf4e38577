import type { Track } from '../../scene/scene.ts';
import styles from './TrackLine.module.css';

/** The path as the scene gives it; what it means is in its boxes and in the list of hops. */
export function TrackLine({ track }: { readonly track: Track }) {
  return (
    <g aria-hidden="true">
      <path d={track.path} className={styles.track} data-state={track.state} />
      {track.label && (
        <text x={track.label.x} y={track.label.y} className={styles.share} data-state={track.state}>
          {track.label.text}
        </text>
      )}
    </g>
  );
}
