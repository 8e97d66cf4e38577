/**
 * The map, painted. All places come from the scene; React Flow pans, zooms and shows the boxes, and everything that
 * moves is the packet, outside React.
 */
import { Panel, ReactFlow, ReactFlowProvider, ViewportPortal, type EdgeTypes, type NodeMouseHandler, type NodeTypes } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useMemo } from 'react';
import type { Scene } from '../../scene/scene.ts';
import { Ground } from '../drawing/Ground.tsx';
import { Packet } from '../drawing/Packet.tsx';
import { Stations } from '../drawing/Stations.tsx';
import { onFrame, seek } from '../store/playback.ts';
import { useStore } from '../store/store.ts';
import { select } from '../store/view-actions.ts';
import { t } from '../ui/locale.ts';
import { BoxNode, type BoxFlowNode } from './BoxNode.tsx';
import { Camera } from './Camera.tsx';
import { CameraButtons } from './CameraButtons.tsx';
import styles from './Diagram.module.css';
import { useHands } from './use-hands.ts';
import { TrackEdge, type TrackFlowEdge } from './TrackEdge.tsx';
import { TO_PRESENT, TO_READ } from './view.ts';

/** At the foot of the window stand the buttons: nothing that matters is put behind them. Px. */
const FOOT = 40;

const nodeTypes: NodeTypes = { box: BoxNode };
const edgeTypes: EdgeTypes = { track: TrackEdge };
const ariaLabels = { 'node.a11yDescription.default': '', 'node.a11yDescription.keyboardDisabled': '', 'edge.a11yDescription.default': '' };

/** `presented`: large, for a room to see; without the buttons, for nobody has a hand free. */
export function Diagram({ presented = false }: { readonly presented?: boolean }) {
  const scene = useStore((state) => state.analysis?.scene ?? null);
  if (scene === null || scene.boxes.length === 0) return null;
  return (
    <ReactFlowProvider>
      <Map scene={scene} presented={presented} />
    </ReactFlowProvider>
  );
}

function Map({ scene, presented }: { readonly scene: Scene; readonly presented: boolean }) {
  const hands = useHands();
  const stop = useStore((state) => state.playback.stop);
  const currentHop = scene.stops[stop]?.id ?? null;
  const nodes = useMemo(() => scene.boxes.map((box) => nodeOf(box, box.hop !== null && box.hop === currentHop)), [scene, currentHop]);
  const edges = useMemo(() => scene.tracks.map(edgeOf), [scene]);
  return (
    <section className={styles.map} data-presented={presented || undefined} aria-label={t('scene.map')} data-testid="map">
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodeClick={open}
        minZoom={0.3}
        maxZoom={2.5}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        zoomOnDoubleClick={false}
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        panActivationKeyCode={null}
        ariaLabelConfig={ariaLabels}
        {...hands}
      >
        <ViewportPortal>
          <Ground scene={scene} />
        </ViewportPortal>
        <ViewportPortal>
          <Stations scene={scene} stop={stop} onSeek={seek} />
          <Packet scene={scene} stop={stop} onFrame={onFrame} />
        </ViewportPortal>
        <Camera scene={scene} zooms={presented ? TO_PRESENT : TO_READ} foot={presented ? 0 : FOOT} />
        {!presented && (
          <Panel position="bottom-left">
            <CameraButtons scene={scene} />
          </Panel>
        )}
      </ReactFlow>
    </section>
  );
}

/** A box on the way of this request leads to its stop, any other to its object. */
const open: NodeMouseHandler = (_, node) => {
  const { box } = (node as BoxFlowNode).data;
  const stops = useStore.getState().analysis?.scene?.stops ?? [];
  const stop = stops.findIndex(({ id }) => id === box.hop);
  if (stop >= 0) seek(stop);
  if (stop >= 0 && box.lane !== 'service') select(null);
  else if (box.object !== null) select(box.object);
};

/** The button inside says what it is; the list of hops says how they are joined. */
const PLAIN = { 'aria-roledescription': undefined };
const HIDDEN = { 'aria-hidden': true, 'aria-label': undefined, 'aria-roledescription': undefined } as const;

function nodeOf(box: Scene['boxes'][number], isCurrent: boolean): BoxFlowNode {
  return {
    id: box.id,
    type: 'box',
    position: { x: box.x, y: box.y },
    width: box.width,
    height: box.height,
    data: { box, isCurrent },
    domAttributes: PLAIN,
    // Said of none but these: of the others the map says whether somebody builds.
    ...(box.object === null && box.id !== 'client' && { connectable: false }),
    zIndex: 1,
  };
}

function edgeOf(track: Scene['tracks'][number]): TrackFlowEdge {
  return { id: track.id, type: 'track', source: track.from, target: track.to, data: { track }, domAttributes: HIDDEN, zIndex: 0 };
}
