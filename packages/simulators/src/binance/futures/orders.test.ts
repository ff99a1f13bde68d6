import { describe, expect, it } from 'vitest';
import { type Fields, type FuturesBench, futuresBench, limit, market, nameOf } from './testing/bench.js';

const ORDER = '/fapi/v1/order';
const POST = `POST ${ORDER}`;
const orderOf = (event: Fields | undefined): Fields => event?.o as Fields;
const named = (name: string): Readonly<Record<string, string>> => ({
  symbol: 'BTCUSDT',
  origClientOrderId: name,
});

const quoted = (options?: Parameters<typeof futuresBench>[0]): FuturesBench => {
  const bench = futuresBench(options);
  bench.quote(50_000);
  return bench;
};

describe('A market order of the futures exchange', () => {
  it('is told as new, then its trade, with the account before the order', () => {
    const bench = quoted();
    const answer = bench.get(POST, market('BUY', { newClientOrderId: 'm-1' }));
    // Page "New Order": an ACK tells of the order as it was taken.
    expect(answer).toMatchObject({
      status: 'NEW',
      executedQty: '0.000',
      clientOrderId: 'm-1',
      type: 'MARKET',
    });
    const news = bench.news();
    expect(news.map(nameOf)).toEqual([
      'ORDER_TRADE_UPDATE NEW NEW',
      'TRADE_LITE',
      'ACCOUNT_UPDATE ORDER',
      'ORDER_TRADE_UPDATE TRADE FILLED',
    ]);
    // 0.1 x 50000.1 x 0.05 % = 2.500005
    const trade = { l: '0.1', z: '0.1', L: '50000.1', n: '2.500005', N: 'USDT', rp: '0', m: false, er: '0' };
    expect(orderOf(news[3])).toMatchObject(trade);
    expect((news[2] as { a: Fields }).a).toMatchObject({
      B: [{ a: 'USDT', wb: '9997.49999500', cw: '9997.49999500', bc: '0' }],
      P: [{ s: 'BTCUSDT', pa: '0.1', ep: '50000.1', ps: 'BOTH', mt: 'cross', iw: '0' }],
    });
  });

  it('is answered with its final state when the answer is to be a RESULT (page "New Order")', () => {
    const answer = quoted().get(POST, market('SELL', { newOrderRespType: 'RESULT' }));
    const filled = { status: 'FILLED', executedQty: '0.100', cumQty: '0.100', avgPrice: '50000.00000' };
    expect(answer).toMatchObject(filled);
  });

  it('has every field that the page "Event: Order Update" lists for an order without a trail', () => {
    const bench = quoted();
    bench.get(POST, market('BUY'));
    const fields =
      's c S o f q p ap sp x X i l z L N n T t b a m R wt ot ps cp pP si ss rp V pm gtd er'.split(' ');
    const told = Object.entries(orderOf(bench.news()[0])).filter(([, value]) => value !== undefined);
    expect(told.map(([key]) => key).sort()).toEqual(fields.sort());
  });

  it('expires with reason 9 for what the depth of the quote does not give (page "Event: Order Update")', () => {
    const bench = quoted();
    bench.exchange.depth('BTCUSDT', 0.04);
    bench.quote(50_000);
    bench.get(POST, market('BUY'));
    const news = bench.news();
    expect(nameOf(news.at(-1)!)).toBe('ORDER_TRADE_UPDATE EXPIRED EXPIRED');
    expect(orderOf(news.at(-1))).toMatchObject({ er: '9', z: '0.04', q: '0.1' });
  });
});

