import { describe, expect, it } from 'vitest';
import { FieldReader } from '../../wire/field-reader.js';
import { buy, ExchangeBench, named, sell, T0 } from '../testing/exchange-bench.js';
import { completed, late, latest, open, order, stock } from '../testing/expected-order.js';

// The layouts are those that the decoder of @stoqey/ib reads: it reports what is missing and what is left over of a message.

const versions = [176, 193] as const;

const scene = (serverVersion: 176 | 178 | 193) => {
  const bench = new ExchangeBench({ commission: () => 1.25 }, serverVersion).quote('AAPL', 200, 200.1);
  const client = bench.client(5);
  client.place(1, named.aapl, buy(9, 'MKT', { orderRef: 'ref-1' }));
  const told = client.news();
  client.place(2, named.aapl, {
    ...sell(7, 'STP LMT', { auxPrice: 150.25, lmtPrice: 148.5 }),
    tif: 'GTD' as never,
    goodTillDate: order.goodTillDate,
    ocaGroup: 'pair',
    ocaType: 2,
    openClose: 'O',
    orderRef: 'ref-2',
    outsideRth: true,
  });
  return { bench, client, told };
};

describe.each(versions)('Messages of server version %i are read whole by @stoqey/ib', (version) => {
  it('An open order has every field in its place', () => {
    const { client } = scene(version);
    const { name, args } = client.news()[0]!;
    expect(client.broken).toEqual([]);
    expect(name).toBe('openOrder');
    expect(args[0]).toBe(2);
    expect(args[1]).toEqual({ ...stock, exchange: 'SMART', comboLegsDescription: '' });
    expect(args[2]).toEqual({
      ...order,
      ...open,
      ...(version === 176 ? { faProfile: '' } : { ...late, ...latest }),
    });
    expect(args[3]).toEqual({
      status: 'PreSubmitted',
      commissionCurrency: '',
      warningText: '',
    });
  });

  it('A what-if order tells margin before, its change, after, and the commission', () => {
    const { client } = scene(version);
    client.news();
    // NetLiquidation: 100000 - 9 * 200.1 - 1.25 paid, and 9 shares worth 200.05 each.
    const equity = 100_000 - 9 * 200.1 - 1.25 + 9 * 200.05;
    const margin = marginRateOf('AAPL') * 200.05;
    client.place(9, named.aapl, buy(3, 'MKT', { whatIf: true }));
    const [answer, ...others] = client.news();
    expect(others).toEqual([]);
    expect(answer?.args[2]).toMatchObject({ orderId: 9, permId: 0, whatIf: true });
    const near = (amount: number): unknown => expect.closeTo(amount, 1);
    expect(answer?.args[3]).toEqual({
      status: 'PreSubmitted',
      initMarginBefore: near(9 * margin),
      maintMarginBefore: near(0.9 * 9 * margin),
      equityWithLoanBefore: near(equity),
      initMarginChange: near(3 * margin),
      maintMarginChange: near(0.9 * 3 * margin),
      equityWithLoanChange: near(-1.25),
      initMarginAfter: near(12 * margin),
      maintMarginAfter: near(0.9 * 12 * margin),
      equityWithLoanAfter: near(equity - 1.25),
      commission: 1.25,
      minCommission: undefined,
      maxCommission: undefined,
      commissionCurrency: 'USD',
      warningText: '',
    });
  });

  it('Status, execution and commission have every field in its place', () => {
    const { told } = scene(version);
    const named = (name: string): readonly unknown[] => told.filter((one) => one.name === name).at(-1)!.args;
    expect(named('orderStatus')).toEqual([1, 'Filled', 9, 0, 200.1, 1_438_599_001, 0, 200.1, 5, '', 0]);
    expect(named('execDetails')).toEqual([
      -1,
      { ...stock, exchange: 'NASDAQ' },
      {
        orderId: 1,
        execId: '0000e0d5.00000001.01.01',
        time: '20260114 10:00:00 US/Eastern',
        acctNumber: 'DU1',
        exchange: 'NASDAQ',
        side: 'BOT',
        shares: 9,
        price: 200.1,
        permId: 1_438_599_001,
        clientId: 5,
        liquidation: 0,
        cumQty: 9,
        avgPrice: 200.1,
        orderRef: 'ref-1',
        evRule: '',
        evMultiplier: 0,
        modelCode: '',
        lastLiquidity: 2,
        ...(version >= 178 ? { pendingPriceRevision: false } : {}),
      },
    ]);
    expect(named('commissionReport')).toEqual([
      {
        execId: '0000e0d5.00000001.01.01',
        commission: 1.25,
        currency: 'USD',
        realizedPNL: undefined,
        yield: undefined,
        yieldRedemptionDate: 0,
      },
    ]);
  });

  it('The order that was sent is the order that arrived', () => {
    const { client } = scene(version);
    client.news();
    client.place(3, named.es, {
      ...buy(2, 'TRAIL', { auxPrice: 10, trailStopPrice: 6000 }),
      parentId: 2,
      account: 'DU1',
    });
    client.encoder.reqOpenOrders();
    const found = client.news().find(({ name, args }) => name === 'openOrder' && args[0] === 3);
    expect(found?.args).toMatchObject([
      3,
      {
        symbol: 'ES',
        secType: 'FUT',
        lastTradeDateOrContractMonth: '20260320',
        multiplier: 50,
        exchange: 'CME',
      },
      {
        action: 'BUY',
        totalQuantity: 2,
        orderType: 'TRAIL',
        auxPrice: 10,
        trailStopPrice: 6000,
        parentId: 2,
      },
      { status: 'PreSubmitted' },
    ]);
  });
});

