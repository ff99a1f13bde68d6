import { normalLogTail } from '../distributions/normal.js';
import { type NormalityTest, testStandardized } from './normality-test.js';

/** Beside the usual outcome the statistic corrected for the size of the sample, of which p is read. */
export interface AndersonDarlingTest extends NormalityTest {
  /** A* = A² (1 + 0.75 / n + 2.25 / n²). */
  readonly adjusted: number | undefined;
}

/** R. B. D'Agostino and M. A. Stephens, Goodness-of-Fit Techniques (1986), table 4.9. Beyond 10 the fit to their table ends. */
const probability = (a: number): number => {
  if (a < 0.2) return 1 - Math.exp(-13.436 + 101.14 * a - 223.73 * a * a);
  if (a < 0.34) return 1 - Math.exp(-8.318 + 42.796 * a - 59.938 * a * a);
  if (a < 0.6) return Math.exp(0.9177 - 4.279 * a - 1.38 * a * a);
  if (a < 10) return Math.exp(1.2937 - 5.709 * a + 0.0186 * a * a);
  return 3.7e-24;
};

const adjust = (statistic: number, n: number): number => statistic * (1 + 0.75 / n + 2.25 / (n * n));

/**
 * Anderson-Darling test of normality, mean and standard deviation estimated: the one to trust for tails. `statistic` is A².
 * Sources: T. W. Anderson and D. A. Darling (1954); D'Agostino and Stephens (1986), case 3. From 8 values on.
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite.
 */
export const andersonDarling = (values: ArrayLike<number>): AndersonDarlingTest => {
  const test = testStandardized(values, 'the Anderson-Darling test', 8, ({ n, z }) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += (2 * i + 1) * (normalLogTail(-z[i]!) + normalLogTail(z[n - 1 - i]!));
    const statistic = -n - sum / n;
    return { statistic, p: probability(adjust(statistic, n)) };
  });
  const { statistic } = test;
  return { ...test, adjusted: statistic === undefined ? undefined : adjust(statistic, test.n) };
};
