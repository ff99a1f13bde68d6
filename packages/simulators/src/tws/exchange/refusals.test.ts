import type { Contract, Order } from '@stoqey/ib';
import { describe, expect, it } from 'vitest';
import type { TwsExchangeOptions } from './options.js';
import { buy, ExchangeBench, named, sell } from './testing/exchange-bench.js';

const start = (options: Partial<TwsExchangeOptions> = {}) => {
  const bench = new ExchangeBench(options).quote('AAPL', 200, 200.1).quote('EURUSD', 1.1, 1.1001);
  return { bench, client: bench.client() };
};

const limit = (more: Partial<Order> = {}): Partial<Order> => buy(10, 'LMT', { lmtPrice: 199, ...more });
const asset = (more: Partial<Contract>): Contract => ({ ...named.aapl, ...more });

// Codes and texts: IBKR Campus, "Error Codes", where nothing else is said.
const refused: readonly (readonly [string, Contract, Partial<Order>, number])[] = [
  ['an unknown contract', asset({ symbol: 'NOPE' }), limit(), 200],
  ['an ambiguous contract', { ...named.es, lastTradeDateOrContractMonth: '' }, limit(), 200],
  ['a contract without an exchange', asset({ exchange: '' }), limit(), 321],
  [
    'an index',
    { symbol: 'SPX', secType: 'IND', exchange: 'CBOE', currency: 'USD' } as Contract,
    limit(),
    412,
  ],
  ['an account of somebody else', named.aapl, limit({ account: 'DU9' }), 321],
  ['another action than to buy or to sell', named.aapl, limit({ action: 'SSHORT' as never }), 303],
  ['no quantity', named.aapl, limit({ totalQuantity: 0 }), 434],
  [
    'less than the smallest size',
    { symbol: 'BTC', secType: 'CRYPTO', exchange: 'PAXOS', currency: 'USD' } as Contract,
    limit({ totalQuantity: 0.000_01 }),
    388,
  ],
  ['a quantity between two steps', named.aapl, limit({ totalQuantity: 10.000_03 }), 10318],
  ['an order type that nobody knows', named.aapl, limit({ orderType: 'PEG MID' as never }), 387],
  ['an order type that the contract does not take', named.eurusd, buy(50_000, 'MOC', { tif: 'DAY' }), 387],
  ['an algorithm', named.aapl, limit({ algoStrategy: 'Adaptive' }), 387],
  ['a time in force that nobody knows', named.aapl, limit({ tif: 'OPG' as never }), 111],
  ['an order at the close that is not for the day', named.aapl, buy(1, 'MOC', { tif: 'GTC' }), 113],
  ['a stop that must fill at once', named.aapl, sell(1, 'STP', { auxPrice: 190, tif: 'FOK' }), 111],
  ['a limit order without a price', named.aapl, limit({ lmtPrice: undefined as never }), 321],
  ['a price between two ticks', named.aapl, limit({ lmtPrice: 199.005 }), 110],
  ['a stop price between two ticks', named.aapl, sell(1, 'STP', { auxPrice: 190.001 }), 110],
  ['a negative price', named.aapl, limit({ lmtPrice: -1 }), 110],
  ['a trailing stop without a distance', named.aapl, sell(1, 'TRAIL'), 158],
  ['an end that is no time', named.aapl, limit({ tif: 'GTD', goodTillDate: 'tomorrow' }), 337],
  ['an end that has passed', named.aapl, limit({ tif: 'GTD', goodTillDate: '20260114-14:59:59' }), 334],
  ['a what-if order that is not transmitted', named.aapl, limit({ whatIf: true, transmit: false }), 413],
];

