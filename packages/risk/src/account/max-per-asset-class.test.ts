import { describe, expect, it } from 'vitest';
import { eurusd, instrumentWith, type Present, usdjpy } from '../test-support/market.js';
import { follow, said } from '../test-support/policy-run.js';
import { maxPerAssetClass } from './max-per-asset-class.js';

const gold = instrumentWith({
  symbol: 'XAUUSD',
  assetClass: 'cfd-metals',
  contractSize: 100,
  tickSize: 0.01,
  pipSize: 0.1,
});
const world: Present = {
  instruments: [eurusd, usdjpy, gold],
  quotes: { EURUSD: [1.0999, 1.1001], USDJPY: [149, 151], XAUUSD: [1_999, 2_001] },
  rates: { JPYUSD: 1 / 150 },
};
const position = (symbol: string, quantity: number, owner = 'a') => ({ symbol, quantity, owner });
const lots = (cap: number) => ({ cap: expect.closeTo(cap, 9) });

describe('positions of one asset class', () => {
  const run = follow(maxPerAssetClass({ positions: 2 }));

  it('are counted with entries on their way, other classes are not', () => {
    const one = [position('EURUSD', 1)];
    expect(run.judge({}, { ...world, positions: one })).toBeUndefined();
    const two = [...one, position('USDJPY', -1)];
    expect(run.judge({}, { ...world, positions: two })).toEqual({
      code: 'CLASS_POSITIONS',
      limit: 2,
      actual: 3,
    });
    const entries = [{ symbol: 'USDJPY', owner: 'b', quantity: 1, stop: undefined }];
    expect(said(run.judge({}, { ...world, positions: one, entries }))).toBe('refuse CLASS_POSITIONS');
    const metals = [position('XAUUSD', 1), position('XAUUSD', 1, 'b')];
    expect(run.judge({}, { ...world, positions: [...one, ...metals] })).toBeUndefined();
    expect(said(run.judge({ symbol: 'XAUUSD' }, { ...world, positions: metals }))).toBe(
      'refuse CLASS_POSITIONS',
    );
  });

  it('may be added to by those who hold them', () => {
    const positions = [position('EURUSD', 1), position('EURUSD', 1, 'b')];
    expect(run.judge({ source: 'b' }, { ...world, positions })).toBeUndefined();
    expect(said(run.judge({ source: 'b', symbol: 'USDJPY' }, { ...world, positions }))).toBe(
      'refuse CLASS_POSITIONS',
    );
  });
});

describe('the value of one asset class', () => {
  const run = follow(maxPerAssetClass({ notional: 8 }));

  it('is capped by what is left of a multiple of the equity', () => {
    expect(run.judge({}, world)).toEqual(lots(80_000 / 110_010));
    // 20,000 USD of yen are of the class, 60,000 USD of gold are not.
    const positions = [position('USDJPY', 0.2), position('XAUUSD', 0.3)];
    expect(run.judge({}, { ...world, positions })).toEqual(lots(60_000 / 110_010));
  });

  it('needs no price of what is in another class', () => {
    const quotes = { EURUSD: [1.0999, 1.1001] as const };
    expect(run.judge({}, { ...world, quotes, positions: [position('XAUUSD', 1)] })).toEqual(
      lots(80_000 / 110_010),
    );
    expect(said(run.judge({}, { ...world, quotes, positions: [position('USDJPY', 1)] }))).toBe(
      'refuse NO_QUOTE',
    );
  });

  it('is refused when nothing is left', () => {
    expect(run.judge({}, { ...world, positions: [position('USDJPY', 0.8)] })).toEqual({
      code: 'CLASS_NOTIONAL',
      limit: 8,
      actual: 8,
    });
  });

  it('has limits of its own where a class is named', () => {
    const named = follow(
      maxPerAssetClass({
        notional: 8,
        positions: 9,
        classes: { 'cfd-metals': { positions: 1 }, forex: { notional: 2 } },
      }),
    );
    expect(named.judge({}, world)).toEqual(lots(20_000 / 110_010));
    const held = { ...world, positions: [position('XAUUSD', 1)] };
    expect(said(named.judge({ symbol: 'XAUUSD' }, held))).toBe('refuse CLASS_POSITIONS');
    expect(named.judge({ symbol: 'XAUUSD' }, world)).toBeUndefined();
    const many = Array.from({ length: 9 }, (_, i) => position('USDJPY', 0.01, `r${i}`));
    expect(named.judge({}, { ...world, positions: many })).toEqual(lots(11_000 / 110_010));
  });

  it.each([
    ['UNKNOWN_SYMBOL', { symbol: 'XXXYYY' }, world],
    ['UNPRICED', {}, { ...world, unpriced: ['EURUSD'] }],
    ['BAD_ACCOUNT', {}, { ...world, account: { equity: Number.NaN } }],
    ['NO_RATE', { rate: undefined }, world],
    ['NO_RATE', {}, { ...world, rates: {}, positions: [position('USDJPY', 1)] }],
  ])('refuses with %s what it cannot measure', (code, signal, present) => {
    expect(said(run.judge(signal, present))).toBe(`refuse ${code}`);
  });

  it('needs a limit that makes sense', () => {
    expect(() => maxPerAssetClass()).toThrow('Give positions, notional or classes');
    for (const bad of [{ positions: 0 }, { notional: 0 }, { classes: { fish: { positions: 1 } } }])
      expect(() => maxPerAssetClass(bad as never)).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
    expect(maxPerAssetClass({ classes: { forex: { positions: 1 } } }).name).toBe('maxPerAssetClass');
  });
});
