import { useEffect, type ReactNode } from 'react';
import { advance, seek, seekEnd, stepBack } from '../store/playback.ts';
import { isPageKey } from '../ui/page-keys.ts';
import { PresentFrame } from './PresentFrame.tsx';
import styles from './PresentedPath.module.css';
import { Slide } from './Slide.tsx';
import { Stops } from './Stops.tsx';

/** One request, hop by hop: the map with the packet that moves to the hop, below it what the hop did and which lines decided. */
export function PresentedPath({ map, actions }: { readonly map: ReactNode; readonly actions: ReactNode }) {
  useKeys();
  return (
    <PresentFrame foot={<Stops />} actions={actions}>
      <div className={styles.path}>
        <div className={styles.map}>{map}</div>
        <Slide />
      </div>
    </PresentFrame>
  );
}

/** What a presenter's clicker sends, and the keys beside it. */
const KEYS: Readonly<Record<string, () => void>> = {
  ArrowRight: advance,
  PageDown: advance,
  ' ': advance,
  ArrowLeft: stepBack,
  PageUp: stepBack,
  Home: () => seek(0),
  End: seekEnd,
};

function useKeys(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      // Who came to a button by the Tab key means the button; who clicked one goes on.
      const isMeant = event.key === ' ' && event.target instanceof HTMLButtonElement && event.target.matches(':focus-visible');
      const act = KEYS[event.key];
      if (act === undefined || isMeant || !isPageKey(event)) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
