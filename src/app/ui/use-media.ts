import { useCallback, useSyncExternalStore } from 'react';

/** Phones: the map on top, one panel below it. */
export const PHONE = '(max-width: 899px)';
/** Two columns instead of three. */
export const NARROW = '(max-width: 1559px)';
/** Three columns, of which the outer two are narrower. */
export const MIDDLE = '(max-width: 1639px)';
export const REDUCED_MOTION = '(prefers-reduced-motion: reduce)';

export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const list = matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
