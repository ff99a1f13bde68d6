import { checkPlace, checkProbability } from '../numeric/check.js';

/** A polynomial by Horner's rule, the highest power first. */
const polynomial = (x: number, coefficients: readonly number[]): number => {
  let sum = coefficients[0] as number;
  for (let i = 1; i < coefficients.length; i++) sum = sum * x + (coefficients[i] as number);
  return sum;
};

const ratio = (x: number, top: readonly number[], bottom: readonly number[]): number =>
  polynomial(x, top) / polynomial(x, bottom);

// W. J. Cody, Rational Chebyshev approximations for the error function, Mathematics of Computation 23 (1969): erf up to 15/32,
// exp(x²) erfc up to 4, and beyond. The highest power stands first.
const erfTop = [
  0.18577770618460315, 3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694,
];
const erfBottom = [1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171];
const middleTop = [
  2.1531153547440383e-8, 0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001,
  881.952221241769, 1712.0476126340707, 2051.0783778260716, 1230.3393547979972,
];
const middleBottom = [
  1, 15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597,
  4362.619090143247, 3439.3676741437216, 1230.3393548037495,
];
const farTop = [
  0.016315387137302097, 0.30532663496123236, 0.36034489994980445, 0.12578172611122926, 0.016083785148742275,
  0.0006587491615298378,
];
const farBottom = [
  1, 2.568520192289822, 1.8729528499234673, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918,
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

/**
 * Hazard rate of the standard normal distribution, density over upper tail (the inverse of Mills' ratio), also where both vanish.
 * @throws `MikroBotError` `BAD_DATA` for NaN.
 */
export const normalHazard = (x: number): number => {
  checkPlace(x, 'the normal hazard rate');
  return x > nearZero ? 1 / (rootTwoPi * scaledTail(x)) : normalDensity(x) / normalTail(x);
};

// M. J. Wichura, Algorithm AS 241: The percentage points of the normal distribution, Applied Statistics 37 (1988), PPND16.
const centreTop = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946,
  1971.5909503065513, 133.14166789178438, 3.3871328727963665,
];
const centreBottom = [
  5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751,
  687.1870074920579, 42.31333070160091, 1,
];
const shoulderTop = [
  0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
  5.769497221460691, 4.630337846156546, 1.4234371107496835,
];
const shoulderBottom = [
  1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
  1.6763848301838038, 2.053191626637759, 1,
];
const tailTop = [
  2.0103343992922881e-7, 0.000027115555687434876, 0.0012426609473880784, 0.026532189526576124,
  0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103,
];
const tailBottom = [
  2.0442631033899397e-15, 1.421511758316446e-7, 0.000018463183175100548, 0.0007868691311456133,
  0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1,
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
