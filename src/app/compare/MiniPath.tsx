import { useEffect, useRef } from 'react';
import type { MiniPath as Path } from '../../engine/index.ts';
import { t, text } from '../ui/locale.ts';
import styles from './MiniPath.module.css';
import { onBeat } from './playhead.ts';

/** Px: room for a label under each stop. */
const ROOMY = 40;
const TIGHT = 36;
const SIDE = 20;
const TRACK = 14;
const RADIUS = 5.5;
const HEIGHT = 42;

export function widthOf({ stops }: Path): number {
  return SIDE * 2 + (stops.length - 1) * gapOf(stops.length);
}

const gapOf = (stops: number) => (stops > 6 ? TIGHT : ROOMY);

/** The way as a few stations on a line; a red terminus where it ends without an answer. The packet follows the common clock. `scale` 1: letters of 12 px. */
export function MiniPath({ path, scale }: { readonly path: Path; readonly scale: number }) {
  const packet = useRef<SVGRectElement>(null);
  const stations = useRef<SVGGElement>(null);
  const last = path.stops.length - 1;
  const gap = gapOf(path.stops.length);

  useEffect(
    () =>
      onBeat(({ progress }) => {
        const at = Math.min(progress, last);
        packet.current?.setAttribute('transform', `translate(${SIDE + at * gap} ${TRACK})`);
        // At a stop the station itself shows that the packet is there.
        packet.current?.toggleAttribute('data-standing', at === Math.floor(at));
        for (const [index, station] of [...(stations.current?.children ?? [])].entries()) station.toggleAttribute('data-here', index === at);
      }),
    [last, gap],
  );

  const names = path.stops.map(({ label }) => text(label));
  const summary = path.arrives ? t('comparing.path.arrives', { stops: names.join(', ') }) : t('comparing.path.ends', { stops: names.join(', ') });
  const x = (index: number) => SIDE + index * gap;
  return (
    <svg
      className={styles.path}
      width={widthOf(path) * scale}
      height={HEIGHT * scale}
      viewBox={`0 0 ${widthOf(path)} ${HEIGHT}`}
      role="img"
      aria-label={summary}
      data-testid="mini-path"
    >
      <path d={`M${x(0)} ${TRACK}H${x(last)}`} className={path.arrives ? styles.route : styles.broken} />
      <g ref={stations}>
        {path.stops.map(({ hop, label }, index) => (
          <g key={hop ?? 'client'}>
            {index === last && !path.arrives ? (
              <g transform={`translate(${x(index)} ${TRACK})`} className={styles.terminus}>
                <circle r={8} />
                <path d="m-3-3 6 6m0-6-6 6" />
              </g>
            ) : (
              <circle cx={x(index)} cy={TRACK} r={RADIUS} className={index === last ? styles.arrival : path.arrives ? styles.station : styles.plain} />
            )}
            <text x={x(index)} y={36} className={styles.label}>
              {text(label)}
            </text>
          </g>
        ))}
      </g>
      <rect ref={packet} x={-8} y={-5.5} width={16} height={11} rx={4} className={styles.packet} data-testid="mini-packet" />
    </svg>
  );
}
