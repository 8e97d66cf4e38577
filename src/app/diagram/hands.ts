/** Building on the map: connections are drawn from box to box, and keys act on the box that has the focus. */
import type { Node, NodeMouseHandler, OnConnectEnd, OnNodeDrag } from '@xyflow/react';
import type { KeyboardEvent } from 'react';
import type { ObjectRef } from '../../engine/index.ts';
import { act } from '../store/build-actions.ts';
import { useStore } from '../store/store.ts';
import { select, setRenames } from '../store/view-actions.ts';
import type { Hands } from './use-hands.ts';

/** The client's box is no object, yet a connection can begin there. */
const CLIENT: ObjectRef = { kind: 'Client', namespace: '', name: '' };

function objectOf(box: string | null | undefined): ObjectRef | null {
  if (box === 'client') return CLIENT;
  return useStore.getState().analysis?.scene?.boxes.find(({ id }) => id === box)?.object ?? null;
}

/** A line that was drawn from a box ends on whatever box is under the pointer. */
const onConnectEnd: OnConnectEnd = (event, { fromNode }) => {
  const point = 'changedTouches' in event ? event.changedTouches[0] : event;
  if (point === undefined || fromNode === null) return;
  const under = document.elementFromPoint(point.clientX, point.clientY)?.closest<HTMLElement>('.react-flow__node')?.dataset['id'];
  const [from, to] = [objectOf(fromNode.id), objectOf(under)];
  if (from !== null && to !== null && under !== fromNode.id) void act({ kind: 'connect', from, to });
};

/** Below its computed place, as it stands now. */
const downOf = (box: string) => useStore.getState().analysis?.arrangement[box] ?? 0;

function move(box: string, by: number): Promise<boolean> {
  return act({ kind: 'arrange', boxes: { [box]: downOf(box) + by } }, `arrange ${box}`);
}

function elementOf(box: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(box)}"]`);
}

const draggedBy = (node: Node) => node.position.y - (useStore.getState().analysis?.scene?.boxes.find(({ id }) => id === node.id)?.y ?? node.position.y);

/** While a box is dragged it follows the pointer within its lane, which says where on the way it is; only its height is kept. */
const onNodeDrag: OnNodeDrag = (_, node) => {
  const element = elementOf(node.id);
  if (element) element.style.translate = `0 ${draggedBy(node)}px`;
};

/** The next map has the box where it was let go. */
const onNodeDragStop: OnNodeDrag = (_, node) => {
  const by = draggedBy(node);
  const letGo = () => elementOf(node.id)?.style.removeProperty('translate');
  if (Math.abs(by) < 2) return letGo();
  const stop = useStore.subscribe((now, before) => {
    if (now.analysis === before.analysis) return;
    stop();
    letGo();
  });
  void move(node.id, by);
};

/** One press; px. */
const STEP = 16;

function onKeyDown(event: KeyboardEvent): void {
  const box = (event.target as Element).closest<HTMLElement>('.react-flow__node')?.dataset['id'];
  if (box !== undefined && event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
    event.preventDefault();
    void move(box, event.key === 'ArrowDown' ? STEP : -STEP);
    return;
  }
  const object = objectOf(box);
  if (object === null || object === CLIENT) return;
  const isCommand = event.ctrlKey || event.metaKey;
  if (event.key === 'Delete' || event.key === 'Backspace') void act({ kind: 'delete', object });
  else if (isCommand && event.key.toLowerCase() === 'd') void act({ kind: 'duplicate', object });
  else if (event.key === 'F2') {
    // The details hold the field for the new name.
    select(object);
    setRenames(true);
  } else return;
  event.preventDefault();
}

/** Who builds wants the object, whatever the request does there. */
const onNodeClick: NodeMouseHandler = (_, { id }) => {
  const object = objectOf(id);
  if (object !== null && object !== CLIENT) select(object);
};

export const hands: Hands = {
  onNodeClick,
  nodesConnectable: true,
  nodesDraggable: true,
  nodeDragThreshold: 3,
  onNodeDrag,
  onNodeDragStop,
  onConnectEnd,
  onKeyDown,
};
