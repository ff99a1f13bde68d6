import { describe, expect, it } from 'vitest';
import { VenueError } from '../exchange.js';
import { algo, type FuturesBench, futuresBench, limit, market } from './testing/bench.js';

type Sent = Readonly<Record<string, string>>;

/** Codes and messages: developers.binance.com, USD-M futures, page "Error Code"; rules: pages "New Order" and "Common Definition". */
const rows: readonly (readonly [string, string, Sent, number, string])[] = [
  [
    'a contract that is not listed',
    'POST /fapi/v1/order',
    market('BUY', { symbol: 'XYZUSDT' }),
    -1121,
    'Invalid symbol.',
  ],
  [
    'a limit order without its time in force',
    'POST /fapi/v1/order',
    limit('BUY', '49000.0', { timeInForce: '' }),
    -1102,
    "Mandatory parameter 'timeinforce' was not sent, was empty/null, or malformed.",
  ],
  [
    'a market order without a quantity',
    'POST /fapi/v1/order',
    market('BUY', { quantity: '' }),
    -1102,
    "Mandatory parameter 'quantity' was not sent, was empty/null, or malformed.",
  ],
  [
    'a quantity in scientific notation',
    'POST /fapi/v1/order',
    market('BUY', { quantity: '1e-7' }),
    -1102,
    "Mandatory parameter 'quantity' was not sent, was empty/null, or malformed.",
  ],
  [
    'more decimals than a quantity may have',
    'POST /fapi/v1/order',
    market('BUY', { quantity: '0.1001' }),
    -1111,
    'Precision is over the maximum defined for this asset.',
  ],
  [
    'more decimals than a price may have',
    'POST /fapi/v1/order',
    limit('BUY', '49000.001'),
    -1111,
    'Precision is over the maximum defined for this asset.',
  ],
  [
    'an unknown time in force',
    'POST /fapi/v1/order',
    limit('BUY', '49000.0', { timeInForce: 'DAY' }),
    -1115,
    'Invalid timeInForce.',
  ],
  [
    'an unknown type',
    'POST /fapi/v1/order',
    market('BUY', { type: 'STOP_LOSS' }),
    -1116,
    'Invalid orderType.',
  ],
  ['an unknown side', 'POST /fapi/v1/order', { ...market('BUY'), side: 'HOLD' }, -1117, 'Invalid side.'],
  [
    'an unknown type of answer',
    'POST /fapi/v1/order',
    market('BUY', { newOrderRespType: 'FULL' }),
    -1136,
    'Invalid newOrderRespType.',
  ],
  [
    'nothing to reduce',
    'POST /fapi/v1/order',
    market('SELL', { reduceOnly: 'true' }),
    -2022,
    'ReduceOnly Order is rejected.',
  ],
  [
    'more than the margin carries',
    'POST /fapi/v1/order',
    market('BUY', { quantity: '5' }),
    -2019,
    'Margin is insufficient.',
  ],
  ['a price of nothing', 'POST /fapi/v1/order', limit('BUY', '0'), -4001, 'Price less than 0.'],
  [
    'a price above the highest',
    'POST /fapi/v1/order',
    limit('SELL', '4529764.1'),
    -4002,
    'Price greater than max price.',
  ],
  [
    'a quantity of nothing',
    'POST /fapi/v1/order',
    market('BUY', { quantity: '0' }),
    -4003,
    'Quantity less than zero.',
  ],
  [
    'a market order above its most',
    'POST /fapi/v1/order',
    market('BUY', { quantity: '120.001' }),
    -4005,
    'Quantity greater than max quantity.',
  ],
  [
    'a price below the lowest',
    'POST /fapi/v1/order',
    limit('BUY', '556.70'),
    -4013,
    'Price less than min price.',
  ],
  [
    'a price between two ticks',
    'POST /fapi/v1/order',
    limit('BUY', '49000.05'),
    -4014,
    'Price not increased by tick size.',
  ],
  [
    'a client id of 37 characters',
    'POST /fapi/v1/order',
    market('BUY', { newClientOrderId: 'x'.repeat(37) }),
    -4015,
    'Client order id length should not be more than 36 chars',
  ],
  [
    'a buy 5 % above the mark price',
    'POST /fapi/v1/order',
    limit('BUY', '52500.2'),
    -4016,
    'Price is higher than mark price multiplier cap.',
  ],
  [
    'a sell 5 % below the mark price',
    'POST /fapi/v1/order',
    limit('SELL', '47499.9'),
    -4024,
    'Price is lower than mark price multiplier floor.',
  ],
  [
    'a side of a hedge account on a one-way account',
    'POST /fapi/v1/order',
    market('BUY', { positionSide: 'LONG' }),
    -4061,
    "Order's position side does not match user's setting.",
  ],
  [
    'a value below the least',
    'POST /fapi/v1/order',
    limit('BUY', '49000.0', { quantity: '0.002' }),
    -4164,
    "Order's notional must be no smaller than 100 (unless you choose reduce only)",
  ],
  [
    'a stop that would trigger at once',
    'POST /fapi/v1/algoOrder',
    algo('SELL', 'STOP_MARKET', { triggerPrice: '50000.0' }),
    -2021,
    'Order would immediately trigger.',
  ],
  [
    'a take-profit that would trigger at once',
    'POST /fapi/v1/algoOrder',
    algo('SELL', 'TAKE_PROFIT_MARKET', { triggerPrice: '50000.0' }),
    -2021,
    'Order would immediately trigger.',
  ],
  [
    'a trailing stop that begins behind the market',
    'POST /fapi/v1/algoOrder',
    algo('SELL', 'TRAILING_STOP_MARKET', { callbackRate: '1', activatePrice: '49000.0' }),
    -2021,
    'Order would immediately trigger.',
  ],
  [
    'a quantity beside closePosition',
    'POST /fapi/v1/algoOrder',
    algo('SELL', 'STOP_MARKET', { triggerPrice: '49000.0', closePosition: 'true' }),
    -4137,
    'Quantity must be zero with closePosition equals true',
  ],
  [
    'a conditional order without its trigger price',
    'POST /fapi/v1/algoOrder',
    algo('SELL', 'STOP_MARKET'),
    -1102,
    "Mandatory parameter 'triggerprice' was not sent, was empty/null, or malformed.",
  ],
  [
    'an order that is not there',
    'GET /fapi/v1/order',
    { symbol: 'BTCUSDT', orderId: '1' },
    -2013,
    'Order does not exist.',
  ],
  [
    'a cancel of what is not there',
    'DELETE /fapi/v1/order',
    { symbol: 'BTCUSDT', orderId: '1' },
    -2011,
    'Unknown order sent.',
  ],
  [
    'an order that is not named',
    'GET /fapi/v1/order',
    { symbol: 'BTCUSDT' },
    -1102,
    "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!",
  ],
  [
    'a conditional order that is not there',
    'DELETE /fapi/v1/algoOrder',
    { clientAlgoId: 'none' },
    -2011,
    'Unknown order sent.',
  ],
  [
    'trades from an id and from a time',
    'GET /fapi/v1/userTrades',
    { symbol: 'BTCUSDT', fromId: '1', startTime: '1' },
    -1128,
    'Combination of optional parameters invalid.',
  ],
];