describe('A limit order of the futures exchange', () => {
  it('rests, trades in parts as the depth allows, and is a maker', () => {
    const bench = quoted();
    bench.get(POST, limit('BUY', '49000.0', { newClientOrderId: 'l-1' }));
    expect(bench.news().map(nameOf)).toEqual(['ORDER_TRADE_UPDATE NEW NEW']);
    bench.exchange.depth('BTCUSDT', 0.06);
    bench.quote(48_990, 49_000);
    const open = {
      status: 'PARTIALLY_FILLED',
      executedQty: '0.060',
      avgPrice: '49000.00000',
      price: '49000.00',
    };
    expect(bench.list('GET /fapi/v1/openOrders')).toMatchObject([open]);
    bench.quote(48_980, 48_990);
    const last = orderOf(bench.news().at(-1));
    // The second part gets the better price of its quote. Fee of a maker: 48990 x 0.04 x 0.02 % = 0.39192
    expect(last).toMatchObject({ X: 'FILLED', l: '0.04', L: '48990', m: true, n: '0.39192', ap: '48996' });
    expect(bench.list('GET /fapi/v1/openOrders')).toEqual([]);
    expect(bench.list('GET /fapi/v1/userTrades', { symbol: 'BTCUSDT' })).toMatchObject([
      {
        qty: '0.060',
        price: '49000.00',
        maker: true,
        buyer: true,
        quoteQty: '2940',
        realizedPnl: '0.00000000',
      },
      { qty: '0.040', price: '48990.00', maker: true, commission: '0.39192000', commissionAsset: 'USDT' },
    ]);
  });

  it.each([['IOC', 'reason 2 when immediate or cancel finds nothing', { status: 'EXPIRED' }, '2']])(
    '%s ends with %s (page "Event: Order Update")',
    (timeInForce, _, answer, reason) => {
      const bench = quoted();
      const order = limit('BUY', '49000.0', { timeInForce, newOrderRespType: 'RESULT' });
      expect(bench.get(POST, order)).toMatchObject(answer);
      const news = bench.news();
      expect(news.map(nameOf)).toEqual(['ORDER_TRADE_UPDATE NEW NEW', 'ORDER_TRADE_UPDATE EXPIRED EXPIRED']);
      expect(orderOf(news[1])).toMatchObject({ er: reason });
    },
  );

  it('that must fill at once and cannot is -5021; one that must be a maker and is not is -5022; neither was ever there', () => {
    const bench = quoted();
    const [fok] = bench.refusal(POST, limit('BUY', '49000.0', { timeInForce: 'FOK', newClientOrderId: 'f' }));
    const [gtx] = bench.refusal(POST, limit('BUY', '50000.1', { timeInForce: 'GTX', newClientOrderId: 'g' }));
    expect([fok, gtx]).toEqual([-5021, -5022]);
    expect(bench.news()).toEqual([]);
    expect(bench.refusal(`GET ${ORDER}`, named('f'))).toEqual([-2013, 'Order does not exist.']);
    expect(bench.get(POST, limit('BUY', '50000.0', { timeInForce: 'GTX' }))).toMatchObject({ status: 'NEW' });
  });

  it('that is good till a date ends then, and the date must be 600 s ahead (error -5040); milliseconds do not count', () => {
    const bench = quoted();
    const till = (ms: number): Readonly<Record<string, string>> =>
      limit('BUY', '49000.0', { timeInForce: 'GTD', goodTillDate: String(bench.now() + ms) });
    expect(bench.refusal(POST, till(600_000))[0]).toBe(-5040);
    expect(bench.refusal(POST, limit('BUY', '49000.0', { timeInForce: 'GTD' }))[0]).toBe(-1102);
    const { goodTillDate } = bench.get(POST, till(602_500));
    expect(Number(goodTillDate) % 1000).toBe(0);
    bench.news();
    bench.pass(Number(goodTillDate) - bench.now() - 1);
    expect(bench.news()).toEqual([]);
    bench.pass(1);
    expect(bench.news().map(nameOf)).toEqual(['ORDER_TRADE_UPDATE EXPIRED EXPIRED']);
  });

  it('is cancelled once: then it is unknown (error -2011), and found by a query', () => {
    const bench = quoted();
    bench.get(POST, limit('SELL', '51000.0', { newClientOrderId: 'c-1' }));
    expect(bench.get(`DELETE ${ORDER}`, named('c-1'))).toMatchObject({
      status: 'CANCELED',
      origQty: '0.100',
    });
    expect(bench.refusal(`DELETE ${ORDER}`, named('c-1'))).toEqual([-2011, 'Unknown order sent.']);
    expect(bench.get(`GET ${ORDER}`, named('c-1'))).toMatchObject({ status: 'CANCELED', type: 'LIMIT' });
    expect(bench.refusal('GET /fapi/v1/openOrder', named('c-1'))[0]).toBe(-2013);
  });

  it('keeps its client id to itself while it is open only (page "New Order": unique among open orders)', () => {
    const bench = quoted();
    const order = limit('BUY', '49000.0', { newClientOrderId: 'same' });
    const first = bench.get(POST, order);
    expect(bench.refusal(POST, order)[0]).toBe(-4116);
    bench.get(`DELETE ${ORDER}`, named('same'));
    const second = bench.get(POST, order);
    expect(second.orderId).not.toBe(first.orderId);
    expect(bench.get(`GET ${ORDER}`, named('same')).orderId).toBe(second.orderId);
  });

  it('has ids that go beyond 2^53 unharmed', () => {
    const bench = quoted({ firstIds: { order: 2n ** 53n + 1n } });
    const { orderId } = bench.get(POST, limit('BUY', '49000.0'));
    expect(orderId).toBe(9_007_199_254_740_993n);
    const found = bench.get(`GET ${ORDER}`, { symbol: 'BTCUSDT', orderId: '9007199254740993' });
    expect(found.orderId).toBe(orderId);
  });

  it('is forgotten after three days when it ended without a trade, else after ninety (page "Query Order")', () => {
    const bench = quoted();
    bench.get(POST, limit('BUY', '49000.0', { newClientOrderId: 'none' }));
    bench.get(`DELETE ${ORDER}`, named('none'));
    bench.get(POST, market('BUY', { newClientOrderId: 'some' }));
    bench.pass(3 * 86_400_000 + 1);
    expect(bench.refusal(`GET ${ORDER}`, named('none'))[0]).toBe(-2013);
    expect(bench.get(`GET ${ORDER}`, named('some'))).toMatchObject({ status: 'FILLED' });
    bench.pass(90 * 86_400_000);
    expect(bench.refusal(`GET ${ORDER}`, named('some'))[0]).toBe(-2013);
  });

  it('that is reduce-only trades what there is, and expires with reason 4 when nothing is left', () => {
    const bench = quoted();
    bench.get(POST, market('BUY', { quantity: '0.05' }));
    bench.get(POST, limit('SELL', '51000.0', { reduceOnly: 'true', newClientOrderId: 'r' }));
    bench.get(POST, market('SELL', { quantity: '0.03' }));
    bench.quote(51_000);
    expect(bench.get(`GET ${ORDER}`, named('r'))).toMatchObject({ status: 'EXPIRED', executedQty: '0.020' });
    expect(orderOf(bench.news().at(-1))).toMatchObject({ x: 'EXPIRED', er: '4', R: true });
    expect(bench.list('GET /fapi/v3/positionRisk')).toEqual([]);
  });
});

