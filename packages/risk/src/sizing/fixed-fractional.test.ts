import { roundQuantity } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { instrumentFor } from '../contracts/instrument-for.js';
import type { Present } from '../test-support/market.js';
import { follow, said } from '../test-support/policy-run.js';
import { fixedFractional } from './fixed-fractional.js';
import { fixedLots } from './fixed-lots.js';

// The sample signal: 10,000 USD, EURUSD bought at 1.1001 with a stop at 1.0901, so a lot loses 1,000.
const judge = (
  settings: Parameters<typeof fixedFractional>[0],
  signal: Parameters<ReturnType<typeof follow>['judge']>[0] = {},
  present: Present = {},
) => follow(fixedFractional(settings)).judge(signal, present);

const account = { currency: 'USD', balance: 10_000, equity: 8_000 };

describe('fixedFractional', () => {
  it('risks 0.55 % of the balance unless told otherwise', () => {
    expect(judge({}, { account })).toEqual({ cap: expect.closeTo(0.055, 9) });
    expect(judge({ risk: 0.01 }, { account })).toEqual({ cap: expect.closeTo(0.1, 9) });
  });

  it('sizes a short by the distance up to its stop', () => {
    expect(judge({ risk: 0.01 }, { side: 'sell', stop: 1.105 })).toEqual({ cap: expect.closeTo(0.2, 9) });
  });

  it('risks a fraction of equity when asked to', () => {
    expect(judge({ risk: 0.01, basis: 'equity' }, { account })).toEqual({ cap: expect.closeTo(0.08, 9) });
  });

  it('counts commission as part of the risk', () => {
    expect(judge({ risk: 0.01, commission: 250 })).toEqual({ cap: expect.closeTo(100 / 1_250, 9) });
  });

  it('buys 10.29 lots of USDJPY at 150 where the old rule of 100 dollars a pip bought 0.68', () => {
    const usdjpy = instrumentFor('USDJPY');
    const answer = judge(
      {},
      {
        symbol: 'USDJPY',
        quote: { time: 0, bid: 149.99, ask: 150 },
        stop: 149.92,
        target: undefined,
        rate: 1 / 150,
        account: { currency: 'USD', balance: 99_810.26, equity: 99_810.26 },
      },
      { instruments: [usdjpy] },
    );
    const { cap } = answer as { cap: number };
    expect(cap).toBeCloseTo(10.2929, 4);
    expect(roundQuantity(usdjpy, cap)).toBe(10.29);
  });

  it.each([
    ['NO_STOP', { stop: undefined }, {}],
    ['STOP_DISTANCE', { stop: 1.1001 }, {}],
    ['STOP_DISTANCE', { stop: 1.2 }, {}],
    ['NO_RATE', { rate: undefined }, {}],
    ['NO_RATE', { rate: 0 }, {}],
    ['BAD_ACCOUNT', { account: { ...account, balance: 0 } }, {}],
    ['BAD_ACCOUNT', { account: { ...account, balance: Number.NaN } }, {}],
    ['UNKNOWN_SYMBOL', {}, { instruments: [] }],
  ] as const)('refuses with %s what it cannot size: %j', (code, signal, present) => {
    expect(said(judge({}, signal, present))).toBe(`refuse ${code}`);
  });

  it('asks for a known equity only where it sizes by equity', () => {
    const blind = { unpriced: ['XAUUSD'] };
    expect(said(judge({ basis: 'equity' }, {}, blind))).toBe('refuse UNPRICED');
    expect(said(judge({}, {}, blind))).toMatch(/^cap/);
    const broke = { account: { ...account, equity: -1 } };
    expect(said(judge({ basis: 'equity' }, broke))).toBe('refuse BAD_ACCOUNT');
    expect(said(judge({}, broke))).toMatch(/^cap/);
  });

  it.each([{ risk: 0 }, { risk: 1.01 }, { risk: Number.NaN }, { commission: -1 }])(
    'cannot be set to %j',
    (bad) => {
      expect(() => fixedFractional(bad)).toThrow(/fixedFractional/);
    },
  );

  it('may risk everything, though nobody should', () => {
    expect(judge({ risk: 1 })).toEqual({ cap: expect.closeTo(10, 9) });
  });
});

describe('fixedLots', () => {
  it('allows the same lots for every entry', () => {
    expect(follow(fixedLots({ lots: 0.3 })).judge()).toEqual({ cap: 0.3 });
    expect(follow(fixedLots({ lots: 0.3 })).judge({ stop: undefined, rate: undefined })).toEqual({
      cap: 0.3,
    });
  });

  it('needs a number of lots above 0', () => {
    expect(() => fixedLots({ lots: 0 })).toThrow(/fixedLots/);
  });
});
