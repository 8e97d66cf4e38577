import { useEffect, useMemo, useState } from 'react';
import { PRESETS, refKey, type Comparison, type CompareQuestion, type ObjectRef, type Prices, type RequestDraft } from '../../engine/index.ts';
import { engine } from '../store/analysis-actions.ts';
import { useStore } from '../store/store.ts';
import type { Options } from './options.ts';

export interface Compared {
  readonly comparison: Comparison | null;
  /** What the comparison was made of; views are changes of these texts. */
  readonly question: CompareQuestion | null;
  readonly isWorking: boolean;
  readonly hasFailed: boolean;
}

/** Changes in quick succession, as while a number is typed, are asked about once; ms. */
const SETTLED = 120;

/** The request that is compared: the one sent last, else what stands in the bar. */
export function useAskedRequest(): RequestDraft {
  const sent = useStore((state) => state.sent);
  const draft = useStore((state) => state.draft);
  return sent ?? draft;
}

/** Asks the worker whenever what is compared changes; the newest answer counts, the one before stays on screen until then. */
export function useComparison(request: RequestDraft, options: Options): Compared {
  const workspace = useStore((state) => state.workspace);
  const [answer, setAnswer] = useState<{ readonly comparison: Comparison; readonly question: CompareQuestion } | null>(null);
  const [failed, setFailed] = useState<CompareQuestion | null>(null);
  const { workload, services, preset } = options;
  const prices = JSON.stringify(options.prices);

  const asked = useMemo(
    (): CompareQuestion => ({
      workspace,
      request,
      workload: workload === null ? null : refOf(workload),
      services,
      prices: JSON.parse(prices) as Prices,
      ways: PRESETS.find(({ id }) => id === preset)?.ways ?? [],
    }),
    [workspace, request, workload, services, preset, prices],
  );
  useEffect(() => {
    let isNewest = true;
    const timer = setTimeout(() => {
      engine()
        .ask('compare', asked)
        .then(
          (comparison) => isNewest && setAnswer({ comparison, question: asked }),
          () => isNewest && setFailed(asked),
        );
    }, SETTLED);
    return () => {
      isNewest = false;
      clearTimeout(timer);
    };
  }, [asked]);

  return {
    comparison: answer?.comparison ?? null,
    question: answer?.question ?? null,
    isWorking: answer?.question !== asked && failed !== asked,
    hasFailed: failed === asked,
  };
}

/** `Deployment/shop/api`, as `refKey` writes it. */
function refOf(key: string): ObjectRef | null {
  const [kind = '', namespace = '', ...name] = key.split('/');
  const ref = { kind, namespace, name: name.join('/') };
  return name.length > 0 && refKey(ref) === key ? ref : null;
}
