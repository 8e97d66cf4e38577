const PATHS = {
  play: 'M5 3.2 12.8 8 5 12.8z',
  pause: 'M4 3h3v10H4zM9 3h3v10H9z',
  again: 'M8 2.2a5.8 5.8 0 1 0 5.8 5.8h-1.9A3.9 3.9 0 1 1 8 4.1c1 0 1.9.4 2.6 1L8.7 7h5.1V1.9l-1.8 1.8A5.8 5.8 0 0 0 8 2.2z',
  back: 'M3.4 3h1.8v10H3.4zM13 3.2v9.6L6 8z',
  on: 'M10.8 3h1.8v10h-1.8zM3 3.2 10 8l-7 4.8z',
  delivered: 'M6.6 11.9 2.9 8.2l1.3-1.3 2.4 2.4 5.2-5.2 1.3 1.3z',
  fails: 'm4.6 3.3 3.4 3.4 3.4-3.4 1.3 1.3L9.3 8l3.4 3.4-1.3 1.3L8 9.3l-3.4 3.4-1.3-1.3L6.7 8 3.3 4.6z',
  answered: 'M8 4.6a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 0 0 0-6.8z',
} as const;

export function StepIcon({ name, size = 16 }: { readonly name: keyof typeof PATHS; readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} fill="currentColor" />
    </svg>
  );
}
