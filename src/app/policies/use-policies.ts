import { useEffect, useState } from 'react';
import type { Workspace } from '../../engine/index.ts';
import { engine } from '../store/analysis-actions.ts';
import { useStore } from '../store/store.ts';
import type { Calls } from '../worker/protocol.ts';

export type Policies = Calls['policies']['answer'];

export type Asked = { readonly kind: 'waiting' } | { readonly kind: 'failed' } | { readonly kind: 'answered'; readonly policies: Policies };

/** Asks anew whenever the texts or the subject change; the last answer stays until the next one comes. */
export function usePolicies(subject: string | null): Asked {
  const workspace: Workspace = useStore((state) => state.workspace);
  const [asked, setAsked] = useState<Asked>({ kind: 'waiting' });
  useEffect(() => {
    let isCurrent = true;
    engine()
      .ask('policies', { workspace, subject })
      .then(
        (policies) => isCurrent && setAsked({ kind: 'answered', policies }),
        () => isCurrent && setAsked({ kind: 'failed' }),
      );
    return () => {
      isCurrent = false;
    };
  }, [workspace, subject]);
  return asked;
}
