import { normalCdf } from '../distributions/normal.js';
import { type NormalityTest, testStandardized } from './normality-test.js';

/** G. E. Dallal and L. Wilkinson, An Analytic Approximation to the Distribution of Lilliefors's Test Statistic (1986). */
const farProbability = (statistic: number, n: number): number => {
  const size = Math.min(n, 100);
  const d = n > 100 ? statistic * (n / 100) ** 0.49 : statistic;
  const m = size + 2.78019;
  const tail = -7.01256 * d * d * m + 2.99587 * d * Math.sqrt(m);
  return Math.exp(tail - 0.122119 + 0.974598 / Math.sqrt(size) + 1.67997 / size);
};

/** Constant first; M. A. Stephens, EDF Statistics for Goodness of Fit (1974), his modified statistic, up to each bound. */
const middle: readonly (readonly [bound: number, polynomial: readonly number[]])[] = [
  [0.302, [1]],
  [0.5, [2.76773, -19.828315, 80.709644, -138.55152, 81.218052]],
  [0.9, [-4.901232, 40.662806, -97.490286, 94.029866, -32.355711]],
  [1.31, [6.198765, -19.558097, 23.186922, -12.234627, 2.423045]],
];

const probability = (statistic: number, n: number): number => {
  const far = farProbability(statistic, n);
  // The formula is made for the tail only.
  if (far <= 0.1) return far;
  const root = Math.sqrt(n);
  const modified = (root - 0.01 + 0.85 / root) * statistic;
  const polynomial = middle.find(([bound]) => modified <= bound)?.[1] ?? [0];
  const p = polynomial.reduceRight((sum, coefficient) => sum * modified + coefficient, 0);
  return Math.min(1, Math.max(0, p));
};

/**
 * Lilliefors (Kolmogorov-Smirnov) test of normality, mean and standard deviation estimated. `statistic` is D. From 5 values on.
 * Sources: H. W. Lilliefors (1967); p of Dallal and Wilkinson (1986) up to 0.1, of Stephens (1974) above.
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite.
 */
export const lilliefors = (values: ArrayLike<number>): NormalityTest =>
  testStandardized(values, 'the Lilliefors test', 5, ({ n, z }) => {
    let statistic = 0;
    for (let i = 0; i < n; i++) {
      const p = normalCdf(z[i]!);
      statistic = Math.max(statistic, (i + 1) / n - p, p - i / n);
    }
    return { statistic, p: probability(statistic, n) };
  });
