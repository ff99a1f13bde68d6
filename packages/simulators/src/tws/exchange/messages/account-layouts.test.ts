import { describe, expect, it } from 'vitest';
import { buy, ExchangeBench, named } from '../testing/exchange-bench.js';
import { stock } from '../testing/expected-order.js';

// As in order-layouts.test.ts the client library's decoder says what is missing or left over.

const holding = (serverVersion: 176 | 193) => {
  const bench = new ExchangeBench({ commission: () => 1.25 }, serverVersion).quote('AAPL', 200, 200.1);
  const client = bench.client(5);
  client.place(1, named.aapl, buy(9, 'MKT'));
  client.news();
  return client;
};

describe.each([176, 193] as const)(
  'Messages of accounts at server version %i are read whole by @stoqey/ib',
  (version) => {
    it('Positions and the portfolio have every field in their place', () => {
      const client = holding(version);
      const averageCost = 200.1 + 1.25 / 9;
      client.encoder.reqPositions();
      client.encoder.reqPositionsMulti(31, 'DU1', '');
      client.encoder.reqAccountUpdates(true, 'DU1');
      const told = client.news();
      const [position, end, multi, multiEnd] = told;
      expect(position?.name).toBe('position');
      const held = { ...stock, exchange: 'NASDAQ' };
      expect(position?.args).toEqual(['DU1', held, 9, expect.closeTo(averageCost, 8)]);
      expect([end?.name, multiEnd?.name]).toEqual(['positionEnd', 'positionMultiEnd']);
      expect(multi?.args).toEqual([31, 'DU1', '', held, 9, expect.closeTo(averageCost, 8)]);
      const portfolio = told.find(({ name }) => name === 'updatePortfolio')!;
      const { exchange: _, ...contract } = held;
      expect(portfolio.args).toEqual([
        { ...contract, primaryExch: 'NASDAQ' },
        9,
        200.05,
        expect.closeTo(9 * 200.05, 8),
        expect.closeTo(averageCost, 8),
        expect.closeTo(9 * 200.05 - 9 * averageCost, 6),
        0,
        'DU1',
      ]);
      expect(told.slice(-2)).toEqual([
        { name: 'updateAccountTime', args: ['10:00'] },
        { name: 'accountDownloadEnd', args: ['DU1'] },
      ]);
      expect(client.broken).toEqual([]);
    });

    it('Figures of the account and its profit have every field in their place', () => {
      const client = holding(version);
      const cash = (100_000 - 9 * 200.1 - 1.25).toFixed(2);
      client.encoder.reqAccountSummary(21, 'All', 'TotalCashValue,AccountType,$LEDGER');
      client.encoder.reqAccountUpdatesMulti(22, 'DU1', '', true);
      client.encoder.reqPnL(23, 'DU1', '');
      client.encoder.reqPnLSingle(24, 'DU1', '', 265_598);
      const told = client.news();
      expect(told.slice(0, 3)).toEqual([
        { name: 'accountSummary', args: [21, 'DU1', 'AccountType', 'INDIVIDUAL', ''] },
        { name: 'accountSummary', args: [21, 'DU1', 'TotalCashValue', cash, 'USD'] },
        { name: 'accountSummaryEnd', args: [21] },
      ]);
      expect(told).toContainEqual({
        name: 'accountUpdateMulti',
        args: [22, 'DU1', '', 'TotalCashValue', cash, 'USD'],
      });
      // The library gives this id as text.
      expect(told).toContainEqual({ name: 'accountUpdateMultiEnd', args: ['22'] });
      const unrealized = expect.closeTo(9 * (200.05 - 200.1) - 1.25, 8);
      expect(told.slice(-2)).toEqual([
        { name: 'pnl', args: [23, unrealized, unrealized, 0] },
        { name: 'pnlSingle', args: [24, 9, unrealized, unrealized, 0, expect.closeTo(9 * 200.05, 8)] },
      ]);
      expect(client.broken).toEqual([]);
    });
  },
);
