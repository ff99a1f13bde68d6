import { describe, expect, it } from 'vitest';
import { readAlgoOrder, readAlgoUpdate } from './algo-orders.js';
import { readFuturesOrder } from './futures-orders.js';
import { readOrderTradeUpdate } from './order-trade-update.js';
import { readFuturesTrade } from './trades.js';
import { toOrderEvent } from './venue-order.js';

// The examples are those of developers.binance.com, USD-M futures, page by page.

/** "Query Order (USER_DATA)". */
const queried = {
  avgPrice: '0.00000',
  clientOrderId: 'abc',
  cumQuote: '0',
  executedQty: '0',
  orderId: 1917641,
  origQty: '0.40',
  origType: 'TRAILING_STOP_MARKET',
  price: '0',
  reduceOnly: false,
  side: 'BUY',
  positionSide: 'SHORT',
  status: 'NEW',
  stopPrice: '9300',
  closePosition: false,
  symbol: 'BTCUSDT',
  time: 1579276756075,
  timeInForce: 'GTC',
  type: 'TRAILING_STOP_MARKET',
  activatePrice: '9020',
  priceRate: '0.3',
  updateTime: 1579276756075,
  workingType: 'CONTRACT_PRICE',
  priceProtect: false,
  priceMatch: 'NONE',
  selfTradePreventionMode: 'NONE',
  goodTillDate: 0,
};

/** "Event: Order Update". */
const update = {
  e: 'ORDER_TRADE_UPDATE',
  E: 1568879465651,
  T: 1568879465650,
  o: {
    s: 'BTCUSDT',
    c: 'TEST',
    S: 'SELL',
    o: 'TRAILING_STOP_MARKET',
    f: 'GTC',
    q: '0.001',
    p: '0',
    ap: '0',
    sp: '7103.04',
    x: 'NEW',
    X: 'NEW',
    i: 8886774,
    l: '0',
    z: '0',
    L: '0',
    N: 'USDT',
    n: '0',
    T: 1568879465650,
    t: 0,
    b: '0',
    a: '9.91',
    m: false,
    R: false,
    wt: 'CONTRACT_PRICE',
    ot: 'TRAILING_STOP_MARKET',
    ps: 'LONG',
    cp: false,
    AP: '7476.89',
    cr: '5.0',
    pP: false,
    si: 0,
    ss: 0,
    rp: '0',
    V: 'EXPIRE_TAKER',
    pm: 'OPPONENT',
    gtd: 0,
    er: '0',
  },
};
const told = (change: Readonly<Record<string, unknown>>) =>
  readOrderTradeUpdate({ ...update, o: { ...update.o, o: 'LIMIT', ot: 'LIMIT', p: '7100', ...change } });

/** "Event: Algo Order Update". */
const algo = {
  e: 'ALGO_UPDATE',
  T: 1750515742297,
  E: 1750515742303,
  o: {
    caid: 'Q5xaq5EGKgXXa0fD7fs0Ip',
    aid: 2148719,
    at: 'CONDITIONAL',
    o: 'TAKE_PROFIT',
    s: 'BNBUSDT',
    S: 'SELL',
    ps: 'BOTH',
    f: 'GTC',
    q: '0.01',
    X: 'CANCELED',
    ai: '',
    ap: '0.00000',
    aq: '0.00000',
    act: '0',
    tp: '750',
    p: '750',
    V: 'EXPIRE_MAKER',
    wt: 'CONTRACT_PRICE',
    pm: 'NONE',
    cp: false,
    pP: false,
    R: false,
    tt: 0,
    gtd: 0,
    rm: 'Reduce Only reject',
  },
};
const algoTold = (change: Readonly<Record<string, unknown>>) =>
  readAlgoUpdate({ ...algo, o: { ...algo.o, ...change } });

