import { mean, standardDeviation, varies } from './moments.js';
import { annualReturn, type Returns } from './returns.js';

/** The sample covariance (divisor n - 1) of two series of one length; `null` below two pairs. */
export const covariance = (a: readonly number[], b: readonly number[]): number | null => {
  const n = Math.min(a.length, b.length);
  if (n < 2) return null;
  const meanA = mean(a) as number;
  const meanB = mean(b) as number;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += ((a[i] as number) - meanA) * ((b[i] as number) - meanB);
  return sum / (n - 1);
};

/** Pearson's correlation; `null` when either does not vary. */
export const correlation = (a: readonly number[], b: readonly number[]): number | null =>
  varies(a) && varies(b)
    ? (covariance(a, b) as number) / ((standardDeviation(a) as number) * (standardDeviation(b) as number))
    : null;

/** Slope of the returns on the benchmark's (CAPM beta). */
export const beta = (returns: Returns, benchmark: Returns): number | null =>
  varies(benchmark)
    ? (covariance(returns, benchmark) as number) / (standardDeviation(benchmark) as number) ** 2
    : null;

/** Jensen's alpha of one period with a risk-free return of 0: mean - beta * mean of the benchmark. */
export const alpha = (returns: Returns, benchmark: Returns): number | null => {
  const slope = beta(returns, benchmark);
  return slope === null ? null : (mean(returns) as number) - slope * (mean(benchmark) as number);
};

/** Annual standard deviation of the difference to the benchmark. */
export const trackingError = (returns: Returns, benchmark: Returns, scale: number): number | null => {
  const deviation = standardDeviation(returns.map((r, i) => r - (benchmark[i] ?? 0)));
  return deviation === null ? null : deviation * Math.sqrt(scale);
};

/** Difference of the geometric annual returns over the {@link trackingError}; `null` when there is none. */
export const informationRatio = (returns: Returns, benchmark: Returns, scale: number): number | null => {
  const error = trackingError(returns, benchmark, scale);
  if (error === null || error === 0) return null;
  return ((annualReturn(returns, scale) as number) - (annualReturn(benchmark, scale) as number)) / error;
};

/** Geometric annual return over {@link beta}, with a risk-free return of 0. */
export const treynorRatio = (returns: Returns, benchmark: Returns, scale: number): number | null => {
  const slope = beta(returns, benchmark);
  return slope === null || slope === 0 ? null : (annualReturn(returns, scale) as number) / slope;
};
