import { useEffect, useState } from 'react';
import type { Ladders } from '../../engine/index.ts';
import { engine } from '../store/analysis-actions.ts';
import { useStore } from '../store/store.ts';
import type { Asked } from './options.ts';

export type Answer = { readonly kind: 'waiting' } | { readonly kind: 'failed' } | { readonly kind: 'answered'; readonly ladders: Ladders };

/** Asks anew whenever the texts or the question change; the last answer stays until the next one comes. */
export function useLadders({ host, path, method }: Asked): Answer {
  const workspace = useStore((state) => state.workspace);
  const [answer, setAnswer] = useState<Answer>({ kind: 'waiting' });
  useEffect(() => {
    let isCurrent = true;
    engine()
      .ask('ladders', { workspace, question: { host, path: path.startsWith('/') ? path : `/${path}`, method } })
      .then(
        (ladders) => isCurrent && setAnswer({ kind: 'answered', ladders }),
        () => isCurrent && setAnswer({ kind: 'failed' }),
      );
    return () => {
      isCurrent = false;
    };
  }, [workspace, host, path, method]);
  return answer;
}
