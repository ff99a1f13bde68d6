import { MikroBotError } from '@mikrobot/core';

/** zeta(k) - 1 for k = 2, 3, …: the series of ln gamma(2 + z) is z (1 - Euler's constant) + Σ (-1)^k (zeta(k) - 1) z^k / k. */
const zetaLessOne = [
  0.644934066848226436, 0.202056903159594285, 0.0823232337111381915, 0.0369277551433699263,
  0.0173430619844491397, 0.00834927738192282684, 0.00407735619794433938, 0.00200839282608221442,
  0.000994575127818085337, 0.000494188604119464559, 0.000246086553308048299, 0.000122713347578489147,
  0.0000612481350587048293, 0.0000305882363070204936, 0.0000152822594086518717, 7.63719763789976227e-6,
  3.81729326499983986e-6, 1.90821271655393893e-6, 9.53962033872796113e-7, 4.76932986787806463e-7,
  2.3845050272773299e-7, 1.19219925965311073e-7, 5.96081890512594796e-8, 2.98035035146522802e-8,
  1.49015548283650412e-8, 7.45071178983542949e-9,
];

/** B(2k) / (2k (2k - 1)) of Stirling's series. */
const stirlingTerms = [
  0.0833333333333333333, -0.00277777777777777778, 0.000793650793650793651, -0.000595238095238095238,
  0.000841750841750841751, -0.00191752691752691753, 0.00641025641025641026, -0.0295506535947712418,
  0.179644372368830573, -1.39243221690590112,
];

const oneLessEuler = 0.42278433509846713939;
const halfLogTwoPi = 0.91893853320467274178;

/** From here on ten terms of Stirling's series are exact in double precision. */
const stirlingFrom = 9;

/** ln gamma(2 + z) for |z| <= 1/2, relatively exact near its zero. */
const nearTwo = (z: number): number => {
  let sum = 0;
  for (let k = zetaLessOne.length - 1; k >= 0; k--) {
    const term = (zetaLessOne[k] as number) / (k + 2);
    sum = (k % 2 === 0 ? term : -term) + z * sum;
  }
  return z * (oneLessEuler + z * sum);
};

const stirlingSeries = (x: number): number => {
  const inverseSquare = 1 / (x * x);
  let sum = 0;
  for (let k = stirlingTerms.length - 1; k >= 0; k--)
    sum = (stirlingTerms[k] as number) + inverseSquare * sum;
  return sum / x;
};

/**
 * ln gamma(x), the logarithm of (x - 1)!, in full double precision, also near its zeros 1 and 2: the zeta series around 2
 * (Abramowitz & Stegun 6.1.33) with the recurrence below 9, Stirling's series (6.1.40) from there on.
 * @param x - above 0
 * @throws `MikroBotError` `BAD_DATA` for anything else.
 */
export const logGamma = (x: number): number => {
  if (!(typeof x === 'number' && x > 0)) {
    throw new MikroBotError('BAD_DATA', `the logarithm of gamma is wanted at ${String(x)}.`, {
      hint: 'It is defined here for numbers above zero.',
    });
  }
  if (x === Infinity) return Infinity;
  if (x >= stirlingFrom) return (x - 0.5) * Math.log(x) - x + halfLogTwoPi + stirlingSeries(x);
  if (x < 0.5) return nearTwo(x) - Math.log1p(x) - Math.log(x);
  if (x <= 1.5) return nearTwo(x - 1) - Math.log1p(x - 1);
  let product = 1;
  let rest = x;
  while (rest > 2.5) {
    rest -= 1;
    product *= rest;
  }
  return Math.log(product) + nearTwo(rest - 2);
};

/**
 * What Stirling's formula lacks: ln gamma(x) - [(x - 1/2) ln x - x + ln(2 pi) / 2], exact where the difference of both would not be.
 * @param x - above 0
 */
export const stirlingError = (x: number): number =>
  x >= stirlingFrom ? stirlingSeries(x) : logGamma(x) - (x - 0.5) * Math.log(x) + x - halfLogTwoPi;

/**
 * The deviance m ln(m / x) + x - m, without cancellation where x is near m (C. Loader, Fast and Accurate Computation of Binomial
 * Probabilities, 2000).
 * @param m - above 0
 * @param x - 0 or more
 * @param logX - ln x, for an x that is too small for a double
 */
export const deviance = (m: number, x: number, logX: number = Math.log(x)): number => {
  const difference = x - m;
  if (Math.abs(difference) >= 0.1 * (m + x)) return m * (Math.log(m) - logX) + difference;
  // With v = (x - m) / (x + m): ln(x / m) = 2 artanh v, and x - m = v (x + m).
  const v = difference / (m + x);
  let sum = difference * v;
  let power = -2 * m * v;
  for (let k = 3; k < 100; k += 2) {
    power *= v * v;
    const next = sum + power / k;
    if (next === sum) break;
    sum = next;
  }
  return sum;
};
