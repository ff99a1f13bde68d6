import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { AverageTrueRange, trueRange } from './atr.js';
import { downsideDeviation, omegaRatio, sortinoRatio, upsidePotentialRatio } from './downside.js';
import {
  averageDrawdown,
  burkeRatio,
  calmarRatio,
  drawdownEpisodes,
  drawdownSeries,
  maxDrawdown,
  painIndex,
  ulcerIndex,
} from './drawdowns.js';
import { kellyBet, kellyContinuous, kellyOfReturns } from './kelly.js';
import { kurtosis, mean, skewness, standardDeviation } from './moments.js';
import { portfolioRisk } from './portfolio-risk.js';
import { probabilisticSharpe } from './probabilistic-sharpe.js';
import { alpha, beta, correlation, informationRatio, trackingError, treynorRatio } from './relative.js';
import {
  annualReturn,
  annualVolatility,
  compoundReturn,
  geometricSharpeRatio,
  sharpeRatio,
  stability,
} from './returns.js';
import {
  gaussianShortfall,
  gaussianVar,
  historicalShortfall,
  historicalVar,
  modifiedShortfall,
  modifiedVar,
} from './tail-risk.js';
import { tradeStatistics } from './trade-statistics.js';
import { ewmaVolatility, kupiecTest } from './value-at-risk-test.js';

/*
 * Published figures: PerformanceAnalytics 2.1.0 on R 4.2.2, the test expectations of empyrical, TTR 0.24.3. The file says which
 * comes from where; "?" stands for a figure that is only required to exist. GOLDEN_DIR may name a folder with a fuller file.
 */
type Json = number | string | null | readonly Json[];
interface Check {
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly expect: Readonly<Record<string, Json>>;
  readonly relTol?: number;
  readonly absTol?: number;
}
type Answers = Readonly<Record<string, Json | undefined>>;

const own = fileURLToPath(new URL('../test-data/risk-performance.json', import.meta.url));
const folder = process.env.GOLDEN_DIR;
// A folder that was named on purpose must not be passed over because of a misspelt path.
if (folder && !existsSync(folder)) throw new Error(`GOLDEN_DIR names ${folder}, which does not exist.`);
const given = folder && join(folder, 'risk-performance.json');
const file = given && existsSync(given) ? given : own;
const { checks } = JSON.parse(readFileSync(file, 'utf8')) as { checks: readonly Check[] };

const numbers = (check: Check, key: string): number[] => check.inputs[key] as number[];
const number = (check: Check, key: string): number => check.inputs[key] as number;
const returnsOf = (check: Check): number[] => {
  const [id] = String(check.inputs.dataset ?? '').split(' ');
  return numbers(checks.find((c) => c.id === id) ?? check, 'returns');
};

const performance = (check: Check): Answers => {
  const r = returnsOf(check);
  const scale = number(check, 'scale');
  const mar = number(check, 'MAR');
  const riskFree = number(check, 'RfAnnual') / scale;
  const kelly = kellyOfReturns(r);
  return {
    n: r.length,
    mean: mean(r),
    sd: standardDeviation(r),
    cumReturn: compoundReturn(r),
    annReturn: annualReturn(r, scale),
    annSd: annualVolatility(r, scale),
    sharpePeriod: sharpeRatio(r, 1),
    sharpeArithAnn: sharpeRatio(r, scale),
    sharpeGeomAnn: geometricSharpeRatio(r, scale),
    sharpeArithAnn_Rf: sharpeRatio(r, scale, riskFree),
    sharpeGeomAnn_Rf: geometricSharpeRatio(r, scale, riskFree),
    downsideDev: downsideDeviation(r, mar),
    downsideDev0: downsideDeviation(r),
    sortino: sortinoRatio(r, 1, mar),
    maxDrawdown: maxDrawdown(r),
    drawdownSeriesMin: -Math.max(...drawdownSeries(r)),
    calmar: calmarRatio(r, scale),
    ulcer: ulcerIndex(r),
    pain: painIndex(r),
    omega: omegaRatio(r, number(check, 'omegaThreshold')),
    upsidePotential: upsidePotentialRatio(r, mar),
    kellyHalf: kelly === null ? null : kelly / 2,
    kellyFull: kelly,
    VaRhist95: historicalVar(r, 0.05),
    VaRgauss95: gaussianVar(r, 0.05),
    VaRgauss95_sampleSd: gaussianVar(r, 0.05, 'n-1'),
    VaRmod95: modifiedVar(r, 0.05),
    ESgauss95: gaussianShortfall(r, 0.05),
    EShist95: historicalShortfall(r, 0.05),
    ESmod95: modifiedShortfall(r, 0.05),
    VaRhist99: historicalVar(r, 0.01),
    skewMoment: skewness(r),
    exKurt: (kurtosis(r) as number) - 3,
    avgDrawdown: averageDrawdown(r),
    burke: burkeRatio(r, scale),
  };
};

