import { describe, expect, it } from 'vitest';
import { checkFilters, type FilterMarket, type WireParams } from './check-filters.js';
import { toSymbolFilters } from './symbol-filters.js';

// The filters are the examples of filters.md, and what passes and fails follows from its inequalities.
const examples = {
  PRICE_FILTER: { minPrice: '0.00000100', maxPrice: '100000.00000000', tickSize: '0.00000100' },
  PERCENT_PRICE: { multiplierUp: '1.3000', multiplierDown: '0.7000', avgPriceMins: 5 },
  PERCENT_PRICE_BY_SIDE: {
    bidMultiplierUp: '1.2',
    bidMultiplierDown: '0.2',
    askMultiplierUp: '5',
    askMultiplierDown: '0.8',
    avgPriceMins: 1,
  },
  LOT_SIZE: { minQty: '0.00100000', maxQty: '100000.00000000', stepSize: '0.00100000' },
  MIN_NOTIONAL: { minNotional: '0.00100000', applyToMarket: true, avgPriceMins: 5 },
  NOTIONAL: {
    minNotional: '10.00000000',
    applyMinToMarket: false,
    maxNotional: '10000.00000000',
    applyMaxToMarket: false,
    avgPriceMins: 5,
  },
  MARKET_LOT_SIZE: { minQty: '0.00100000', maxQty: '100000.00000000', stepSize: '0.00100000' },
  MAX_NUM_ORDERS: { maxNumOrders: 25 },
  MAX_NUM_ALGO_ORDERS: { maxNumAlgoOrders: 5 },
  MAX_POSITION: { maxPosition: '10.00000000' },
  TRAILING_DELTA: {
    minTrailingAboveDelta: 10,
    maxTrailingAboveDelta: 2000,
    minTrailingBelowDelta: 10,
    maxTrailingBelowDelta: 2000,
  },
};
type Name = keyof typeof examples;

const limit = { type: 'LIMIT', side: 'BUY', price: '1', quantity: '1' };
const market = { type: 'MARKET', side: 'BUY', quantity: '1' };
const check = (name: Name, params: Readonly<Record<string, string>>, known: FilterMarket = {}, change = {}) =>
  checkFilters(params, toSymbolFilters([{ filterType: name, ...examples[name], ...change }], 'spot'), known);

type Case = readonly [name: Name, params: WireParams, known?: FilterMarket, change?: object];
const whole = (cases: readonly Case[]) =>
  cases.map(([name, params, known = {}, change = {}]) => [name, params, known, change] as const);
const avg = { averagePrice: '100' };

