import { useEffect, useState } from 'react';

/** True once what `isReady` stands for is on screen and the browser is idle, or somebody reaches for the page. */
export function useIdle(isReady: boolean): boolean {
  const [isIdle, setIsIdle] = useState(false);
  useEffect(() => {
    if (isIdle) return;
    const end = () => setIsIdle(true);
    document.addEventListener('pointerdown', end, { once: true });
    document.addEventListener('keydown', end, { once: true });
    // Safari has no idle callback; a second after the answer is about as good.
    const timer = isReady ? setTimeout(() => ('requestIdleCallback' in window ? requestIdleCallback(end, { timeout: 2000 }) : end()), 300) : undefined;
    return () => {
      document.removeEventListener('pointerdown', end);
      document.removeEventListener('keydown', end);
      clearTimeout(timer);
    };
  }, [isReady, isIdle]);
  return isIdle;
}
