import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import { memo } from 'react';
import type { Box } from '../../scene/scene.ts';
import { BoxFace } from '../drawing/BoxFace.tsx';
import styles from './BoxNode.module.css';
import { ProblemBadge } from './ProblemBadge.tsx';

export type BoxFlowNode = Node<{ readonly box: Box; readonly isCurrent: boolean }, 'box'>;

/** A box of the map, with the ends of the lines that somebody draws by hand. */
export const BoxNode = memo(({ data: { box, isCurrent }, isConnectable }: NodeProps<BoxFlowNode>) => (
  <>
    <Handle type="target" position={Position.Left} className={styles.handle} isConnectable={isConnectable} />
    <BoxFace box={box} isCurrent={isCurrent} as="button" />
    {box.object !== null && <ProblemBadge object={box.object} />}
    <Handle type="source" position={Position.Right} className={styles.handle} isConnectable={isConnectable} />
  </>
));
