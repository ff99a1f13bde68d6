import { defineInstrument, MikroBotError, seededRandom } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { AAPL, EURUSD, USDJPY } from '../testing/venue.js';
import { commissionOf } from './commission.js';
import { type CostModel, resolveCosts } from './cost-model.js';
import { latencyOf } from './latency.js';
import { availableLots, volumeAfter } from './liquidity.js';
import { marginOf } from './margin.js';
import { costPresets } from './presets.js';
import { slippageOf } from './slippage.js';
import { AskModel, spreadWidth } from './spread.js';
import { nightsAt, swapOf } from './swap.js';

const ES = defineInstrument({
  symbol: 'ES',
  assetClass: 'future',
  currency: 'USD',
  contractSize: 50,
  tickSize: 0.25,
  pipSize: 0.25,
  quantityStep: 1,
  minQuantity: 1,
  maxQuantity: 1_000,
});

describe('A cost model', () => {
  const failure = (costs: unknown): MikroBotError => {
    try {
      resolveCosts(costs as CostModel);
    } catch (error) {
      return error as MikroBotError;
    }
    throw new Error('nothing was thrown');
  };

  it('is required, and the error says what to write', () => {
    const error = failure(undefined);
    expect(error).toBeInstanceOf(MikroBotError);
    expect(error.code).toBe('COSTS_REQUIRED');
    for (const name of ['retail-fx', 'ecn-fx', 'crypto-spot', 'futures', 'none']) {
      expect(error.message).toContain(`'${name}'`);
    }
  });

  it('has no preset of a made-up name', () => {
    expect(failure('free').code).toBe('BAD_CONFIG');
    expect(failure('toString').code).toBe('BAD_CONFIG');
  });

  it('comes from a preset or is taken as written', () => {
    expect(resolveCosts('ecn-fx').name).toBe('ecn-fx');
    const own = { ...costPresets.none, name: 'own' };
    expect(resolveCosts(own)).toBe(own);
  });
});

describe('Spread', () => {
  const model = { pips: 1.2, byAssetClass: { future: 1 }, widening: { minutes: 10, factor: 4 } } as const;

  it('has a width in pips, rounded up to the grid', () => {
    expect(spreadWidth(model, EURUSD)).toBeCloseTo(0.00012, 12);
    expect(spreadWidth(model, USDJPY)).toBeCloseTo(0.012, 12);
    expect(spreadWidth(model, ES)).toBe(0.25);
    expect(spreadWidth({ ...model, pips: 0.25 }, EURUSD)).toBeCloseTo(0.00003, 12);
  });

  it('makes asks without the dust of binary fractions', () => {
    const asks = new AskModel({ ...model, pips: 1 }, [EURUSD]);
    const noon = Date.UTC(2024, 0, 10, 12);
    expect(asks.ask(0, noon, 1.10005)).toBe(1.10015);
    expect(asks.ask(0, noon, 1.08)).toBe(1.0801);
  });

  it('widens for ten minutes on both sides of 17:00 New York', () => {
    const asks = new AskModel({ ...model, pips: 1 }, [EURUSD]);
    const at = (hour: number, minute: number, second = 0) =>
      asks.ask(0, Date.UTC(2024, 0, 10, hour, minute, second), 1.1);
    expect(at(21, 49, 59)).toBe(1.1001);
    expect(at(21, 50)).toBe(1.1004);
    expect(at(22, 9, 59)).toBe(1.1004);
    expect(at(22, 10)).toBe(1.1001);
    expect(at(12, 0)).toBe(1.1001);
  });
});

describe('Slippage', () => {
  it('is fixed in pips', () => {
    expect(slippageOf({ kind: 'fixed', pips: 0.2 }, EURUSD, 1.1, 5, 0, 0)).toBeCloseTo(0.00002, 12);
    expect(slippageOf({ kind: 'none' }, EURUSD, 1.1, 5, 0, 0)).toBe(0);
  });

  it('grows with what the market moves', () => {
    expect(slippageOf({ kind: 'volatility', factor: 0.5 }, EURUSD, 1.1, 5, 0, 0.0004)).toBeCloseTo(
      0.0002,
      12,
    );
  });

  it('grows with the square of the share: 10 % of the volume at an impact of 0.1 cost 0.1 % of the price', () => {
    const model = { kind: 'volume-share', impact: 0.1 } as const;
    expect(slippageOf(model, AAPL, 200, 100, 1_000, 0)).toBeCloseTo(0.2, 12);
    expect(slippageOf(model, AAPL, 200, 5_000, 1_000, 0)).toBeCloseTo(20, 12);
    expect(slippageOf(model, AAPL, 200, 100, 0, 0)).toBe(0);
  });
});

