import { describe, expect, it } from 'vitest';
import { rejectionCodes } from './order-checks.js';
import { bracket, makeVenue, pair, T0, USDJPY } from './testing/venue.js';

describe('The venue rejects', () => {
  const good = { type: 'limit', price: 1.09 } as const;
  it.each([
    ['an instrument that it does not list', { symbol: 'XXXYYY' }, 'UNKNOWN_SYMBOL'],
    ['an instrument without a quote', { symbol: 'USDJPY' }, 'NO_QUOTE'],
    ['a quantity below the least', { quantity: 0 }, 'QUANTITY_RANGE'],
    ['a quantity that is no number', { quantity: Number.NaN }, 'QUANTITY_RANGE'],
    ['a quantity above the most', { quantity: 100.01 }, 'QUANTITY_RANGE'],
    ['a quantity between two steps', { quantity: 0.015 }, 'OFF_GRID_QUANTITY'],
    ['a limit without a price', { type: 'limit' }, 'BAD_PRICE'],
    ['a limit between two steps', { ...good, price: 1.090005 }, 'OFF_GRID_PRICE'],
    ['a negative price', { ...good, price: -1 }, 'BAD_PRICE'],
    ['a stop-limit without a limit', { type: 'stop-limit', price: 1.2 }, 'BAD_PRICE'],
    ['a trailing stop without a distance', { type: 'trailing-stop' }, 'BAD_PRICE'],
    ['a GTD order without an end', { ...good, timeInForce: 'GTD' }, 'BAD_GOOD_TILL'],
    ['a GTD order that has ended', { ...good, timeInForce: 'GTD', goodTill: T0 }, 'BAD_GOOD_TILL'],
    ['a stop between two steps', { bracket: bracket({ stop: 1.0900001 }) }, 'OFF_GRID_PRICE'],
    ['a reduction of nothing', { reduceOnly: true }, 'NOTHING_TO_REDUCE'],
    ['more than the margin carries', { quantity: 50 }, 'INSUFFICIENT_MARGIN'],
  ] as const)('%s', (_, order, code) => {
    const venue = makeVenue({ instruments: [pair('EURUSD', 0.0001), USDJPY] });
    venue.tick(1.1, 1.1002);
    const outcome = venue.submit(order);
    expect(outcome).toMatchObject({ outcome: 'rejected', code });
    expect(Object.keys(rejectionCodes)).toContain(code);
    expect(venue.events).toEqual([]);
    expect(venue.working()).toEqual([]);
  });

  it('an id that was used before, whether the order works, has ended, or ended hundreds of orders ago', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1002);
    venue.submit({ id: 'one', type: 'limit', price: 1.09, quantity: 0.01 });
    expect(venue.submit({ id: 'one' })).toMatchObject({ code: 'DUPLICATE_ORDER' });
    venue.cancel('one');
    expect(venue.submit({ id: 'one' })).toMatchObject({ code: 'DUPLICATE_ORDER' });
    for (let i = 0; i < 2_500; i++) {
      venue.submit({ id: `n${i}`, type: 'limit', price: 1.09, quantity: 0.01 });
      venue.cancel(`n${i}`);
    }
    expect(venue.submit({ id: 'one' })).toMatchObject({ code: 'DUPLICATE_ORDER' });
    expect(venue.fills()).toEqual([]);
  });
});

describe('Reduce-only', () => {
  it('trades no more than there is and cancels the rest', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1);
    venue.submit({ quantity: 0.3 });
    venue.submit({ id: 'x', side: 'sell', quantity: 1, reduceOnly: true });
    expect(venue.fills('x').map((f) => f.quantity)).toEqual([0.3]);
    expect(venue.story('x')).toEqual(['accepted', 'fill', 'cancelled']);
    expect(venue.position()).toBe(0);
  });

  it('ends when the position is closed by something else', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1);
    venue.submit({ quantity: 0.3 });
    venue.submit({ id: 'x', side: 'sell', quantity: 0.3, reduceOnly: true, type: 'stop', price: 1.09 });
    venue.submit({ id: 'y', side: 'sell', quantity: 0.3, purpose: 'flatten' });
    expect(venue.story('x')).toEqual(['accepted', 'cancelled']);
  });
});

