import type { Answers, GoldenCheck } from '@mikrobot/golden';
import { toleranceFactor } from '../../capability/tolerance-factor.js';
import { betaCdf, betaQuantile } from '../../distributions/beta.js';
import { chiSquaredCdf, chiSquaredQuantile } from '../../distributions/chi-squared.js';
import { fQuantile } from '../../distributions/f.js';
import { type Interval, poissonInterval, proportionInterval } from '../../distributions/intervals.js';
import { normalCdf, normalQuantile, normalTail } from '../../distributions/normal.js';
import { studentCdf, studentQuantile } from '../../distributions/student-t.js';
import { logGamma } from '../../numeric/log-gamma.js';

/** Where the reference evaluated beta distribution functions; the file's inputs name only the probabilities. */
const betaPlaces = [0.01, 0.1, 0.3, 0.5, 0.9];

const pair = ({ lower, upper }: Interval): readonly number[] => [lower, upper];

/** "… 95% CI" → 0.95. */
const confidenceIn = (what: string): number => Number(/(\d+)% CI/.exec(what)?.[1] ?? 95) / 100;

/** Coverage by the digits of a key: k_p9973 → 0.9973, two-sided; k1_onesided_p95 → 0.95, one-sided. */
const toleranceFactors = (n: number, confidence: number, keys: readonly string[]): Answers =>
  Object.fromEntries(
    keys.flatMap((key) => {
      const [, one, digits] = /^k(1_onesided)?_p(\d+)$/.exec(key) ?? [];
      if (digits === undefined) return [];
      const coverage = Number(`0.${digits}`);
      return [[key, toleranceFactor(n, { coverage, confidence, sides: one ? 'one' : 'two' })]];
    }),
  );

/** Quantiles, tails, log gamma and exact intervals of stats-distributions.json, and the tolerance factors of quality-arl.json. */
export const solveDistributions = ({ what, inputs, expect }: GoldenCheck): Answers | undefined => {
  const { p, x, df, df1, df2, a, b, n, confidence } = inputs as Readonly<Record<string, number>>;
  const [ps, xs] = [inputs.p, inputs.x] as readonly (readonly number[] | undefined)[];
  if (df !== undefined && p !== undefined && 'q' in expect) {
    const [cdf, quantile] = /chi/i.test(what)
      ? [chiSquaredCdf, chiSquaredQuantile]
      : [studentCdf, studentQuantile];
    return { q: ps?.map((each) => quantile(each, df)), cdf: xs?.map((each) => cdf(each, df)) };
  }
  if (a !== undefined && b !== undefined && p !== undefined) {
    return {
      q: ps?.map((each) => betaQuantile(each, a, b)),
      cdf: (xs ?? betaPlaces).map((each) => betaCdf(each, a, b)),
    };
  }
  if (df1 !== undefined && df2 !== undefined) return { q: ps?.map((each) => fQuantile(each, df1, df2)) };
  if ('lgamma' in expect) return { lgamma: xs?.map(logGamma) };
  if ('upper' in expect && 'p' in expect) return { p: xs?.map(normalCdf), upper: xs?.map(normalTail) };
  if ('clopperPearson' in expect && x !== undefined && n !== undefined) {
    const interval = (method: 'clopper-pearson' | 'wilson') =>
      pair(proportionInterval(x, n, { confidence: confidenceIn(what), method }));
    return { clopperPearson: interval('clopper-pearson'), wilson: interval('wilson') };
  }
  if ('ci' in expect && /Poisson/.test(what) && x !== undefined) {
    return { ci: pair(poissonInterval(x, { confidence: confidenceIn(what) })) };
  }
  if (/^normal quantile/.test(what)) return { q: ps?.map(normalQuantile) };
  if (/tolerance factor/.test(what) && n !== undefined && confidence !== undefined) {
    return toleranceFactors(n, confidence, Object.keys(expect));
  }
  return undefined;
};
