import type { Signal } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { instrumentFor } from '../contracts/instrument-for.js';
import { usdjpy } from '../test-support/market.js';
import { follow, said } from '../test-support/policy-run.js';
import { atrSizing } from './atr-sizing.js';

// 10,000 USD; EURUSD bought at 1.1001.
const bare = (atr: number | string | undefined, over: Partial<Signal> = {}): Partial<Signal> => ({
  stop: undefined,
  target: undefined,
  tags: atr === undefined ? undefined : { atr },
  ...over,
});

describe('atrSizing', () => {
  it('takes the stop to be one range away for FX, and risks 0.55 % of the balance', () => {
    // 55 / (0.001 x 100,000)
    expect(follow(atrSizing()).judge(bare(0.001))).toEqual({ cap: expect.closeTo(0.55, 9) });
  });

  it('takes the stop at as many ranges as it is told', () => {
    expect(follow(atrSizing({ multiplier: 2.5 })).judge(bare(0.001))).toEqual({
      cap: expect.closeTo(0.22, 9),
    });
  });

  it("counts the order's own stop where there is one", () => {
    const signal = bare(0.001, { stop: 1.0901 });
    expect(follow(atrSizing({ risk: 0.01 })).judge(signal)).toEqual({ cap: expect.closeTo(0.1, 9) });
    expect(said(follow(atrSizing()).judge(bare(0.001, { stop: 1.2 })))).toBe('refuse STOP_DISTANCE');
  });

  it('counts commission and equity when told to', () => {
    const signal = bare(0.001, { account: { currency: 'USD', balance: 10_000, equity: 5_000 } });
    const settings = { risk: 0.01, basis: 'equity', commission: 25 } as const;
    expect(follow(atrSizing(settings)).judge(signal)).toEqual({ cap: expect.closeTo(0.4, 9) });
  });

  it('knows the multiplier and the risk factor of the class', () => {
    const instruments = [instrumentFor('US30')];
    const signal = bare(10, { symbol: 'US30', quote: { time: 0, bid: 40_000, ask: 40_001 } });
    // 55 / 1.2 / (1.5 x 10 x 1)
    const cap = 55 / 1.2 / 15;
    expect(follow(atrSizing()).judge(signal, { instruments })).toEqual({ cap: expect.closeTo(cap, 9) });
    const plain = atrSizing({ riskFactor: 1, multiplier: 1 });
    expect(follow(plain).judge(signal, { instruments })).toEqual({ cap: expect.closeTo(5.5, 9) });
  });

  it.each([
    [0.0004, 'cap'],
    [0.0015, 'cap'],
    [0.00039, 'refuse ATR_TOO_SMALL'],
    [0.00151, 'refuse ATR_TOO_LARGE'],
  ])('trades from 4 to 15 pips: %d', (atr, answer) => {
    expect(said(follow(atrSizing()).judge(bare(atr)))).toContain(answer);
  });

  it('measures yen pairs in their own pips, without the dust of binary fractions', () => {
    const run = follow(atrSizing({ least: 7, most: 7 }));
    const yen = (atr: number) =>
      bare(atr, { symbol: 'USDJPY', rate: 1 / 150, quote: { time: 0, bid: 150, ask: 150 } });
    // 0.07 / 0.01 is 7.000000000000001
    expect(said(run.judge(yen(0.07), { instruments: [usdjpy] }))).toMatch(/^cap/);
    expect(run.judge(yen(0.08), { instruments: [usdjpy] })).toEqual({
      code: 'ATR_TOO_LARGE',
      limit: 7,
      actual: 8,
    });
    expect(run.judge(yen(0.05), { instruments: [usdjpy] })).toEqual({
      code: 'ATR_TOO_SMALL',
      limit: 7,
      actual: 5,
    });
  });

  it('asks its port where the signal has no tag', () => {
    const asked: string[] = [];
    const atr = (symbol: string) => {
      asked.push(symbol);
      return 0.001;
    };
    expect(said(follow(atrSizing({}, { atr })).judge(bare(undefined)))).toMatch(/^cap 0.55/);
    expect(asked).toEqual(['EURUSD']);
    expect(said(follow(atrSizing({}, { atr: () => 1 })).judge(bare(0.001)))).toMatch(/^cap 0.55/);
  });

  it('refuses a signal without a range', () => {
    const refusal = { code: 'INCOMPLETE', limit: 'tag atr', actual: 'none for EURUSD' };
    expect(follow(atrSizing()).judge(bare(undefined))).toEqual(refusal);
    expect(follow(atrSizing()).judge(bare(undefined, { tags: { other: 1 } }))).toEqual(refusal);
    expect(follow(atrSizing({}, { atr: () => undefined })).judge(bare(undefined))).toEqual(refusal);
  });

  it.each([
    [0, 0],
    [-0.001, -0.001],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    ['wide', 'wide'],
  ])('refuses a range of %s', (atr, actual) => {
    expect(follow(atrSizing({ least: 0 })).judge(bare(atr))).toEqual({
      code: 'INVALID',
      limit: 'atr above 0',
      actual,
    });
  });

  it.each([
    ['UNKNOWN_SYMBOL', {}, { instruments: [] }],
    ['NO_RATE', { rate: undefined }, {}],
    ['BAD_ACCOUNT', { account: { currency: 'USD', balance: -1, equity: 1 } }, {}],
  ] as const)('refuses with %s', (code, over, present) => {
    expect(said(follow(atrSizing()).judge(bare(0.001, over), present))).toBe(`refuse ${code}`);
  });

  it('refuses an empty window', () => {
    expect(() => atrSizing({ least: 16 })).toThrow(/atrSizing\.most/);
    expect(() => atrSizing({ least: 15 })).not.toThrow();
  });
});
