/** Maps values to places. */
export type Scale = (value: number) => number;

/** A straight mapping of `[from, to]` onto `[start, end]`, in px. An empty domain maps to the middle. */
export const linear = (from: number, to: number, start: number, end: number): Scale =>
  from === to ? () => (start + end) / 2 : (value) => start + ((value - from) / (to - from)) * (end - start);

/** The lowest and highest of values; `fallback` when there are none. */
export const extent = (
  values: Iterable<number>,
  fallback: readonly [number, number] = [0, 1],
): readonly [number, number] => {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : fallback;
};

/** Widens a range by a share of itself on both sides; a single value gets room around it. */
export const padded = ([low, high]: readonly [number, number], share = 0.06): readonly [number, number] => {
  const room = high > low ? (high - low) * share : Math.max(Math.abs(high) * 0.01, 1e-9);
  return [low - room, high + room];
};
