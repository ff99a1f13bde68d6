import { describe, expect, it } from 'vitest';
import { tickKinds } from './matcher.js';
import { makeVenue, T0 } from './testing/venue.js';

describe('A market order', () => {
  it('buys at the ask and sells at the bid', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1002);
    venue.submit({ side: 'buy', quantity: 0.5 });
    venue.submit({ side: 'sell', quantity: 0.2 });
    expect(venue.fills().map((f) => [f.side, f.quantity, f.price])).toEqual([
      ['buy', 0.5, 1.1002],
      ['sell', 0.2, 1.1],
    ]);
    expect(venue.position()).toBe(0.3);
  });

  it('books the loss of the spread when it closes at once: 0.2 lots over 2 pips are 4 USD', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1002);
    venue.submit({ side: 'buy', quantity: 0.2 });
    venue.submit({ side: 'sell', quantity: 0.2, purpose: 'reduce' });
    expect(venue.fills().map((f) => f.profit)).toEqual([0, -4]);
    expect(venue.engine.account().balance).toBe(9_996);
  });

  it('turns a position: what closes has profit, what opens has the new price', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1);
    venue.submit({ side: 'buy', quantity: 1 });
    venue.tick(1.1005, 1.1005);
    venue.submit({ side: 'sell', quantity: 3 });
    expect(venue.fills('o2')).toHaveLength(1);
    expect(venue.fills('o2')[0]).toMatchObject({ quantity: 3, profit: 50, remaining: 0 });
    expect(venue.engine.snapshot(venue.now).positions).toEqual([
      { symbol: 'EURUSD', quantity: -2, averagePrice: 1.1005 },
    ]);
  });

  it('does not fill before its latency has passed', () => {
    const venue = makeVenue({ costs: { latency: { kind: 'fixed', ms: 500 } } });
    venue.tickAt(T0, 1.1, 1.1002);
    venue.submit({});
    expect(venue.story('o1')).toEqual(['accepted']);
    venue.tickAt(T0 + 499, 1.2, 1.2002);
    expect(venue.fills()).toEqual([]);
    venue.tickAt(T0 + 500, 1.3, 1.3002);
    expect(venue.fills().map((f) => [f.time, f.price])).toEqual([[T0 + 500, 1.3002]]);
  });

  it('draws a uniform latency from the seed, the same for the same seed', () => {
    const fillTime = (seed: number): number => {
      const venue = makeVenue({ seed, costs: { latency: { kind: 'uniform', min: 100, max: 200 } } });
      venue.tickAt(T0, 1.1, 1.1002);
      venue.submit({});
      for (let ms = 1; ms <= 300; ms++) venue.tickAt(T0 + ms, 1.1, 1.1002);
      return venue.fills()[0]!.time - T0;
    };
    const times = [1, 2, 3, 4, 5, 6, 7, 8].map(fillTime);
    expect(times).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map(fillTime));
    expect(new Set(times).size).toBeGreaterThan(4);
    for (const time of times) {
      expect(time).toBeGreaterThanOrEqual(100);
      expect(time).toBeLessThanOrEqual(200);
    }
  });

  it('pays slippage against itself, on the grid', () => {
    const venue = makeVenue({ costs: { slippage: { kind: 'fixed', pips: 0.25 } } });
    venue.tick(1.1, 1.1002);
    venue.submit({ side: 'buy' });
    venue.submit({ side: 'sell' });
    expect(venue.fills().map((f) => f.price)).toEqual([1.10023, 1.09997]);
  });

  it('pays where the market was when it arrived, on a path between two points of a bar', () => {
    const venue = makeVenue({ costs: { latency: { kind: 'fixed', ms: 250 } } });
    venue.tickAt(T0, 1.1, 1.1002);
    venue.submit({});
    // A quarter of the way from an ask of 1.1002 to one of 1.1042.
    venue.tick(1.104, 1.1042, { kind: tickKinds.PATH });
    expect(venue.fills()[0]).toMatchObject({ price: 1.1012, time: T0 + 1_000 });
  });

  it('meets no crossed, negative, missing or infinite quote', () => {
    const venue = makeVenue({ costs: { latency: { kind: 'fixed', ms: 1 } } });
    venue.tick(1.1, 1.1002);
    venue.submit({});
    const { NaN: nan, POSITIVE_INFINITY: infinite } = Number;
    for (const [bid, ask] of [
      [1.2, 1.1],
      [-1, 1.1],
      [0, 1.1],
      [nan, 1.1],
      [1.1, nan],
      [1.1, infinite],
    ] as const) {
      venue.tick(bid, ask);
    }
    expect(venue.fills()).toEqual([]);
    expect(venue.engine.account().equity).toBe(10_000);
    venue.tick(1.1, 1.1002);
    expect(venue.fills()).toHaveLength(1);
  });
});