const empyrical = (check: Check): Answers => {
  const r = returnsOf(check);
  const scale = number(check, 'scale');
  return {
    annualReturn: annualReturn(r, scale),
    annualVol: annualVolatility(r, scale),
    sharpe: sharpeRatio(r, scale),
    sortino: sortinoRatio(r, scale),
    maxDrawdown: -maxDrawdown(r),
    calmar: calmarRatio(r, scale),
    downsideRisk: (downsideDeviation(r) as number) * Math.sqrt(scale),
    stability: stability(r),
  };
};

const relative = (check: Check): Answers => {
  const r = returnsOf(check);
  const b = numbers(check, 'benchmark');
  const scale = number(check, 'scale');
  return {
    beta: beta(r, b),
    corr: correlation(r, b),
    trackingErrorAnn: trackingError(r, b, scale),
    infoRatio: informationRatio(r, b, scale),
    treynor: treynorRatio(r, b, scale),
    alphaPeriod: alpha(r, b),
  };
};

const worst = (check: Check): Answers => {
  const returns = returnsOf(check);
  const episodes = drawdownEpisodes(returns).slice(0, 5);
  // PerformanceAnalytics writes a missing recovery as NA in its table, and as the period after the last in its list.
  const open = [check.expect.to].flat().includes(returns.length + 1) ? returns.length + 1 : null;
  return {
    depth: episodes.map((e) => -e.depth),
    from: episodes.map((e) => e.from + 1),
    trough: episodes.map((e) => e.trough + 1),
    to: episodes.map((e) => (e.to === null ? open : e.to + 1)),
    length: episodes.map((e) => e.length),
  };
};

const portfolio = (check: Check): Answers => {
  const rows = check.inputs.returns as number[][];
  const weights = numbers(check, 'weights');
  const risk = portfolioRisk(
    weights.map((_, i) => rows.map((row) => row[i] as number)),
    weights,
  );
  return {
    cov: risk?.covariance,
    corr: risk?.correlation,
    portSd: risk?.deviation,
    mcr: risk?.marginal,
    contribPct: risk?.share,
    VaRcomponentTotal: risk?.valueAtRisk,
    VaRcontribution: risk?.valueAtRiskParts,
    diversificationRatio: risk?.diversification,
  };
};

const trades = (check: Check): Answers => {
  const pnl = numbers(check, 'pnl');
  const start = number(check, 'initial');
  const risk = number(check, 'riskPerTrade');
  const s = tradeStatistics(
    pnl.map((net) => ({ net, r: net / risk })),
    'USD',
  );
  let equity = start;
  const balances = pnl.map((net) => (equity += net));
  const lows = balances.map((b, i) => Math.max(start, ...balances.slice(0, i + 1)) - b);
  const deepest = Math.max(...lows);
  const steps = balances.map((b, i) => b / (balances[i - 1] ?? start) - 1);
  return {
    net: s.net,
    grossProfit: s.grossProfit,
    grossLoss: s.grossLoss,
    profitFactor: s.profitFactor,
    winRate: s.winRate,
    avgWin: s.averageWin,
    avgLoss: s.averageLoss,
    payoff: s.payoff,
    expectancy: s.expectancy,
    expectancyR: s.expectancyR,
    sqn: s.systemQuality,
    maxDDabs: deepest,
    maxDDpct: maxDrawdown(steps),
    recoveryFactor: s.net / deepest,
    maxConsecLosses: s.longestLossRun,
    maxConsecWins: s.longestWinRun,
    kellyBinary: s.kelly,
    largestLoss: s.largestLoss,
  };
};

const binaryKelly = (check: Check): Answers => {
  const bet = kellyBet(number(check, 'p'), number(check, 'b'));
  return {
    f: bet.fraction,
    fClamped: bet.clamped,
    half: bet.clamped / 2,
    quarter: bet.clamped / 4,
    growthAtFull: bet.growthAtFull,
    growthAtHalf: bet.growthAtHalf,
    growthAtDouble: bet.growthAtDouble,
  };
};

const continuousKelly = (check: Check): Answers => {
  const f = kellyContinuous(number(check, 'mu'), number(check, 'sigma'), number(check, 'rf'));
  return { f, half: f === null ? null : f / 2 };
};

