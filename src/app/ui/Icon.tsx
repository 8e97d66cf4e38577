/** Line icons, 16 × 16, drawn for this page. They repeat what a word beside them or a label says. */
const PATHS = {
  send: 'M4.5 3.2 12.5 8l-8 4.8z',
  plus: 'M8 3.5v9M3.5 8h9',
  close: 'm4.5 4.5 7 7m0-7-7 7',
  copy: 'M5.5 5.5v-2h7v7h-2M3.5 5.5h7v7h-7z',
  check: 'm3.5 8.5 3 3 6-7',
  cross: 'm4.5 4.5 7 7m0-7-7 7',
  dot: 'M8 5.4a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2z',
  down: 'm4.5 6.5 3.5 3.5 3.5-3.5',
  sun: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6M8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M3.4 12.6l1.1-1.1M11.5 4.5l1.1-1.1',
  moon: 'M12.8 9.6A5.4 5.4 0 0 1 6.4 3.2a5.4 5.4 0 1 0 6.4 6.4z',
  system: 'M2.5 3.5h11v7.5h-11zM6 13.5h4M8 11v2.5',
  undo: 'M5.8 3.2 2.8 6.2l3 3M3 6.2h6.2a3.3 3.3 0 0 1 0 6.6H6.5',
  redo: 'm10.2 3.2 3 3-3 3M13 6.2H6.8a3.3 3.3 0 0 0 0 6.6h2.7',
  present: 'M2.5 3h11v7.5h-11zM8 10.5v2.5M5.5 13h5M6.8 5.2v3.1l2.8-1.55z',
  more: 'M3.5 8h.1M8 8h.1M12.5 8h.1',
  error: 'M8 4.2v4.6M8 11.4v.2',
  info: 'M8 7.2v4.4M8 4.6v.2',
} as const;

const FILLED: ReadonlySet<keyof typeof PATHS> = new Set(['send', 'dot']);

export function Icon({ name, size = 16 }: { readonly name: keyof typeof PATHS; readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false" style={{ flex: 'none', display: 'block' }}>
      <path
        d={PATHS[name]}
        fill={FILLED.has(name) ? 'currentColor' : 'none'}
        stroke="currentColor"
        strokeWidth={name === 'more' ? 2.2 : 1.6}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
