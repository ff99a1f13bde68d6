import { describe, expect, it } from 'vitest';
import { type BenchClient, buy, ExchangeBench, named, sell, statusesOf } from './testing/exchange-bench.js';

const openOrders = (client: BenchClient): readonly (readonly unknown[])[] =>
  client
    .news()
    .filter(({ name }) => name === 'openOrder')
    .map(({ args }) => [
      (args[2] as { clientId: number }).clientId,
      args[0],
      (args[2] as { orderRef: string }).orderRef,
    ]);

const start = () => {
  const bench = new ExchangeBench({ masterClientId: 9 }).quote('AAPL', 200, 200.1);
  return {
    bench,
    amy: bench.client(1),
    bob: bench.client(2),
    zero: bench.client(0),
    master: bench.client(9),
  };
};

const limit = (orderRef: string) => buy(1, 'LMT', { lmtPrice: 199, orderRef });

// Source: IBKR Campus, "Requesting Currently Active Orders" and "Order Binding Notification".
describe('Orders of several clients', () => {
  it('A client is told of its own orders only; the master client of all', () => {
    const { bench, amy, bob, master } = start();
    amy.place(1, named.aapl, limit('a'));
    bench.quote('AAPL', 198, 198.5);
    expect(bob.told).toEqual([]);
    expect(statusesOf(amy)).toEqual(statusesOf(master));
  });

  it('Open orders are a client’s own; all open orders are everybody’s, by the ids that their clients gave them', () => {
    const { bench, amy, bob } = start();
    amy.place(4, named.aapl, limit('a'));
    bob.place(7, named.aapl, limit('b'));
    bench.exchange.controls.byHand('AAPL', { action: 'BUY', quantity: 1, type: 'LMT', limitPrice: 198 });
    amy.news();
    amy.encoder.reqOpenOrders();
    expect(openOrders(amy)).toEqual([[1, 4, 'a']]);
    amy.encoder.reqAllOpenOrders();
    expect(openOrders(amy)).toEqual([
      [1, 4, 'a'],
      [2, 7, 'b'],
      [0, 0, ''],
    ]);
  });

  it('Nobody cancels another client’s order', () => {
    const { bench, amy, bob } = start();
    amy.place(4, named.aapl, limit('a'));
    bob.cancel(4);
    expect(bob.news()).toMatchObject([
      { args: [4, 10147, 'OrderId 4 that needs to be cancelled is not found.'] },
    ]);
    expect(bench.truth.working).toHaveLength(1);
  });

  it('A global cancel ends the orders of all clients and those made by hand', () => {
    const { bench, amy, bob } = start();
    amy.place(4, named.aapl, limit('a'));
    bench.exchange.controls.byHand('AAPL', { action: 'BUY', quantity: 1, type: 'LMT', limitPrice: 198 });
    bob.encoder.reqGlobalCancel({});
    expect(bench.truth.orders.map(({ status }) => status)).toEqual(['Cancelled', 'Cancelled']);
    expect(amy.story()).toContain('error 202');
  });

  it('Client 0 takes over orders made by hand when it asks for open orders, by negative ids, and can cancel them', () => {
    const { bench, zero } = start();
    const permId = bench.exchange.controls.byHand('AAPL', {
      action: 'BUY',
      quantity: 1,
      type: 'LMT',
      limitPrice: 198,
    });
    expect(zero.told).toEqual([]);
    zero.encoder.reqOpenOrders();
    expect(zero.news().map(({ name, args }) => [name, args[0]])).toEqual([
      ['orderBound', permId],
      ['openOrder', -1],
      ['orderStatus', -1],
      ['openOrderEnd', undefined],
    ]);
    zero.cancel(-1);
    expect(bench.truth.working).toEqual([]);
  });

  it('Client 0 is given new orders made by hand once it has asked for them; others may not ask', () => {
    const { bench, amy, zero } = start();
    amy.encoder.reqAutoOpenOrders(true);
    expect(amy.news().map(({ args }) => args[0])).toEqual([327]);
    zero.encoder.reqAutoOpenOrders(true);
    bench.exchange.controls.byHand('AAPL', { action: 'SELL', quantity: 3 });
    expect(zero.story()).toEqual([
      'orderBound',
      'openOrder PreSubmitted',
      'PreSubmitted',
      'execDetails',
      'openOrder Filled',
      'Filled',
      'Filled',
      'commissionReport',
    ]);
  });

  it('A client that comes back is told its open orders, and hears of them again', () => {
    const { bench, amy } = start();
    amy.place(4, named.aapl, limit('a'));
    amy.end();
    const again = bench.client(1);
    bench.exchange.onStart(again);
    expect(openOrders(again)).toEqual([[1, 4, 'a']]);
    bench.quote('AAPL', 198, 198.5);
    expect(again.story()).toContain('execDetails');
  });

  it('A person can cancel any order', () => {
    const { bench, amy } = start();
    amy.place(4, named.aapl, limit('a'));
    bench.exchange.controls.cancelByHand(bench.truth.working[0]!.permId);
    expect(amy.story()).toContain('error 202');
  });
});