describe('a spot order at the edge of a filter', () => {
  const passing: readonly Case[] = [
    ['PRICE_FILTER', { ...limit, price: '0.000001' }],
    ['PRICE_FILTER', { ...limit, price: '100000' }],
    ['PRICE_FILTER', { ...limit, price: '0.30000100' }],
    ['PRICE_FILTER', { ...limit, price: '99999999' }, {}, { maxPrice: '0' }],
    ['PRICE_FILTER', { ...limit, price: '0.0000001' }, {}, { minPrice: '0', tickSize: '0' }],
    ['PRICE_FILTER', market],
    ['PERCENT_PRICE', { ...limit, price: '130' }, avg],
    ['PERCENT_PRICE', { ...limit, price: '70' }, avg],
    ['PERCENT_PRICE', { ...limit, price: '1000' }],
    ['PERCENT_PRICE', { ...limit, price: '1000' }, { averagePrice: '0.00000000' }],
    ['PERCENT_PRICE', { ...limit, price: '1000' }, { referencePrice: '1000', averagePrice: '1' }],
    [
      'PERCENT_PRICE',
      { ...limit, price: '130' },
      { lastPrice: '100', averagePrice: '1' },
      { avgPriceMins: 0 },
    ],
    ['PERCENT_PRICE_BY_SIDE', { ...limit, price: '120' }, avg],
    ['PERCENT_PRICE_BY_SIDE', { ...limit, price: '20' }, avg],
    ['PERCENT_PRICE_BY_SIDE', { ...limit, side: 'SELL', price: '500' }, avg],
    ['PERCENT_PRICE_BY_SIDE', { ...limit, side: 'SELL', price: '80' }, avg],
    ['LOT_SIZE', { ...limit, quantity: '0.001' }],
    ['LOT_SIZE', { ...limit, quantity: '100000.00000000' }],
    // In binary fractions 0.3 / 0.001 is 299.99999999999994.
    ['LOT_SIZE', { ...limit, quantity: '0.3' }],
    ['LOT_SIZE', { ...limit, quantity: '99999.999' }],
    ['MARKET_LOT_SIZE', { ...limit, quantity: '0.0001' }],
    ['MARKET_LOT_SIZE', { ...market, quantity: '0.00212' }, {}, { minQty: '0', stepSize: '0.00000000' }],
    ['MIN_NOTIONAL', { ...limit, price: '0.001', quantity: '1' }],
    ['MIN_NOTIONAL', { ...market, quantity: '0.00001' }, avg],
    ['MIN_NOTIONAL', { ...market, quantity: '0.000001' }],
    ['MIN_NOTIONAL', { ...market, quantity: '0.000001' }, avg, { applyToMarket: false }],
    ['NOTIONAL', { ...limit, price: '10', quantity: '1' }],
    ['NOTIONAL', { ...limit, price: '10000', quantity: '1' }],
    ['NOTIONAL', { ...market, quantity: '0.001' }, avg],
    ['NOTIONAL', { ...market, quantity: '1000' }, avg],
    ['NOTIONAL', { ...market, quantity: '100' }, avg, { applyMaxToMarket: true }],
    ['MAX_NUM_ORDERS', limit, { openOrders: 24 }],
    ['MAX_NUM_ORDERS', market, { openOrders: 25 }],
    ['MAX_NUM_ALGO_ORDERS', { ...limit, type: 'STOP_LOSS', stopPrice: '2' }, { openAlgoOrders: 4 }],
    ['MAX_NUM_ALGO_ORDERS', limit, { openAlgoOrders: 5 }],
    ['MAX_POSITION', limit, { position: '10' }],
    ['MAX_POSITION', { ...limit, side: 'SELL' }, { position: '11' }],
    ['TRAILING_DELTA', { ...market, type: 'STOP_LOSS', trailingDelta: '10' }],
    ['TRAILING_DELTA', { ...market, type: 'STOP_LOSS', trailingDelta: '2000' }],
  ];

  it.each(whole(passing))('passes %s: %j, market %j, filter %j', (name, params, known, change) => {
    expect(check(name, params, known, change)).toBeUndefined();
  });

  const failing: readonly Case[] = [
    ['PRICE_FILTER', { ...limit, price: '0.00000099' }],
    ['PRICE_FILTER', { ...limit, price: '100000.000001' }],
    ['PRICE_FILTER', { ...limit, price: '0.3000001' }],
    ['PRICE_FILTER', { ...market, type: 'STOP_LOSS', stopPrice: '0.3000001' }],
    ['PERCENT_PRICE', { ...limit, price: '130.00000001' }, avg],
    ['PERCENT_PRICE', { ...limit, price: '69.99999999' }, avg],
    ['PERCENT_PRICE_BY_SIDE', { ...limit, price: '120.00000001' }, avg],
    ['PERCENT_PRICE_BY_SIDE', { ...limit, price: '19.99999999' }, avg],
    ['PERCENT_PRICE_BY_SIDE', { ...limit, side: 'SELL', price: '500.1' }, avg],
    ['PERCENT_PRICE_BY_SIDE', { ...limit, side: 'SELL', price: '79.9' }, avg],
    ['LOT_SIZE', { ...limit, quantity: '0.00099999' }],
    ['LOT_SIZE', { ...limit, quantity: '100000.001' }],
    ['LOT_SIZE', { ...limit, quantity: '0.3001' }],
    ['LOT_SIZE', { ...market, quantity: '0.0005' }],
    ['MARKET_LOT_SIZE', { ...market, quantity: '0.00099999' }],
    ['MARKET_LOT_SIZE', { ...market, quantity: '100000.001' }],
    ['MARKET_LOT_SIZE', { ...market, quantity: '0.0015' }],
    ['MIN_NOTIONAL', { ...limit, price: '0.00099999', quantity: '1' }],
    ['MIN_NOTIONAL', { ...market, quantity: '0.00000999' }, avg],
    ['NOTIONAL', { ...limit, price: '9.99999999', quantity: '1' }],
    ['NOTIONAL', { ...limit, price: '10000.01', quantity: '1' }],
    ['NOTIONAL', { ...market, quantity: '0.0999' }, avg, { applyMinToMarket: true }],
    ['NOTIONAL', { ...market, quantity: '100.001' }, avg, { applyMaxToMarket: true }],
    ['MAX_NUM_ORDERS', limit, { openOrders: 25 }],
    ['MAX_NUM_ALGO_ORDERS', { ...limit, type: 'TAKE_PROFIT_LIMIT' }, { openAlgoOrders: 5 }],
    ['MAX_POSITION', limit, { position: '10.00000001' }],
    ['TRAILING_DELTA', { ...market, type: 'STOP_LOSS', trailingDelta: '9' }],
    ['TRAILING_DELTA', { ...market, type: 'TAKE_PROFIT', side: 'SELL', trailingDelta: '2001' }],
  ];

  it.each(whole(failing))(
    "fails %s with the venue's code and words: %j, market %j, filter %j",
    (name, params, known, change) => {
      expect(check(name, params, known, change)).toMatchObject({
        code: '-1013',
        message: `Filter failure: ${name}`,
        filter: name,
      });
    },
  );

  it('says the limit and the number', () => {
    expect(check('LOT_SIZE', { ...limit, quantity: '0.3001' })?.detail).toBe(
      'quantity 0.3001 is no multiple of stepSize 0.001',
    );
    expect(check('NOTIONAL', { ...limit, price: '4', quantity: '2' })?.detail).toBe(
      'price 4 x quantity 2 = 8 is below 10',
    );
  });

  it('trails above the market when a stop buys, below when it sells', () => {
    const narrow = { maxTrailingAboveDelta: 100, maxTrailingBelowDelta: 50 };
    const trail = (type: string, side: string) =>
      check('TRAILING_DELTA', { type, side, quantity: '1', trailingDelta: '80' }, {}, narrow) === undefined;
    // filters.md lists which orders are held to which bounds.
    expect(['STOP_LOSS', 'STOP_LOSS_LIMIT'].map((type) => trail(type, 'BUY'))).toEqual([true, true]);
    expect(['TAKE_PROFIT', 'TAKE_PROFIT_LIMIT'].map((type) => trail(type, 'SELL'))).toEqual([true, true]);
    expect(['STOP_LOSS', 'STOP_LOSS_LIMIT'].map((type) => trail(type, 'SELL'))).toEqual([false, false]);
    expect(['TAKE_PROFIT', 'TAKE_PROFIT_LIMIT'].map((type) => trail(type, 'BUY'))).toEqual([false, false]);
  });
});

