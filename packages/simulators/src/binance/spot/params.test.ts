import { describe, expect, it } from 'vitest';
import { SpotBench } from './testing/spot-bench.js';

type Params = Record<string, string | number>;

const limit = { symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: 1, price: 90 };
const market = { symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quantity: 1 };
const stopLimit = { ...limit, type: 'STOP_LOSS_LIMIT', side: 'SELL', stopPrice: 95 };

const without = (params: Params, name: string): Params => {
  const { [name]: _, ...rest } = params;
  return rest;
};

const mandatory = (name: string): string =>
  `-1102 Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`;

const post = (params: Params): string => {
  const bench = new SpotBench().quote(99, 100);
  const answer = bench.refusal(() => bench.call('POST /api/v3/order', params));
  if (!answer.startsWith('taken')) expect(bench.events).toEqual([]);
  return answer;
};

describe('Mandatory parameters of a new order (rest-api.md, "Additional mandatory parameters based on type")', () => {
  it.each<[string, Params, string]>([
    ['symbol', limit, 'symbol'],
    ['side', limit, 'side'],
    ['type', limit, 'type'],
    ['LIMIT: timeInForce', limit, 'timeInForce'],
    ['LIMIT: quantity', limit, 'quantity'],
    ['LIMIT: price', limit, 'price'],
    ['STOP_LOSS_LIMIT: price', stopLimit, 'price'],
    ['STOP_LOSS_LIMIT: timeInForce', stopLimit, 'timeInForce'],
    [
      'LIMIT_MAKER: price',
      { symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT_MAKER', quantity: 1, price: 90 },
      'price',
    ],
  ])('%s', (_, params, name) => {
    expect(post(without(params, name))).toBe(mandatory(name));
  });

  it('are one of two where either is enough', () => {
    expect(post(without(market, 'quantity'))).toBe(
      "-1102 Param 'quantity' or 'quoteOrderQty' must be sent, but both were empty/null!",
    );
    expect(post(without(stopLimit, 'stopPrice'))).toBe(
      "-1102 Param 'stopPrice' or 'trailingDelta' must be sent, but both were empty/null!",
    );
  });
});

// Codes and texts: errors.md, "11xx - Request issues".
describe('A parameter', () => {
  it.each<[string, Params, string]>([
    [
      'that is unknown',
      { ...limit, foo: 1 },
      "-1104 Not all sent parameters were read; read '8' parameter(s) but was sent '9'.",
    ],
    ['that is empty', { ...limit, price: '' }, "-1105 Parameter 'price' was empty."],
    [
      'that is not required: timeInForce of MARKET',
      { ...market, timeInForce: 'GTC' },
      "-1106 Parameter 'timeInForce' sent when not required.",
    ],
    [
      'that is not required: price of MARKET',
      { ...market, price: 90 },
      "-1106 Parameter 'price' sent when not required.",
    ],
    [
      'that is not required: stopPrice of LIMIT',
      { ...limit, stopPrice: 90 },
      "-1106 Parameter 'stopPrice' sent when not required.",
    ],
    [
      'that is not required: quoteOrderQty of LIMIT',
      { ...limit, quoteOrderQty: 90 },
      "-1106 Parameter 'quoteOrderQty' sent when not required.",
    ],
    [
      'with too much precision',
      { ...limit, quantity: '0.123456789' },
      "-1111 Parameter 'quantity' has too much precision.",
    ],
    ['of an unknown time in force', { ...limit, timeInForce: 'GTD' }, '-1115 Invalid timeInForce.'],
    ['of an unknown type', { ...limit, type: 'STOP' }, '-1116 Invalid orderType.'],
    ['of an unknown side', { ...limit, side: 'LONG' }, '-1117 Invalid side.'],
    ['of an unknown symbol', { ...limit, symbol: 'FOOBAR' }, '-1121 Invalid symbol.'],
    [
      'of two that exclude each other',
      { ...market, quoteOrderQty: 10 },
      '-1128 Combination of optional parameters invalid.',
    ],
    [
      'with an unknown value',
      { ...limit, newOrderRespType: 'ALL' },
      "-1130 Data sent for parameter 'newOrderRespType' is not valid.",
    ],
    [
      'strategyType below 1000000',
      { ...limit, strategyType: 999999 },
      '-1134 `strategyType` was less than 1000000.',
    ],
    [
      'iceberg without GTC',
      { ...limit, icebergQty: '0.5', timeInForce: 'IOC' },
      '-1014 Unsupported order combination.',
    ],
    ['iceberg larger than the order', { ...limit, icebergQty: 2 }, '-1013 IcebergQty exceeds QTY.'],
    ['quantity of zero', { ...limit, quantity: 0 }, '-1013 Price * QTY is zero or less.'],
    ['price of zero', { ...limit, price: 0 }, '-1013 Price * QTY is zero or less.'],
  ])('%s', (_, params, refusal) => {
    expect(post(params)).toBe(refusal);
  });

  it.each<[string, Params, string]>([
    ['an exponent', { ...limit, quantity: '1e-7' }, 'quantity'],
    ['a negative number', { ...limit, price: '-1' }, 'price'],
    ['a symbol in small letters', { ...limit, symbol: 'btcusdt' }, 'symbol'],
    ['a client order id with a space', { ...limit, newClientOrderId: 'a b' }, 'newClientOrderId'],
    [
      'a client order id of 37 characters',
      { ...limit, newClientOrderId: 'x'.repeat(37) },
      'newClientOrderId',
    ],
  ])('with illegal characters: %s', (_, params, name) => {
    expect(post(params)).toMatch(`-1100 Illegal characters found in parameter '${name}'; legal range is '`);
  });

  it('is read with trailing zeros beyond the precision', () => {
    expect(post({ ...limit, quantity: '1.0000000000', newClientOrderId: 'x'.repeat(36) })).toMatch(/^taken/);
  });

  it.each(['openOrders', 'openOrderList', 'account'])(
    'of a client library that %s does not know is refused',
    (name) => {
      const bench = new SpotBench();
      expect(bench.refusal(() => bench.call(`GET /api/v3/${name}`, { foo: 1 }))).toMatch(/^-1104 /);
    },
  );
});