describe('Latency', () => {
  it('is fixed, or drawn between two bounds', () => {
    const random = seededRandom(7);
    expect(latencyOf({ kind: 'fixed', ms: 40 }, random, 0)).toBe(40);
    const drawn = Array.from({ length: 200 }, () =>
      latencyOf({ kind: 'uniform', min: 20, max: 120 }, random, 0),
    );
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(20);
    expect(Math.max(...drawn)).toBeLessThan(120);
    expect(drawn.reduce((a, b) => a + b) / 200).toBeGreaterThan(60);
    expect(drawn.reduce((a, b) => a + b) / 200).toBeLessThan(80);
  });
});

describe('Commission', () => {
  it('counts lots, shares or basis points of the value', () => {
    const perLot = { kind: 'per-lot', amount: 3.5, minimum: 0, currency: 'account' } as const;
    const perShare = { kind: 'per-share', amount: 0.005, minimum: 1, currency: 'quote' } as const;
    const bps = { kind: 'bps', taker: 10, maker: 5, minimum: 0 } as const;
    expect(commissionOf(perLot, EURUSD, 2, 1.1, false)).toBe(7);
    expect(commissionOf(perShare, AAPL, 400, 150, false)).toBe(2);
    expect(commissionOf(bps, AAPL, 100, 150, false)).toBeCloseTo(15, 12);
    expect(commissionOf(bps, AAPL, 100, 150, true)).toBeCloseTo(7.5, 12);
  });
});

describe('Swap', () => {
  const wednesday = Date.UTC(2024, 0, 10, 22);
  const withSwap = { ...EURUSD, swap: { long: -6.5, short: 2.1, tripleDay: 3 } };

  it('counts seven nights a week, three of them on the triple day', () => {
    const week = [0, 1, 2, 3, 4, 5, 6].map((d) => nightsAt(wednesday + d * 86_400_000, 3));
    expect(week).toEqual([3, 1, 1, 0, 0, 1, 1]);
  });

  it('pays the points of the side that is held', () => {
    const model = { points: true, markup: 0 };
    expect(swapOf(model, withSwap, 2, 1.1, 1)).toBeCloseTo(-13, 9);
    expect(swapOf(model, withSwap, -2, 1.1, 3)).toBeCloseTo(12.6, 9);
    expect(swapOf({ points: false, markup: 0 }, withSwap, 2, 1.1, 1)).toBeCloseTo(0, 12);
  });
});

describe('Margin', () => {
  it('is the notional value by the leverage, or by the instrument’s rate where that is more', () => {
    expect(marginOf(EURUSD, 30, -2, 1.2)).toBeCloseTo(8_000, 9);
    expect(marginOf({ ...EURUSD, marginRate: 0.05 }, 30, 2, 1.2)).toBeCloseTo(12_000, 9);
    expect(marginOf({ ...EURUSD, marginRate: 0.01 }, 30, 2, 1.2)).toBeCloseTo(8_000, 9);
  });
});

describe('Liquidity', () => {
  const share = { kind: 'volume-share', share: 0.1 } as const;

  it('is a share of the tick’s volume on the step, and anything where the volume is unknown', () => {
    expect(availableLots(share, AAPL, 1_239)).toBe(123);
    expect(availableLots(share, AAPL, 0)).toBe(Number.POSITIVE_INFINITY);
    expect(availableLots({ kind: 'unlimited' }, AAPL, 5)).toBe(Number.POSITIVE_INFINITY);
  });

  it('is used up by what is taken', () => {
    expect(availableLots(share, AAPL, volumeAfter(share, 1_000, 40))).toBe(60);
    expect(availableLots(share, AAPL, volumeAfter(share, 1_000, 100))).toBe(0);
  });

  it('has the long tail of a lognormal distribution', () => {
    const random = seededRandom(3);
    const model = { kind: 'lognormal', median: 80, sigma: 0.5 } as const;
    const logs = Array.from({ length: 20_000 }, () => Math.log(latencyOf(model, random, 0)));
    const mean = logs.reduce((a, b) => a + b) / logs.length;
    const spread = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / logs.length);
    expect(Math.exp(mean)).toBeCloseTo(80, 0);
    expect(spread).toBeCloseTo(0.5, 2);
  });

  it('gets slower from a moment on', () => {
    const model = { kind: 'drifting', model: { kind: 'fixed', ms: 50 }, from: 1_000, msPerHour: 36 } as const;
    expect(latencyOf(model, seededRandom(1), 0)).toBe(50);
    expect(latencyOf(model, seededRandom(1), 1_000)).toBe(50);
    expect(latencyOf(model, seededRandom(1), 1_000 + 7_200_000)).toBe(122);
  });
});