describe('A change of a limit order (page "Modify Order")', () => {
  const PUT = `PUT ${ORDER}`;
  const to = (price: string, quantity: string, more: Readonly<Record<string, string>> = {}) => ({
    symbol: 'BTCUSDT',
    side: 'BUY',
    origClientOrderId: 'a',
    price,
    quantity,
    ...more,
  });
  const resting = (more: Readonly<Record<string, string>> = {}): FuturesBench => {
    const bench = quoted();
    bench.get(POST, limit('BUY', '49000.0', { newClientOrderId: 'a', ...more }));
    bench.news();
    return bench;
  };

  it('keeps its ids, is told as AMENDMENT, and is on record', () => {
    const bench = resting();
    expect(bench.get(PUT, to('49100.0', '0.2'))).toMatchObject({
      price: '49100.00',
      origQty: '0.200',
      clientOrderId: 'a',
    });
    expect(bench.news().map(nameOf)).toEqual(['ORDER_TRADE_UPDATE AMENDMENT NEW']);
    expect(bench.list('GET /fapi/v1/orderAmendment', named('a'))).toMatchObject([
      {
        amendment: {
          price: { before: '49000', after: '49100' },
          origQty: { before: '0.1', after: '0.2' },
          count: 1,
        },
      },
    ]);
    bench.quote(49_090, 49_100);
    expect(bench.get(`GET ${ORDER}`, named('a'))).toMatchObject({ status: 'FILLED', executedQty: '0.200' });
  });

  it('trades at once as a taker where the new price meets the market', () => {
    const bench = resting();
    expect(bench.get(PUT, to('50100.0', '0.1'))).toMatchObject({ status: 'FILLED', avgPrice: '50000.10000' });
    expect(orderOf(bench.news().at(-1))).toMatchObject({ x: 'TRADE', m: false });
  });

  it('is refused, and leaves the order as it is, where price or quantity fail a filter or nothing changes', () => {
    const bench = resting();
    expect(bench.refusal(PUT, to('49000.05', '0.1'))[0]).toBe(-4014);
    expect(bench.refusal(PUT, to('49000.0', '0.1'))).toEqual([-5027, 'No need to modify the order.']);
    expect(bench.refusal(PUT, to('49000.0', '0.001'))[0]).toBe(-5029);
    expect(bench.refusal(PUT, to('49000.0', '0.2', { reduceOnly: 'true' }))[0]).toBe(-5047);
    expect(bench.refusal(PUT, { ...to('49000.0', '0.2'), origClientOrderId: 'b' })[0]).toBe(-2013);
    expect(bench.get(`GET ${ORDER}`, named('a'))).toMatchObject({
      status: 'NEW',
      price: '49000.00',
      origQty: '0.100',
    });
  });

  it('needs margin for what it adds only, and is refused where that is not there', () => {
    const bench = resting({ quantity: '4' });
    // 4 x 49000 / 20 = 9800 of 10000 are taken: 4 x 49900 / 20 = 9980 can be had, 4.1 x 49900 / 20 = 10229.5 cannot.
    expect(bench.refusal(PUT, to('49900.0', '4.1'))[0]).toBe(-2019);
    expect(bench.get(PUT, to('49900.0', '4'))).toMatchObject({ price: '49900.00', status: 'NEW' });
  });

  it('cancels an order of which as much has traded as it then would have', () => {
    const bench = resting();
    bench.exchange.depth('BTCUSDT', 0.06);
    bench.quote(48_990, 49_000);
    expect(bench.get(PUT, to('49100.0', '0.06'))).toMatchObject({ status: 'CANCELED', executedQty: '0.060' });
  });

  it('cancels a post-only order that it would make a taker', () => {
    const bench = resting({ timeInForce: 'GTX' });
    expect(bench.get(PUT, to('50100.0', '0.1'))).toMatchObject({ status: 'CANCELED', executedQty: '0.000' });
  });
});

