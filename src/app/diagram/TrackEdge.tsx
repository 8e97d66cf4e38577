import type { Edge, EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import type { Track } from '../../scene/scene.ts';
import { TrackLine } from '../drawing/TrackLine.tsx';

export type TrackFlowEdge = Edge<{ readonly track: Track }, 'track'>;

export const TrackEdge = memo(({ data }: EdgeProps<TrackFlowEdge>) => (data === undefined ? null : <TrackLine track={data.track} />));
