import { MikroBotError } from '@mikrobot/core';
import { chiSquaredTail } from '../distributions/chi-squared.js';
import type { Note } from '../notes.js';
import { checkWhole } from '../numeric/check.js';
import { acf, checkLags } from './autocorrelation.js';

/** Whether autocorrelations taken together are more than chance. */
export interface PortmanteauTest {
  /** The sum of squared autocorrelations, weighted. */
  readonly q: number | undefined;
  /** Degrees of freedom: lags less fitted parameters. */
  readonly df: number;
  /** The chance of such a q or a larger one if values were independent. */
  readonly pValue: number | undefined;
  readonly notes: readonly Note[];
}

/** What a portmanteau test looks at. */
export interface PortmanteauOptions {
  /** How many lags, at most n - 1; `10 log10 n` unless given. */
  readonly lags?: number;
  /** How many parameters were fitted, when the values are residuals; 0 unless given. */
  readonly fitted?: number;
}

const portmanteau = (
  values: ArrayLike<number>,
  { lags, fitted = 0 }: PortmanteauOptions,
  weigh: (n: number, lag: number) => number,
): PortmanteauTest => {
  checkWhole(fitted, 'the number of fitted parameters', 0);
  const { n, r, notes } = acf(values, lags === undefined ? {} : { lags });
  const df = checkLags(lags, n) - fitted;
  if (df < 1) {
    throw new MikroBotError('BAD_CONFIG', `${fitted} fitted parameters leave no lag of ${df + fitted}.`);
  }
  if (r === undefined) return { q: undefined, df, pValue: undefined, notes };
  const q = r.reduce((sum, value, i) => sum + weigh(n, i + 1) * value ** 2, 0);
  return { q, df, pValue: chiSquaredTail(q, df), notes };
};

/**
 * The test for independence of Ljung and Box (1978): `n (n + 2) sum r_k^2 / (n - k)`.
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite, `BAD_CONFIG` for lags that there cannot be.
 */
export const ljungBox = (values: ArrayLike<number>, options: PortmanteauOptions = {}): PortmanteauTest =>
  portmanteau(values, options, (n, lag) => (n * (n + 2)) / (n - lag));

/**
 * The test for independence of Box and Pierce (1970): `n sum r_k^2`. For short series {@link ljungBox} is nearer to its level.
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite, `BAD_CONFIG` for lags that there cannot be.
 */
export const boxPierce = (values: ArrayLike<number>, options: PortmanteauOptions = {}): PortmanteauTest =>
  portmanteau(values, options, (n) => n);
