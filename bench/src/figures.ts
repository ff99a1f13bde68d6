/**
 * The value that a share of all values lies below, without interpolation; NaN of none.
 * @param p - the share, from 0 up to, but not including, 1
 */
export const percentile = (values: readonly number[], p: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * p)] ?? Number.NaN;

/** The middle one of the values, of an even number the upper one; NaN of none. */
export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Waits until something holds: a look each 5 ms. */
export const until = async (done: () => boolean): Promise<void> => {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 5));
};
