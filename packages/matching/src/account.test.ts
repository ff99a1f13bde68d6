import { defineInstrument } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { bracket, EURJPY, EURUSD, makeVenue, pair, USDJPY } from './testing/venue.js';

const GBPUSD = pair('GBPUSD', 0.0001);

describe('Margin', () => {
  it('rejects an order that the free margin does not carry', () => {
    // 1 lot of EURUSD at 1.1 with a leverage of 30 needs 3,666.67 USD.
    const venue = makeVenue({ balance: '7000' });
    venue.tick(1.1, 1.1);
    expect(venue.submit({ quantity: 1 })).toMatchObject({ outcome: 'accepted' });
    expect(venue.submit({ quantity: 1 })).toMatchObject({ outcome: 'rejected', code: 'INSUFFICIENT_MARGIN' });
    expect(venue.submit({ quantity: 0.9 })).toMatchObject({ outcome: 'accepted' });
    expect(venue.engine.account().margin).toBe(6_966.67);
  });

  it('takes the instrument’s own rate where it asks for more than the leverage', () => {
    const venue = makeVenue({ instruments: [pair('EURUSD', 0.0001, { marginRate: 0.05 })] });
    venue.tick(1.1, 1.1);
    venue.submit({ quantity: 1 });
    expect(venue.engine.account().margin).toBe(5_500);
  });

  it('is asked for again when an order arrives: one that the account no longer carries is cancelled', () => {
    const venue = makeVenue({ balance: '4000', costs: { latency: { kind: 'fixed', ms: 500 } } });
    venue.tick(1.1, 1.1);
    venue.submit({ quantity: 0.6 });
    venue.submit({ quantity: 0.6 });
    venue.tick(1.1, 1.1);
    expect(venue.story('o1')).toEqual(['accepted', 'fill']);
    expect(venue.story('o2')).toEqual(['accepted', 'cancelled']);
  });

  it('never stands in the way of an order that closes', () => {
    const venue = makeVenue({ balance: '3700' });
    venue.tick(1.1, 1.1);
    venue.submit({ quantity: 1 });
    venue.tick(1.0999, 1.0999);
    expect(venue.submit({ quantity: 1, side: 'sell', purpose: 'reduce' })).toMatchObject({
      outcome: 'accepted',
    });
    expect(venue.position()).toBe(0);
  });
});

describe('Stop-out', () => {
  it('closes at the level: 0.2 lots need 733.33 USD, so at an equity of 366.67', () => {
    const venue = makeVenue({ balance: '1000' });
    venue.tick(1.1, 1.1);
    venue.submit({ quantity: 0.2, bracket: bracket({ target: 1.2 }) });
    venue.tick(1.0684, 1.0684); // equity 368
    expect(venue.position()).toBe(0.2);
    venue.tick(1.0683, 1.0683); // equity 366
    expect(venue.position()).toBe(0);
    expect(venue.fills('stop-out-1')[0]).toMatchObject({ side: 'sell', price: 1.0683, profit: -634 });
    expect(venue.engine.account()).toMatchObject({ balance: 366, equity: 366, margin: 0 });
    expect(venue.working()).toEqual([]);
  });

  it('closes the largest loss first, and no more than it must', () => {
    const venue = makeVenue({ balance: '1000', instruments: [EURUSD, GBPUSD] });
    venue.tick(1.1, 1.1);
    venue.tick(1.25, 1.25, { symbol: 'GBPUSD' });
    venue.submit({ symbol: 'EURUSD', quantity: 0.1 }); // margin 366.67
    venue.submit({ symbol: 'GBPUSD', quantity: 0.1 }); // margin 416.67
    venue.tick(1.08, 1.08); // -200
    venue.tick(1.211, 1.211, { symbol: 'GBPUSD' }); // -390: equity 410 against a level of 391.67
    expect(venue.engine.snapshot(venue.now).positions).toHaveLength(2);
    venue.tick(1.209, 1.209, { symbol: 'GBPUSD' }); // -410: equity 390
    expect(venue.engine.snapshot(venue.now).positions.map((p) => p.symbol)).toEqual(['EURUSD']);
    expect(venue.engine.account()).toMatchObject({ balance: 590, equity: 390 });
  });

  it('goes on closing while the account is still below its level', () => {
    const venue = makeVenue({ balance: '1000', mode: 'hedging' });
    venue.tick(1.1, 1.1);
    venue.submit({ id: 'a', quantity: 0.1 });
    venue.submit({ id: 'b', quantity: 0.12 });
    venue.tick(1.04, 1.04); // -600 and -720
    expect(venue.fills().map((f) => f.id)).toEqual(['a', 'b', 'stop-out-1', 'stop-out-2']);
    expect(venue.fills().map((f) => f.profit)).toEqual([0, 0, -720, -600]);
    expect(venue.engine.account().balance).toBe(-320);
  });

  it('sees a loss that only the conversion rate makes', () => {
    // A EURJPY position in a USD account: the margin is in JPY, so a falling USDJPY raises margin and loss.
    const venue = makeVenue({ balance: '1000', instruments: [EURJPY, USDJPY] });
    venue.tick(150, 150, { symbol: 'USDJPY' });
    venue.tick(165, 165);
    venue.submit({ quantity: 0.2 }); // 3,300,000 JPY: margin 733.33 USD
    venue.tick(161, 161); // -80,000 JPY = -533.33 USD; equity 466.67
    expect(venue.position()).toBe(0.2);
    venue.tick(132, 132, { symbol: 'USDJPY' }); // -606.06; equity 393.94 against 416.67
    expect(venue.position()).toBe(0);
  });

  it('can be switched off', () => {
    const venue = makeVenue({ balance: '1000', stopOut: 0 });
    venue.tick(1.1, 1.1);
    venue.submit({ quantity: 0.2 });
    venue.tick(1, 1);
    expect(venue.engine.account().equity).toBe(-1_000);
    expect(venue.position()).toBe(0.2);
  });
});

