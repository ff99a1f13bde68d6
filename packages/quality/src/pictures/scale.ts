/** Maps values to places, in px. */
export type Scale = (value: number) => number;

/** A range of values. */
export type Range = readonly [low: number, high: number];

/** A number kept between two. */
const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** A number that a sum has carried out of all range, brought back. */
export const finite = (value: number): number => clamp(value, -Number.MAX_VALUE, Number.MAX_VALUE);

/** A straight mapping of a range onto `start` … `end`, and no further. An empty range maps to the middle. */
export const linear = ([from, to]: Range, start: number, end: number): Scale => {
  // Halves, so that the span of the widest range is still a number.
  const span = to / 2 - from / 2;
  if (!(span > 0)) return () => (start + end) / 2;
  return (value) => start + clamp((value / 2 - from / 2) / span, 0, 1) * (end - start);
};

/** The lowest and highest of values; undefined when there are none. */
export const extent = (values: Iterable<number>): Range | undefined => {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : undefined;
};

/** A range that is wider by a share of itself on both sides; a single value gets room around it. */
export const padded = ([low, high]: Range, share: number): Range => {
  const room = high > low ? high * share - low * share : Math.abs(high) * 0.01 || 1;
  return [finite(low - room), finite(high + room)];
};
