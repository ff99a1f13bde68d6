/** Both tails of a distribution at one place, and their logarithms, which are known where the tails are too small for doubles. */
export interface Tails {
  readonly lower: number;
  readonly upper: number;
  readonly logLower: number;
  readonly logUpper: number;
}

/** Everything above, or everything below. */
export const allUpper: Tails = { lower: 0, upper: 1, logLower: -Infinity, logUpper: 0 };
export const allLower: Tails = { lower: 1, upper: 0, logLower: 0, logUpper: -Infinity };

/** Tails from the logarithm of the lower one, which should be the smaller. */
export const tailsOfLower = (logLower: number): Tails => {
  const lower = Math.min(1, Math.exp(logLower));
  return { lower, upper: 1 - lower, logLower: Math.min(0, logLower), logUpper: Math.log1p(-lower) };
};

/** Tails from the logarithm of the upper one, which should be the smaller. */
export const tailsOfUpper = (logUpper: number): Tails => {
  const { lower, upper, logLower, logUpper: other } = tailsOfLower(logUpper);
  return { lower: upper, upper: lower, logLower: other, logUpper: logLower };
};
