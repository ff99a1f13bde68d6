import { describe, expect, it } from 'vitest';
import { type SymbolFilter, spotSymbol } from './symbols.js';
import { SpotBench } from './testing/spot-bench.js';

/** A venue whose one symbol has the one filter (beside a fine price and lot grid), with the market at 4. */
const withFilter = (
  filter: SymbolFilter,
  balances: Record<string, string> = { BTC: '200000', ETH: '200000' },
): SpotBench => {
  const free = spotSymbol({
    baseAsset: 'ETH',
    quoteAsset: 'BTC',
    tickSize: '0.00000001',
    stepSize: '0.00000001',
    minNotional: '0',
  });
  const grids: readonly SymbolFilter[] = [
    { filterType: 'PRICE_FILTER', minPrice: '0', maxPrice: '0', tickSize: '0.00000001' },
    { filterType: 'LOT_SIZE', minQty: '0.00000001', maxQty: '1000000', stepSize: '0.00000001' },
  ];
  const filters = [...grids.filter(({ filterType }) => filterType !== filter.filterType), filter];
  const bench = new SpotBench({ symbols: [{ ...free, filters }], accounts: [{ name: 'me', balances }] });
  return bench.quote(4, 4, 'ETHBTC');
};

const place = (bench: SpotBench, params: Record<string, string | number>): string =>
  bench.refusal(() =>
    bench.call('POST /api/v3/order', {
      symbol: 'ETHBTC',
      side: 'BUY',
      type: 'LIMIT',
      ...(params.type === undefined || params.type === 'LIMIT' ? { timeInForce: 'GTC' } : {}),
      quantity: 1,
      ...params,
    }),
  );

const verdict = (bench: SpotBench, params: Record<string, string | number>): string => {
  const answer = place(bench, params);
  return answer.startsWith('taken') ? 'taken' : answer;
};

// Each filter with the values of its own example in filters.md, on both sides of each edge.
describe('PRICE_FILTER', () => {
  const filter = {
    filterType: 'PRICE_FILTER',
    minPrice: '0.00000100',
    maxPrice: '100000.00000000',
    tickSize: '0.00000100',
  } as const;
  it.each([
    ['0.00000100', 'taken'],
    ['0.00000099', '-1013 Filter failure: PRICE_FILTER'],
    ['0.00000150', '-1013 Filter failure: PRICE_FILTER'],
    ['100000.00000000', 'taken'],
    ['100000.00000100', '-1013 Filter failure: PRICE_FILTER'],
  ])('says to a price of %s: %s', (price, expected) => {
    expect(verdict(withFilter(filter), { side: 'SELL', price })).toBe(expected);
  });

  it('holds for stop prices, too, and each rule is off at zero', () => {
    const stop = { side: 'SELL', type: 'STOP_LOSS', stopPrice: '2.0000015' };
    expect(verdict(withFilter(filter), stop)).toBe('-1013 Filter failure: PRICE_FILTER');
    const off = { ...filter, minPrice: '0', maxPrice: '0', tickSize: '0' };
    expect(verdict(withFilter(off), stop)).toBe('taken');
  });
});

describe('PERCENT_PRICE', () => {
  const filter = {
    filterType: 'PERCENT_PRICE',
    multiplierUp: '1.3000',
    multiplierDown: '0.7000',
    avgPriceMins: 5,
  } as const;
  it.each([
    ['5.20000000', 'taken'],
    ['5.20000001', '-1013 Filter failure: PERCENT_PRICE'],
    ['2.80000000', 'taken'],
    ['2.79999999', '-1013 Filter failure: PERCENT_PRICE'],
  ])('says to a price of %s, with an average of 4: %s', (price, expected) => {
    expect(verdict(withFilter(filter), { side: 'SELL', price })).toBe(expected);
  });

  it('takes the volume-weighted average of the minutes before', () => {
    const bench = withFilter(filter);
    const { exchange } = bench;
    exchange.trade('ETHBTC', bench.now, 10, 3, false);
    exchange.trade('ETHBTC', bench.now, 6, 1, false);
    // (10 * 3 + 6 * 1) / 4 = 9; up to 11.7.
    expect(verdict(bench, { side: 'SELL', price: '11.7' })).toBe('taken');
    expect(verdict(bench, { side: 'SELL', price: '11.70000001' })).toBe(
      '-1013 Filter failure: PERCENT_PRICE',
    );
    bench.now += 5 * 60_000 + 1;
    bench.quote(4, 4, 'ETHBTC');
    expect(verdict(bench, { side: 'SELL', price: '5.20000001' })).toBe('-1013 Filter failure: PERCENT_PRICE');
  });
});