describe('An amendment', () => {
  it('changes price and quantity of a working order and keeps its id', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1002);
    venue.submit({ id: 'e', type: 'limit', price: 1.09 });
    expect(venue.amend('e', { type: 'limit', price: 1.095, quantity: 0.4 })).toMatchObject({
      outcome: 'accepted',
    });
    expect(venue.events.at(-1)).toMatchObject({ type: 'replaced', id: 'e', quantity: 0.4, price: 1.095 });
    venue.tick(1.0948, 1.095);
    expect(venue.fills('e')[0]).toMatchObject({ quantity: 0.4, price: 1.095, remaining: 0 });
  });

  it('that would trade at once travels first: it is no way round the latency', () => {
    const venue = makeVenue({ costs: { latency: { kind: 'fixed', ms: 500 } } });
    venue.tickAt(T0, 1.1, 1.1002);
    venue.submit({ id: 'e', type: 'limit', price: 1.09 });
    venue.tickAt(T0 + 1_000, 1.1, 1.1002);
    venue.amend('e', { type: 'limit', price: 1.11 });
    expect(venue.fills()).toEqual([]);
    venue.tickAt(T0 + 1_499, 1.1, 1.1002);
    expect(venue.fills()).toEqual([]);
    venue.tickAt(T0 + 1_500, 1.1001, 1.1003);
    expect(venue.fills()[0]).toMatchObject({ price: 1.1003 });
  });

  it('trades at once where nothing takes time', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1002);
    venue.submit({ id: 'e', type: 'limit', price: 1.09 });
    venue.amend('e', { type: 'limit', price: 1.11 });
    expect(venue.story('e')).toEqual(['accepted', 'replaced', 'fill']);
  });

  it('is rejected for an order that has ended, is unknown, or off the grid', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1002);
    venue.submit({ id: 'done' });
    venue.submit({ id: 'open', type: 'limit', price: 1.09 });
    expect(venue.amend('done', {})).toMatchObject({ code: 'ORDER_FINISHED' });
    expect(venue.amend('never', {})).toMatchObject({ code: 'UNKNOWN_ORDER' });
    expect(venue.amend('open', { type: 'limit', price: 1.090001 })).toMatchObject({ code: 'OFF_GRID_PRICE' });
    expect(venue.amend('open', { type: 'limit', price: 1.08, quantity: 0.001 })).toMatchObject({
      code: 'QUANTITY_RANGE',
    });
    expect(venue.working()).toEqual(['open 1 @ 1.09']);
  });

  it('never moves a trailing stop back', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1);
    venue.submit({ id: 'e', bracket: bracket({ stop: 1.098, trail: 0.001 }) });
    venue.tick(1.104, 1.104);
    venue.amend('es', { type: 'trailing-stop', price: 1.098, trail: 0.002, side: 'sell' });
    expect(venue.working()).toEqual(['es 1 @ 1.103']);
    venue.tick(1.106, 1.106);
    expect(venue.working()).toEqual(['es 1 @ 1.104']);
  });
});

describe('Cancelling', () => {
  it('is rejected for an order that has ended or is unknown', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1002);
    venue.submit({ id: 'done' });
    expect(venue.cancel('done')).toMatchObject({ outcome: 'rejected', code: 'ORDER_FINISHED' });
    expect(venue.cancel('never')).toMatchObject({ outcome: 'rejected', code: 'UNKNOWN_ORDER' });
  });

  it('reaches an order that is still on its way', () => {
    const venue = makeVenue({ costs: { latency: { kind: 'fixed', ms: 500 } } });
    venue.tick(1.1, 1.1002);
    venue.submit({ id: 'e' });
    venue.cancel('e');
    venue.tick(1.1, 1.1002);
    expect(venue.story('e')).toEqual(['accepted', 'cancelled']);
  });
});

describe('A query', () => {
  it('finds a working order, a finished one with its fills, and proves absence', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1002);
    venue.submit({ id: 'done', quantity: 0.5 });
    venue.submit({ id: 'open', type: 'limit', price: 1.09 });
    expect(venue.engine.query('open')).toMatchObject({
      outcome: 'found',
      report: { id: 'open', state: 'accepted', quantity: 1, filled: 0, price: 1.09 },
      fills: [],
    });
    expect(venue.engine.query('done')).toMatchObject({
      outcome: 'found',
      report: { state: 'filled', filled: 0.5, averagePrice: 1.1002, price: undefined },
      fills: [{ tradeId: 'T1', quantity: 0.5 }],
    });
    expect(venue.engine.query('never')).toEqual({ outcome: 'absent' });
  });

  it('does not call an old order absent', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1002);
    venue.submit({ id: 'old', quantity: 0.01, bracket: bracket({ stop: 1.09 }) });
    venue.submit({ id: 'flat', quantity: 0.01, side: 'sell', purpose: 'flatten' });
    for (let i = 0; i < 2_500; i++) {
      venue.submit({ id: `n${i}`, type: 'limit', price: 1.09, quantity: 0.01 });
      venue.cancel(`n${i}`);
    }
    expect(venue.engine.query('old')).toMatchObject({ outcome: 'unknown' });
    expect(venue.engine.query('olds')).toMatchObject({ outcome: 'unknown' });
    expect(venue.engine.query('n2499')).toMatchObject({ outcome: 'found' });
    expect(venue.engine.query('other')).toEqual({ outcome: 'absent' });
  });
});

describe('Events', () => {
  it('are told when the engine is whole again: a listener may submit from inside one', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1002);
    venue.listen((event) => {
      if (event.type === 'fill' && event.id === 'e') {
        expect(venue.working()).toEqual(['es 1 @ 1.09', 'et 1 @ 1.12']);
        venue.submit({ id: 'next', side: 'sell', purpose: 'flatten' });
      }
    });
    venue.submit({ id: 'e', bracket: bracket({ stop: 1.09, target: 1.12 }) });
    expect(venue.events.map((e) => `${e.id} ${e.type}`)).toEqual([
      'e accepted',
      'e fill',
      'es accepted',
      'et accepted',
      'next accepted',
      'next fill',
      'es cancelled',
      'et cancelled',
    ]);
  });

  it('are not lost when a listener throws', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1002);
    let thrown = false;
    venue.listen(() => {
      if (thrown) return;
      thrown = true;
      throw new Error('listener');
    });
    expect(() => venue.submit({ id: 'e' })).toThrow('listener');
    venue.tick(1.1, 1.1002);
    expect(venue.events.map((e) => `${e.id} ${e.type}`)).toEqual(['e accepted', 'e fill']);
  });

  it('tell the account after each booking, with the balance of that booking', () => {
    const venue = makeVenue({
      costs: { commission: { kind: 'per-lot', amount: 3, minimum: 0, currency: 'account' } },
    });
    venue.tick(1.1, 1.1);
    venue.submit({});
    venue.tick(1.101, 1.101);
    venue.submit({ side: 'sell', purpose: 'reduce' });
    expect(venue.accounts.map((a) => [a.balance, a.equity, a.margin])).toEqual([
      [9_997, 9_997, 3_666.67],
      [10_094, 10_094, 0],
    ]);
  });
});
