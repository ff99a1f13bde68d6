import { normalCdf } from '../distributions/normal.js';
import { type NormalityTest, testStandardized } from './normality-test.js';

/** D'Agostino and Stephens (1986), table 4.9, of W² (1 + 0.5 / n); the fit to their table ends at 1.1. */
const probability = (w: number): number => {
  if (w < 0.0275) return 1 - Math.exp(-13.953 + 775.5 * w - 12542.61 * w * w);
  if (w < 0.051) return 1 - Math.exp(-5.903 + 179.546 * w - 1515.29 * w * w);
  if (w < 0.092) return Math.exp(0.886 - 31.62 * w + 10.897 * w * w);
  if (w < 1.1) return Math.exp(1.111 - 34.242 * w + 12.832 * w * w);
  return 7.37e-10;
};

/**
 * Cramér-von Mises test of normality, mean and standard deviation estimated. `statistic` is W².
 * Source: R. B. D'Agostino and M. A. Stephens, Goodness-of-Fit Techniques (1986), case 3. From 8 values on.
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite.
 */
export const cramerVonMises = (values: ArrayLike<number>): NormalityTest =>
  testStandardized(values, 'the Cramér-von Mises test', 8, ({ n, z }) => {
    let statistic = 1 / (12 * n);
    for (let i = 0; i < n; i++) statistic += (normalCdf(z[i]!) - (2 * i + 1) / (2 * n)) ** 2;
    return { statistic, p: probability(statistic * (1 + 0.5 / n)) };
  });
