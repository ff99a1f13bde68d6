import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instrumentWith, MOMENT, OWNER, type Present, usdjpy } from '../test-support/market.js';
import { follow, said } from '../test-support/policy-run.js';
import { maxLeverage } from './max-leverage.js';

const run = follow(maxLeverage());
const lots = (cap: number) => ({ cap: expect.closeTo(cap, 9) });
/** A quote whose middle is 1.1. */
const quotes = { EURUSD: [1.0999, 1.1001] as const };
const position = (quantity: number, owner = 'a', symbol = 'EURUSD') => ({ symbol, quantity, owner });
const hedging = { mode: 'hedging' } as const;
const sell = { side: 'sell', stop: 1.12 } as const;

describe('leverage', () => {
  it('stays within ten times the equity unless told otherwise', () => {
    // 100,000 over 110,010 a lot.
    expect(run.judge()).toEqual(lots(100_000 / 110_010));
    expect(follow(maxLeverage({ most: 2 })).judge()).toEqual(lots(20_000 / 110_010));
    expect(run.judge({}, { account: { equity: 5_000 } })).toEqual(lots(50_000 / 110_010));
  });

  it('values an order at its own price', () => {
    const order = { type: 'limit', price: 1 } as const;
    expect(run.judge({ order, stop: 0.9 })).toEqual(lots(1));
  });

  it('counts positions at the middle of the quote, and entries on their way', () => {
    // 55,000 are open.
    expect(run.judge({}, { quotes, positions: [position(0.5)] })).toEqual(lots(45_000 / 110_010));
    const entries = [{ symbol: 'EURUSD', owner: 'b', quantity: 0.25, stop: undefined }];
    expect(run.judge({}, { quotes, positions: [position(0.25)], entries })).toEqual(lots(45_000 / 110_010));
  });

  it('is refused at the limit', () => {
    const atLimit: Present = { quotes: { EURUSD: [1, 1] }, positions: [position(1)] };
    expect(run.judge({}, atLimit)).toEqual({ code: 'LEVERAGE', limit: 10, actual: 10 });
    expect(run.judge({}, { ...atLimit, positions: [position(1.2)] })).toMatchObject({ actual: 12 });
    const dusty = [position(0.7), position(0.1, 'b'), position(0.2, 'c')];
    expect(run.judge({}, { ...atLimit, positions: dusty, account: hedging })).toMatchObject({
      code: 'LEVERAGE',
    });
    expect(run.judge({}, { ...atLimit, positions: [position(0.9)] })).toEqual(lots(10_000 / 110_010));
  });

  it('adds up ledgers where the venue hedges, and nets them where it nets', () => {
    const positions = [position(0.5, 'a'), position(-0.5, 'b')];
    expect(run.judge({}, { quotes, positions })).toEqual(lots(100_000 / 110_010));
    expect(said(run.judge({}, { quotes, positions, account: hedging }))).toBe('refuse LEVERAGE');
    // From 0.5 lots long to 100,000 short; where 1 lot is too much already, too.
    expect(run.judge(sell, { quotes, positions: [position(0.5)] })).toEqual(lots(0.5 + 100_000 / 110_000));
    expect(run.judge(sell, { quotes, positions: [position(1)] })).toEqual(lots(1 + 100_000 / 110_000));
  });

  it('needs no price of a net that is flat', () => {
    const positions = [position(1, 'a', 'USDJPY'), position(-1, 'b', 'USDJPY')];
    expect(run.judge({}, { positions })).toEqual(lots(100_000 / 110_010));
    expect(said(run.judge({}, { positions, account: hedging }))).toBe('refuse NO_QUOTE');
  });

  it('does not count the position that a reversal closes first', () => {
    const present: Present = { quotes, positions: [position(0.9, OWNER)], account: hedging };
    expect(run.judge({ ...sell, intent: 'reverse' }, present)).toEqual(lots(100_000 / 110_000));
    expect(run.judge(sell, present)).toEqual(lots(1_000 / 110_000));
  });

  it('converts other currencies at the rate of the moment', () => {
    const present: Present = {
      instruments: [instrumentWith(), usdjpy],
      quotes: { ...quotes, USDJPY: [149, 151] },
      rates: { JPYUSD: 1 / 150 },
      positions: [position(-0.4, 'a', 'USDJPY')],
    };
    // 0.4 lots of 100,000 USD.
    expect(run.judge({}, present)).toEqual(lots(60_000 / 110_010));
    expect(said(run.judge({}, { ...present, rates: {} }))).toBe('refuse NO_RATE');
    expect(run.judge({}, { ...present, quotes })).toEqual({
      code: 'NO_QUOTE',
      limit: 'a price for every position',
      actual: 'USDJPY',
    });
    for (const bad of [0, -1, Number.POSITIVE_INFINITY])
      expect(said(run.judge({}, { ...present, quotes: { USDJPY: [bad, bad] } }))).toBe('refuse NO_QUOTE');
    expect(said(run.judge({}, { ...present, instruments: [instrumentWith()] }))).toBe(
      'refuse UNKNOWN_SYMBOL',
    );
    expect(run.judge({ rate: 2 })).toEqual(lots(50_000 / 110_010));
  });

  it.each([
    ['UNPRICED', {}, { unpriced: ['EURUSD'] }],
    ['BAD_ACCOUNT', {}, { account: { equity: 0 } }],
    ['BAD_ACCOUNT', {}, { account: { equity: Number.NaN } }],
    ['NO_RATE', { rate: undefined }, {}],
    ['NO_QUOTE', { quote: { time: MOMENT, bid: Number.NaN, ask: Number.NaN } }, {}],
    ['NO_QUOTE', { quote: { time: MOMENT, bid: 0, ask: 0 } }, {}],
    ['NO_QUOTE', {}, { positions: [position(1)], quotes: { EURUSD: [Number.NaN, 1] as const } }],
    ['UNKNOWN_SYMBOL', { symbol: 'XXXYYY' }, {}],
  ])('refuses with %s what it cannot measure', (code, signal, present) => {
    expect(said(run.judge(signal, present))).toBe(`refuse ${code}`);
  });

  it('says which price of the order is missing', () => {
    const quote = { time: MOMENT, bid: 0, ask: Number.POSITIVE_INFINITY };
    expect(run.judge({ quote })).toEqual({ code: 'NO_QUOTE', limit: 'a price above 0', actual: 'Infinity' });
  });

  it('covers the leverage, with a limit above 0', () => {
    expect(() => maxLeverage({ most: 0 })).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
    expect(maxLeverage().covers).toEqual(['leverage']);
  });

  it('is never above the limit with the size that is allowed, whichever entries fill', () => {
    const quantity = fc.integer({ min: -200, max: 200 }).map((n) => n / 100);
    const mode = fc.constantFrom('netting' as const, 'hedging' as const);
    const side = fc.constantFrom('buy' as const, 'sell' as const);
    fc.assert(
      fc.property(
        fc.array(quantity, { maxLength: 4 }),
        fc.array(quantity, { maxLength: 3 }),
        mode,
        side,
        fc.integer({ min: 0, max: 7 }),
        (held, waiting, accountMode, way, subset) => {
          const present: Present = {
            quotes: { EURUSD: [1.1, 1.1] },
            positions: held.map((q, i) => position(q, `p${i}`)),
            entries: waiting.map((q, i) => ({
              symbol: 'EURUSD',
              owner: `e${i}`,
              quantity: q,
              stop: undefined,
            })),
            account: { mode: accountMode, equity: 40_000 },
          };
          const stop = way === 'buy' ? 1 : 1.2;
          const quote = { time: MOMENT, bid: 1.1, ask: 1.1 };
          const answer = run.judge({ side: way, stop, quote }, present);
          if (answer === undefined || !('cap' in answer)) return;
          expect(answer.cap).toBeGreaterThan(0);
          const own = (way === 'buy' ? 1 : -1) * answer.cap;
          const filled = waiting.filter((_, i) => (subset >> i) % 2 === 1);
          const all = [...held, ...filled, own];
          const before = [...held, ...filled];
          const gross = (sizes: readonly number[]): number =>
            accountMode === 'hedging'
              ? sizes.reduce((sum, q) => sum + Math.abs(q), 0)
              : Math.abs(sizes.reduce((sum, q) => sum + q, 0));
          // Where a net is above the limit on the other side, the order may bring it closer.
          expect(gross(all)).toBeLessThanOrEqual(Math.max(400_000 / 110_000, gross(before)) + 1e-6);
        },
      ),
    );
  });
});
