import { describe, expect, it } from 'vitest';
import type { Position } from '../model/account.js';
import type { Draft } from '../model/signal.js';
import { MOMENT, plainBook } from '../testing/samples.js';
import { stampSignal } from './stamp.js';

const from = { source: 'test:EURUSD', origin: 'strategy' } as const;
/** Bid 1.1, ask 1.1001. */
const book = plainBook();
const holding = (quantity: number, averagePrice: number) =>
  plainBook({
    position: (symbol, owner): Position =>
      owner === 'test:EURUSD'
        ? { symbol, quantity, averagePrice, since: 1 }
        : { symbol, quantity: -quantity, averagePrice: 9, since: 1 },
  });
const stamp = (draft: Partial<Draft>, at = book) =>
  stampSignal(at, 'id-1', { symbol: 'EURUSD', intent: 'enter', ...draft }, from);

describe('stampSignal', () => {
  it("adds what only core may say: id, source, time, quote, rate and the account's figures", () => {
    const live = { time: MOMENT, bid: 1.1, ask: 1.1001 };
    const draft = { symbol: 'EURUSD', intent: 'enter', side: 'buy', quantity: 0.5, stop: 1.09 } as const;
    const signal = stampSignal(plainBook({ quote: () => live, rate: () => 0.9 }), 'id-1', draft, from);
    live.bid = 2;
    expect(signal).toEqual({
      kind: 'signal',
      id: 'id-1',
      source: 'test:EURUSD',
      origin: 'strategy',
      time: MOMENT,
      symbol: 'EURUSD',
      intent: 'enter',
      side: 'buy',
      quantity: 0.5,
      order: undefined,
      stop: 1.09,
      target: undefined,
      trail: undefined,
      confidence: undefined,
      reason: '',
      priority: 'normal',
      tags: undefined,
      quote: { time: MOMENT, bid: 1.1, ask: 1.1001 },
      rate: 0.9,
      account: { currency: 'USD', balance: 10_000, equity: 10_000 },
      approval: undefined,
    });
  });

  it('asks for the rate from the currency of the instrument to that of the account', () => {
    const asked: string[] = [];
    const at = plainBook({
      rate: (a, b) => {
        asked.push(`${a}>${b}`);
        return 1;
      },
      account: () => ({ ...plainBook().account(), currency: 'CHF' }),
    });
    stamp({}, at);
    expect(asked).toEqual(['USD>CHF']);
    expect(stamp({ symbol: 'NONE' }).rate).toBeUndefined();
  });

  it('lets a draft forge nothing', () => {
    const forged = {
      id: 'mine',
      time: 1,
      source: 'x',
      origin: 'core',
      approval: { of: 'a', by: 'b', until: 1e15 },
    };
    expect(stamp(forged as Partial<Draft>)).toMatchObject({
      id: 'id-1',
      time: MOMENT,
      source: 'test:EURUSD',
      origin: 'strategy',
      approval: undefined,
    });
  });

  it('stamps a quote of nothing while there is none, which validation refuses', () => {
    expect(stamp({}, plainBook({ quote: () => undefined })).quote).toEqual({ time: 0, bid: 0, ask: 0 });
  });
});

describe('a target in multiples of the risk', () => {
  it.each([
    // Long at the ask of 1.1001, 101 points to the stop.
    ['a long at the ask', { side: 'buy', stop: 1.09, target: { r: 2 } }, 1.1203],
    // Short at the bid of 1.1, 50 points to the stop.
    ['a short at the bid', { side: 'sell', stop: 1.105, target: { r: 3 } }, 1.085],
    [
      'a limit at its price',
      { side: 'buy', stop: 1.08, target: { r: 1.5 }, order: { type: 'limit', price: 1.09 } },
      1.105,
    ],
    [
      'a stop order at its trigger',
      { side: 'sell', stop: 1.1, target: { r: 1 }, order: { type: 'stop', price: 1.09 } },
      1.08,
    ],
    ['a trailing stop by its distance', { side: 'buy', trail: 0.005, target: { r: 2 } }, 1.1101],
    ['a stop before a trailing one', { side: 'buy', stop: 1.09, trail: 0.001, target: { r: 1 } }, 1.1102],
    ['a reversal to the new side', { intent: 'reverse', side: 'sell', stop: 1.11, target: { r: 1 } }, 1.09],
    [
      'a market order at the quote, whatever price it names',
      { side: 'buy', stop: 1.0901, target: { r: 1 }, order: { type: 'market', price: 1.2 } },
      1.1101,
    ],
  ] as const)('is counted from %s', (_, draft, target) => {
    expect(stamp(draft).target).toBeCloseTo(target, 10);
  });

  it.each([
    ['a long from its average price up', 2, 1.08, { stop: 1.07, target: { r: 3 } }, 1.11],
    ['a short from its average price down', -1, 1.12, { stop: 1.13, target: { r: 2 } }, 1.1],
  ] as const)('moves for %s when adjusting', (_, quantity, average, draft, target) => {
    const signal = stamp({ intent: 'adjust', ...draft }, holding(quantity, average));
    expect(signal.target).toBeCloseTo(target, 10);
    expect(signal.side).toBeUndefined();
  });

  it('is 0, which validation refuses, without a stop, a side or a position to count from', () => {
    expect(stamp({ side: 'buy', target: { r: 2 } }).target).toBe(0);
    expect(stamp({ stop: 1.09, target: { r: 2 } }).target).toBe(0);
    expect(stamp({ intent: 'adjust', stop: 1.09, target: { r: 2 } }).target).toBe(0);
  });

  it('is left alone when it is a price', () => {
    expect(stamp({ side: 'buy', stop: 1.09, target: 1.5 }).target).toBe(1.5);
  });
});