// Source: IBKR Campus, "Request Execution Details" and "ExecID Behavior".
describe('Executions and completed orders', () => {
  const asked = (client: BenchClient, filter = {}): readonly (readonly unknown[])[] => {
    client.news();
    client.encoder.reqExecutions(77, filter);
    const told = client.news();
    expect(told.at(-1)).toEqual({ name: 'execDetailsEnd', args: [77] });
    return told
      .filter(({ name }) => name === 'execDetails')
      .map(({ args }) => [args[0], (args[2] as { orderRef: string }).orderRef]);
  };

  const traded = () => {
    const all = start();
    const { bench, amy, bob } = all;
    bench.quote('ES', 5000, 5000.25);
    amy.place(1, named.aapl, buy(1, 'MKT', { orderRef: 'a' }));
    bench.pass(60_000);
    bob.place(1, named.es, sell(1, 'MKT', { orderRef: 'b' }));
    return all;
  };

  it('Whoever asks is told of all clients’ executions of the day, each with its commission', () => {
    const { bench, amy } = traded();
    bench.exchange.controls.byHand('AAPL', { action: 'SELL', quantity: 1 });
    amy.news();
    amy.encoder.reqExecutions(3, {});
    expect(amy.story()).toEqual([
      ...Array(3).fill(['execDetails', 'commissionReport']).flat(),
      'execDetailsEnd',
    ]);
  });

  it.each([
    [{ clientId: '2' }, ['b']],
    [{ symbol: 'ES' }, ['b']],
    [{ secType: 'STK' }, ['a']],
    [{ side: 'SELL' }, ['b']],
    [{ exchange: 'CME' }, ['b']],
    [{ acctCode: 'DU2' }, []],
    [{ time: '20260114-15:00:30' }, ['b']],
    [{ time: '20260114 10:00:30 US/Eastern' }, ['b']],
  ])('They can be asked for by %j', (filter, refs) => {
    const { amy } = traded();
    expect(asked(amy, filter)).toEqual(refs.map((ref) => [77, ref]));
  });

  it('After midnight they are gone, as are the completed orders of the day', () => {
    const { bench, amy } = traded();
    bench.pass(14 * 3_600_000);
    expect(asked(amy)).toEqual([]);
    amy.encoder.reqCompletedOrders(false);
    expect(amy.story()).toEqual(['completedOrdersEnd']);
  });

  it('Completed orders are everybody’s; those made by hand are left out where only the API’s are wanted', () => {
    const { bench, amy } = traded();
    bench.exchange.controls.byHand('AAPL', { action: 'SELL', quantity: 1 });
    const counts = [false, true].map((apiOnly) => {
      amy.news();
      amy.encoder.reqCompletedOrders(apiOnly);
      return amy.news().length - 1;
    });
    expect(counts).toEqual([3, 2]);
  });

  it('A correction is told with the last part of the id one higher, and moves position and cash', () => {
    const { bench, amy } = start();
    amy.place(1, named.aapl, buy(10, 'MKT'));
    amy.place(2, named.aapl, sell(10, 'MKT'));
    const [first] = bench.truth.executions;
    amy.news();
    const id = bench.exchange.controls.correctExecution(first!.execId, { price: 199.1, quantity: 8 });
    expect(id).toBe('0000e0d5.00000001.01.02');
    expect(amy.news()).toMatchObject([
      { name: 'execDetails', args: [-1, {}, { execId: id, price: 199.1, shares: 8, side: 'BOT' }] },
      { name: 'commissionReport', args: [{ execId: id }] },
    ]);
    expect(bench.truth.positions).toMatchObject([{ quantity: -2, averagePrice: 200 }]);
    expect(bench.truth.cash.DU1).toBe(100_000 - 8 * 199.1 + 10 * 200);
    expect(asked(amy)).toHaveLength(2);
  });

  it('Executions can be told twice', () => {
    const { bench, amy } = start();
    bench.exchange.controls.duplicateExecutions();
    amy.place(1, named.aapl, buy(1, 'MKT'));
    amy.place(2, named.aapl, buy(1, 'MKT'));
    const ids = amy.told
      .filter(({ name }) => name === 'execDetails')
      .map(({ args }) => (args[2] as { execId: string }).execId);
    expect(ids).toEqual(['0000e0d5.00000001.01.01', '0000e0d5.00000001.01.01', '0000e0d5.00000002.01.01']);
  });
});