it('A completed order has every field in its place at server version 193', () => {
  const { client, bench } = scene(193);
  bench.exchange.controls.depth(3);
  bench.quote('AAPL', 150, 150.1).pass(1_000);
  client.cancel(2);
  client.news();
  client.encoder.reqCompletedOrders(false);
  const [first, second, end] = client.news();
  expect(client.broken).toEqual([]);
  expect(first?.args[1]).toMatchObject({ orderType: 'MKT', filledQuantity: 9, orderRef: 'ref-1' });
  expect(second?.args[0]).toEqual({ ...stock, exchange: 'SMART', comboLegsDescription: '' });
  const { orderId: _, clientId: __, ...told } = order;
  expect(second?.args[1]).toEqual({
    ...told,
    ...completed,
    ...late,
  });
  expect(second?.args[2]).toEqual({
    status: 'Cancelled',
    completedTime: '20260114 10:00:01 US/Eastern',
    completedStatus: 'Cancelled by Trader',
  });
  expect(end).toEqual({ name: 'completedOrdersEnd', args: [] });
});

// The library does not read faProfile of completed orders (its readFAParams asks the message's version, not the server's), and then
// reads all that follows one field too early. ib_async reads it as it is written here.
it('A completed order of server version 176 has faProfile behind faPercentage, and nothing that came later', () => {
  const [before, after] = ([176, 178] as const).map((version) => {
    const { client, bench: of } = scene(version);
    const sent: (readonly unknown[])[] = [];
    client.send = (fields) => void sent.push(fields);
    of.exchange.handlers[99]!(client, new FieldReader(['0']));
    return sent[0]!;
  });
  const faProfile = 1 + 11 + 11 + 5 + 3;
  expect(before?.[faProfile]).toBe('');
  expect(before?.filter((_, index) => index !== faProfile)).toEqual(after);
});

const marginRateOf = (name: string): number => new ExchangeBench().book.named(name).marginRate;

it('The scene is set on a day on which all markets are open', () => {
  expect(new Date(T0).toUTCString()).toBe('Wed, 14 Jan 2026 15:00:00 GMT');
});
