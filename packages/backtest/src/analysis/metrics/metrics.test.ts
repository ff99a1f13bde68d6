import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortinoRatio } from './downside.js';
import { calmarRatio, drawdownEpisodes, drawdownSeries, maxDrawdown } from './drawdowns.js';
import { kellyBet } from './kelly.js';
import { mean, quantile, skewness, standardDeviation } from './moments.js';
import { normalCdf, normalQuantile } from './normal-distribution.js';
import { portfolioRisk } from './portfolio-risk.js';
import { probabilisticSharpe, sharpeError } from './probabilistic-sharpe.js';
import { annualReturn, compoundReturn, sharpeRatio, stability } from './returns.js';
import { historicalVar, modifiedVar } from './tail-risk.js';
import { tradeStatistics } from './trade-statistics.js';

const basisPoints = fc.integer({ min: -2000, max: 2000 }).map((n) => n / 10_000);
const returns = fc.array(basisPoints, { minLength: 3, maxLength: 60 });

describe('metrics of nothing', () => {
  it('are null, never NaN', () => {
    const metrics = [mean, standardDeviation, skewness, stability, (r: number[]) => sharpeRatio(r, 252)];
    const more = [(r: number[]) => sortinoRatio(r, 252), (r: number[]) => calmarRatio(r, 252)];
    for (const metric of [...metrics, ...more]) expect(metric([])).toBeNull();
    expect(annualReturn([], 252)).toBeNull();
    expect(historicalVar([], 0.05)).toBeNull();
    expect(modifiedVar([], 0.05)).toBeNull();
    expect(portfolioRisk([[], []], [0.5, 0.5])).toBeNull();
    expect(probabilisticSharpe([])).toBeNull();
  });

  it('are null where a ratio has nothing to divide by', () => {
    expect(sharpeRatio([0.01, 0.01, 0.01], 252)).toBeNull();
    expect(sortinoRatio([0.01, 0.02], 252)).toBeNull();
    expect(calmarRatio([0.01, 0.02], 252)).toBeNull();
  });
});

describe('returns and drawdowns', () => {
  it('compound: half lost and half won is a quarter lost', () => {
    expect(compoundReturn([-0.5, 0.5])).toBeCloseTo(-0.25, 12);
    expect(drawdownSeries([-0.5, 0.5])).toEqual([0.5, 0.25]);
  });

  it('name each stay below a former high with its trough and recovery', () => {
    const [worst, next] = drawdownEpisodes([0.1, -0.5, 1.5, -0.2]);
    expect(worst).toMatchObject({ from: 1, trough: 1, to: 2, length: 2 });
    expect(worst?.depth).toBeCloseTo(0.5, 12);
    expect(next).toMatchObject({ from: 3, trough: 3, to: null });
    expect(next?.depth).toBeCloseTo(0.2, 12);
  });

  it('keep the Sharpe ratio when every return is doubled, and the drawdown within 0 and 1', () => {
    fc.assert(
      fc.property(returns, (r) => {
        const once = sharpeRatio(r, 252);
        const twice = sharpeRatio(
          r.map((x) => 2 * x),
          252,
        );
        if (once === null) expect(twice).toBeNull();
        else expect(twice).toBeCloseTo(once, 6);
        expect(maxDrawdown(r)).toBeGreaterThanOrEqual(0);
        expect(maxDrawdown(r)).toBeLessThanOrEqual(1);
        expect(Math.max(...drawdownEpisodes(r).map((e) => e.depth), 0)).toBe(maxDrawdown(r));
      }),
    );
  });
});