describe('a futures order by REST', () => {
  it('is reported under its client id', () => {
    expect(readFuturesOrder(queried)).toMatchObject({
      report: {
        id: 'abc',
        venueId: '1917641',
        symbol: 'BTCUSDT',
        side: 'buy',
        type: 'trailing-stop',
        state: 'accepted',
        quantity: 0.4,
        filled: 0,
        averagePrice: 0,
        price: 9300,
      },
      time: 1579276756075,
    });
  });

  it('that was triggered keeps the type that it was placed with', () => {
    const filled = {
      origType: 'STOP_MARKET',
      type: 'MARKET',
      status: 'FILLED',
      executedQty: '0.40',
      avgPrice: '9299.5',
    };
    expect(readFuturesOrder({ ...queried, ...filled }).report).toMatchObject({
      type: 'stop',
      state: 'filled',
      averagePrice: 9299.5,
    });
  });

  it.each([
    ['NEW_INSURANCE', 'accepted'],
    ['NEW_ADL', 'accepted'],
    ['EXPIRED_IN_MATCH', 'expired'],
  ])('of status %s is %s', (status, state) => {
    expect(readFuturesOrder({ ...queried, status }).report.state).toBe(state);
  });

  // "Common Definition": order types and times in force.
  it.each([
    ['LIMIT', 'limit'],
    ['MARKET', 'market'],
    ['STOP', 'stop-limit'],
    ['STOP_MARKET', 'stop'],
    ['TAKE_PROFIT', 'limit'],
    ['TAKE_PROFIT_MARKET', 'limit'],
    ['TRAILING_STOP_MARKET', 'trailing-stop'],
    ['LIQUIDATION', 'market'],
  ])('of type %s is a %s order', (type, expected) => {
    expect(readFuturesOrder({ ...queried, origType: undefined, type }).report.type).toBe(expected);
  });
});

describe('a futures trade', () => {
  it('has the same id from a query and from an event', () => {
    // "Account Trade List (USER_DATA)", but for the commission: the page has it negative, events have what was paid positive.
    const trade = {
      buyer: false,
      commission: '0.07819010',
      commissionAsset: 'USDT',
      id: 698759,
      maker: false,
      orderId: 25851813,
      price: '7819.01',
      qty: '0.002',
      quoteQty: '15.63802',
      realizedPnl: '-0.91539999',
      side: 'SELL',
      positionSide: 'SHORT',
      symbol: 'BTCUSDT',
      time: 1569514978020,
    };
    const queriedTrade = readFuturesTrade(trade);
    expect(queriedTrade).toMatchObject({
      tradeId: 'BTCUSDT-698759',
      profit: '-0.91539999',
      commission: '0.07819010',
    });
    const event = told({
      x: 'TRADE',
      X: 'FILLED',
      q: '0.002',
      l: '0.002',
      z: '0.002',
      L: '7819.01',
      n: '0.07819010',
      t: 698759,
      i: 25851813,
      rp: '-0.91539999',
      ps: 'SHORT',
      T: 1569514978020,
    });
    expect(event.trade).toEqual(queriedTrade);
    expect(event).toMatchObject({ event: 'fill', remaining: 0 });
  });
});