const quoted = (): FuturesBench => {
  const bench = futuresBench();
  bench.quote(50_000);
  return bench;
};

describe('The futures exchange refuses', () => {
  it.each(rows)('%s: %s', (_, path, params, code, msg) => {
    const bench = quoted();
    expect(bench.refusal(path, params)).toEqual([code, msg]);
    expect(bench.news()).toEqual([]);
  });

  it.each(['STOP', 'STOP_MARKET', 'TAKE_PROFIT', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'])(
    'a %s among regular orders, one by one and in lists (error -4120)',
    (type) => {
      const bench = quoted();
      const order = { ...market('SELL'), type, stopPrice: '49000' };
      const msg =
        'Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.';
      expect(bench.refusal('POST /fapi/v1/order', order)).toEqual([-4120, msg]);
      const batchOrders = JSON.stringify([order]);
      expect(bench.list('POST /fapi/v1/batchOrders', { batchOrders })).toEqual([{ code: -4120, msg }]);
    },
  );

  it('a market order where nobody offers anything (error -4131)', () => {
    expect(futuresBench().refusal('POST /fapi/v1/order', market('BUY'))[0]).toBe(-4131);
  });

  it('more open orders than a contract allows (error -2025)', () => {
    const bench = futuresBench({ symbols: [{ symbol: 'BTCUSDT', base: 'BTC', maxOrders: 1 }] });
    bench.quote(50_000);
    bench.get('POST /fapi/v1/order', limit('BUY', '49000.0'));
    expect(bench.refusal('POST /fapi/v1/order', limit('BUY', '49000.0'))[0]).toBe(-2025);
  });

  it('the next order, and only that, when it was told to', () => {
    const bench = quoted();
    bench.exchange.refuseNext('amy', new VenueError(-2010, 'NEW_ORDER_REJECTED'));
    expect(bench.refusal('POST /fapi/v1/order', market('BUY'))).toEqual([-2010, 'NEW_ORDER_REJECTED']);
    expect(bench.get('POST /fapi/v1/order', market('BUY'))).toMatchObject({ status: 'NEW' });
  });

  it('nothing of a test order, of which nothing is left (page "Test Order")', () => {
    const bench = quoted();
    bench.get('POST /fapi/v1/order/test', market('BUY'));
    expect(bench.refusal('POST /fapi/v1/order/test', market('BUY', { quantity: '5' }))[0]).toBe(-2019);
    expect([bench.news(), bench.list('GET /fapi/v1/allOrders', { symbol: 'BTCUSDT' })]).toEqual([[], []]);
  });
});
