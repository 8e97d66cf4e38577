import { useReactFlow, useStore as useFlowStore, useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { Scene } from '../../scene/scene.ts';
import { onFrame } from '../store/playback.ts';
import { REDUCED_MOTION } from '../ui/use-media.ts';
import { homeView, reveal, type Area, type Size, type Zooms } from './view.ts';

const GLIDE = 420;

interface Props {
  readonly scene: Scene;
  readonly zooms: Zooms;
  /** Px at the lower edge that other things stand on. */
  readonly foot: number;
}

/** Begins at home when the map changes its shape, and follows the packet, and the focus, when they leave the window. */
export function Camera({ scene, zooms, foot }: Props) {
  const { setViewport, getViewport } = useReactFlow();
  const width = useFlowStore((state) => state.width);
  const height = useFlowStore((state) => Math.max(0, state.height - foot));
  const flow = useStoreApi();
  const size = useRef({ width, height });
  const shape = `${scene.width}×${scene.height} ${scene.route?.path ?? ''}`;
  const placed = useRef('');
  const stop = useRef(-1);

  useEffect(() => {
    size.current = { width, height };
    if (width === 0 || height === 0) return;
    const now = `${shape} ${width}×${height}`;
    if (placed.current === now) return;
    placed.current = now;
    const home = homeView(scene, { width, height }, zooms);
    const area = areaOf(scene, stop.current, size.current, home.zoom);
    void setViewport(area === null ? home : reveal(home, area, size.current, scene));
  }, [scene, shape, width, height, zooms, setViewport]);

  useEffect(() => {
    let heading = -1;
    return onFrame(({ scene: shown, position }) => {
      if (shown !== scene) return;
      const next = position.standing ? position.stop : position.progress === 0 && position.stop === 0 ? 0 : position.stop + 1;
      if (next === heading) return;
      heading = next;
      // The reply is not followed: what matters at the end is where it came from.
      stop.current = next === scene.stops.length - 1 ? next - 1 : next;
      if (size.current.width === 0) return;
      const view = getViewport();
      const area = areaOf(scene, stop.current, size.current, view.zoom);
      if (area === null) return;
      const to = reveal(view, area, size.current, scene);
      if (to.x === view.x && to.y === view.y) return;
      void setViewport(to, { duration: matchMedia(REDUCED_MOTION).matches ? 0 : GLIDE });
    });
  }, [scene, setViewport, getViewport]);

  useEffect(() => {
    const { domNode } = flow.getState();
    const show = (event: FocusEvent) => {
      const id = event.target instanceof Element ? event.target.closest<HTMLElement>('.react-flow__node')?.dataset['id'] : undefined;
      const box = scene.boxes.find((candidate) => candidate.id === id);
      if (box === undefined || !(event.target as Element).matches(':focus-visible')) return;
      void setViewport(reveal(getViewport(), box, size.current, scene), { duration: matchMedia(REDUCED_MOTION).matches ? 0 : GLIDE });
    };
    domNode?.addEventListener('focusin', show);
    return () => domNode?.removeEventListener('focusin', show);
  }, [scene, flow, setViewport, getViewport]);

  return null;
}

/** A stop with its station, its box and what is said beside it; where all that is too much to see, what matters most. */
function areaOf(scene: Scene, index: number, size: Size, zoom: number): Area | null {
  const stop = scene.stops[index];
  if (stop === undefined) return null;
  const boxes: Area[] = scene.boxes.filter(({ hop }) => hop === stop.id);
  const stations = scene.stations.filter(({ hop, number }) => hop === stop.id && number !== null).map(markArea);
  const beside: Area[] = [stop.capsule, ...(stop.failed && scene.sees !== null ? [scene.sees] : [])];
  const all = around([...boxes, ...stations, ...beside]);
  if (all.width * zoom <= size.width && all.height * zoom <= size.height) return all;
  if (!stop.failed || scene.sees === null) return around([...boxes, ...stations]);
  const ends = scene.stations.filter(({ kind, id }) => kind === 'terminus' && id.startsWith('end:')).map(markArea);
  return around([scene.sees, ...ends]);
}

const markArea = ({ x, y }: { readonly x: number; readonly y: number }): Area => ({ x: x - 12, y: y - 12, width: 24, height: 24 });

function around(rects: readonly Area[]): Area {
  const x = Math.min(...rects.map((rect) => rect.x));
  const y = Math.min(...rects.map((rect) => rect.y));
  return { x, y, width: Math.max(...rects.map((rect) => rect.x + rect.width)) - x, height: Math.max(...rects.map((rect) => rect.y + rect.height)) - y };
}