describe('Orders that are refused', () => {
  it.each(refused)('%s', (_, contract, order, code) => {
    const { bench, client } = start();
    client.place(1, contract, order);
    const told = client.news();
    expect(told.map(({ name, args }) => [name, args[0], args[1]])).toEqual([['error', 1, code]]);
    expect(bench.truth.orders).toEqual([]);
    // Its id was not used up.
    client.place(1, named.aapl, limit());
    expect(bench.truth.working).toHaveLength(1);
  });

  it('An account must be named where there are several', () => {
    const { bench, client } = start({ accounts: [{ id: 'DU1' }, { id: 'DU2' }] });
    client.place(1, named.aapl, limit());
    client.place(1, named.aapl, limit({ account: 'DU2' }));
    expect(client.news()[0]).toMatchObject({ args: [1, 435, 'You must specify an account.'] });
    expect(bench.truth.working).toMatchObject([{ account: 'DU2' }]);
  });

  it('A contract without permission cannot be traded, nor asked about', () => {
    const { client } = start({ forbidden: ['AAPL'] });
    client.place(1, named.aapl, limit());
    client.place(1, named.aapl, limit({ whatIf: true }));
    expect(client.story()).toEqual(['error 460', 'error 460']);
  });

  it('In read-only mode nothing is placed or cancelled', () => {
    const { client } = start({ readOnly: true });
    client.place(1, named.aapl, limit());
    client.cancel(1);
    expect(client.news().map(({ args }) => [args[1], String(args[2]).includes('Read-Only')])).toEqual([
      [321, true],
      [321, true],
    ]);
  });

  // Source: ib_insync 704 for the text.
  it('What the account cannot carry is rejected with 201, and ends as Inactive', () => {
    const { bench, client } = start({ accounts: [{ id: 'DU1', balance: '1000' }] });
    client.place(1, named.aapl, limit({ totalQuantity: 100 }));
    const [error, ...others] = client.news();
    expect(error).toMatchObject({
      name: 'error',
      args: [
        1,
        201,
        expect.stringMatching(
          /^Order rejected - reason:.*EQUITY WITH LOAN VALUE \[1000\.00 USD\] MUST EXCEED THE INITIAL MARGIN/,
        ),
      ],
    });
    expect(others.map(({ name, args }) => [name, args[1] instanceof Object ? '' : args[1]])).toEqual([
      ['openOrder', ''],
      ['orderStatus', 'Inactive'],
    ]);
    expect(bench.truth.orders).toMatchObject([{ status: 'Inactive', filled: 0 }]);
    client.news();
    client.place(2, named.aapl, limit({ totalQuantity: 100, whatIf: true }));
    expect(client.story()).toEqual(['error 201']);
  });

  it('A position can be closed whatever the margin', () => {
    const { bench, client } = start({ accounts: [{ id: 'DU1', balance: '2100' }] });
    client.place(1, named.aapl, buy(10, 'MKT'));
    bench.quote('AAPL', 1, 1.01);
    client.place(2, named.aapl, sell(10, 'MKT'));
    expect(bench.truth.orders.map(({ status }) => status)).toEqual(['Filled', 'Filled']);
  });

  it('A control refuses the next order only, as it is told', () => {
    const { bench, client } = start();
    bench.exchange.controls.refuseNext(203, 'The security is not available or allowed for this account.');
    client.place(1, named.aapl, limit());
    bench.exchange.controls.refuseNext(201, 'Order rejected - reason:test');
    client.place(2, named.aapl, limit());
    client.place(3, named.aapl, limit());
    expect(client.story().filter((one) => one.startsWith('error'))).toEqual(['error 203', 'error 201']);
    expect(bench.truth.orders.map(({ status }) => status)).toEqual(['Inactive', 'Submitted']);
  });
});

describe('Order ids', () => {
  it('An id below the highest that was used is a duplicate', () => {
    const { bench, client } = start();
    client.place(7, named.aapl, limit());
    client.news();
    client.place(5, named.aapl, limit());
    expect(client.news()).toMatchObject([{ args: [5, 103, 'Duplicate order id'] }]);
    expect(bench.truth.orders).toHaveLength(1);
  });

  it('The id of an order that has ended is not used again', () => {
    const { client } = start();
    client.place(1, named.aapl, limit());
    client.cancel(1);
    client.place(2, named.aapl, buy(1, 'MKT'));
    client.news();
    client.place(1, named.aapl, limit());
    client.place(2, named.aapl, buy(1, 'MKT'));
    expect(client.story()).toEqual(['error 103', 'error 104']);
  });

  it('Each client has ids of its own; permanent ids are unique', () => {
    const { bench, client } = start();
    const other = bench.client(2);
    client.place(1, named.aapl, limit());
    other.place(1, named.aapl, limit());
    expect(bench.truth.working.map(({ clientId, orderId }) => [clientId, orderId])).toEqual([
      [1, 1],
      [2, 1],
    ]);
    const [first, second] = bench.truth.working.map(({ permId }) => permId);
    expect(second).toBeGreaterThan(first!);
  });

  it('Zero is no id', () => {
    const { client } = start();
    client.place(0, named.aapl, limit());
    // Source: stoqey/ib 203.
    expect(client.news()).toMatchObject([{ args: [0, 10149, 'Invalid order id: 0'] }]);
  });

  it('A what-if order leaves no order and uses no id', () => {
    const { bench, client } = start();
    client.place(1, named.aapl, limit({ whatIf: true }));
    expect(client.story()).toEqual(['openOrder PreSubmitted']);
    expect(bench.exchange.nextOrderId(1)).toBe(1);
    expect(bench.truth.orders).toEqual([]);
  });
});

describe('Changes of a live order that are refused leave it as it was', () => {
  it.each([
    ['another side', named.aapl, sell(10, 'LMT', { lmtPrice: 199 }), 105],
    ['another contract', named.spy, limit(), 105],
    ['another type', named.aapl, buy(10, 'MKT'), 329],
    ['a price between two ticks', named.aapl, limit({ lmtPrice: 198.001 }), 110],
    ['more than the account carries', named.aapl, limit({ totalQuantity: 100_000 }), 201],
    ['less than has filled', named.aapl, limit({ totalQuantity: 3 }), 201],
  ] as const)('%s', (_, contract, order, code) => {
    const { bench, client } = start();
    bench.exchange.controls.depth(4);
    client.place(1, named.aapl, limit({ lmtPrice: 200.1 }));
    client.news();
    client.place(1, contract, order);
    expect(client.story()).toEqual([`error ${code}`]);
    expect(bench.truth.working).toMatchObject([
      { quantity: 10, filled: 4, limitPrice: 200.1, status: 'Submitted' },
    ]);
  });
});
