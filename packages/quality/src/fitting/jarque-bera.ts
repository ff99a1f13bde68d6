import { type NormalityTest, testStandardized } from './normality-test.js';
import { centralMoments } from './samples.js';

/**
 * Jarque-Bera test of normality: n / 6 (skewness² + excess kurtosis² / 4), with moments of type 1 (see `shape`). Its p is that of
 * chi-squared with 2 degrees of freedom, which it nears only for hundreds of values: below that it rejects too seldom.
 * Source: C. M. Jarque and A. K. Bera (1987). From 3 values on.
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite.
 */
export const jarqueBera = (values: ArrayLike<number>): NormalityTest =>
  testStandardized(values, 'the Jarque-Bera test', 3, ({ n, z }) => {
    const { second, third, fourth } = centralMoments(z);
    const skewness = third / second ** 1.5;
    const excessKurtosis = fourth / second ** 2 - 3;
    const statistic = (n / 6) * (skewness ** 2 + excessKurtosis ** 2 / 4);
    return { statistic, p: Math.exp(-statistic / 2) };
  });
