import { describe, expect, it } from 'vitest';
import { fixedCommission } from './commission.js';
import { type BenchClient, buy, ExchangeBench, named, sell } from './testing/exchange-bench.js';

const realizedOf = (client: BenchClient): readonly unknown[] =>
  client
    .news()
    .filter(({ name }) => name === 'commissionReport')
    .map(({ args }) => (args[0] as { realizedPNL?: number }).realizedPNL);

const value = (client: BenchClient, key: string): string | undefined => {
  client.news();
  client.encoder.reqAccountUpdatesMulti(1, 'DU1', '', true);
  client.encoder.cancelAccountUpdatesMulti(1);
  return client.news().find(({ args }) => args[3] === key)?.args[4] as string | undefined;
};

describe('Money', () => {
  // Source: TWS API, `updatePortfolio`: cost is execution price and commission; realized profit counts the commissions of both sides.
  it('Average cost holds the commission, and realized profit those of opening and closing', () => {
    const bench = new ExchangeBench({ commission: (_, quantity) => quantity * 0.1 }).quote('AAPL', 200, 200);
    const client = bench.client();
    client.place(1, named.aapl, buy(10, 'MKT'));
    client.encoder.reqPositions();
    expect(client.told.find(({ name }) => name === 'position')?.args[3]).toBeCloseTo(200.1, 8);
    client.news();
    bench.quote('AAPL', 210, 210);
    client.place(2, named.aapl, sell(4, 'MKT'));
    expect(realizedOf(client)).toEqual([expect.closeTo(4 * (210 - 0.1 - 200.1), 8)]);
    client.place(3, named.aapl, sell(10, 'MKT'));
    // Six of the ten close; four begin a short holding of its own.
    expect(realizedOf(client)).toEqual([expect.closeTo(6 * (210 - 0.1 - 200.1), 8)]);
    client.encoder.reqPositions();
    expect(client.told.find(({ name }) => name === 'position')?.args.slice(2)).toEqual([
      -4,
      expect.closeTo(209.9, 8),
    ]);
  });

  it('A trade that only opens says that nothing is realized', () => {
    const bench = new ExchangeBench().quote('AAPL', 200, 200);
    const client = bench.client();
    client.place(1, named.aapl, buy(10, 'MKT'));
    expect(realizedOf(client)).toEqual([undefined]);
  });

  it('Stocks are paid for, futures settle their profit: cash and net liquidation', () => {
    const bench = new ExchangeBench({ commission: () => 2 }).quote('AAPL', 200, 200).quote('ES', 5000, 5000);
    const client = bench.client();
    client.place(1, named.aapl, buy(10, 'MKT'));
    client.place(2, named.es, buy(2, 'MKT'));
    expect(bench.truth.cash).toEqual({ DU1: 100_000 - 2_000 - 2 - 2 });
    bench.quote('AAPL', 210, 210).quote('ES', 5010, 5010);
    expect(value(client, 'NetLiquidation')).toBe((100_000 - 4 + 10 * 10 + 2 * 50 * 10).toFixed(2));
    client.place(3, named.es, sell(2, 'MKT'));
    expect(bench.truth.cash).toEqual({ DU1: 97_996 + 2 * 50 * 10 - 2 });
    expect(value(client, 'RealizedPnL')).toBe((1_000 - 4).toFixed(2));
  });

  it('Profit in another currency comes into the account at the rate of the pair', () => {
    const bench = new ExchangeBench({ accounts: [{ id: 'DU1', currency: 'EUR', balance: '50000' }] });
    bench.quote('EURUSD', 1.25, 1.25).quote('ES', 5000, 5000);
    const client = bench.client();
    client.place(1, named.es, buy(1, 'MKT'));
    bench.quote('ES', 5010, 5010);
    client.place(2, named.es, sell(1, 'MKT'));
    expect(bench.truth.cash).toEqual({ DU1: 50_000 + 500 / 1.25 });
  });

  it('Without a rate an order is rejected', () => {
    const bench = new ExchangeBench({ accounts: [{ id: 'DU1', currency: 'EUR' }] }).quote('ES', 5000, 5000);
    const client = bench.client();
    client.place(1, named.es, buy(1, 'MKT'));
    expect(client.news()[0]).toMatchObject({ args: [1, 201, expect.stringContaining('USD')] });
  });

  // Source: Interactive Brokers, fixed commissions of US stocks: 0.005 a share, at least 1 an order, at most 1 % of the trade value.
  it.each([
    [100, 200, 1],
    [1_000, 50, 5],
    [10, 0.5, 0.05],
  ])('%i shares at %d cost %d', (quantity, price, commission) => {
    const { book } = new ExchangeBench();
    expect(fixedCommission(book.named('AAPL'), quantity, quantity * price)).toBeCloseTo(commission, 8);
  });

  it('The least commission is charged once an order', () => {
    const bench = new ExchangeBench({ commission: fixedCommission }).quote('AAPL', 200, 200);
    bench.exchange.controls.depth(60);
    const client = bench.client();
    client.place(1, named.aapl, buy(120, 'MKT'));
    bench.quote('AAPL', 200, 200);
    expect(bench.truth.executions.map(({ commission }) => commission)).toEqual([1, 0]);
  });
});

