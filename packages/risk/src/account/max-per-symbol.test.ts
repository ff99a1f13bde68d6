import { describe, expect, it } from 'vitest';
import { OWNER, type Present } from '../test-support/market.js';
import { follow, said } from '../test-support/policy-run.js';
import { maxPerSymbol } from './max-per-symbol.js';

const position = (quantity: number, owner: string, symbol = 'EURUSD') => ({ symbol, quantity, owner });
const entry = (quantity: number, owner: string) => ({ symbol: 'EURUSD', owner, quantity, stop: undefined });
const hedging = { mode: 'hedging' } as const;
const sell = { side: 'sell', stop: 1.12 } as const;

describe('the lots of one symbol', () => {
  const run = follow(maxPerSymbol({ lots: 3 }));

  it('are capped by what is left', () => {
    expect(run.judge()).toEqual({ cap: 3 });
    expect(run.judge({}, { positions: [position(2, 'a')] })).toEqual({ cap: 1 });
    expect(run.judge({}, { positions: [position(50, 'a', 'USDJPY')] })).toEqual({ cap: 3 });
  });

  it('are refused when nothing is left', () => {
    const refusal = { code: 'SYMBOL_LOTS', limit: 3, actual: 3 };
    expect(run.judge({}, { positions: [position(3, 'a')] })).toEqual(refusal);
    expect(run.judge({}, { positions: [position(2, 'a')], entries: [entry(1, 'b')] })).toEqual(refusal);
    expect(run.judge({}, { positions: [position(4, 'a')] })).toEqual({ ...refusal, actual: 4 });
    const dusty = [position(0.1, 'a'), position(0.2, 'b'), position(2.7, 'c')];
    expect(said(run.judge({}, { positions: dusty }))).toBe('refuse SYMBOL_LOTS');
  });

  it('count as a net where the venue nets, and one by one where it hedges', () => {
    const long = { positions: [position(2, 'a')] };
    expect(run.judge(sell, long)).toEqual({ cap: 5 });
    expect(run.judge(sell, { ...long, account: hedging })).toEqual({ cap: 1 });
    const entries = [entry(-5, 'b')];
    expect(run.judge(sell, { ...long, entries })).toEqual({ code: 'SYMBOL_LOTS', limit: 3, actual: 3 });
    expect(run.judge({}, { ...long, entries })).toEqual({ cap: 1 });
  });

  it('do not count the position that a reversal closes first', () => {
    const present: Present = { positions: [position(3, OWNER)], account: hedging };
    expect(run.judge({ ...sell, intent: 'reverse' }, present)).toEqual({ cap: 3 });
    expect(said(run.judge(sell, present))).toBe('refuse SYMBOL_LOTS');
  });
});

describe('the holders of one symbol', () => {
  const run = follow(maxPerSymbol({ ledgers: 2 }));
  const two = { positions: [position(1, 'a'), position(-1, 'b')] };

  it('are counted with entries on their way', () => {
    expect(run.judge({}, { positions: [position(1, 'a')] })).toBeUndefined();
    expect(run.judge({}, two)).toEqual({ code: 'SYMBOL_LEDGERS', limit: 2, actual: 3 });
    expect(said(run.judge({}, { positions: [position(1, 'a')], entries: [entry(1, 'b')] }))).toBe(
      'refuse SYMBOL_LEDGERS',
    );
    expect(run.judge({ symbol: 'USDJPY' }, two)).toBeUndefined();
  });

  it('may add to what they hold or have on its way', () => {
    expect(run.judge({ source: 'b' }, two)).toBeUndefined();
    expect(
      run.judge({ source: 'b' }, { positions: [position(1, 'a')], entries: [entry(1, 'b')] }),
    ).toBeUndefined();
  });

  it('and lots are both limited where both are given', () => {
    const both = follow(maxPerSymbol({ ledgers: 1, lots: 2 }));
    expect(both.judge()).toEqual({ cap: 2 });
    expect(said(both.judge({}, { positions: [position(1, 'a')] }))).toBe('refuse SYMBOL_LEDGERS');
    expect(both.judge({}, { positions: [position(0.5, OWNER)] })).toEqual({ cap: 1.5 });
  });

  it('need a limit that makes sense', () => {
    for (const bad of [{}, { lots: 0 }, { ledgers: 0 }, { ledgers: 1.5 }])
      expect(() => maxPerSymbol(bad)).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
    expect(() => maxPerSymbol()).toThrow('Give lots, ledgers or both');
  });
});
