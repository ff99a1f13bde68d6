import { px } from './element.js';

/** A place in px. */
export type Point = readonly [x: number, y: number];

/** A path through points, for the attribute `d`. */
export const polyline = (points: readonly Point[]): string =>
  points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${px(x)} ${px(y)}`).join('');

/** The area between points and a level, for the attribute `d`. */
export const area = (points: readonly Point[], base: number): string => {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return '';
  return `${polyline(points)}L${px(last[0])} ${px(base)}L${px(first[0])} ${px(base)}Z`;
};

/** The area between an upper line and a lower one over the same places. */
export const band = (upper: readonly Point[], lower: readonly Point[]): string =>
  upper.length === 0 ? '' : `${polyline(upper)}${polyline([...lower].reverse()).replace('M', 'L')}Z`;

/**
 * Thins points so that each pixel column keeps its first, lowest, highest and last: the line looks the same.
 * @param points - in order of x
 */
export const thinned = (points: readonly Point[]): Point[] => {
  const kept: Point[] = [];
  let column: Point[] = [];
  const close = (): void => {
    const byHeight = [...column].sort((a, b) => a[1] - b[1]);
    const chosen = new Set([column[0], byHeight[0], byHeight.at(-1), column.at(-1)]);
    kept.push(...column.filter((point) => chosen.has(point)));
    column = [];
  };
  for (const point of points) {
    const [before] = column;
    if (before !== undefined && Math.floor(before[0]) !== Math.floor(point[0])) close();
    column.push(point);
  }
  close();
  return kept;
};
