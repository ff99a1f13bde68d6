import type { AccountMode, RiskPolicy } from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eurusd, MOMENT, type Present, usdjpy } from '../test-support/market.js';
import { follow } from '../test-support/policy-run.js';
import { maxDailyLoss } from './max-daily-loss.js';
import { maxDrawdown } from './max-drawdown.js';

const YEN = 1 / 150;
const market = {
  EURUSD: { bid: 1.1, ask: 1.1001, pip: 0.0001, rate: 1 },
  USDJPY: { bid: 150, ask: 150.02, pip: 0.01, rate: YEN },
} as const;
type Symbol = keyof typeof market;

/** Signed hundredths of a lot with a stop so many pips from the market. */
const exposure = fc.record({
  symbol: fc.constantFrom<Symbol>('EURUSD', 'USDJPY'),
  hundredths: fc.integer({ min: -100, max: 100 }).filter((n) => n !== 0),
  pips: fc.integer({ min: 1, max: 200 }),
});
type Exposure = typeof exposure extends fc.Arbitrary<infer T> ? T : never;

const stopOf = ({ symbol, hundredths, pips }: Exposure, from: 'exit' | 'entry'): number => {
  const { bid, ask, pip } = market[symbol];
  const long = hundredths > 0;
  const price = long === (from === 'exit') ? bid : ask;
  return price - Math.sign(hundredths) * pips * pip;
};

/** Cash that the exposures are worth now, as the venue values them, and at their stops; account currency. */
const worth = (held: readonly Exposure[], mode: AccountMode) => {
  const valued = (symbol: Symbol, lots: number): number =>
    lots * (lots > 0 ? market[symbol].bid : market[symbol].ask) * 100_000 * market[symbol].rate;
  const of = (symbol: Symbol) => held.filter((h) => h.symbol === symbol).map((h) => h.hundredths / 100);
  let now = 0;
  for (const symbol of ['EURUSD', 'USDJPY'] as const) {
    const sizes = of(symbol);
    if (mode === 'netting')
      now += valued(
        symbol,
        sizes.reduce((a, b) => a + b, 0),
      );
    else for (const lots of sizes) now += valued(symbol, lots);
  }
  const then = held.reduce(
    (sum, h) => sum + (h.hundredths / 100) * stopOf(h, 'exit') * 100_000 * market[h.symbol].rate,
    0,
  );
  return { now, then };
};

const policies = fc.constantFrom(
  { policy: maxDailyLoss(), floor: 9_500 },
  { policy: maxDailyLoss({ amount: 1_200 }), floor: 8_800 },
  { policy: maxDrawdown(), floor: 7_500 },
  { policy: maxDrawdown({ kind: 'intraday', amount: 800, lock: true }), floor: 9_200 },
);

describe('the floors of daily loss and drawdown', () => {
  it('hold when every stop is hit exactly, in both modes and several currencies', () => {
    let approved = 0;
    fc.assert(
      fc.property(
        policies,
        fc.array(exposure, { maxLength: 4 }),
        fc.array(exposure, { maxLength: 2 }),
        exposure,
        fc.integer({ min: 8_000, max: 10_000 }),
        fc.constantFrom<AccountMode>('netting', 'hedging'),
        ({ policy, floor }, held, waiting, order, equity, mode) => {
          const { bid, ask } = market[order.symbol];
          const present: Present = {
            account: { equity, mode },
            instruments: [eurusd, usdjpy],
            quotes: { EURUSD: [1.1, 1.1001], USDJPY: [150, 150.02] },
            rates: { JPYUSD: YEN },
            positions: held.map((h, i) => ({
              symbol: h.symbol,
              quantity: h.hundredths / 100,
              owner: `p${i}`,
            })),
            stops: Object.fromEntries(held.map((h, i) => [`p${i} ${h.symbol}`, [stopOf(h, 'exit')]])),
            entries: waiting.map((e, i) => ({
              symbol: e.symbol,
              owner: `e${i}`,
              quantity: e.hundredths / 100,
              stop: stopOf(e, 'entry'),
            })),
          };
          const run = follow(policy as unknown as RiskPolicy);
          const answer = run.tell({ type: 'start' }).judge(
            {
              symbol: order.symbol,
              side: order.hundredths > 0 ? 'buy' : 'sell',
              stop: stopOf(order, 'entry'),
              quote: { time: MOMENT, bid, ask },
              rate: market[order.symbol].rate,
            },
            present,
          );
          if (answer === undefined || !('cap' in answer)) return;
          approved++;
          expect(answer.cap).toBeGreaterThan(0);
          const { now, then } = worth(held, mode);
          const lost = (e: Exposure, lots: number): number =>
            lots * (e.pips * market[e.symbol].pip) * 100_000 * market[e.symbol].rate;
          const left =
            equity -
            (now - then) -
            waiting.reduce((sum, e) => sum + lost(e, Math.abs(e.hundredths) / 100), 0) -
            lost(order, answer.cap);
          expect(left).toBeGreaterThanOrEqual(floor - 1e-4);
          // Nothing is held back either.
          expect(left).toBeCloseTo(floor, 4);
        },
      ),
      { numRuns: 500 },
    );
    expect(approved).toBeGreaterThan(50);
  });
});
