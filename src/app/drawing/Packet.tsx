import { useEffect, useRef } from 'react';
import type { CapsuleRow, Scene } from '../../scene/scene.ts';
import type { Frame } from '../../scene/timeline.ts';
import { text } from '../ui/locale.ts';
import { stretchesOver } from './inside.ts';
import styles from './Packet.module.css';

interface Props {
  readonly scene: Scene;
  /** The stop that the player has reached. */
  readonly stop: number;
  /** Calls with the newest frame at once, then with every one that follows; what it returns ends that. */
  readonly onFrame: (listener: (frame: Frame) => void) => () => void;
}

/**
 * The packet: one element on the route's own path, moved by `offset-distance` in every frame; beside the station where
 * it stands, what it carries, with the old value struck out and the new one.
 */
export function Packet({ scene, stop: index, onFrame }: Props) {
  const dot = useRef<HTMLDivElement>(null);
  const says = useRef<HTMLDivElement>(null);
  const stop = scene.stops[index];
  const { route } = scene;

  useEffect(() => {
    const over = route === null ? [] : stretchesOver(scene.boxes, route.length, pointsOf(route.path));
    return onFrame(({ scene: shown, position }) => {
      if (shown !== scene || !dot.current) return;
      dot.current.style.offsetDistance = `${position.distance}px`;
      dot.current.toggleAttribute('data-standing', position.standing);
      dot.current.toggleAttribute('data-returning', position.returning);
      dot.current.toggleAttribute(
        'data-inside',
        over.some(({ from, to }) => position.distance > from && position.distance < to),
      );
      says.current?.toggleAttribute('data-shown', position.standing);
    });
  }, [scene, route, onFrame]);

  if (route === null || stop === undefined) return null;
  return (
    <>
      <div ref={dot} className={styles.packet} style={{ offsetPath: `path('${route.path}')` }} data-testid="packet" aria-hidden="true">
        <span className={styles.there}>{route.label}</span>
        <span className={styles.back}>{route.answer}</span>
      </div>
      <div ref={says} className={styles.says} aria-hidden="true" hidden={stop.capsule.rows.length === 0}>
        <svg className={styles.leader}>
          <path d={stop.capsule.leader} />
        </svg>
        <div
          className={styles.capsule}
          data-failed={stop.failed || undefined}
          style={{ left: stop.capsule.x, top: stop.capsule.y, width: stop.capsule.width, height: stop.capsule.height }}
        >
          {stop.capsule.rows.map((row) => (
            <Row key={`${row.label?.id} ${typeof row.value === 'string' ? row.value : row.value.id}`} row={row} />
          ))}
        </div>
      </div>
    </>
  );
}

/** The browser knows its own paths best. */
function pointsOf(path: string): (distance: number) => DOMPoint {
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  line.setAttribute('d', path);
  return (distance) => line.getPointAtLength(distance);
}

function Row({ row }: { readonly row: CapsuleRow }) {
  const value = typeof row.value === 'string' ? row.value : text(row.value);
  if (row.label === null) return <p className={styles.line}>{value}</p>;
  return (
    <p className={styles.row}>
      <span className={styles.label}>{text(row.label)}</span>
      <span>
        {row.was !== null && <del>{row.was}</del>}
        <ins data-new={row.was !== null || undefined}>{value}</ins>
      </span>
    </p>
  );
}