describe('an ORDER_TRADE_UPDATE', () => {
  it('of a new order says that it is accepted', () => {
    expect(toOrderEvent(readOrderTradeUpdate(update))).toEqual({
      type: 'accepted',
      id: 'TEST',
      symbol: 'BTCUSDT',
      time: 1568879465650,
      venueId: '8886774',
    });
  });

  it.each([
    ['CANCELED', 'CANCELED', 'cancelled'],
    ['EXPIRED', 'EXPIRED', 'expired'],
    ['EXPIRED', 'EXPIRED_IN_MATCH', 'expired'],
    ['AMENDMENT', 'NEW', 'replaced'],
  ])('of %s, now %s, is %s', (x, X, expected) => {
    expect(told({ x, X }).event).toBe(expected);
  });

  it('of an amendment has the new price and quantity', () => {
    expect(toOrderEvent(told({ x: 'AMENDMENT', p: '7099.5', q: '0.002' }))).toMatchObject({
      type: 'replaced',
      price: 7099.5,
      quantity: 0.002,
    });
  });

  it('says why an order expired', () => {
    expect(told({ x: 'EXPIRED', X: 'EXPIRED', er: '5' }).reason).toBe('liquidation of the account');
    expect(told({ x: 'EXPIRED', X: 'EXPIRED', er: '0' }).reason).toBe('');
  });

  it.each([
    ['a liquidation', 'autoclose-1234'],
    ['auto-deleveraging', 'adl_autoclose'],
    ['a settlement', 'settlement_autoclose-1'],
  ])("of the venue's own hand, %s, is a fill", (_, c) => {
    const event = told({
      c,
      o: 'LIQUIDATION',
      ot: 'LIQUIDATION',
      x: 'CALCULATED',
      X: 'FILLED',
      l: '0.001',
      z: '0.001',
      L: '7000',
      t: 5,
    });
    expect(event).toMatchObject({
      event: 'fill',
      order: { report: { id: c } },
      trade: { tradeId: 'BTCUSDT-5', quantity: 0.001 },
    });
  });

  it('that names an execution which is not documented cannot be read', () => {
    expect(() => told({ x: 'BUST' })).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
  });
});

describe('a conditional order', () => {
  it('is read the same from an event and from a query', () => {
    // "Query Algo Order (USER_DATA)".
    const raw = {
      algoId: 2148719,
      clientAlgoId: 'Q5xaq5EGKgXXa0fD7fs0Ip',
      algoType: 'CONDITIONAL',
      orderType: 'TAKE_PROFIT',
      symbol: 'BNBUSDT',
      side: 'SELL',
      positionSide: 'BOTH',
      timeInForce: 'GTC',
      quantity: '0.01',
      algoStatus: 'CANCELED',
      actualOrderId: '',
      actualPrice: '0.00000',
      triggerPrice: '750.000',
      price: '750.000',
      icebergQuantity: null,
      reduceOnly: false,
      createTime: 1750485492076,
      updateTime: 1750515742297,
      triggerTime: 0,
      goodTillDate: 0,
    };
    expect(readAlgoOrder(raw)).toEqual({ ...readAlgoUpdate(algo), reason: '' });
    expect(readAlgoUpdate(algo)).toMatchObject({
      order: {
        report: {
          id: 'Q5xaq5EGKgXXa0fD7fs0Ip',
          venueId: '2148719',
          type: 'limit',
          state: 'cancelled',
          price: 750,
        },
      },
      status: 'CANCELED',
      actualOrderId: undefined,
      reason: 'Reduce Only reject',
    });
  });

  // "Event: Algo Order Update", Algo Status.
  it.each([
    ['NEW', '0', 'accepted'],
    ['TRIGGERING', '0', 'accepted'],
    ['TRIGGERED', '0', 'accepted'],
    ['TRIGGERED', '0.004', 'partially-filled'],
    ['FINISHED', '0.01', 'filled'],
    ['FINISHED', '0.004', 'cancelled'],
    ['CANCELED', '0', 'cancelled'],
    ['REJECTED', '0', 'rejected'],
    ['EXPIRED', '0', 'expired'],
  ])('of status %s with %s filled is %s', (X, aq, state) => {
    expect(algoTold({ X, aq, o: 'STOP_MARKET' }).order.report).toMatchObject({ state, type: 'stop' });
  });

  it('names the order that it triggered into', () => {
    expect(algoTold({ X: 'TRIGGERED', ai: '9007199254740993' }).actualOrderId).toBe('9007199254740993');
    expect(algoTold({ X: 'TRIGGERED', ai: 77 }).actualOrderId).toBe('77');
  });

  it('before its trigger is told without the fields of the order that it will be', () => {
    const { ap, aq, act, rm, ...rest } = algo.o;
    expect(readAlgoUpdate({ ...algo, o: { ...rest, X: 'NEW' } }).order.report).toMatchObject({
      filled: 0,
      state: 'accepted',
    });
    expect([ap, aq, act, rm]).toHaveLength(4);
  });
});
