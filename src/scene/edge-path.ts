/**
 * Orthogonal lines with rounded corners, as SVG path strings with exact lengths. Corners are quarter circles, so
 * the distance of every station is arithmetic, and the string that is drawn is the string that moves the packet.
 */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Line {
  readonly path: string;
  readonly length: number;
  /** Distance along the line of each given point, in their order. Corners count at their middle. */
  readonly distances: readonly number[];
}

export const RADIUS = 8;

const distance = (a: Point, b: Point): number => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
const number = (value: number): string => String(Math.round(value * 100) / 100);

/** A point where the line turns by a quarter; going straight on or back is no corner. */
function isCorner(a: Point, b: Point, c: Point): boolean {
  return (a.x === b.x) !== (b.x === c.x) && (a.y === b.y) !== (b.y === c.y);
}

/**
 * Points must differ in x or in y from their neighbours, never in both. Points may lie on a straight stretch:
 * stations do.
 */
export function roundedLine(given: readonly Point[], radius: number = RADIUS): Line {
  const points = given.filter((point, index) => index === 0 || distance(point, given[index - 1]!) > 0);
  const first = points[0];
  if (first === undefined) return { path: '', length: 0, distances: [] };

  let path = `M${number(first.x)} ${number(first.y)}`;
  let length = 0;
  let pen = first;
  const at: number[] = [0];
  for (let index = 1; index < points.length; index++) {
    const previous = points[index - 1]!;
    const point = points[index]!;
    const next = points[index + 1];
    const r = next !== undefined && isCorner(previous, point, next) ? Math.min(radius, distance(pen, point), distance(point, next) / 2) : 0;
    const straightEnd = toward(point, previous, r);
    const straight = distance(pen, straightEnd);
    if (straight > 0) path += previous.y === point.y ? `H${number(straightEnd.x)}` : `V${number(straightEnd.y)}`;
    length += straight;
    if (r > 0 && next !== undefined) {
      const bend = toward(point, next, r);
      path += `A${number(r)} ${number(r)} 0 0 ${sweep(previous, point, next)} ${number(bend.x)} ${number(bend.y)}`;
      at.push(length + (Math.PI * r) / 4);
      length += (Math.PI * r) / 2;
      pen = bend;
    } else {
      at.push(length);
      pen = straightEnd;
    }
  }

  let kept = -1;
  const distances = given.map((point, index) => {
    if (index === 0 || distance(point, given[index - 1]!) > 0) kept++;
    return at[kept]!;
  });
  return { path, length, distances };
}

function toward(from: Point, to: Point, by: number): Point {
  return { x: from.x + Math.sign(to.x - from.x) * by, y: from.y + Math.sign(to.y - from.y) * by };
}

function sweep(a: Point, b: Point, c: Point): 0 | 1 {
  return (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x) > 0 ? 1 : 0;
}
