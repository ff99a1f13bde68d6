import { describe, expect, it } from 'vitest';
import { tickKinds } from './matcher.js';
import { makeVenue, T0 } from './testing/venue.js';

describe('A limit order', () => {
  it('rests until somebody offers at its price, and touching is enough', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1002);
    venue.submit({ type: 'limit', price: 1.099 });
    venue.tick(1.0989, 1.0991);
    expect(venue.fills()).toEqual([]);
    venue.tick(1.0988, 1.099);
    expect(venue.fills().map((f) => f.price)).toEqual([1.099]);
    expect(venue.story('o1')).toEqual(['accepted', 'fill']);
  });

  it('sells when the bid reaches it', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1002);
    venue.submit({ side: 'sell', type: 'limit', price: 1.101 });
    venue.tick(1.1009, 1.1011);
    expect(venue.fills()).toEqual([]);
    venue.tick(1.101, 1.1012);
    expect(venue.fills()[0]).toMatchObject({ side: 'sell', price: 1.101 });
  });

  it('gets the better price when a quote gaps through it', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1002);
    venue.submit({ type: 'limit', price: 1.099 });
    venue.tick(1.097, 1.0972, { kind: tickKinds.QUOTE });
    expect(venue.fills()[0]).toMatchObject({ price: 1.0972 });
  });

  it.each([tickKinds.PATH, tickKinds.UNKNOWN])(
    'gets its own price on a step of a path, and where nobody knows (kind %i)',
    (kind) => {
      const venue = makeVenue();
      venue.tick(1.1, 1.1002);
      venue.submit({ type: 'limit', price: 1.099 });
      venue.tick(1.097, 1.0972, { kind });
      expect(venue.fills()[0]).toMatchObject({ price: 1.099 });
    },
  );

  it('takes the market at once when it could, with slippage but never beyond its price', () => {
    const venue = makeVenue({ costs: { slippage: { kind: 'fixed', pips: 1 } } });
    venue.tick(1.1, 1.1002);
    venue.submit({ type: 'limit', price: 1.1005 });
    venue.submit({ type: 'limit', price: 1.10025 });
    expect(venue.fills().map((f) => f.price)).toEqual([1.1003, 1.10025]);
  });

  it('gets no better price than its own from a tick of which nobody knows how the market came there', () => {
    const venue = makeVenue({ costs: { latency: { kind: 'fixed', ms: 500 } } });
    venue.tick(1.1, 1.1002);
    venue.submit({ type: 'limit', price: 1.099 });
    venue.submit({ type: 'limit', price: 1.101 });
    venue.tick(1.095, 1.0952, { kind: tickKinds.UNKNOWN });
    expect(venue.fills().map((f) => f.price)).toEqual([1.099, 1.101]);
  });

  it('travels like any order: a quote that would fill it is missed before it arrives', () => {
    const venue = makeVenue({ costs: { latency: { kind: 'fixed', ms: 500 } } });
    venue.tickAt(T0, 1.1, 1.1002);
    venue.submit({ type: 'limit', price: 1.099 });
    venue.tickAt(T0 + 100, 1.0985, 1.0987);
    venue.tickAt(T0 + 600, 1.1, 1.1002);
    expect(venue.fills()).toEqual([]);
  });
});