describe('a futures order at the edge of a filter', () => {
  // The filters of the example of exchangeInfo, USD-M futures.
  const filters = toSymbolFilters(
    [
      { filterType: 'PRICE_FILTER', maxPrice: '300', minPrice: '0.0001', tickSize: '0.0001' },
      { filterType: 'LOT_SIZE', maxQty: '10000000', minQty: '1', stepSize: '1' },
      { filterType: 'MARKET_LOT_SIZE', maxQty: '590119', minQty: '1', stepSize: '1' },
      { filterType: 'MAX_NUM_ORDERS', limit: 200 },
      { filterType: 'MAX_NUM_ALGO_ORDERS', limit: 10 },
      { filterType: 'MIN_NOTIONAL', notional: '5.0' },
      {
        filterType: 'PERCENT_PRICE',
        multiplierUp: '1.1500',
        multiplierDown: '0.8500',
        multiplierDecimal: '4',
      },
      { filterType: 'POSITION_RISK_CONTROL', positionControlSide: 'NONE' },
    ],
    'futures',
  );
  const mark = { markPrice: '0.2' };
  const order = { type: 'LIMIT', side: 'BUY', price: '0.2', quantity: '100' };
  const code = (params: WireParams, known: FilterMarket = mark) => checkFilters(params, filters, known)?.code;

  it.each([
    ['-4013', { ...order, price: '0.00005', quantity: '10000000' }],
    ['-4002', { ...order, side: 'SELL', price: '300.0001' }],
    ['-4014', { ...order, price: '0.20005' }],
    [
      '-4007',
      { algoType: 'CONDITIONAL', type: 'STOP_MARKET', side: 'BUY', triggerPrice: '301', quantity: '100' },
    ],
    ['-4004', { ...order, quantity: '0' }],
    ['-4005', { ...order, quantity: '10000001' }],
    ['-4005', { type: 'MARKET', side: 'BUY', quantity: '590120' }],
    ['-4023', { ...order, quantity: '100.5' }],
    ['-4164', { ...order, quantity: '24' }],
    ['-4164', { type: 'MARKET', side: 'BUY', quantity: '24' }],
    ['-4016', { ...order, price: '0.2301' }],
    ['-4024', { ...order, side: 'SELL', price: '0.1699' }],
    ['-4183', { ...order, type: 'STOP', triggerPrice: '0.4', price: '0.4601' }],
    ['-4184', { ...order, type: 'STOP', side: 'SELL', triggerPrice: '0.1', price: '0.0849' }],
  ])('fails with the code of its breach, %s: %j', (expected, params) => {
    expect(code(params)).toBe(expected);
  });

  it('fails by count with the codes of too many orders', () => {
    expect(code(order, { openOrders: 200 })).toBe('-2025');
    const stop = {
      algoType: 'CONDITIONAL',
      type: 'STOP_MARKET',
      side: 'SELL',
      triggerPrice: '0.1',
      quantity: '100',
    };
    expect(code(stop, { openAlgoOrders: 10 })).toBe('-4045');
  });

  it.each([
    ['at the cap of a buy', { ...order, price: '0.23' }],
    ['at the floor of a sell', { ...order, side: 'SELL', price: '0.17' }],
    ['far below the market: only what could trade badly is bounded', { ...order, price: '0.05' }],
    ['far above the market when it sells', { ...order, side: 'SELL', price: '0.9' }],
    [
      'far below the market, where its trigger is as well',
      { ...order, type: 'STOP', side: 'SELL', triggerPrice: '0.1', price: '0.085' },
    ],
    [
      'far above the market, where its trigger is as well',
      { ...order, type: 'STOP', triggerPrice: '0.4', price: '0.46' },
    ],
    ['at the least notional', { ...order, quantity: '25' }],
    ['small, but reducing', { ...order, quantity: '1', reduceOnly: 'true' }],
    ['small, but closing in hedge mode', { ...order, side: 'SELL', quantity: '1', positionSide: 'LONG' }],
    ['of a size that only market orders may not have', { ...order, quantity: '590120' }],
  ])('passes %s', (_, params) => {
    expect(code(params)).toBeUndefined();
  });
});

describe('filters that cannot be read', () => {
  it('are an error, so that no order goes out unjudged', () => {
    const bad = [{ filterType: 'LOT_SIZE', minQty: '1e-3', maxQty: '1', stepSize: '0.001' }];
    expect(() => toSymbolFilters(bad, 'spot')).toThrow('LOT_SIZE');
  });
});
