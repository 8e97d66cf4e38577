import type { ReactFlowProps } from '@xyflow/react';
import { useEffect, useState } from 'react';
import { useStore } from '../store/store.ts';

/** What turns the map into one that is built on. Its code comes when somebody builds. */
export type Hands = Pick<
  ReactFlowProps,
  'onNodeClick' | 'nodesConnectable' | 'nodesDraggable' | 'nodeDragThreshold' | 'onNodeDrag' | 'onNodeDragStop' | 'onConnectEnd' | 'onKeyDown'
>;

export function useHands(): Hands | null {
  const isBuilding = useStore((state) => state.view.tab === 'add');
  const [hands, setHands] = useState<Hands | null>(null);
  useEffect(() => {
    if (isBuilding) void import('./hands.ts').then((module) => setHands(module.hands));
  }, [isBuilding]);
  return isBuilding ? hands : null;
}
