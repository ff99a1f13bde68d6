import { checkPlace, checkProbability } from '../numeric/check.js';

const ratio = (x: number, top: readonly number[], bottom: readonly number[]): number => {
  let above = 0;
  let below = 0;
  for (const coefficient of top) above = above * x + coefficient;
  for (const coefficient of bottom) below = below * x + coefficient;
  return above / below;
};

// W. J. Cody, Rational Chebyshev approximations for the error function, Mathematics of Computation 23 (1969): erf up to 15/32,
// exp(x²) erfc up to 4, and beyond. The highest power stands first.
const erfTop = [
  1.85777706184603153e-1, 3.1611237438705656, 1.1386415415105016e2, 3.77485237685302021e2,
  3.20937758913846947e3,
];
const erfBottom = [
  1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3,
];
const middleTop = [
  2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594, 6.61191906371416295e1,
  2.98635138197400131e2, 8.8195222124176909e2, 1.71204761263407058e3, 2.05107837782607147e3,
  1.23033935479799725e3,
];
const middleBottom = [
  1, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3,
  3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3,
];
const farTop = [
  1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1,
  1.60837851487422766e-2, 6.58749161529837803e-4,
];
const farBottom = [
  1, 2.56852019228982242, 1.87295284992346725, 5.27905102951428412e-1, 6.05183413124413191e-2,
  2.33520497626869185e-3,
];

const rootHalf = Math.SQRT1_2;
const rootTwoPi = Math.sqrt(2 * Math.PI);
/** Below it erf itself is exact, above it erfc. */
const nearZero = 0.46875 * Math.SQRT2;

/** erf(x / √2) / 2 for |x| up to {@link nearZero}. */
const halfErf = (x: number): number => (x * rootHalf * ratio((x * x) / 2, erfTop, erfBottom)) / 2;

/** exp(x² / 2) times the upper tail, for x from {@link nearZero} on. */
const scaledTail = (x: number): number => {
  const y = x * rootHalf;
  if (y <= 4) return ratio(y, middleTop, middleBottom) / 2;
  const inverseSquare = 1 / (y * y);
  const correction = inverseSquare * ratio(inverseSquare, farTop, farBottom);
  return (1 / Math.sqrt(Math.PI) - correction) / y / 2;
};

/** exp(-x² / 2) without the rounding of x², which would cost three digits far out. */
const gaussian = (x: number): number => {
  const coarse = Math.trunc(x * 16) / 16;
  return Math.exp((-coarse * coarse) / 2) * Math.exp((-(x - coarse) * (x + coarse)) / 2);
};

/**
 * Density of the standard normal distribution.
 * @throws `MikroBotError` `BAD_DATA` for NaN.
 */
export const normalDensity = (x: number): number => {
  checkPlace(x, 'the normal density');
  return Math.abs(x) > 39 ? 0 : gaussian(x) / rootTwoPi;
};

/**
 * Upper tail of the standard normal distribution, P(Z > x), relatively exact down to the smallest double (x about 38).
 * Source: Cody (1969).
 * @throws `MikroBotError` `BAD_DATA` for NaN.
 */
export const normalTail = (x: number): number => {
  checkPlace(x, 'the normal tail');
  if (Math.abs(x) <= nearZero) return 0.5 - halfErf(x);
  if (x < 0) return 1 - normalTail(-x);
  return x > 39 ? 0 : gaussian(x) * scaledTail(x);
};

/**
 * Standard normal distribution function, P(Z <= x), relatively exact far into the lower tail.
 * @throws `MikroBotError` `BAD_DATA` for NaN.
 */
export const normalCdf = (x: number): number => normalTail(-x);

/**
 * Logarithm of the upper tail of the standard normal distribution, also where the tail is too small for a double.
 * @throws `MikroBotError` `BAD_DATA` for NaN.
 */
export const normalLogTail = (x: number): number => {
  checkPlace(x, 'the normal tail');
  if (x < -nearZero) return Math.log1p(-normalTail(-x));
  if (x <= nearZero) return Math.log(0.5 - halfErf(x));
  return x === Infinity ? -Infinity : (-x * x) / 2 + Math.log(scaledTail(x));
};

// M. J. Wichura, Algorithm AS 241: The percentage points of the normal distribution, Applied Statistics 37 (1988), PPND16.
const centreTop = [
  2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
  13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608,
];
const centreBottom = [
  5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
  5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1,
];
const shoulderTop = [
  7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258,
  3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734,
];
const shoulderBottom = [
  1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459,
  0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1,
];
const tailTop = [
  2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386, 0.026532189526576123093,
  0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772,
];
const tailBottom = [
  2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
  0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769, 1,
];

/** The x with upper tail q, for q up to 0.075. */
const farQuantile = (q: number): number => {
  const r = Math.sqrt(-Math.log(q));
  if (r <= 5) return ratio(r - 1.6, shoulderTop, shoulderBottom);
  const x = ratio(r - 5, tailTop, tailBottom);
  if (r <= 26) return x;
  // Beyond the range of the approximation a Newton step on the logarithm of the tail makes up for it.
  const step = (normalLogTail(x) - Math.log(q)) * scaledTail(x) * rootTwoPi;
  return x + step;
};

/** The x at distance `fromMiddle` = p - 1/2, for up to 0.425. */
const middleQuantile = (fromMiddle: number): number =>
  fromMiddle * ratio(0.180625 - fromMiddle * fromMiddle, centreTop, centreBottom);

/**
 * Quantile of the standard normal distribution: the x with P(Z <= x) = p. Infinite for p = 0 and 1. Source: Wichura (1988), AS 241.
 * @throws `MikroBotError` `BAD_DATA` for p outside 0 … 1.
 */
export const normalQuantile = (p: number): number => {
  checkProbability(p, 'the normal quantile');
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  if (Math.abs(p - 0.5) <= 0.425) return middleQuantile(p - 0.5);
  return p < 0.5 ? -farQuantile(p) : farQuantile(1 - p);
};

/**
 * The x with upper tail q, P(Z > x) = q, exact also for a q so small that 1 - q is 1.
 * @throws `MikroBotError` `BAD_DATA` for q outside 0 … 1.
 */
export const normalTailQuantile = (q: number): number => 0 - normalQuantile(q);
