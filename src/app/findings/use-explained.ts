import { useEffect, useState } from 'react';
import type { FailureCode } from '../../catalogue/meaning.ts';
import type { Workspace } from '../../engine/index.ts';
import { askExplained, examplesOf } from '../store/problem-actions.ts';
import type { Explained } from '../worker/diagnosis.ts';

interface Shown {
  readonly code: FailureCode;
  readonly examples: readonly Workspace[];
}

/** The texts of all examples of a code; null while they are loaded. */
export function useExamples(code: FailureCode): readonly Workspace[] | null {
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    let isCurrent = true;
    examplesOf(code).then(
      (examples) => {
        if (isCurrent) setShown({ code, examples });
      },
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [code]);
  return shown?.code === code ? shown.examples : null;
}

/** What an example shows when it is run; null until it has. */
export function useExplained(code: FailureCode, example: Workspace): Explained | null {
  const [answer, setAnswer] = useState<Explained | null>(null);
  useEffect(() => {
    let isCurrent = true;
    askExplained(code, example).then(
      (explained) => {
        if (isCurrent) setAnswer(explained);
      },
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [code, example]);
  return answer?.problem.code === code ? answer : null;
}
