import type { Hop, SourceRange } from '../../engine/index.ts';

type Cited = Pick<Hop, 'evidence' | 'considered'>;

/**
 * The stop that a line leads to. `touches` gives the length of a range that holds the line, else null: the narrowest
 * range is the closest. Among equals the stop on screen stays, then one that the line decided comes before one that only
 * weighed it. Null when no stop cites the line.
 */
export function stopForLine(hops: readonly (Cited | null)[], current: number, touches: (range: SourceRange | null) => number | null): number | null {
  const found = hops.flatMap((hop, stop) => {
    const lengths = (evidence: Cited['evidence'], rank: number) =>
      evidence.flatMap(({ range }) => {
        const length = touches(range);
        return length === null ? [] : [{ stop, length, rank: stop === current ? 0 : rank }];
      });
    return hop
      ? [
          ...lengths(hop.evidence, 1),
          ...lengths(
            hop.considered.flatMap(({ evidence }) => evidence),
            2,
          ),
        ]
      : [];
  });
  return found.sort((a, b) => a.length - b.length || a.rank - b.rank || a.stop - b.stop)[0]?.stop ?? null;
}
