import { useEffect, useState } from 'react';
import type { Problem } from '../../engine/diagnosis.ts';
import type { Workspace } from '../../engine/index.ts';
import { askProblems } from '../store/problem-actions.ts';
import { useStore } from '../store/store.ts';

/** What is wrong in these texts. */
export interface Found {
  readonly workspace: Workspace;
  readonly problems: readonly Problem[];
}

/** Asked again when the texts or the request change; the last answer stays until the next one is there. */
export function useProblems(): Found | null {
  const workspace = useStore((state) => state.workspace);
  const sent = useStore((state) => state.sent);
  const [found, setFound] = useState<Found | null>(null);
  useEffect(() => {
    let isCurrent = true;
    askProblems(workspace, sent).then(
      (problems) => {
        if (isCurrent) setFound({ workspace, problems });
      },
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [workspace, sent]);
  return found;
}
