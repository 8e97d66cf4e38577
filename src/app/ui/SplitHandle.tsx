import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import styles from './SplitHandle.module.css';

interface Props {
  readonly label: string;
  /** Width of the pane it belongs to, px. */
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Which side of the handle the pane stands on. */
  readonly pane: 'before' | 'after';
  readonly onChange: (width: number) => void;
  readonly onReset: () => void;
}

const STEP = 16;

/** The line between two panes: drag it, or focus it and use the arrow keys. Double click gives the first width back. */
export function SplitHandle({ label, value, min, max, pane, onChange, onReset }: Props) {
  const grabbed = useRef<{ readonly x: number; readonly value: number } | null>(null);
  const sign = pane === 'before' ? 1 : -1;
  const set = (width: number) => onChange(Math.round(Math.max(min, Math.min(max, width))));

  const onKeyDown = (event: KeyboardEvent) => {
    const width = { ArrowLeft: value - sign * STEP, ArrowRight: value + sign * STEP, Home: min, End: max }[event.key];
    if (width === undefined) return;
    event.preventDefault();
    set(width);
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    grabbed.current = { x: event.clientX, value };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent) => {
    if (grabbed.current) set(grabbed.current.value + sign * (event.clientX - grabbed.current.x));
  };

  return (
    <div
      // A separator that can be moved is a control by the ARIA specification; a rule between paragraphs is not.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className={styles.handle}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => (grabbed.current = null)}
      onDoubleClick={onReset}
    />
  );
}
