import { describe, expect, it } from 'vitest';
import { buy, ExchangeBench, named, sell, statusesOf, T0 } from './testing/exchange-bench.js';

const HOUR = 3_600_000;

describe('Hours', () => {
  // Source of the text: ErrorCode.ORDER_MESSAGE of @stoqey/ib.
  it('An order outside regular hours is held with warning 399 until they begin', () => {
    const bench = new ExchangeBench({ keepHours: true }).quote('AAPL', 200, 200.1).pass(8 * HOUR);
    const client = bench.client();
    client.place(1, named.aapl, buy(1, 'LMT', { lmtPrice: 199 }));
    expect(client.news()).toMatchObject([
      {
        name: 'error',
        args: [
          1,
          399,
          'Order Message:\nBUY 1 AAPL SMART\nWarning: your order will not be placed at the exchange until 2026-01-15 09:30:00 US/Eastern',
        ],
      },
      { name: 'openOrder' },
      { args: [1, 'PreSubmitted', 0, 1, 0, 1_438_599_001, 0, 0, 1, '', 0] },
    ]);
    bench.quote('AAPL', 198, 198.5);
    expect(client.news()).toEqual([]);
    bench.clock.advance(Date.UTC(2026, 0, 15, 14, 30));
    expect(statusesOf(client)).toContain('Filled');
  });

  it('An order for all hours trades before the regular ones, and a future whenever its exchange is open', () => {
    const bench = new ExchangeBench({ keepHours: true })
      .pass(7 * HOUR)
      .quote('AAPL', 200, 200.1)
      .quote('ES', 5000, 5000.25);
    const client = bench.client();
    // 17:00 in New York: stocks trade in the evening, and futures begin again an hour later.
    client.place(1, named.aapl, buy(1, 'MKT', { outsideRth: true }));
    client.place(2, named.es, buy(1, 'MKT'));
    expect(bench.truth.orders.map(({ status }) => status)).toEqual(['Filled', 'PreSubmitted']);
    bench.pass(HOUR);
    expect(bench.truth.orders.map(({ status }) => status)).toEqual(['Filled', 'Filled']);
  });

  it('An order for the day ends with its session, in whatever state it is', () => {
    const bench = new ExchangeBench().quote('AAPL', 200, 200.1);
    const client = bench.client();
    client.place(1, named.aapl, buy(1, 'LMT', { lmtPrice: 199, tif: 'DAY' }));
    client.place(2, named.aapl, sell(1, 'STP', { auxPrice: 190, tif: 'DAY' }));
    client.place(3, named.aapl, sell(1, 'STP', { auxPrice: 190, tif: 'GTC' }));
    client.news();
    bench.clock.advance(Date.UTC(2026, 0, 14, 21) - 1);
    expect(client.news()).toEqual([]);
    bench.pass(1);
    expect(bench.truth.orders.map(({ status }) => status)).toEqual([
      'Cancelled',
      'Cancelled',
      'PreSubmitted',
    ]);
    expect(client.story()).toContain('error 202');
  });

  it.each([
    ['20260114-15:00:05', 5_000],
    ['20260114 10:00:05 US/Eastern', 5_000],
    ['20260114 15:00:05 GMT', 5_000],
    ['20260114 10:00:05', 5_000],
    ['10:00:05', 5_000],
  ])('Good till %s ends then', (goodTillDate, after) => {
    const bench = new ExchangeBench().quote('AAPL', 200, 200.1);
    const client = bench.client();
    client.place(1, named.aapl, buy(1, 'LMT', { lmtPrice: 199, tif: 'GTD', goodTillDate }));
    bench.clock.advance(T0 + after - 1);
    expect(bench.truth.working).toHaveLength(1);
    bench.pass(1);
    expect(bench.truth.orders).toMatchObject([{ status: 'Cancelled' }]);
  });

  it('An order for the day that is made a lasting one outlives the session', () => {
    const bench = new ExchangeBench().quote('AAPL', 200, 200.1);
    const client = bench.client();
    client.place(1, named.aapl, buy(1, 'LMT', { lmtPrice: 199, tif: 'DAY' }));
    client.place(1, named.aapl, buy(1, 'LMT', { lmtPrice: 199, tif: 'GTC' }));
    bench.pass(24 * HOUR).quote('AAPL', 198, 198.5);
    expect(bench.truth.orders).toMatchObject([{ status: 'Filled' }]);
  });

  it('Outside regular hours is no matter for a currency pair: warning 2109, and the order is placed', () => {
    const bench = new ExchangeBench().quote('EURUSD', 1.1, 1.1001);
    const client = bench.client();
    client.place(1, named.eurusd, buy(20_000, 'MKT', { outsideRth: true }));
    expect(client.story()[0]).toBe('error 2109');
    expect(bench.truth.positions).toMatchObject([{ quantity: 20_000, averagePrice: 1.1001 }]);
  });
});