describe('Conversion', () => {
  it('books a profit in JPY at the live mid: 50,000 JPY at 150.51 are 332.20 USD', () => {
    const venue = makeVenue({ instruments: [USDJPY] });
    venue.tick(149.98, 150);
    venue.submit({ quantity: 1 });
    venue.tick(150.5, 150.52);
    venue.submit({ quantity: 1, side: 'sell', purpose: 'reduce' });
    expect(venue.fills('o2')[0]).toMatchObject({ profit: 332.2 });
    expect(venue.engine.account().balance).toBe(10_332.2);
  });

  it('goes through two crosses where one does not lead there', () => {
    // JPY to USD over EURJPY and EURUSD: 40,000 JPY / 160 * 1.2 = 300 USD
    const venue = makeVenue({ instruments: [EURJPY, EURUSD] });
    venue.tick(159.6, 159.6);
    venue.tick(1.2, 1.2, { symbol: 'EURUSD' });
    venue.submit({ quantity: 1 });
    venue.tick(160, 160);
    venue.submit({ quantity: 1, side: 'sell', purpose: 'reduce' });
    expect(venue.fills('o2')[0]).toMatchObject({ profit: 300 });
  });

  it('prefers the shorter way once it is quoted', () => {
    const venue = makeVenue({ instruments: [EURJPY, EURUSD, USDJPY] });
    venue.tick(159.6, 159.6);
    venue.tick(1.2, 1.2, { symbol: 'EURUSD' });
    venue.submit({ quantity: 1 });
    venue.tick(125, 125, { symbol: 'USDJPY' });
    venue.tick(160, 160);
    venue.submit({ quantity: 1, side: 'sell', purpose: 'reduce' });
    expect(venue.fills('o2')[0]).toMatchObject({ profit: 320 });
  });

  it('rejects what nothing converts', () => {
    const venue = makeVenue({ instruments: [EURJPY] });
    venue.tick(160, 160.02);
    expect(venue.submit({})).toMatchObject({ outcome: 'rejected', code: 'NO_RATE' });
  });

  it('keeps a JPY account in whole yen', () => {
    const venue = makeVenue({ instruments: [USDJPY], currency: 'JPY', balance: '1000000' });
    venue.tick(150, 150.003);
    venue.submit({ quantity: 0.01 });
    venue.tick(150.0035, 150.005);
    venue.submit({ quantity: 0.01, side: 'sell', purpose: 'reduce' });
    // 1,000 * 0.0005 = 0.5 JPY rounds to 1
    expect(venue.fills('o2')[0]).toMatchObject({ profit: 1 });
    expect(venue.engine.account().balance).toBe(1_000_001);
  });
});

