import { normalQuantile, normalTail } from '../distributions/normal.js';
import { type NormalityTest, testStandardized } from './normality-test.js';

// J. P. Royston, Algorithm AS R94, Applied Statistics 44 (1995): polynomials, constant first.
const lastWeight = [0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056];
const lastButOneWeight = [0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633];
const smallShift = [-2.273, 0.459];
const smallMean = [0.544, -0.39978, 0.025054, -6.714e-4];
const smallLogDeviation = [1.3822, -0.77857, 0.062767, -0.0020322];
const largeMean = [-1.5861, -0.31082, -0.083751, 0.0038915];
const largeLogDeviation = [-0.4803, -0.082676, 0.0030302];

const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);

/** The weights of the sorted values; they are odd about the middle, and their squares add up to 1. */
const weights = (n: number): Float64Array => {
  if (n === 3) return Float64Array.of(-Math.SQRT1_2, 0, Math.SQRT1_2);
  const scores = Float64Array.from({ length: n }, (_, i) => normalQuantile((i + 1 - 0.375) / (n + 0.25)));
  let squares = 0;
  for (const score of scores) squares += score * score;
  const norm = Math.sqrt(squares);
  const u = 1 / Math.sqrt(n);
  const result = new Float64Array(n);
  const set = (fromTop: number, weight: number): void => {
    result[n - 1 - fromTop] = weight;
    result[fromTop] = -weight;
  };
  // Only the outer weights are approximated by polynomials; the others stay proportional to the scores.
  const outer = [scores[n - 1]! / norm + polynomial(lastWeight, u)];
  if (n > 5) outer.push(scores[n - 2]! / norm + polynomial(lastButOneWeight, u));
  let left = squares;
  let share = 1;
  for (const [i, weight] of outer.entries()) {
    left -= 2 * scores[n - 1 - i]! ** 2;
    share -= 2 * weight * weight;
    set(i, weight);
  }
  const scale = Math.sqrt(left / share);
  for (let i = outer.length; i < n >> 1; i++) set(i, scores[n - 1 - i]! / scale);
  return result;
};

/** @param rest - 1 - W, kept apart since it loses digits next to 1 */
const probability = (rest: number, n: number): number => {
  if (n === 3) {
    const exact = (6 / Math.PI) * (Math.asin(Math.sqrt(1 - rest)) - Math.asin(Math.sqrt(0.75)));
    return Math.max(0, exact);
  }
  const y = Math.log(rest);
  if (n > 11) {
    const x = Math.log(n);
    return normalTail((y - polynomial(largeMean, x)) / Math.exp(polynomial(largeLogDeviation, x)));
  }
  const shift = polynomial(smallShift, n);
  if (y >= shift) return 1e-99;
  const transformed = -Math.log(shift - y);
  return normalTail((transformed - polynomial(smallMean, n)) / Math.exp(polynomial(smallLogDeviation, n)));
};

/** Beyond it Royston's approximation of p was not checked. */
const most = 5000;

/**
 * Shapiro-Wilk test of normality: the one that sees most with few values. `statistic` is W, 1 for values on a straight line of
 * normal scores. 3 to 5000 values; above, `notes` say so and W and p are undefined.
 * Source: J. P. Royston, Remark AS R94, Applied Statistics 44 (1995).
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite.
 */
export const shapiroWilk = (values: ArrayLike<number>): NormalityTest => {
  const n = values.length;
  if (n > most) {
    const detail = `${n} values are more than the ${most} that the Shapiro-Wilk test is known for.`;
    return { n, statistic: undefined, p: undefined, notes: [{ code: 'TOO_MUCH_DATA', detail }] };
  }
  return testStandardized(values, 'the Shapiro-Wilk test', 3, ({ z }) => {
    const a = weights(n);
    let products = 0;
    let squares = 0;
    for (let i = 0; i < n; i++) {
      products += a[i]! * z[i]!;
      squares += z[i]! * z[i]!;
    }
    // 1 - W as a product of sums, so that a W next to 1 keeps the digits of what p is read from.
    const norm = Math.sqrt(squares);
    const rest = ((norm - products) * (norm + products)) / squares;
    return { statistic: 1 - rest, p: probability(Math.max(rest, Number.MIN_VALUE), n) };
  });
};
