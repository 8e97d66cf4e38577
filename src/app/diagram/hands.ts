/** Building on the map: connections are drawn from box to box, and keys act on the box that has the focus. */
import type { OnConnectEnd } from '@xyflow/react';
import type { KeyboardEvent } from 'react';
import type { ObjectRef } from '../../engine/index.ts';
import { act } from '../store/build-actions.ts';
import { useStore } from '../store/store.ts';
import { select } from '../store/view-actions.ts';
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

function onKeyDown(event: KeyboardEvent): void {
  const box = (event.target as Element).closest<HTMLElement>('.react-flow__node')?.dataset['id'];
  const object = objectOf(box);
  if (object === null || object === CLIENT) return;
  const isCommand = event.ctrlKey || event.metaKey;
  if (event.key === 'Delete' || event.key === 'Backspace') void act({ kind: 'delete', object });
  else if (isCommand && event.key.toLowerCase() === 'd') void act({ kind: 'duplicate', object });
  else if (event.key === 'F2') {
    // The details hold the field for the new name.
    select(object);
  } else return;
  event.preventDefault();
}

export const hands: Hands = { nodesConnectable: true, onConnectEnd, onKeyDown };
