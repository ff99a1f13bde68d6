import { px } from './element.js';

/** A place in a picture, in px. */
export type Place = readonly [x: number, y: number];

const at = ([x, y]: Place): string => `${px(x)} ${px(y)}`;

/** Straight from place to place; a gap where there is none. */
export const polyline = (places: readonly (Place | undefined)[]): string =>
  places
    .map((place, i) => (place === undefined ? '' : `${places[i - 1] === undefined ? 'M' : 'L'}${at(place)}`))
    .join('');

/**
 * A level for each step of a stair: flat, and straight up or down in between; a gap where there is none.
 * @param edges - one more than levels
 */
export const stair = (levels: readonly (number | undefined)[], edges: readonly number[]): string =>
  levels
    .map((level, i) => {
      if (level === undefined) return '';
      const before = levels[i - 1];
      const start =
        before === undefined ? `M${at([edges[i]!, level])}` : before === level ? '' : `V${px(level)}`;
      return levels[i + 1] === level ? start : `${start}H${px(edges[i + 1]!)}`;
    })
    .join('');

/** A line with at most two places in each pixel, its highest and its lowest, in the order in which they came. */
export const thinned = (places: readonly (Place | undefined)[]): readonly (Place | undefined)[] => {
  const columns: Place[][] = [];
  let column: number | undefined;
  for (const place of places) {
    if (place === undefined) return places;
    if (Math.floor(place[0]) !== column) columns.push([]);
    column = Math.floor(place[0]);
    columns.at(-1)!.push(place);
  }
  return columns.flatMap((inside) => {
    const ys = inside.map(([, y]) => y);
    const low = ys.indexOf(Math.min(...ys));
    const high = ys.indexOf(Math.max(...ys));
    return inside.filter((_, i) => i === low || i === high);
  });
};

/** A diamond around a place. */
export const diamond = ([x, y]: Place, radius: number): string =>
  `M${at([x, y - radius])}L${at([x + radius, y])}L${at([x, y + radius])}L${at([x - radius, y])}Z`;
