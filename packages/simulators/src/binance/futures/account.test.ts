import { describe, expect, it } from 'vitest';
import { type Fields, type FuturesBench, futuresBench, limit, market, nameOf } from './testing/bench.js';

const quoted = (options?: Parameters<typeof futuresBench>[0]): FuturesBench => {
  const bench = futuresBench(options);
  bench.quote(50_000, 50_000);
  return bench;
};

describe('An account of the futures exchange', () => {
  it('reckons the initial margin of positions and of orders by the leverage of the contract', () => {
    const bench = quoted({ fees: { maker: '0', taker: '0' } });
    bench.get('POST /fapi/v1/order', market('BUY'));
    bench.get('POST /fapi/v1/order', limit('BUY', '48000.0'));
    // 0.1 x 50000 / 20 and 0.1 x 48000 / 20; the sell below would only reduce, so it needs none.
    bench.get('POST /fapi/v1/order', limit('SELL', '51000.0'));
    expect(bench.get('GET /fapi/v3/account')).toMatchObject({
      totalWalletBalance: '10000.00000000',
      totalPositionInitialMargin: '250.00000000',
      totalOpenOrderInitialMargin: '240.00000000',
      totalInitialMargin: '490.00000000',
      availableBalance: '9510.00000000',
      // Page "Notional and Leverage Brackets": value x ratio - cum, in the first bracket 5000 x 0.4 %.
      totalMaintMargin: '20.00000000',
    });
  });

  it('lists all contracts in version 2, and only those in use in version 3 (pages "Account Information V2", "V3")', () => {
    const bench = quoted();
    const symbols = (path: string): unknown =>
      (bench.get(path).positions as Fields[]).map(({ symbol }) => symbol);
    expect(symbols('GET /fapi/v2/account')).toEqual(['BTCUSDT', 'ETHUSDT']);
    expect(symbols('GET /fapi/v3/account')).toEqual([]);
    bench.get('POST /fapi/v1/order', limit('BUY', '48000.0'));
    expect(symbols('GET /fapi/v3/account')).toEqual(['BTCUSDT']);
    expect(bench.list('GET /fapi/v2/positionRisk')).toHaveLength(2);
    expect(bench.list('GET /fapi/v3/positionRisk')).toMatchObject([
      { symbol: 'BTCUSDT', positionAmt: '0.000' },
    ]);
  });

  it('has the figures of the bracket of its value (page "Notional and Leverage Brackets")', () => {
    const row = futuresBench().get('GET /fapi/v1/leverageBracket', { symbol: 'BTCUSDT' });
    const [first, second] = row.brackets as Fields[];
    expect(first).toEqual({
      bracket: 1,
      initialLeverage: 125,
      notionalCap: 300_000,
      notionalFloor: 0,
      maintMarginRatio: 0.004,
      cum: 0,
    });
    // What the second bracket's ratio takes too much of the first: 300000 x (0.5 % - 0.4 %).
    expect(second).toMatchObject({ bracket: 2, notionalFloor: 300_000, cum: 300 });
  });

  it('tells why its wallet changed (page "Get Income History")', () => {
    const bench = quoted();
    bench.exchange.transfer('amy', 'USDT', '500');
    bench.get('POST /fapi/v1/order', market('BUY'));
    const rows = bench.list('GET /fapi/v1/income');
    expect(rows.map(({ incomeType, income, asset }) => [incomeType, income, asset])).toEqual([
      ['TRANSFER', '500.00000000', 'USDT'],
      ['COMMISSION', '-2.50000000', 'USDT'],
    ]);
    expect(bench.list('GET /fapi/v1/income', { incomeType: 'COMMISSION', symbol: 'BTCUSDT' })).toHaveLength(
      1,
    );
    expect(bench.news()[0]).toMatchObject({ a: { m: 'DEPOSIT', B: [{ a: 'USDT', bc: '500' }], P: [] } });
  });

  it('holds several assets, each for the contracts that are settled in it', () => {
    const bench = futuresBench({
      accounts: [{ name: 'amy', balances: { USDT: '100', USDC: '5000' } }],
      symbols: [
        { symbol: 'BTCUSDT', base: 'BTC' },
        { symbol: 'BTCUSDC', base: 'BTC', quote: 'USDC' },
      ],
    });
    for (const symbol of ['BTCUSDT', 'BTCUSDC']) bench.quote(50_000, 50_000, symbol);
    expect(bench.refusal('POST /fapi/v1/order', market('BUY'))[0]).toBe(-2019);
    bench.get('POST /fapi/v1/order', market('BUY', { symbol: 'BTCUSDC' }));
    const rows = bench.list('GET /fapi/v2/balance').map(({ asset, balance }) => [asset, balance]);
    expect(rows).toEqual([
      ['USDT', '100.00000000'],
      ['USDC', '4997.50000000'],
    ]);
  });
});

