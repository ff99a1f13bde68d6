import { chiSquaredTail } from '../distributions/chi-squared.js';
import type { Note } from '../notes.js';
import { checkWord } from '../numeric/check.js';
import { type CountSample, checkDefectives, checkDefects } from './count-sample.js';

/** Whether counts vary more than their distribution allows. */
export interface DispersionTest {
  /** Observed over expected variance: 1 when counts vary as they should, above it when samples differ in more than luck. */
  readonly ratio: number | undefined;
  /** Pearson's chi-squared of the samples; `ratio` times `df`. */
  readonly statistic: number | undefined;
  readonly df: number;
  /** Probability of so large a statistic, or a larger one, if nothing but luck made the counts differ. */
  readonly pValue: number | undefined;
  readonly notes: readonly Note[];
}

/**
 * Tests counts for over-dispersion, which makes limits of p, np, c and u charts too narrow; use {@link laneyPChart} or
 * {@link laneyUChart} then. Sources: Wetherill and Brown, Statistical Process Control (1991), pages 216-218, and for sizes that
 * differ Pearson's sum of squared residuals, which is the same for equal ones.
 * @param distribution - `'binomial'` for defectives among `size` items, `'poisson'` for defects on `size` units
 * @throws `MikroBotError` `BAD_DATA` for counts or sizes that are none, `BAD_CONFIG` for another distribution.
 */
export const overdispersionTest = (
  samples: readonly CountSample[],
  distribution: 'binomial' | 'poisson',
): DispersionTest => {
  checkWord(distribution, ['binomial', 'poisson'], 'distribution of counts');
  let counts = 0;
  let sizes = 0;
  for (const sample of samples) {
    (distribution === 'binomial' ? checkDefectives : checkDefects)(sample);
    counts += sample.count;
    sizes += sample.size;
  }
  const df = Math.max(0, samples.length - 1);
  const none = (note: Note): DispersionTest => ({
    ratio: undefined,
    statistic: undefined,
    df,
    pValue: undefined,
    notes: [note],
  });
  if (samples.length === 0)
    return none({ code: 'EMPTY', detail: 'The test for dispersion was given no samples.' });
  if (df === 0) return none({ code: 'ONE_VALUE', detail: 'One sample does not tell how much samples vary.' });
  const rate = counts / sizes;
  const unit = distribution === 'binomial' ? rate * (1 - rate) : rate;
  if (unit === 0) {
    const all = rate === 0 ? 'No item was counted' : 'Every item was counted';
    return none({ code: 'NO_SPREAD', detail: `${all} in ${samples.length} samples, so that none can vary.` });
  }
  let statistic = 0;
  for (const { count, size } of samples) statistic += (count - size * rate) ** 2 / (size * unit);
  return { ratio: statistic / df, statistic, df, pValue: chiSquaredTail(statistic, df), notes: [] };
};
