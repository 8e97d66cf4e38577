import type { Edge, EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import type { Track } from '../../scene/scene.ts';
import styles from './TrackEdge.module.css';

export type TrackFlowEdge = Edge<{ readonly track: Track }, 'track'>;

/** The path as the scene gives it; what it means is in its boxes and in the list of hops. */
export const TrackEdge = memo(({ data }: EdgeProps<TrackFlowEdge>) => {
  if (data === undefined) return null;
  const { track } = data;
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
});
