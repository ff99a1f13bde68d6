import { describe, expect, it } from 'vitest';
import { instrumentWith, type Present } from '../test-support/market.js';
import { follow, said } from '../test-support/policy-run.js';
import { freeMargin } from './free-margin.js';

const run = follow(freeMargin());
const lots = (cap: number) => ({ cap: expect.closeTo(cap, 9) });
const quotes = { EURUSD: [1.0999, 1.1001] as const };
const position = (quantity: number, owner = 'a') => ({ symbol: 'EURUSD', quantity, owner });
const entry = (quantity: number) => ({ symbol: 'EURUSD', owner: 'e', quantity, stop: undefined });

describe('free margin', () => {
  it('is kept above half of the equity unless told otherwise', () => {
    // 5,000 of margin at 1:30, 110,010 / 30 a lot.
    expect(run.judge()).toEqual(lots(150_000 / 110_010));
    expect(follow(freeMargin({ fraction: 0.2 })).judge()).toEqual(lots(240_000 / 110_010));
    expect(follow(freeMargin({ fraction: 0 })).judge()).toEqual(lots(300_000 / 110_010));
    expect(run.judge({}, { account: { equity: 6_000 } })).toEqual(lots(90_000 / 110_010));
  });

  it('agrees with the published example of required margin', () => {
    // 2 lots at 1.08 and 1:100 take 2,160 of 10,000: free 78.4 %.
    const order = { type: 'limit', price: 1.08 } as const;
    const present = { account: { leverage: 100 } };
    expect(follow(freeMargin({ fraction: 0.784 })).judge({ order, stop: 1 }, present)).toEqual(lots(2));
  });

  it('takes the margin rate of the instrument before the leverage of the account', () => {
    const instruments = [instrumentWith({ marginRate: 0.05 })];
    expect(run.judge({}, { instruments })).toEqual(lots(5_000 / 5_500.5));
    expect(run.judge({}, { instruments, quotes, positions: [position(0.5)] })).toEqual(lots(2_250 / 5_500.5));
  });

  it('counts the larger of the margin that the venue tells and the one of the positions', () => {
    const present: Present = { quotes, positions: [position(0.6)] };
    // 66,000 / 30 = 2,200.
    expect(run.judge({}, present)).toEqual(lots((2_800 * 30) / 110_010));
    expect(run.judge({}, { ...present, account: { margin: 2_000 } })).toEqual(lots((2_800 * 30) / 110_010));
    expect(run.judge({}, { ...present, account: { margin: 3_000 } })).toEqual(lots((2_000 * 30) / 110_010));
  });

  it('adds entries on their way to either', () => {
    // 33,000 / 30 = 1,100.
    expect(run.judge({}, { quotes, entries: [entry(0.3)] })).toEqual(lots((3_900 * 30) / 110_010));
    expect(run.judge({}, { quotes, entries: [entry(0.3)], account: { margin: 900 } })).toEqual(
      lots((3_000 * 30) / 110_010),
    );
  });

  it('is refused when none is left to use', () => {
    expect(run.judge({}, { account: { margin: 5_000 } })).toEqual({
      code: 'FREE_MARGIN',
      limit: 0.5,
      actual: 0.5,
    });
    expect(run.judge({}, { account: { margin: 6_000 } })).toMatchObject({ actual: 0.4 });
    expect(run.judge({}, { account: { margin: 4_999 } })).toEqual(lots(30 / 110_010));
  });

  it('is not needed for what closes a net', () => {
    const sell = { side: 'sell', stop: 1.12 } as const;
    // 5,500 are in use; 5,000 would be those of 150,000 short.
    const present: Present = { quotes: { EURUSD: [1.1, 1.1] }, positions: [position(1.5)] };
    expect(run.judge(sell, present)).toEqual(lots(1.5 + 150_000 / 110_000));
    expect(said(run.judge(sell, { ...present, account: { mode: 'hedging' } }))).toBe('refuse FREE_MARGIN');
  });

  it.each([
    ['UNPRICED', {}, { unpriced: ['EURUSD'] }],
    ['BAD_ACCOUNT', {}, { account: { equity: -1 } }],
    ['BAD_ACCOUNT', {}, { account: { leverage: 0 } }],
    ['BAD_ACCOUNT', {}, { account: { leverage: Number.NaN } }],
    ['BAD_ACCOUNT', {}, { account: { leverage: Number.POSITIVE_INFINITY } }],
    ['BAD_ACCOUNT', {}, { account: { margin: -1 } }],
    ['BAD_ACCOUNT', {}, { account: { margin: Number.NaN } }],
    ['BAD_ACCOUNT', {}, { account: { margin: Number.POSITIVE_INFINITY } }],
    ['NO_RATE', { rate: undefined }, {}],
    ['UNKNOWN_SYMBOL', { symbol: 'XXXYYY' }, {}],
  ])('refuses with %s what it cannot measure: %o %o', (code, signal, present) => {
    expect(said(run.judge(signal, present))).toBe(`refuse ${code}`);
  });

  it('says which figure of the account makes no sense', () => {
    expect(run.judge({}, { account: { leverage: 0 } })).toMatchObject({
      limit: 'a positive leverage',
      actual: 0,
    });
    expect(run.judge({}, { account: { margin: -1 } })).toMatchObject({
      limit: 'a margin of 0 or more',
      actual: -1,
    });
  });

  it('takes a fraction from 0 to below 1', () => {
    for (const fraction of [-0.1, 1])
      expect(() => freeMargin({ fraction })).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
  });
});
