import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instrumentWith } from '../test-support/market.js';
import { follow, said } from '../test-support/policy-run.js';
import { maxTradeRisk } from './max-trade-risk.js';

const run = follow(maxTradeRisk());

describe('the limit of one trade', () => {
  it('allows a loss of 1 % of the balance at the stop unless told otherwise', () => {
    // 100 pips at 10 USD a lot: 1,000 USD a lot, of which 100 USD may be lost.
    expect(run.judge()).toEqual({ cap: expect.closeTo(0.1, 12) });
    expect(follow(maxTradeRisk({ fraction: 0.02 })).judge()).toEqual({ cap: expect.closeTo(0.2, 12) });
  });

  it('counts from the balance, not from the equity', () => {
    const account = { currency: 'USD', balance: 20_000, equity: 5_000 };
    expect(run.judge({ account })).toEqual({ cap: expect.closeTo(0.2, 12) });
  });

  it('converts a yen risk', () => {
    const answer = run.judge({
      symbol: 'USDJPY',
      side: 'sell',
      quote: { time: 0, bid: 150, ask: 150.02 },
      stop: 150.3,
      rate: 1 / 150,
    });
    // 30 pips of 1,000 JPY are 200 USD a lot.
    expect(answer).toEqual({ cap: expect.closeTo(0.5, 10) });
  });

  it('adds commission and expected slippage to the risk', () => {
    // 1,000 USD + 7 USD; then 1,000 + 25 pips of 10 USD.
    expect(follow(maxTradeRisk({ commission: 7 })).judge()).toEqual({ cap: expect.closeTo(100 / 1_007, 12) });
    expect(follow(maxTradeRisk({ slippage: 25 })).judge()).toEqual({ cap: expect.closeTo(0.08, 12) });
  });

  it.each([
    ['NO_STOP', { stop: undefined }],
    ['STOP_DISTANCE', { stop: 1.1001 }],
    ['STOP_DISTANCE', { stop: 1.2 }],
    ['STOP_DISTANCE', { stop: Number.NaN }],
    ['NO_RATE', { rate: undefined }],
    ['NO_RATE', { rate: Number.NaN }],
    ['BAD_ACCOUNT', { account: { currency: 'USD', balance: 0, equity: 1 } }],
    ['BAD_ACCOUNT', { account: { currency: 'USD', balance: -1, equity: 1 } }],
    ['BAD_ACCOUNT', { account: { currency: 'USD', balance: Number.NaN, equity: 1 } }],
    ['UNKNOWN_SYMBOL', { symbol: 'XXXYYY' }],
  ])('refuses with %s what it cannot measure: %o', (code, signal) => {
    expect(said(run.judge(signal))).toBe(`refuse ${code}`);
  });

  it('takes only settings that make sense', () => {
    for (const bad of [
      { fraction: 0 },
      { fraction: 1.01 },
      { commission: -1 },
      { slippage: -1 },
      { risk: 1 },
    ])
      expect(() => maxTradeRisk(bad as never)).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
    expect(maxTradeRisk({ fraction: 1 }).covers).toEqual(['trade']);
  });

  it('never allows a size that loses more than the fraction at its stop', () => {
    const money = fc.double({ min: 1, max: 1e7, noNaN: true });
    fc.assert(
      fc.property(
        money,
        fc.double({ min: 1e-4, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 5_000 }),
        fc.constantFrom(1, 10, 100, 5_000, 100_000),
        fc.double({ min: 1e-4, max: 200, noNaN: true }),
        fc.double({ min: 0, max: 20, noNaN: true }),
        (balance, fraction, ticks, contractSize, rate, commission) => {
          const instrument = instrumentWith({ contractSize });
          const stop = 1.1001 - ticks / 100_000;
          const answer = follow(maxTradeRisk({ fraction, commission })).judge(
            { stop, rate, account: { currency: 'EUR', balance, equity: balance } },
            { instruments: [instrument] },
          );
          const { cap } = answer as { cap: number };
          const loss = cap * ((ticks / 100_000) * contractSize * rate + commission);
          expect(loss / (fraction * balance)).toBeCloseTo(1, 6);
        },
      ),
    );
  });
});