describe('PERCENT_PRICE_BY_SIDE', () => {
  const filter = {
    filterType: 'PERCENT_PRICE_BY_SIDE',
    bidMultiplierUp: '1.2',
    bidMultiplierDown: '0.2',
    askMultiplierUp: '5',
    askMultiplierDown: '0.8',
    avgPriceMins: 1,
  } as const;
  it.each([
    ['BUY', '4.8', 'taken'],
    ['BUY', '4.80000001', 'refused'],
    ['BUY', '0.8', 'taken'],
    ['BUY', '0.79999999', 'refused'],
    ['SELL', '20', 'taken'],
    ['SELL', '20.00000001', 'refused'],
    ['SELL', '3.2', 'taken'],
    ['SELL', '3.19999999', 'refused'],
  ])('says to a %s at %s, with an average of 4: %s', (side, price, expected) => {
    const answer = verdict(withFilter(filter), { side, price });
    expect(answer).toBe(expected === 'taken' ? 'taken' : '-1013 Filter failure: PERCENT_PRICE_BY_SIDE');
  });
});

describe('LOT_SIZE and MARKET_LOT_SIZE', () => {
  const sizes = { minQty: '0.00100000', maxQty: '100000.00000000', stepSize: '0.00100000' } as const;
  it.each([
    ['0.001', true],
    ['0.0009', false],
    ['0.0015', false],
    ['100000', true],
    ['100000.001', false],
  ])('a quantity of %s passes: %s', (quantity, fits) => {
    const lot = withFilter({ filterType: 'LOT_SIZE', ...sizes });
    expect(verdict(lot, { price: 1, quantity })).toBe(fits ? 'taken' : '-1013 Filter failure: LOT_SIZE');
    const market = withFilter({ filterType: 'MARKET_LOT_SIZE', ...sizes });
    expect(verdict(market, { side: 'SELL', type: 'MARKET', quantity })).toBe(
      fits ? 'taken' : '-1013 Filter failure: MARKET_LOT_SIZE',
    );
    expect(verdict(market, { price: '0.5', quantity })).toBe('taken');
  });

  it('does not hold a market order by quoteOrderQty (rest-api.md, "Other info")', () => {
    const bench = withFilter({ filterType: 'LOT_SIZE', minQty: '1', maxQty: '100', stepSize: '1' });
    const amount = { symbol: 'ETHBTC', side: 'BUY', type: 'MARKET', quoteOrderQty: '9' };
    expect(bench.call('POST /api/v3/order', amount)).toMatchObject({ executedQty: '2.00000000' });
  });
});

describe('MIN_NOTIONAL and NOTIONAL', () => {
  const least = {
    filterType: 'MIN_NOTIONAL',
    minNotional: '0.00100000',
    applyToMarket: true,
    avgPriceMins: 5,
  } as const;
  const both = {
    filterType: 'NOTIONAL',
    minNotional: '10.00000000',
    applyMinToMarket: false,
    maxNotional: '10000.00000000',
    applyMaxToMarket: false,
    avgPriceMins: 5,
  } as const;
  it.each<[SymbolFilter, Record<string, string | number>, string]>([
    [least, { price: '0.001', quantity: 1 }, 'taken'],
    [least, { price: '0.001', quantity: '0.99999999' }, '-1013 Filter failure: MIN_NOTIONAL'],
    [least, { type: 'MARKET', quantity: '0.00025' }, 'taken'],
    [least, { type: 'MARKET', quantity: '0.00024999' }, '-1013 Filter failure: MIN_NOTIONAL'],
    [{ ...least, applyToMarket: false }, { type: 'MARKET', quantity: '0.00024999' }, 'taken'],
    [both, { price: '2', quantity: 5 }, 'taken'],
    [both, { price: '2', quantity: '4.99999999' }, '-1013 Filter failure: NOTIONAL'],
    [both, { price: '2', quantity: 5000 }, 'taken'],
    [both, { price: '2', quantity: '5000.00000001' }, '-1013 Filter failure: NOTIONAL'],
    [both, { type: 'MARKET', quantity: '0.1' }, 'taken'],
    [
      { ...both, applyMinToMarket: true },
      { type: 'MARKET', quantity: '2.49999999' },
      '-1013 Filter failure: NOTIONAL',
    ],
    [{ ...both, applyMinToMarket: true }, { type: 'MARKET', quantity: '2.5' }, 'taken'],
  ])('%j says to %j: %s', (filter, params, expected) => {
    expect(verdict(withFilter(filter), params)).toBe(expected);
  });
});

