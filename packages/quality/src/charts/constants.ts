import { MikroBotError } from '@mikrobot/core';

// Mean and standard deviation of the range of n = 2, 3 … 25 independent standard normal values, by the integrals of
// Tippett (1925) at 28 digits, rounded to the nearest double.
const rangeMeans: readonly number[] = [
  1.1283791670955126, 1.692568750643269, 2.058750746007928, 2.325928947281039, 2.534412721222943,
  2.7043567512138087, 2.8472006120905555, 2.970026324418474, 3.077505461670346, 3.1728727038160005,
  3.258455279743826, 3.335980354098255, 3.406763108199953, 3.4718268898820748, 3.531982786109576,
  3.5878839617653817, 3.6400637579374444, 3.6889630232076493, 3.734950119596641, 3.778335829842621,
  3.8193846433628327, 3.858323423285007, 3.8953481484513564, 3.930629219507113,
];
const rangeDeviations: readonly number[] = [
  0.8525024664274218, 0.8883680040452043, 0.8798082028249833, 0.8640819410995041, 0.8480396861174953,
  0.8332053356222937, 0.819831489791944, 0.8078342745533225, 0.7970506735194113, 0.7873146205503282,
  0.7784783412033843, 0.7704162020637548, 0.7630230956247903, 0.756211429727944, 0.7499080894099159,
  0.7440517839607315, 0.7385908533781779, 0.7334814955188684, 0.7286863457073053, 0.7241733407174991,
  0.7199148084342234, 0.7158867354918145, 0.7120681751479372, 0.708440765888655,
];

/** The largest sample size with range constants. Ranges of larger samples waste most of the data: use the standard deviation. */
export const largestRangeSize = rangeMeans.length + 1;

const checkSize = (n: number, largest: number): void => {
  if (!Number.isInteger(n) || n < 2 || n > largest) {
    throw new MikroBotError(
      'BAD_CONFIG',
      `there are no chart constants for samples of ${n}; n must be a whole number from 2${largest < Infinity ? ` to ${largest}` : ''}.`,
      {
        hint: 'Charts of standard deviations (X̄-S, S) take larger samples, charts of individuals take single values.',
      },
    );
  }
};

/**
 * d2: the mean range of n standard normal values.
 * @throws `MikroBotError` `BAD_CONFIG` unless n is a whole number from 2 to {@link largestRangeSize}.
 */
export const d2 = (n: number): number => {
  checkSize(n, largestRangeSize);
  return rangeMeans[n - 2]!;
};

/**
 * d3: the standard deviation of the range of n standard normal values.
 * @throws `MikroBotError` `BAD_CONFIG` unless n is a whole number from 2 to {@link largestRangeSize}.
 */
export const d3 = (n: number): number => {
  checkSize(n, largestRangeSize);
  return rangeDeviations[n - 2]!;
};

// Above this many degrees of freedom the series below is exact to the last digit.
const seriesFrom = 100;

/**
 * c4: the mean standard deviation of n standard normal values, sqrt(2 / (n - 1)) Γ(n / 2) / Γ((n - 1) / 2). For any n from 2.
 * @throws `MikroBotError` `BAD_CONFIG` unless n is a whole number from 2.
 */
export const c4 = (n: number): number => {
  checkSize(n, Infinity);
  const df = n - 1;
  if (df >= seriesFrom) {
    // Stirling's series of the quotient of both gamma functions: their logarithms would lose digits with n.
    const u = 1 / df;
    const far = u * (-399 / 8192 + u * (869 / 65536 + (u * 39325) / 262144));
    return 1 + u * (-1 / 4 + u * (1 / 32 + u * (5 / 128 + u * (-21 / 2048 + far))));
  }
  // Γ(m/2 + 1) / Γ(m/2 + 1/2) times Γ(m/2 + 1/2) / Γ(m/2) is m/2, so that each quotient follows from the one before.
  let quotient = 1 / Math.sqrt(Math.PI);
  for (let m = 1; m < df; m++) quotient = m / 2 / quotient;
  return quotient * Math.sqrt(2 / df);
};

/** Factors for control limits of samples of n; those of lower limits are at least 0. The names are those of ASTM and AIAG tables. */
export interface ChartConstants {
  readonly n: number;
  /** Mean range, in sigmas. */
  readonly d2: number;
  /** Standard deviation of the range, in sigmas. */
  readonly d3: number;
  /** Mean standard deviation, in sigmas. */
  readonly c4: number;
  /** X̄ from sigma. */
  readonly A: number;
  /** X̄ from the mean range. */
  readonly A2: number;
  /** X̄ from the mean standard deviation. */
  readonly A3: number;
  /** Lower and upper limit of S from the mean standard deviation. */
  readonly B3: number;
  readonly B4: number;
  /** Lower and upper limit of S from sigma. */
  readonly B5: number;
  readonly B6: number;
  /** Lower and upper limit of R from sigma. */
  readonly D1: number;
  readonly D2: number;
  /** Lower and upper limit of R from the mean range. */
  readonly D3: number;
  readonly D4: number;
  /** Individuals from the mean moving range of n values. */
  readonly E2: number;
}

/**
 * The constants of variables charts at full precision; printed tables (ASTM MNL 7, AIAG SPC, Montgomery appendix VI) round
 * them to three decimals.
 * @throws `MikroBotError` `BAD_CONFIG` unless n is a whole number from 2 to {@link largestRangeSize}.
 */
export const chartConstants = (n: number): ChartConstants => {
  const range = d2(n);
  const rangeSd = d3(n);
  const sd = c4(n);
  const sdSd = Math.sqrt(1 - sd * sd);
  return {
    n,
    d2: range,
    d3: rangeSd,
    c4: sd,
    A: 3 / Math.sqrt(n),
    A2: 3 / (range * Math.sqrt(n)),
    A3: 3 / (sd * Math.sqrt(n)),
    B3: Math.max(0, 1 - (3 * sdSd) / sd),
    B4: 1 + (3 * sdSd) / sd,
    B5: Math.max(0, sd - 3 * sdSd),
    B6: sd + 3 * sdSd,
    D1: Math.max(0, range - 3 * rangeSd),
    D2: range + 3 * rangeSd,
    D3: Math.max(0, 1 - (3 * rangeSd) / range),
    D4: 1 + (3 * rangeSd) / range,
    E2: 3 / range,
  };
};
