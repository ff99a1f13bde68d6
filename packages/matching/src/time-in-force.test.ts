import { describe, expect, it } from 'vitest';
import { AAPL, makeVenue, T0 } from './testing/venue.js';

const HOUR = 3_600_000;
const tenPercent = { liquidity: { kind: 'volume-share', share: 0.1 } } as const;

describe('Time in force', () => {
  it('GTC works until it is cancelled', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1002);
    venue.submit({ type: 'limit', price: 1.09 });
    venue.tickAt(T0 + 30 * 24 * HOUR, 1.1, 1.1002);
    expect(venue.story('o1')).toEqual(['accepted']);
    expect(venue.cancel('o1')).toMatchObject({ outcome: 'accepted' });
    expect(venue.story('o1')).toEqual(['accepted', 'cancelled']);
    venue.tick(1.08, 1.0802);
    expect(venue.fills()).toEqual([]);
  });

  it('DAY ends at 17:00 New York: 22:00 UTC in winter', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1002);
    venue.submit({ type: 'limit', price: 1.09, timeInForce: 'DAY' });
    const end = Date.UTC(2024, 0, 10, 22);
    venue.tickAt(end - 1, 1.1, 1.1002);
    expect(venue.story('o1')).toEqual(['accepted']);
    venue.tickAt(end, 1.08, 1.0802);
    expect(venue.story('o1')).toEqual(['accepted', 'expired']);
  });

  it('DAY ends an hour earlier in UTC in summer', () => {
    const venue = makeVenue();
    venue.tickAt(Date.UTC(2024, 6, 10, 12), 1.1, 1.1002);
    venue.submit({ type: 'limit', price: 1.09, timeInForce: 'DAY' });
    venue.tickAt(Date.UTC(2024, 6, 10, 21) - 1, 1.1, 1.1002);
    expect(venue.story('o1')).toEqual(['accepted']);
    venue.tickAt(Date.UTC(2024, 6, 10, 21), 1.1, 1.1002);
    expect(venue.story('o1')).toEqual(['accepted', 'expired']);
  });

  it('GTD ends at its time, before the tick of that time can fill it', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1002);
    venue.submit({ type: 'limit', price: 1.09, timeInForce: 'GTD', goodTill: T0 + HOUR });
    venue.tickAt(T0 + HOUR, 1.08, 1.0802);
    expect(venue.story('o1')).toEqual(['accepted', 'expired']);
  });

  it('ends orders on the tick of any instrument', () => {
    const venue = makeVenue({ instruments: [AAPL, { ...AAPL, symbol: 'MSFT' }] });
    venue.tick(150, 150.01);
    venue.submit({ symbol: 'AAPL', type: 'limit', price: 140, timeInForce: 'GTD', goodTill: T0 + HOUR });
    venue.tickAt(T0 + HOUR, 300, 300.01, 'MSFT');
    expect(venue.story('o1')).toEqual(['accepted', 'expired']);
  });

  it('IOC takes what there is and cancels the rest', () => {
    const venue = makeVenue({ instruments: [AAPL], costs: tenPercent });
    venue.tick(150, 150.01, { volume: 200 });
    venue.submit({ quantity: 50, timeInForce: 'IOC' });
    expect(venue.fills().map((f) => [f.quantity, f.remaining])).toEqual([[20, 30]]);
    expect(venue.story('o1')).toEqual(['accepted', 'fill', 'cancelled']);
  });

  it('IOC with a limit that is not met is cancelled untraded', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1002);
    venue.submit({ type: 'limit', price: 1.1001, timeInForce: 'IOC' });
    expect(venue.story('o1')).toEqual(['accepted', 'cancelled']);
  });

  it('FOK trades all or nothing', () => {
    const venue = makeVenue({ instruments: [AAPL], costs: tenPercent });
    venue.tick(150, 150.01, { volume: 200 });
    venue.submit({ quantity: 21, timeInForce: 'FOK' });
    venue.submit({ quantity: 20, timeInForce: 'FOK' });
    expect(venue.story('o1')).toEqual(['accepted', 'cancelled']);
    expect(venue.story('o2')).toEqual(['accepted', 'fill']);
    expect(venue.fills('o2')[0]).toMatchObject({ quantity: 20, remaining: 0 });
  });
});

describe('Partial fills', () => {
  it('take a share of each tick’s volume until the order is full', () => {
    const venue = makeVenue({ instruments: [AAPL], costs: tenPercent });
    venue.tick(150, 150.01, { volume: 300 });
    venue.submit({ quantity: 100 });
    venue.tick(151, 151.01, { volume: 555 });
    // (30 * 150.01 + 55 * 151.01) / 85
    expect(venue.engine.query('o1')).toMatchObject({
      report: { state: 'partially-filled', filled: 85, averagePrice: 150.657059 },
    });
    venue.tick(152, 152.01, { volume: 9 });
    venue.tick(153, 153.01, { volume: 1_000 });
    expect(venue.fills().map((f) => [f.quantity, f.price, f.remaining])).toEqual([
      [30, 150.01, 70],
      [55, 151.01, 15],
      [15, 153.01, 0],
    ]);
    const { report } = venue.engine.query('o1') as { report: { averagePrice: number; filled: number } };
    // (30 * 150.01 + 55 * 151.01 + 15 * 153.01) / 100
    expect(report).toMatchObject({ filled: 100, averagePrice: 151.01 });
  });

  it('share one tick’s volume among all orders', () => {
    const venue = makeVenue({ instruments: [AAPL], costs: tenPercent });
    venue.tick(150, 150.01, { volume: 300 });
    venue.submit({ quantity: 20 });
    venue.submit({ quantity: 20 });
    venue.submit({ quantity: 20 });
    expect(venue.fills().map((f) => f.quantity)).toEqual([20, 10]);
  });

  it('pay an order’s minimum commission once', () => {
    const venue = makeVenue({
      instruments: [AAPL],
      costs: {
        ...tenPercent,
        commission: { kind: 'per-share', amount: 0.005, minimum: 1, currency: 'quote' },
      },
    });
    venue.tick(20, 20.01, { volume: 300 });
    venue.submit({ quantity: 400 });
    venue.tick(20, 20.01, { volume: 700 });
    venue.tick(20, 20.01, { volume: 9_000 });
    // 30, 70 and 300 shares at half a cent: 0.15 and 0.50 are below the minimum, 2.00 is what all of it costs.
    expect(venue.fills().map((f) => [f.quantity, f.commission])).toEqual([
      [30, 1],
      [70, 0],
      [300, 1],
    ]);
  });

  it('do not happen where the volume is unknown', () => {
    const venue = makeVenue({ instruments: [AAPL], costs: tenPercent });
    venue.tick(150, 150.01, { volume: 0 });
    venue.submit({ quantity: 1_000 });
    expect(venue.fills().map((f) => f.quantity)).toEqual([1_000]);
  });
});