describe('Filters of counts', () => {
  const order = { price: 1, quantity: '0.5' };
  const fill = (bench: SpotBench, times: number, params: Record<string, string | number>): void => {
    for (let i = 0; i < times; i++) expect(verdict(bench, params)).toBe('taken');
  };

  it('ICEBERG_PARTS: CEIL(qty / icebergQty) is at most the limit', () => {
    const bench = withFilter({ filterType: 'ICEBERG_PARTS', limit: 10 });
    expect(verdict(bench, { price: 1, quantity: 10, icebergQty: 1 })).toBe('taken');
    expect(verdict(bench, { price: 1, quantity: '10.01', icebergQty: 1 })).toBe(
      '-1013 Filter failure: ICEBERG_PARTS',
    );
  });

  it('MAX_NUM_ORDERS: 25 are open, the 26th is refused, until one has ended', () => {
    const bench = withFilter({ filterType: 'MAX_NUM_ORDERS', maxNumOrders: 25 });
    fill(bench, 25, order);
    expect(verdict(bench, order)).toBe('-1013 Filter failure: MAX_NUM_ORDERS');
    bench.call('DELETE /api/v3/order', { symbol: 'ETHBTC', orderId: 3 });
    expect(verdict(bench, order)).toBe('taken');
  });

  it('MAX_NUM_ICEBERG_ORDERS: 5 are open, the 6th is refused, a plain one is not', () => {
    const bench = withFilter({ filterType: 'MAX_NUM_ICEBERG_ORDERS', maxNumIcebergOrders: 5 });
    fill(bench, 5, { ...order, icebergQty: '0.1' });
    expect(verdict(bench, { ...order, icebergQty: '0.1' })).toBe(
      '-1013 Filter failure: MAX_NUM_ICEBERG_ORDERS',
    );
    expect(verdict(bench, order)).toBe('taken');
  });

  it('MAX_POSITION: what is owned, what open buys may add, and the order are at most 10', () => {
    const bench = withFilter(
      { filterType: 'MAX_POSITION', maxPosition: '10.00000000' },
      { BTC: '100', ETH: '6' },
    );
    expect(verdict(bench, { side: 'SELL', price: 5, quantity: 1 })).toBe('taken');
    expect(verdict(bench, { price: 1, quantity: 2 })).toBe('taken');
    expect(verdict(bench, { price: 1, quantity: '2.00000001' })).toBe('-1013 Filter failure: MAX_POSITION');
    expect(verdict(bench, { price: 1, quantity: 2 })).toBe('taken');
  });

  it('EXCHANGE_MAX_NUM_ORDERS counts over all symbols', () => {
    const bench = new SpotBench({
      exchangeFilters: [{ filterType: 'EXCHANGE_MAX_NUM_ORDERS', maxNumOrders: 2 }],
    });
    bench.limit('BUY', 90, 1);
    const buy = { side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', price: 10, quantity: 1 };
    bench.call('POST /api/v3/order', { symbol: 'ETHUSDT', ...buy });
    expect(bench.refusal(() => bench.limit('BUY', 90, 1))).toBe(
      '-1013 Filter failure: EXCHANGE_MAX_NUM_ORDERS',
    );
  });

  it('MAX_NUM_ORDER_LISTS counts lists', () => {
    const bench = withFilter({ filterType: 'MAX_NUM_ORDER_LISTS', maxNumOrderLists: 1 });
    const list = {
      symbol: 'ETHBTC',
      side: 'SELL',
      quantity: 1,
      aboveType: 'LIMIT_MAKER',
      abovePrice: 5,
      belowType: 'STOP_LOSS',
      belowStopPrice: 3,
    };
    bench.call('POST /api/v3/orderList/oco', list);
    expect(bench.refusal(() => bench.call('POST /api/v3/orderList/oco', list))).toBe(
      '-1013 Filter failure: MAX_NUM_ORDER_LISTS',
    );
  });
});
