import { normalTail } from '../distributions/normal.js';
import { quantile } from '../fitting/quantile.js';
import type { Note } from '../notes.js';
import { lacksOrder } from './lacks.js';

/** Whether values change sides of their median as often as by chance. */
export interface RunsTest {
  readonly median: number | undefined;
  /** Stretches on one side. */
  readonly runs: number | undefined;
  readonly above: number;
  /** Those at the median included. */
  readonly below: number;
  /** Negative for too few runs, as of a drift; positive for a seesaw. */
  readonly z: number | undefined;
  /** Two-sided, from the normal distribution. */
  readonly pValue: number | undefined;
  readonly notes: readonly Note[];
}

/**
 * The runs test of Wald and Wolfowitz (1940) about the median. Values at the median count as below it.
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite.
 */
export const runsTest = (values: ArrayLike<number>): RunsTest => {
  const lacks = lacksOrder(values, 2, 'a runs test');
  const n = values.length;
  const median = quantile(Float64Array.from(values).sort(), 0.5);
  let [above, runs] = [0, 0];
  let side: boolean | undefined;
  for (let i = 0; i < n; i++) {
    const isAbove = values[i]! > median!;
    if (isAbove) above++;
    if (isAbove !== side) runs++;
    side = isAbove;
  }
  const below = n - above;
  // The median of 1, 2, 2 is the largest value: then nothing is above it.
  const oneSided: Note = {
    code: 'NO_SPREAD',
    detail: `None of the ${n} values is greater than their median ${median}, so there are no runs.`,
  };
  const notes = lacks.length === 0 && above === 0 ? [oneSided] : lacks;
  const none = { median, runs: undefined, above, below, z: undefined, pValue: undefined };
  if (notes.length > 0) return { ...none, notes };
  const twice = 2 * above * below;
  const variance = (twice * (twice - n)) / (n * n * (n - 1));
  if (variance === 0) {
    const detail = `${n} values can make only ${runs} runs, so that their number says nothing.`;
    return { ...none, runs, notes: [{ code: 'NOT_ENOUGH_DATA', detail }] };
  }
  const z = (runs - 1 - twice / n) / Math.sqrt(variance);
  return { median, runs, above, below, z, pValue: 2 * normalTail(Math.abs(z)), notes };
};
