import { describe, expect, it } from 'vitest';
import type { Signal } from '../../model/signal.js';
import { MOMENT, plainBook, signalWith } from '../../testing/samples.js';
import { wellFormed } from './well-formed.js';

/** What the rule says of a long entry at 1.1001 with stop 1.09 and target 1.12, with some fields changed. */
const check = (over: Partial<Signal> = {}) => wellFormed().check(signalWith(over), plainBook());

describe('wellFormed', () => {
  it('judges every signal, also those that reduce risk', () => {
    expect(wellFormed().always).toBe(true);
  });

  it.each<[string, Partial<Signal>]>([
    ['a long with stop below and target above', {}],
    ['a short with stop above and target below', { side: 'sell', stop: 1.11, target: 1.08 }],
    ['an entry without stop, target or size', { stop: undefined, target: undefined, quantity: undefined }],
    ['a stop one point below the ask', { stop: 1.10009 }],
    ['a reversal', { intent: 'reverse' }],
    [
      'an exit with nothing but a symbol',
      { intent: 'exit', side: undefined, stop: undefined, target: undefined, quantity: undefined },
    ],
    ['an exit without a quote', { intent: 'exit', quote: { time: 0, bid: 0, ask: 0 } }],
    ['a new stop', { intent: 'adjust', side: undefined, stop: 1.2, target: undefined }],
    ['a trailing distance', { intent: 'adjust', stop: undefined, target: undefined, trail: 0.001 }],
    [
      'a limit with its stop below the limit',
      { order: { type: 'limit', price: 1.08 }, stop: 1.07, target: 1.09 },
    ],
    ['a stop-limit with both prices', { order: { type: 'stop-limit', price: 1.11, limitPrice: 1.111 } }],
    [
      'an order till a time to come',
      { order: { type: 'limit', price: 1.1, timeInForce: 'GTD', goodTill: MOMENT + 1 } },
    ],
    ['a limit order at the close', { order: { type: 'limit', price: 1.1, timeInForce: 'CLS' } }],
    ['a confidence of 0', { confidence: 0 }],
    ['a confidence of 1', { confidence: 1 }],
    ['no confidence', { confidence: undefined }],
  ])('passes %s', (_, over) => {
    expect(check(over)).toBeUndefined();
  });

  it.each<[string, Partial<Signal>, string, string | number, string | number]>([
    ['an unknown symbol', { symbol: 'EURUSB' }, 'UNKNOWN_SYMBOL', 'a symbol of the venue', 'EURUSB'],
    [
      'an exit of an unknown symbol',
      { intent: 'exit', symbol: 'X' },
      'UNKNOWN_SYMBOL',
      'a symbol of the venue',
      'X',
    ],
    ['no side', { side: undefined }, 'INCOMPLETE', 'side', 'missing'],
    ['a reversal without a side', { intent: 'reverse', side: undefined }, 'INCOMPLETE', 'side', 'missing'],
    [
      'an entry before the first quote',
      { quote: { time: 0, bid: 0, ask: 0 } },
      'NO_QUOTE',
      'a quote',
      'none yet',
    ],
    [
      'an adjustment of nothing',
      { intent: 'adjust', stop: undefined, target: undefined },
      'INCOMPLETE',
      'stop, target or trail',
      'missing',
    ],
    ['a quantity of nothing', { quantity: 0 }, 'INVALID', 'quantity above 0', '0'],
    ['an exit of less than nothing', { intent: 'exit', quantity: -1 }, 'INVALID', 'quantity above 0', '-1'],
    ['a stop that is no number', { stop: Number.NaN }, 'INVALID', 'stop above 0', 'NaN'],
    ['a target at infinity', { target: Number.POSITIVE_INFINITY }, 'INVALID', 'target above 0', 'Infinity'],
    ['a target in multiples of no risk', { target: 0 }, 'INVALID', 'target above 0', '0'],
    ['a negative trail', { trail: -0.001 }, 'INVALID', 'trail above 0', '-0.001'],
    ['a confidence above 1', { confidence: 1.01 }, 'INVALID', 'confidence from 0 to 1', '1.01'],
    ['a confidence below 0', { confidence: -0.01 }, 'INVALID', 'confidence from 0 to 1', '-0.01'],
    [
      'a confidence that is no number',
      { confidence: Number.NaN },
      'INVALID',
      'confidence from 0 to 1',
      'NaN',
    ],
    ['a limit without its price', { order: { type: 'limit' } }, 'INCOMPLETE', 'order.price', 'missing'],
    [
      'a stop-limit without its limit',
      { order: { type: 'stop-limit', price: 1.11 } },
      'INCOMPLETE',
      'order.limitPrice',
      'missing',
    ],
    [
      'a limit at infinity',
      { order: { type: 'limit', price: Number.POSITIVE_INFINITY } },
      'INVALID',
      'order.price above 0',
      'Infinity',
    ],
    [
      'a limit that is no number',
      { order: { type: 'limit', price: Number.NaN } },
      'INVALID',
      'order.price above 0',
      'NaN',
    ],
    [
      'a stop-limit with a limit of 0',
      { order: { type: 'stop-limit', price: 1.11, limitPrice: 0 } },
      'INVALID',
      'order.limitPrice above 0',
      '0',
    ],
    [
      'a market order with a price',
      { order: { type: 'market', price: 1.0901 } },
      'INVALID',
      'no order.price with a market order',
      1.0901,
    ],
    [
      'an order till now',
      { order: { type: 'limit', price: 1.1, timeInForce: 'GTD', goodTill: MOMENT } },
      'INVALID',
      'order.goodTill after the signal',
      `${MOMENT}`,
    ],
    [
      'an order till no time',
      { order: { type: 'limit', price: 1.1, timeInForce: 'GTD' } },
      'INVALID',
      'order.goodTill after the signal',
      'undefined',
    ],
    [
      'a stop order at the close',
      { order: { type: 'stop', price: 1.11, timeInForce: 'CLS' } },
      'INVALID',
      'a market or limit order at the close',
      'stop',
    ],
    ["a long's stop at the ask", { stop: 1.1001 }, 'STOP_WRONG_SIDE', 'below 1.1001', 1.1001],
    [
      "a short's stop at the bid",
      { side: 'sell', stop: 1.1, target: 1.08 },
      'STOP_WRONG_SIDE',
      'above 1.1',
      1.1,
    ],
    ["a long's target at the ask", { target: 1.1001 }, 'TARGET_WRONG_SIDE', 'above 1.1001', 1.1001],
    [
      "a short's target above the bid",
      { side: 'sell', stop: 1.11, target: 1.12 },
      'TARGET_WRONG_SIDE',
      'below 1.1',
      1.12,
    ],
    [
      "a limit's stop above the limit",
      { order: { type: 'limit', price: 1.08 } },
      'STOP_WRONG_SIDE',
      'below 1.08',
      1.09,
    ],
    [
      "a reversal's stop on the wrong side",
      { intent: 'reverse', stop: 1.2 },
      'STOP_WRONG_SIDE',
      'below 1.1001',
      1.2,
    ],
  ])('refuses %s', (_, over, code, limit, actual) => {
    expect(check(over)).toEqual({ code, limit, actual });
  });
});
