import { deviance, stirlingError } from '../numeric/log-gamma.js';
import { tailIntegral } from '../numeric/tail-integral.js';
import { allLower, allUpper, type Tails, tailsOfLower, tailsOfUpper } from '../numeric/tails.js';

/** From this shape on the series would need thousands of terms, and quadrature is as exact. */
const quadratureFrom = 1e5;

/** ln of x^a e^-x / gamma(a), the density over ln x. */
const logGammaKernel = (a: number, x: number, logX: number, difference = x - a): number =>
  0.5 * Math.log(a / (2 * Math.PI)) - stirlingError(a) - deviance(a, x, logX, difference);

/** 1 + x/(a+1) + x²/((a+1)(a+2)) + …, Abramowitz & Stegun 6.5.29. */
const lowerSeries = (a: number, x: number): number => {
  let sum = 1;
  let term = 1;
  for (let k = 1; k < 100_000; k++) {
    term *= x / (a + k);
    sum += term;
    if (term < sum * 1e-17) break;
  }
  return sum;
};

/** The continued fraction 1/(x+1-a- 1(1-a)/(x+3-a- …)), Abramowitz & Stegun 6.5.31, by Lentz's method. */
const upperFraction = (a: number, x: number): number => {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let value = d;
  for (let k = 1; k < 100_000; k++) {
    const term = -k * (k - a);
    b += 2;
    d = 1 / (term * d + b);
    c = b + term / c;
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return value;
};

/**
 * The regularized incomplete gamma functions P and Q of shape a at x.
 * @param logX - ln x, for an x too small for a double
 */
export const incompleteGamma = (a: number, x: number, logX: number = Math.log(x)): Tails => {
  if (logX === -Infinity) return allUpper;
  if (x === Infinity) return allLower;
  if (a > quadratureFrom) {
    const peak = logGammaKernel(a, x, logX);
    // Distances from ln x and x: rounded, the places themselves would be others.
    const density = (v: number) =>
      Math.exp(logGammaKernel(a, x * Math.exp(v), logX + v, x - a + x * Math.expm1(v)) - peak);
    const scale = (v: number) => {
      const place = x * Math.exp(v);
      return 1 / (Math.abs(a - place) + Math.sqrt(place) + 1);
    };
    const below = x < a;
    const log = peak + Math.log(tailIntegral(density, scale, 0, below ? -1 : 1));
    return below ? tailsOfLower(log) : tailsOfUpper(log);
  }
  const kernel = logGammaKernel(a, x, logX);
  return x < a + 1
    ? tailsOfLower(kernel - Math.log(a) + Math.log(lowerSeries(a, x)))
    : tailsOfUpper(kernel + Math.log(upperFraction(a, x)));
};

/**
 * ln of the x at which P(a, x) = lower and Q(a, x) = upper (both are given, for exactness in both tails): Newton's method on
 * ln(-ln Q) over ln x, which is nearly a straight line in both tails.
 */
export const logGammaQuantile = (a: number, lower: number, upper: number): number => {
  const target =
    lower < 1e-16 ? Math.log(lower) : Math.log(lower < 0.5 ? -Math.log1p(-lower) : -Math.log(upper));
  let low = -Infinity;
  let high = Infinity;
  let u = Math.log(a + 1e-300);
  for (let round = 0; round < 300; round++) {
    const x = Math.exp(u);
    const tails = incompleteGamma(a, x, u);
    const minusLogUpper = -tails.logUpper;
    const height = tails.lower < 1e-16 ? tails.logLower : Math.log(minusLogUpper);
    const slope =
      tails.lower < 1e-16
        ? Math.exp(logGammaKernel(a, x, u) - tails.logLower)
        : Math.exp(logGammaKernel(a, x, u) - tails.logUpper) / minusLogUpper;
    const miss = height - target;
    if (miss < 0) low = Math.max(low, u);
    else high = Math.min(high, u);
    let next = u - miss / slope;
    if (!(next >= low && next <= high)) {
      if (low > -Infinity && high < Infinity) next = (low + high) / 2;
      else next = low > -Infinity ? u + 1 : u - 1;
    }
    const step = next - u;
    u = next;
    if (Math.abs(step) <= 1e-15 * Math.max(1, Math.abs(u))) break;
  }
  return u;
};
