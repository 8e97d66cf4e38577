import { nameKey, type Branch, type Trace } from '../../engine/index.ts';

/** Where requests that come by a hop end, with their shares. */
export interface Landing {
  /** Pod as `namespace/name`, else the address; null when no backend was reached. */
  readonly name: string | null;
  readonly branch: Branch;
  /** Of the requests at this hop, 0 to 1. */
  readonly share: number;
  /** Whether the request on screen ends here. */
  readonly taken: boolean;
}

/** All ends behind a hop, equal ones put together, most probable first. */
export function landings(trace: Trace, hop: string): readonly Landing[] {
  const through = trace.branches.map((branch, index) => ({ branch, index })).filter(({ branch }) => branch.hops.includes(hop));
  const total = through.reduce((sum, { branch }) => sum + branch.probability, 0);
  const ends = new Map<string, Landing>();
  for (const { branch, index } of through) {
    const { backend, outcome } = branch;
    const name = backend ? (backend.pod ? nameKey(backend.pod.namespace, backend.pod.name) : backend.endpoint) : null;
    const key = name ?? JSON.stringify(outcome);
    const same = ends.get(key);
    ends.set(key, {
      name,
      branch: same?.branch ?? branch,
      share: (same?.share ?? 0) + branch.probability / total,
      taken: (same?.taken ?? false) || index === trace.taken,
    });
  }
  return [...ends.values()].sort((a, b) => b.share - a.share);
}

/** `50%`, `33.3%`, `< 0.1%`. */
export function percent(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 0.1) return '< 0.1%';
  return `${Number(value.toFixed(1))}%`;
}
