import { describe, expect, it } from 'vitest';
import { OWNER, type Present } from '../test-support/market.js';
import { follow, said } from '../test-support/policy-run.js';
import { maxPositions } from './max-positions.js';

const held = (count: number): Present => ({
  positions: Array.from({ length: count }, (_, i) => ({ symbol: 'EURUSD', quantity: 1, owner: `run${i}` })),
});
const entry = (owner: string, symbol = 'EURUSD') => ({ symbol, owner, quantity: 1, stop: undefined });

describe('the limit of positions', () => {
  it('allows five at once unless told otherwise', () => {
    const run = follow(maxPositions());
    expect(run.judge({}, held(0))).toBeUndefined();
    expect(run.judge({}, held(4))).toBeUndefined();
    expect(run.judge({}, held(5))).toEqual({ code: 'MAX_POSITIONS', limit: 5, actual: 6 });
    expect(said(follow(maxPositions({ most: 2 })).judge({}, held(2)))).toBe('refuse MAX_POSITIONS');
  });

  it('counts entries on their way like positions, each ledger once', () => {
    const run = follow(maxPositions({ most: 2 }));
    expect(run.judge({}, { entries: [entry('a')] })).toBeUndefined();
    expect(said(run.judge({}, { entries: [entry('a'), entry('a', 'USDJPY')] }))).toBe('refuse MAX_POSITIONS');
    expect(said(run.judge({}, { entries: [entry('a'), entry('b')] }))).toBe('refuse MAX_POSITIONS');
    expect(run.judge({}, { entries: [entry('a'), entry('a')] })).toBeUndefined();
    expect(run.judge({}, { ...held(1), entries: [entry('run0')] })).toBeUndefined();
    expect(said(run.judge({}, { ...held(1), entries: [entry('b')] }))).toBe('refuse MAX_POSITIONS');
  });

  it('lets a run add to its own position, or reverse it', () => {
    const run = follow(maxPositions({ most: 2 }));
    expect(run.judge({ source: 'run1' }, held(2))).toBeUndefined();
    expect(run.judge({ source: 'run1', intent: 'reverse', side: 'sell' }, held(2))).toBeUndefined();
    expect(run.judge({}, { entries: [entry('a'), entry(OWNER)] })).toBeUndefined();
    expect(said(run.judge({ source: 'run1', symbol: 'USDJPY' }, held(2)))).toBe('refuse MAX_POSITIONS');
  });

  it('does not count what is flat, and counts ledgers that cancel each other out', () => {
    const run = follow(maxPositions({ most: 2 }));
    const flat = { symbol: 'EURUSD', quantity: 0, owner: 'c' };
    expect(run.judge({}, { positions: [flat, { ...flat, owner: 'd' }] })).toBeUndefined();
    const opposite = [
      { symbol: 'EURUSD', quantity: 1, owner: 'a' },
      { symbol: 'EURUSD', quantity: -1, owner: 'b' },
    ];
    expect(said(run.judge({}, { positions: opposite }))).toBe('refuse MAX_POSITIONS');
  });

  it('takes only whole numbers from 1', () => {
    for (const most of [0, 1.5, -1])
      expect(() => maxPositions({ most })).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
    expect(maxPositions({ most: 1 }).covers).toEqual(['positions']);
  });
});