describe('Settings of an account of the futures exchange', () => {
  it('change the leverage of a contract, and say so (page "Event: Account Configuration Update")', () => {
    const bench = quoted();
    const set = (leverage: string): Fields =>
      bench.get('POST /fapi/v1/leverage', { symbol: 'BTCUSDT', leverage });
    expect(set('125')).toEqual({ leverage: 125, maxNotionalValue: '300000', symbol: 'BTCUSDT' });
    expect(bench.news()).toMatchObject([{ e: 'ACCOUNT_CONFIG_UPDATE', ac: { s: 'BTCUSDT', l: 125 } }]);
    const row = { symbol: 'BTCUSDT', marginType: 'CROSSED', isAutoAddMargin: false, leverage: 125 };
    expect(bench.list('GET /fapi/v1/symbolConfig', { symbol: 'BTCUSDT' })).toMatchObject([row]);
    expect(bench.refusal('POST /fapi/v1/leverage', { symbol: 'BTCUSDT', leverage: '126' })).toEqual([
      -4028,
      'Leverage 126 is not valid',
    ]);
  });

  it('keep a leverage that the margin does not allow to lower (error -2028)', () => {
    const bench = quoted();
    bench.get('POST /fapi/v1/order', market('BUY', { quantity: '2' }));
    const low = { symbol: 'BTCUSDT', leverage: '5' };
    expect(bench.refusal('POST /fapi/v1/leverage', low)[0]).toBe(-2028);
    expect(bench.list('GET /fapi/v1/symbolConfig', { symbol: 'BTCUSDT' })).toMatchObject([{ leverage: 20 }]);
  });

  it('change the position mode while nothing is open, and only to the other one (errors -4059, -4067, -4068)', () => {
    const bench = quoted();
    const set = 'POST /fapi/v1/positionSide/dual';
    expect(bench.refusal(set, { dualSidePosition: 'false' })).toEqual([
      -4059,
      'No need to change position side.',
    ]);
    bench.get('POST /fapi/v1/order', limit('BUY', '48000.0'));
    expect(bench.refusal(set, { dualSidePosition: 'true' })[0]).toBe(-4067);
    bench.get('DELETE /fapi/v1/allOpenOrders', { symbol: 'BTCUSDT' });
    bench.get('POST /fapi/v1/order', market('BUY'));
    expect(bench.refusal(set, { dualSidePosition: 'true' })[0]).toBe(-4068);
    bench.get('POST /fapi/v1/order', market('SELL'));
    expect(bench.get(set, { dualSidePosition: 'true' })).toEqual({ code: 200, msg: 'success' });
    expect(bench.get('GET /fapi/v1/positionSide/dual')).toEqual({ dualSidePosition: true });
    expect(bench.get('GET /fapi/v1/accountConfig')).toMatchObject({
      dualSidePosition: true,
      tradeGroupId: -1,
    });
  });

  it('change the margin type while nothing is open, and only to the other one (errors -4046, -4047, -4048)', () => {
    const bench = quoted();
    const set = (marginType: string) => ({ symbol: 'BTCUSDT', marginType });
    expect(bench.refusal('POST /fapi/v1/marginType', set('CROSSED'))).toEqual([
      -4046,
      'No need to change margin type.',
    ]);
    bench.get('POST /fapi/v1/order', limit('BUY', '48000.0'));
    expect(bench.refusal('POST /fapi/v1/marginType', set('ISOLATED'))[0]).toBe(-4047);
    bench.get('DELETE /fapi/v1/allOpenOrders', { symbol: 'BTCUSDT' });
    bench.get('POST /fapi/v1/order', market('BUY'));
    expect(bench.refusal('POST /fapi/v1/marginType', set('ISOLATED'))[0]).toBe(-4048);
    bench.get('POST /fapi/v1/order', market('SELL'));
    bench.news();
    bench.get('POST /fapi/v1/marginType', set('ISOLATED'));
    expect(bench.news().map(nameOf)).toEqual(['ACCOUNT_UPDATE MARGIN_TYPE_CHANGE']);
    expect(bench.refusal('POST /fapi/v1/multiAssetsMargin', { multiAssetsMargin: 'true' })[0]).toBe(-4167);
  });

  it('change to multi-assets margin, and only to the other mode (errors -4170, -4171, -4168)', () => {
    const bench = quoted();
    const set = (multiAssetsMargin: string) => ({ multiAssetsMargin });
    expect(bench.refusal('POST /fapi/v1/multiAssetsMargin', set('false'))[0]).toBe(-4171);
    bench.get('POST /fapi/v1/multiAssetsMargin', set('true'));
    expect(bench.news()).toMatchObject([{ e: 'ACCOUNT_CONFIG_UPDATE', ai: { j: true } }]);
    const isolated = { symbol: 'BTCUSDT', marginType: 'ISOLATED' };
    expect(bench.refusal('POST /fapi/v1/marginType', isolated)[0]).toBe(-4168);
    bench.get('POST /fapi/v1/order', limit('BUY', '48000.0'));
    expect(bench.refusal('POST /fapi/v1/multiAssetsMargin', set('false'))[0]).toBe(-4170);
  });
});

describe('What is listed on the futures exchange', () => {
  it('has the fields and filters of the page "Exchange Information"', () => {
    const info = futuresBench().get('GET /fapi/v1/exchangeInfo');
    const btc = (info.symbols as Fields[])[0]!;
    expect(btc).toMatchObject({
      symbol: 'BTCUSDT',
      pair: 'BTCUSDT',
      contractType: 'PERPETUAL',
      deliveryDate: 4_133_404_800_000,
      status: 'TRADING',
      marginAsset: 'USDT',
      baseAssetPrecision: 8,
    });
    // Page "WebSocket API General Info": 2400 a minute; 300 orders in 10 s, 1200 a minute.
    const limits = (info.rateLimits as Fields[]).map(({ rateLimitType, interval, limit }) => [
      rateLimitType,
      interval,
      limit,
    ]);
    expect(limits).toEqual([
      ['REQUEST_WEIGHT', 'MINUTE', 2400],
      ['ORDERS', 'SECOND', 300],
      ['ORDERS', 'MINUTE', 1200],
    ]);
    expect((btc.filters as Fields[]).map(({ filterType }) => filterType)).toEqual([
      'PRICE_FILTER',
      'LOT_SIZE',
      'MARKET_LOT_SIZE',
      'MAX_NUM_ORDERS',
      'MAX_NUM_ALGO_ORDERS',
      'MIN_NOTIONAL',
      'PERCENT_PRICE',
    ]);
  });
});
