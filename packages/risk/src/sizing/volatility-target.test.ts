import { describe, expect, it } from 'vitest';
import { instrumentWith, type Present } from '../test-support/market.js';
import { follow, said } from '../test-support/policy-run.js';
import { volatilityTarget } from './volatility-target.js';

// 10,000 USD; EURUSD bought at 1.1001: a lot is worth 110,010.
const LOT = 110_010;
const at20 = { tags: { volatility: 0.2 }, stop: undefined, target: undefined };
const judge = (settings = {}, signal = {}, present: Present = {}) =>
  follow(volatilityTarget(settings)).judge({ ...at20, ...signal }, present);

describe('volatilityTarget', () => {
  it('lets a notional value of equity x target / volatility', () => {
    expect(judge()).toEqual({ cap: expect.closeTo(5_000 / LOT, 12) });
    expect(judge({ target: 0.2 })).toEqual({ cap: expect.closeTo(10_000 / LOT, 12) });
  });

  it('counts equity, not balance, and converts', () => {
    const account = { currency: 'USD', balance: 99_999, equity: 20_000 };
    expect(judge({}, { account, rate: 0.5 })).toEqual({ cap: expect.closeTo(20_000 / LOT, 12) });
  });

  it('lets twice the equity at most, however calm the market is', () => {
    const calm = { tags: { volatility: 0.001 } };
    expect(judge({}, calm)).toEqual({ cap: expect.closeTo(20_000 / LOT, 12) });
    expect(judge({ leverage: 5 }, calm)).toEqual({ cap: expect.closeTo(50_000 / LOT, 12) });
  });

  it('asks its port where the signal has no tag', () => {
    const policy = volatilityTarget({}, { volatility: (symbol) => (symbol === 'EURUSD' ? 0.4 : undefined) });
    expect(follow(policy).judge({ tags: undefined })).toEqual({ cap: expect.closeTo(2_500 / LOT, 12) });
  });

  it('counts what is open on the same side, and what is open on the other', () => {
    const held = (quantity: number): Present => ({ positions: [{ symbol: 'EURUSD', quantity }] });
    expect(judge({}, {}, held(0.02))).toEqual({ cap: expect.closeTo(5_000 / LOT - 0.02, 9) });
    expect(judge({}, {}, held(-0.02))).toEqual({ cap: expect.closeTo(5_000 / LOT + 0.02, 9) });
    expect(judge({}, {}, held(0.05))).toEqual({
      code: 'VOLATILITY_TARGET',
      limit: expect.closeTo(5_000 / LOT, 9),
      actual: 0.05,
    });
    const flipped = { ...held(-0.05), entries: [] };
    expect(judge({}, { intent: 'reverse' }, flipped)).toEqual({ cap: expect.closeTo(5_000 / LOT, 9) });
  });

  it.each([
    ['INCOMPLETE', { tags: undefined }, {}],
    ['INVALID', { tags: { volatility: 0 } }, {}],
    ['NO_RATE', { rate: undefined }, {}],
    ['NO_QUOTE', { quote: { time: 0, bid: 0, ask: 0 } }, {}],
    ['NO_QUOTE', { quote: { time: 0, bid: 1, ask: Number.NaN } }, {}],
    ['BAD_ACCOUNT', { account: { currency: 'USD', balance: 1, equity: 0 } }, {}],
    ['UNPRICED', {}, { unpriced: ['XAUUSD'] }],
    ['UNKNOWN_SYMBOL', {}, { instruments: [] }],
  ] as const)('refuses with %s', (code, signal, present) => {
    expect(said(judge({}, signal, present))).toBe(`refuse ${code}`);
  });

  it('has nothing left at exactly its target', () => {
    const instruments = [instrumentWith({ contractSize: 1 })];
    const quote = { time: 0, bid: 1, ask: 1 };
    const held = (quantity: number): Present => ({
      instruments,
      positions: [{ symbol: 'EURUSD', quantity }],
    });
    expect(said(judge({}, { quote }, held(5_000)))).toBe('refuse VOLATILITY_TARGET');
    expect(judge({}, { quote }, held(4_999))).toEqual({ cap: 1 });
  });

  it('refuses where the size has no end', () => {
    const quote = { time: 0, bid: 5e-324, ask: 5e-324 };
    expect(judge({}, { quote })).toEqual({
      code: 'INVALID',
      limit: 'a size with an end',
      actual: 'Infinity',
    });
    expect(said(judge({}, { quote: { time: 0, bid: 1, ask: Number.POSITIVE_INFINITY } }))).toBe(
      'refuse NO_QUOTE',
    );
  });

  it('says which price it misses', () => {
    expect(judge({}, { quote: { time: 0, bid: 0, ask: 0 } })).toEqual({
      code: 'NO_QUOTE',
      limit: 'a price above 0',
      actual: 0,
    });
  });
});