describe('What is followed', () => {
  const names = (client: BenchClient): readonly string[] => [
    ...new Set(client.news().map(({ name }) => name)),
  ];
  const follow: readonly (readonly [string, (client: BenchClient) => void, (client: BenchClient) => void])[] =
    [
      ['position', (c) => c.encoder.reqPositions(), (c) => c.encoder.cancelPositions()],
      [
        'positionMulti',
        (c) => c.encoder.reqPositionsMulti(5, 'DU1', ''),
        (c) => c.encoder.cancelPositionsMulti(5),
      ],
      [
        'updateAccountValue',
        (c) => c.encoder.reqAccountUpdates(true, ''),
        (c) => c.encoder.reqAccountUpdates(false, ''),
      ],
      [
        'accountUpdateMulti',
        (c) => c.encoder.reqAccountUpdatesMulti(5, 'DU1', '', false),
        (c) => c.encoder.cancelAccountUpdatesMulti(5),
      ],
      ['pnl', (c) => c.encoder.reqPnL(5, 'DU1', ''), (c) => c.encoder.cancelPnL(5)],
      [
        'pnlSingle',
        (c) => c.encoder.reqPnLSingle(5, 'DU1', '', 265_598),
        (c) => c.encoder.cancelPnLSingle(5),
      ],
    ];

  it.each(follow)('%s is told again when a position changes, until it is cancelled', (name, ask, cancel) => {
    const bench = new ExchangeBench({ commission: () => 1 }).quote('AAPL', 200, 200.1);
    const [client, trader] = [bench.client(1), bench.client(2)];
    ask(client);
    client.news();
    trader.place(1, named.aapl, buy(1, 'MKT'));
    expect(names(client)).toContain(name);
    cancel(client);
    trader.place(2, named.aapl, buy(1, 'MKT'));
    expect(names(client)).toEqual([]);
  });

  it('Profit is told about once a second, where it has changed', () => {
    const bench = new ExchangeBench().quote('AAPL', 200, 200);
    const client = bench.client();
    client.place(1, named.aapl, buy(10, 'MKT'));
    client.encoder.reqPnL(5, 'DU1', '');
    client.news();
    bench.quote('AAPL', 201, 201).quote('AAPL', 202, 202).pass(1_000).pass(1_000);
    expect(client.news()).toEqual([{ name: 'pnl', args: [5, 20, 20, 0] }]);
  });

  it('The summary tells what has changed every three minutes, and takes two requests', () => {
    const bench = new ExchangeBench().quote('AAPL', 200, 200);
    const client = bench.client();
    client.encoder.reqAccountSummary(1, 'All', 'NetLiquidation,TotalCashValue');
    client.encoder.reqAccountSummary(2, 'All', 'NetLiquidation');
    client.encoder.reqAccountSummary(3, 'All', 'NetLiquidation');
    expect(client.news().at(-1)?.args.slice(0, 2)).toEqual([3, 322]);
    client.encoder.cancelAccountSummary(2);
    client.place(1, named.aapl, buy(10, 'MKT'));
    client.news();
    bench.pass(179_000);
    expect(client.news()).toEqual([]);
    bench.pass(1_000);
    expect(client.news()).toEqual([
      { name: 'accountSummary', args: [1, 'DU1', 'TotalCashValue', '98000.00', 'USD'] },
    ]);
  });

  it('A connection that has gone is told nothing, and leaves no timer behind', () => {
    const bench = new ExchangeBench().quote('AAPL', 200, 200.1);
    const client = bench.client();
    client.encoder.reqPnL(5, 'DU1', '');
    client.end();
    client.news();
    bench.client(2).place(1, named.aapl, buy(1, 'MKT'));
    bench.pass(5_000);
    expect(client.news()).toEqual([]);
  });
});