const ranges = (check: Check): Answers => {
  const [highs, lows, closes] = ['high', 'low', 'close'].map((key) => numbers(check, key));
  const bars =
    highs?.map((high, i) => ({ high, low: lows?.[i] as number, close: closes?.[i] as number })) ?? [];
  const n = number(check, 'n');
  const wilder = new AverageTrueRange(n);
  const tr = bars.map((bar, i) => (i === 0 ? null : trueRange(bar, bars[i - 1]?.close as number)));
  return {
    tr,
    atrWilder: bars.map((bar) => wilder.push(bar)),
    atrSMA: tr.map((_, i) => (i < n ? null : mean(tr.slice(i - n + 1, i + 1) as number[]))),
  };
};

const ewma = (check: Check): Answers => {
  const volatility = ewmaVolatility(returnsOf(check), number(check, 'lambda'));
  const last = volatility.at(-1) as number;
  return {
    volLast: last,
    volAt10: volatility[9],
    volAt100: volatility[99],
    VaR95last: (gaussianVar([-1, 1], 0.05) as number) * last,
  };
};

const kupiec = (check: Check): Answers => {
  const test = kupiecTest(number(check, 'n'), number(check, 'exceptions'), number(check, 'p'));
  return { LR: test.ratio, pValue: test.pValue };
};

const psr = (check: Check): Answers => {
  const s = probabilisticSharpe(returnsOf(check), number(check, 'benchmarkSR'));
  return { sr: s?.sharpe, skew: s?.skewness, kurt: s?.kurtosis, psr: s?.probability, seSR: s?.error };
};

/** Which computation a check asks for shows in its inputs and expected keys. */
const answersTo = (check: Check): Answers => {
  const has = (key: string): boolean => key in check.inputs;
  if (has('pnl')) return trades(check);
  if (has('weights')) return portfolio(check);
  if (has('benchmark')) return relative(check);
  if (has('benchmarkSR')) return psr(check);
  if (has('exceptions')) return kupiec(check);
  if (has('lambda')) return ewma(check);
  if (has('high')) return ranges(check);
  if (has('mu')) return continuousKelly(check);
  if (has('b')) return binaryKelly(check);
  if ('depth' in check.expect) return worst(check);
  if (has('MAR')) return performance(check);
  if (has('scale')) return empyrical(check);
  throw new Error(`Nothing here computes ${Object.keys(check.expect)} of ${Object.keys(check.inputs)}.`);
};

const leaves = (value: Json): Json[] => (Array.isArray(value) ? value.flatMap(leaves) : [value as Json]);

const tally = { checks: 0, compared: 0, computed: 0 };

const compare = (actual: Json | undefined, wanted: Json, check: Check, where: string): void => {
  if (wanted === '?') {
    const found = leaves(actual ?? null).filter((leaf) => leaf !== null);
    expect(found.length, `${where} is computed`).toBeGreaterThan(0);
    for (const leaf of found) expect(leaf, `${where} is finite`).toSatisfy(Number.isFinite);
    tally.computed += found.length;
  } else if (Array.isArray(wanted)) {
    expect(actual, where).toHaveLength(wanted.length);
    for (const [i, w] of wanted.entries()) {
      compare((actual as readonly Json[])[i], w, check, `${where}[${i}]`);
    }
  } else if (typeof wanted === 'number') {
    // Null is 0 to arithmetic, and would pass where 0 is wanted.
    expect(typeof actual, `${where} is computed`).toBe('number');
    const tolerance = Math.max(check.absTol ?? 1e-12, Math.abs(wanted) * (check.relTol ?? 1e-9));
    expect(Math.abs((actual as number) - wanted), `${where}: ${actual} for ${wanted}`).toBeLessThanOrEqual(
      tolerance,
    );
    tally.compared++;
  } else {
    expect(actual, where).toBe(wanted);
    tally.compared++;
  }
};

describe('the published figures of return and risk', () => {
  it.each(checks.map((check) => [check.id, check] as const))('%s is reproduced', (_, check) => {
    const answers = answersTo(check);
    expect(Object.keys(check.expect)).not.toEqual([]);
    for (const [key, wanted] of Object.entries(check.expect)) compare(answers[key], wanted, check, key);
    tally.checks++;
  });
  afterAll(() =>
    console.log(
      `${file}: ${tally.checks} checks ran, ${tally.compared} leaves compared, ${tally.computed} leaves ("?") computed`,
    ),
  );
});