describe('Lists of orders', () => {
  it('are placed one by one, and each is answered (page "Place Multiple Orders")', () => {
    const bench = quoted();
    const batch = [
      limit('BUY', '49000.0', { newClientOrderId: 'x' }),
      limit('BUY', '49000.05'),
      { ...market('BUY') },
    ];
    const answers = bench.list('POST /fapi/v1/batchOrders', { batchOrders: JSON.stringify(batch) });
    expect(answers[0]).toMatchObject({ clientOrderId: 'x', status: 'NEW' });
    expect(answers[1]).toEqual({ code: -4014, msg: 'Price not increased by tick size.' });
    const six = JSON.stringify(Array.from({ length: 6 }, () => market('BUY')));
    expect(bench.refusal('POST /fapi/v1/batchOrders', { batchOrders: six })[0]).toBe(-4082);
  });

  it('are changed one by one, and each is answered (page "Modify Multiple Orders")', () => {
    const bench = quoted();
    bench.get(POST, limit('BUY', '49000.0', { newClientOrderId: 'x' }));
    const to = (origClientOrderId: string) => ({ ...limit('BUY', '49100.0'), origClientOrderId });
    const answers = bench.list('PUT /fapi/v1/batchOrders', {
      batchOrders: JSON.stringify([to('x'), to('y')]),
    });
    expect(answers).toMatchObject([{ clientOrderId: 'x', price: '49100.00' }, { code: -2013 }]);
  });

  it('of trades are of the last seven days, or go on from an id (page "Account Trade List")', () => {
    const bench = quoted();
    for (const side of ['BUY', 'SELL'] as const) bench.get(POST, market(side));
    const [first, second] = bench.list('GET /fapi/v1/userTrades', { symbol: 'BTCUSDT' });
    bench.pass(7 * 86_400_000 + 1);
    expect(bench.list('GET /fapi/v1/userTrades', { symbol: 'BTCUSDT' })).toEqual([]);
    const from = { symbol: 'BTCUSDT', fromId: String(first?.id), limit: '1' };
    expect(bench.list('GET /fapi/v1/userTrades', from)).toEqual([first]);
    const of = { symbol: 'BTCUSDT', orderId: String(second?.orderId) };
    expect(bench.list('GET /fapi/v1/userTrades', of)).toEqual([second]);
  });

  it('are cancelled by ids beyond 2^53, and what is not there is answered for itself (page "Cancel Multiple Orders")', () => {
    const bench = quoted({ firstIds: { order: 2n ** 53n + 1n } });
    bench.get(POST, limit('BUY', '49000.0'));
    const orderIdList = '[9007199254740993,9007199254740992]';
    expect(bench.list('DELETE /fapi/v1/batchOrders', { symbol: 'BTCUSDT', orderIdList })).toMatchObject([
      { status: 'CANCELED', orderId: 9_007_199_254_740_993n },
      { code: -2011, msg: 'Unknown order sent.' },
    ]);
  });

  it('are all cancelled at once (page "Cancel All Open Orders"), and listed from an id on', () => {
    const bench = quoted();
    const ids = ['48000.0', '48500.0', '49000.0'].map(
      (price) => bench.get(POST, limit('BUY', price)).orderId,
    );
    const done = { code: 200, msg: 'The operation of cancel all open order is done.' };
    expect(bench.get('DELETE /fapi/v1/allOpenOrders', { symbol: 'BTCUSDT' })).toEqual(done);
    const rows = bench.list('GET /fapi/v1/allOrders', { symbol: 'BTCUSDT', orderId: String(ids[1]) });
    expect(rows.map(({ orderId, status }) => [orderId, status])).toEqual([
      [ids[1], 'CANCELED'],
      [ids[2], 'CANCELED'],
    ]);
  });
});