describe('Commission', () => {
  const BTCUSDT = defineInstrument({
    symbol: 'BTCUSDT',
    assetClass: 'crypto',
    currency: 'USDT',
    contractSize: 1,
    tickSize: 0.01,
    pipSize: 0.1,
    quantityStep: 0.00001,
    minQuantity: 0.00001,
    maxQuantity: 100,
  });

  it('per lot is paid on both sides: 3.50 a lot', () => {
    const venue = makeVenue({
      costs: { commission: { kind: 'per-lot', amount: 3.5, minimum: 0, currency: 'account' } },
    });
    venue.tick(1.1, 1.1);
    venue.submit({ quantity: 0.3 });
    venue.submit({ quantity: 0.3, side: 'sell', purpose: 'reduce' });
    expect(venue.fills().map((f) => f.commission)).toEqual([1.05, 1.05]);
    expect(venue.engine.account().balance).toBe(9_997.9);
  });

  it('in basis points differs for who takes and who rests', () => {
    const venue = makeVenue({
      instruments: [BTCUSDT],
      currency: 'USDT',
      balance: '100000',
      costs: { commission: { kind: 'bps', taker: 10, maker: 2, minimum: 0 } },
    });
    venue.tick(60_000, 60_000);
    venue.submit({ quantity: 0.5 }); // 30,000 at 10 bps
    venue.submit({ quantity: 0.5, side: 'sell', type: 'limit', price: 62_000, purpose: 'reduce' });
    venue.tick(62_000, 62_000.01); // 31,000 at 2 bps
    expect(venue.fills().map((f) => f.commission)).toEqual([30, 6.2]);
  });

  it('in quote currency is converted: 300 JPY at 150 are 2 USD', () => {
    const venue = makeVenue({
      instruments: [USDJPY],
      costs: { commission: { kind: 'per-lot', amount: 300, minimum: 0, currency: 'quote' } },
    });
    venue.tick(150, 150);
    venue.submit({ quantity: 1 });
    expect(venue.fills()[0]).toMatchObject({ commission: 2 });
  });
});

describe('Swap', () => {
  const day = (date: number, hour = 12) => Date.UTC(2024, 0, date, hour);
  const held = (
    options: Parameters<typeof makeVenue>[0],
    order: { side?: 'buy' | 'sell'; quantity: number },
  ) => {
    const venue = makeVenue(options);
    venue.tickAt(day(8), 1.1, 1.1); // Monday
    venue.submit(order);
    return venue;
  };
  const withSwap = pair('EURUSD', 0.0001, { swap: { long: -6.5, short: 2.1, tripleDay: 3 } });
  const points = { swap: { points: true, markup: 0 } };

  it('is booked night by night at 22:00 UTC in winter, three times on Wednesday, never at the weekend', () => {
    const venue = held({ instruments: [withSwap], costs: points }, { quantity: 1 });
    const balances: [number, number][] = [];
    for (let date = 8; date <= 15; date++) {
      venue.tickAt(day(date, 22) - 1, 1.1, 1.1);
      const before = venue.engine.account().balance;
      venue.tickAt(day(date, 22), 1.1, 1.1);
      balances.push([date, Math.round((venue.engine.account().balance - before) * 100) / 100]);
    }
    expect(balances).toEqual([
      [8, -6.5],
      [9, -6.5],
      [10, -19.5],
      [11, -6.5],
      [12, -6.5],
      [13, 0],
      [14, 0],
      [15, -6.5],
    ]);
    expect(venue.engine.totals.swap).toBe(-5_200n);
  });

  it('is booked for every night that went by without a tick', () => {
    const venue = held({ instruments: [withSwap], costs: points }, { side: 'sell', quantity: 2 });
    venue.tickAt(day(15), 1.1, 1.1);
    // Seven nights of 2 lots at 2.10
    expect(venue.engine.account().balance).toBe(10_029.4);
    expect(venue.accounts.at(-1)).toMatchObject({ balance: 10_029.4 });
  });

  it('is not booked on what was closed before, or opened after', () => {
    const venue = held({ instruments: [withSwap], costs: points }, { quantity: 1 });
    venue.tickAt(day(8, 22) - 1, 1.1, 1.1);
    venue.submit({ quantity: 1, side: 'sell', purpose: 'reduce' });
    venue.tickAt(day(8, 23), 1.1, 1.1);
    venue.submit({ quantity: 1 });
    venue.tickAt(day(9, 21), 1.1, 1.1);
    expect(venue.engine.totals.swap).toBe(0n);
  });

  it('charges the markup to either side: 3.65 % a year of 110,000 USD are 11 USD a night', () => {
    for (const side of ['buy', 'sell'] as const) {
      const venue = held({ costs: { swap: { points: false, markup: 0.0365 } } }, { side, quantity: 1 });
      venue.tickAt(day(9), 1.1, 1.1);
      expect(venue.engine.account().balance).toBe(9_989);
    }
  });
});
