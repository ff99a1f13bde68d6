import { MikroBotError } from '@mikrobot/core';

/** zeta(k) - 1 for k = 2, 3, …: the series of ln gamma(2 + z) is z (1 - Euler's constant) + Σ (-1)^k (zeta(k) - 1) z^k / k. */
const zetaLessOne = [
  0.6449340668482264, 0.2020569031595943, 0.08232323371113819, 0.03692775514336993, 0.01734306198444914,
  0.008349277381922827, 0.00407735619794434, 0.0020083928260822143, 0.0009945751278180853,
  0.0004941886041194645, 0.0002460865533080483, 0.00012271334757848915, 0.00006124813505870483,
  0.00003058823630702049, 0.00001528225940865187, 0.000007637197637899763, 0.00000381729326499984,
  0.000001908212716553939, 9.539620338727962e-7, 4.769329867878064e-7, 2.38450502727733e-7,
  1.1921992596531106e-7, 5.960818905125948e-8, 2.980350351465228e-8, 1.4901554828365043e-8,
  7.45071178983543e-9,
];

/** B(2k) / (2k (2k - 1)) of Stirling's series. */
const stirlingTerms = [
  0.08333333333333333, -0.002777777777777778, 0.0007936507936507937, -0.0005952380952380953,
  0.0008417508417508417, -0.0019175269175269176, 0.00641025641025641, -0.029550653594771242,
  0.17964437236883057, -1.3924322169059011,
];

const oneLessEuler = 0.42278433509846713;
const halfLogTwoPi = 0.9189385332046728;

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
 * @param difference - x - m, where it is known better than by subtraction
 */
export const deviance = (m: number, x: number, logX: number = Math.log(x), difference = x - m): number => {
  if (Math.abs(difference) >= 0.3 * (m + x)) {
    // The logarithm of the quotient is more exact than the difference of logarithms, where the quotient is a number.
    return m * (x > 1e-290 ? Math.log(m / x) : Math.log(m) - logX) + difference;
  }
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
