import { describe, expect, it } from 'vitest';
import { roundedLine } from './edge-path.ts';

describe('a line with rounded corners', () => {
  it('runs straight through points that lie on it', () => {
    expect(
      roundedLine([
        { x: 0, y: 5 },
        { x: 10, y: 5 },
        { x: 30, y: 5 },
      ]),
    ).toEqual({ path: 'M0 5H10H30', length: 30, distances: [0, 10, 30] });
  });

  it('turns in a quarter circle whose length counts', () => {
    const line = roundedLine(
      [
        { x: 0, y: 0 },
        { x: 20, y: 0 },
        { x: 20, y: 20 },
      ],
      8,
    );
    expect(line.path).toBe('M0 0H12A8 8 0 0 1 20 8V20');
    expect(line.length).toBeCloseTo(12 + (Math.PI * 8) / 2 + 12);
    expect(line.distances[1]).toBeCloseTo(12 + Math.PI * 2);
  });

  it('takes a smaller circle where two corners are near', () => {
    const line = roundedLine(
      [
        { x: 0, y: 0 },
        { x: 20, y: 0 },
        { x: 20, y: 6 },
        { x: 40, y: 6 },
      ],
      8,
    );
    expect(line.path).toBe('M0 0H17A3 3 0 0 1 20 3A3 3 0 0 0 23 6H40');
  });

  it('comes back along itself without a corner', () => {
    expect(
      roundedLine([
        { x: 0, y: 0 },
        { x: 20, y: 0 },
        { x: 5, y: 0 },
      ]),
    ).toEqual({ path: 'M0 0H20H5', length: 35, distances: [0, 20, 35] });
  });

  it('a point given twice is one point', () => {
    expect(
      roundedLine([
        { x: 0, y: 0 },
        { x: 20, y: 0 },
        { x: 20, y: 0 },
      ]).distances,
    ).toEqual([0, 20, 20]);
  });
});
