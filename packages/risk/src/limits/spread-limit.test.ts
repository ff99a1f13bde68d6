import { describe, expect, it } from 'vitest';
import { follow, said } from '../test-support/policy-run.js';
import { spreadLimit } from './spread-limit.js';

const quote = (bid: number, ask: number) => ({ quote: { time: 0, bid, ask } });

describe('spreadLimit', () => {
  it('bounds the spread in pips of the instrument', () => {
    const { judge } = follow(spreadLimit({ pips: 3 }));
    // 1.4003 - 1.4 is a hair more than three pips in doubles.
    expect(said(judge(quote(1.4, 1.4003)))).toBe('approve');
    expect(judge(quote(1.4, 1.40031))).toEqual({ code: 'SPREAD_TOO_WIDE', limit: 3, actual: 3.1 });
    expect(said(judge({ symbol: 'USDJPY', ...quote(150, 150.03) }))).toBe('approve');
    expect(judge({ symbol: 'USDJPY', ...quote(150, 150.031) })).toMatchObject({ actual: 3.1 });
  });

  it('needs no stop for that', () => {
    expect(said(follow(spreadLimit({ pips: 3 })).judge({ stop: undefined }))).toBe('approve');
  });

  it('bounds the spread as a part of the stop distance, which begins at the entry', () => {
    const { judge } = follow(spreadLimit({ stopFraction: 0.25 }));
    // Bought at 1.1002, 2 pips of spread: a stop 8 pips below is at the limit.
    expect(said(judge({ ...quote(1.1, 1.1002), stop: 1.0994 }))).toBe('approve');
    expect(judge({ ...quote(1.1, 1.1002), stop: 1.0997 })).toEqual({
      code: 'SPREAD_TO_STOP',
      limit: 0.25,
      actual: 0.4,
    });
    const short = { side: 'sell', ...quote(1.1, 1.1002) } as const;
    expect(said(judge({ ...short, stop: 1.1008 }))).toBe('approve');
    expect(judge({ ...short, stop: 1.1005 })).toMatchObject({ code: 'SPREAD_TO_STOP', actual: 0.4 });
  });

  it('refuses without a stop, or with one that is no protection', () => {
    const { judge } = follow(spreadLimit({ stopFraction: 0.25 }));
    expect(said(judge({ stop: undefined }))).toBe('refuse NO_STOP');
    for (const stop of [1.1001, 1.2, Number.NaN]) expect(said(judge({ stop }))).toBe('refuse STOP_DISTANCE');
    expect(said(judge({ side: 'sell', stop: 1.1 }))).toBe('refuse STOP_DISTANCE');
  });

  it('holds both bounds when both are given', () => {
    const { judge } = follow(spreadLimit({ pips: 1, stopFraction: 0.5 }));
    expect(said(judge(quote(1.1, 1.1001)))).toBe('approve');
    expect(said(judge(quote(1.1, 1.10011)))).toBe('refuse SPREAD_TOO_WIDE');
    expect(said(judge({ ...quote(1.1, 1.1001), stop: 1.1 }))).toBe('refuse SPREAD_TO_STOP');
  });

  it('refuses without a usable quote or instrument', () => {
    const { judge } = follow(spreadLimit({ pips: 3 }));
    for (const [bid, ask] of [
      [1.1, 1.0999],
      [Number.NaN, 1.1],
      [0, 0.0001],
    ] as const)
      expect(said(judge(quote(bid, ask)))).toBe('refuse NO_QUOTE');
    expect(said(judge(quote(1.1, 1.1)))).toBe('approve');
    expect(said(judge({ symbol: 'NONE' }))).toBe('refuse UNKNOWN_SYMBOL');
  });

  it('must be told at least one bound, above 0', () => {
    expect(() => spreadLimit()).toThrowError('Neither pips nor stopFraction is given');
    expect(() => spreadLimit({ pips: 0 })).toThrowError('Too small');
    expect(() => spreadLimit({ stopFraction: 0 })).toThrowError('Too small');
    expect(() => spreadLimit({ stopFraction: 1.1 })).toThrowError('Too big');
    expect(spreadLimit({ stopFraction: 1 }).name).toBe('spreadLimit');
  });
});
