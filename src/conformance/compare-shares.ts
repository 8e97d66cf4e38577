import type { AnswerBranch } from './answer.ts';
import type { ExpectedShares, Expectations } from './case.ts';
import { difference, type Difference } from './difference.ts';

/** Shares below this are no share. */
const NOTHING = 1e-6;
/** Rounding that a share may always be off by. */
const ROUNDING = 1e-4;

export const isShare = (probability: number) => probability > NOTHING;

export const isReached = (branch: AnswerBranch) => branch.end === 'backend';

export const workloadOf = ({ workload }: AnswerBranch) => (workload ? `${workload.namespace}/${workload.name}` : null);

const KEYS = {
  services: ({ service }: AnswerBranch) => service,
  workloads: workloadOf,
  pods: ({ pod }: AnswerBranch) => pod,
  endpoints: ({ endpoint }: AnswerBranch) => endpoint,
} as const;

/** Branches are all that can happen, so their probabilities sum to 1. */
export function compareSum(branches: readonly AnswerBranch[]): readonly Difference[] {
  const sum = branches.reduce((total, { probability }) => total + probability, 0);
  return Math.abs(sum - 1) > ROUNDING ? [difference('probability', null, 1, sum)] : [];
}

/** Who gets which share of the requests: the expected set is complete, so anybody else's share is a difference. */
export function compareShares(expect: Expectations, branches: readonly AnswerBranch[]): readonly Difference[] {
  const tolerance = (expect.shareTolerance ?? 0) + ROUNDING;
  return (['services', 'workloads', 'pods', 'endpoints'] as const).flatMap((word) => {
    const expected = expect[word];
    if (expected === undefined) return [];
    const came = sharesBy(KEYS[word], branches);
    return [...new Set([...Object.keys(expected), ...came.keys()])]
      .sort()
      .filter((name) => !isExpected(expected, name, came.get(name) ?? 0, tolerance))
      .map((name) => difference(word, name, Object.hasOwn(expected, name) ? expected[name] : 0, came.get(name) ?? 0));
  });
}

function isExpected(expected: ExpectedShares, name: string, came: number, tolerance: number): boolean {
  // Who is not named may appear in a branch of no share, but not with one.
  const share = Object.hasOwn(expected, name) ? expected[name]! : 0;
  if (share === 0) return !isShare(came);
  return isShare(came) && (share === null || Math.abs(came - share) <= tolerance);
}

function sharesBy(key: (branch: AnswerBranch) => string | null | undefined, branches: readonly AnswerBranch[]): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  for (const branch of branches) {
    const name = key(branch) ?? null;
    if (name !== null && isReached(branch)) shares.set(name, (shares.get(name) ?? 0) + branch.probability);
  }
  return shares;
}
