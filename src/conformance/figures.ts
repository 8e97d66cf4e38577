import type { Case, Suite } from './case.ts';
import type { Difference, Verdict } from './difference.ts';
import { readSource } from './source.ts';

/** What a run over suites came to. Facts only: the same cases and the same engine give the same figures, byte for byte. */
export interface Figures {
  readonly suites: readonly SuiteFigures[];
}

export interface SuiteFigures {
  readonly suite: string;
  /** The repositories that the cases were read from, most cases first. */
  readonly oracles: readonly Oracle[];
  readonly cases: number;
  readonly passed: number;
  /** What the engine says it does not simulate, most cases first. */
  readonly unsupported: readonly { readonly reason: string; readonly cases: number }[];
  readonly misses: readonly Miss[];
}

export interface Oracle {
  readonly repository: string;
  /** Null where the cases name none, or several. */
  readonly commit: string | null;
  readonly cases: number;
}

export interface Miss {
  /** The case's place in its suite, from 0. */
  readonly id: number;
  readonly name: string;
  readonly source: string;
  readonly differences: readonly Difference[];
}

export interface Judged {
  readonly id: number;
  readonly case: Case;
  readonly verdict: Verdict;
}

export function suiteFigures({ suite }: Suite, judged: readonly Judged[]): SuiteFigures {
  const reasons = new Map<string, number>();
  const misses: Miss[] = [];
  let passed = 0;
  for (const { id, case: asked, verdict } of judged) {
    switch (verdict.kind) {
      case 'passed':
        passed += 1;
        break;
      case 'unsupported': {
        const reason = verdict.reasons.join(', ');
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
        break;
      }
      case 'failed':
        misses.push({ id, name: asked.name, source: asked.source, differences: verdict.differences });
    }
  }
  return {
    suite,
    oracles: oraclesOf(judged),
    cases: judged.length,
    passed,
    unsupported: [...reasons].map(([reason, cases]) => ({ reason, cases })).sort((a, b) => b.cases - a.cases || (a.reason < b.reason ? -1 : 1)),
    misses,
  };
}

function oraclesOf(judged: readonly Judged[]): readonly Oracle[] {
  const oracles = new Map<string, Oracle>();
  for (const { case: asked } of judged) {
    const source = readSource(asked.source);
    if (source === null) continue;
    const { repository, commit } = source;
    const known = oracles.get(repository);
    oracles.set(repository, { repository, commit: known === undefined || known.commit === commit ? commit : null, cases: (known?.cases ?? 0) + 1 });
  }
  return [...oracles.values()].sort((a, b) => b.cases - a.cases || (a.repository < b.repository ? -1 : 1));
}

/** How many cases the engine said it cannot answer. */
export const unsupportedCases = ({ unsupported }: SuiteFigures): number => unsupported.reduce((sum, { cases }) => sum + cases, 0);