describe('the normal distribution', () => {
  it('has the tabulated values', () => {
    // NIST/Abramowitz and Stegun table 26.1.
    expect(normalCdf(0)).toBe(0.5);
    expect(normalCdf(1)).toBeCloseTo(0.841344746068543, 14);
    expect(normalCdf(-2.5)).toBeCloseTo(0.00620966532577613, 14);
    expect(normalCdf(-6) / 9.86587645037698e-10).toBeCloseTo(1, 10);
    expect(normalQuantile(0.975)).toBeCloseTo(1.95996398454005, 13);
  });

  it('is undone by its quantile', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), (p) => {
        expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 12);
      }),
    );
  });
});

describe('how sure a Sharpe ratio is', () => {
  it('gives the published 0.913 of 24 months with fat tails', () => {
    // Bailey and Lopez de Prado (2012): annual ratio 1.585, 24 months, skewness -2.448, kurtosis 10.164.
    const monthly = 1.585 / Math.sqrt(12);
    expect(normalCdf(monthly / sharpeError(monthly, 24, -2.448, 10.164))).toBeCloseTo(0.913, 3);
  });
});

describe('trade statistics', () => {
  const of = (nets: readonly number[], r: number | null = null) =>
    tradeStatistics(
      nets.map((net) => ({ net, r: r === null ? null : net / r })),
      'USD',
    );

  it('are right for five trades that fit on a napkin', () => {
    expect(of([100, -50, 100, -50, 0], 50)).toEqual({
      trades: 5,
      wins: 2,
      losses: 2,
      scratches: 1,
      net: 100,
      grossProfit: 200,
      grossLoss: -100,
      profitFactor: 2,
      winRate: 0.4,
      averageWin: 100,
      averageLoss: -50,
      payoff: 2,
      expectancy: 20,
      expectancyR: 0.4,
      withR: 5,
      // R: 2, -1, 2, -1, 0: mean 0.4, variance 9.2 / 4.
      systemQuality: expect.closeTo((Math.sqrt(5) * 0.4) / Math.sqrt(2.3), 12),
      largestWin: 100,
      largestLoss: -50,
      longestWinRun: 1,
      longestLossRun: 1,
      kelly: expect.closeTo(0.4 - 0.6 / 2, 12),
    });
  });

  it('add up in cents', () => {
    expect(of(new Array<number>(10).fill(0.1)).net).toBe(1);
  });

  it('have no profit factor, payoff or average loss when nothing was lost', () => {
    expect(of([10, 20])).toMatchObject({
      profitFactor: null,
      payoff: null,
      averageLoss: null,
      kelly: null,
      winRate: 1,
    });
  });

  it('have a profit factor of 0 when nothing was won', () => {
    expect(of([-10, -20])).toMatchObject({ profitFactor: 0, winRate: 0, largestWin: null });
  });

  it('know no R when no stop was known', () => {
    expect(of([10, -5])).toMatchObject({ expectancyR: null, systemQuality: null, withR: 0 });
  });

  it('scale with money where they are money, and do not where they are ratios', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -10_000, max: 10_000 }), { maxLength: 50 }), (nets) => {
        const one = of(nets);
        const ten = of(nets.map((n) => n * 10));
        expect(ten.net).toBe(one.net * 10);
        expect(ten.winRate).toBe(one.winRate);
        expect(ten.longestLossRun).toBe(one.longestLossRun);
        if (one.profitFactor === null) expect(ten.profitFactor).toBeNull();
        else expect(ten.profitFactor).toBeCloseTo(one.profitFactor, 9);
        expect(one.wins + one.losses + one.scratches).toBe(nets.length);
      }),
    );
  });
});

describe('Kelly', () => {
  it('has no growth to tell where the stake would be everything and may be lost', () => {
    expect(kellyBet(0.9, 10)).toMatchObject({ growthAtDouble: null });
    expect(kellyBet(0.3, 1)).toMatchObject({ clamped: 0, growthAtFull: 0 });
  });
});

describe('quantile', () => {
  it('interpolates between neighbours', () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([1, 2, 3, 4, 5], 0.1)).toBeCloseTo(1.4, 12);
    expect(quantile([7], 0.99)).toBe(7);
  });
});
