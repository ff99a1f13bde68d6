import { describe, expect, it } from 'vitest';
import { toVenueSymbols } from './instruments.js';

/** As `GET /api/v3/exchangeInfo` answers (rest-api.md), with the filters of BTCUSDT. */
const spot = {
  timezone: 'UTC',
  serverTime: 1565246363776,
  exchangeFilters: [],
  symbols: [
    {
      symbol: 'BTCUSDT',
      status: 'TRADING',
      baseAsset: 'BTC',
      baseAssetPrecision: 8,
      quoteAsset: 'USDT',
      quoteAssetPrecision: 8,
      orderTypes: ['LIMIT', 'LIMIT_MAKER', 'MARKET', 'STOP_LOSS', 'STOP_LOSS_LIMIT'],
      ocoAllowed: true,
      filters: [
        {
          filterType: 'PRICE_FILTER',
          minPrice: '0.01000000',
          maxPrice: '1000000.00000000',
          tickSize: '0.01000000',
        },
        { filterType: 'LOT_SIZE', minQty: '0.00001000', maxQty: '9000.00000000', stepSize: '0.00001000' },
        { filterType: 'ICEBERG_PARTS', limit: 10 },
        {
          filterType: 'MARKET_LOT_SIZE',
          minQty: '0.00000000',
          maxQty: '116.18940979',
          stepSize: '0.00000000',
        },
        {
          filterType: 'NOTIONAL',
          minNotional: '5.00000000',
          applyMinToMarket: true,
          maxNotional: '9000000.00000000',
          applyMaxToMarket: false,
          avgPriceMins: 5,
        },
      ],
      permissions: [],
    },
  ],
};

/** The example of `GET /fapi/v1/exchangeInfo` (developers.binance.com, USD-M futures, "Exchange Information"). */
const futures = {
  symbols: [
    {
      symbol: 'BLZUSDT',
      pair: 'BLZUSDT',
      contractType: 'PERPETUAL',
      status: 'TRADING',
      baseAsset: 'BLZ',
      quoteAsset: 'USDT',
      marginAsset: 'USDT',
      pricePrecision: 5,
      quantityPrecision: 0,
      filters: [
        { filterType: 'PRICE_FILTER', maxPrice: '300', minPrice: '0.0001', tickSize: '0.0001' },
        { filterType: 'LOT_SIZE', maxQty: '10000000', minQty: '1', stepSize: '1' },
        { filterType: 'MARKET_LOT_SIZE', maxQty: '590119', minQty: '1', stepSize: '1' },
        { filterType: 'MIN_NOTIONAL', notional: '5.0' },
      ],
      OrderType: ['LIMIT', 'MARKET', 'STOP', 'STOP_MARKET'],
    },
  ],
};

describe('an answer of exchangeInfo', () => {
  it('gives the instrument of a spot symbol', () => {
    const found = toVenueSymbols(spot, 'spot', ['BTCUSDT']).get('BTCUSDT');
    expect(found?.instrument).toMatchObject({
      symbol: 'BTCUSDT',
      assetClass: 'crypto',
      base: 'BTC',
      currency: 'USDT',
      contractSize: 1,
      tickSize: 0.01,
      quantityStep: 0.00001,
      minQuantity: 0.00001,
      // A market order takes no more, and what was entered must be able to leave by one.
      maxQuantity: 116.18940979,
      minNotional: 5,
      priceDecimals: 2,
      quantityDecimals: 5,
    });
    expect(found).toMatchObject({ status: 'TRADING', ocoAllowed: true, marginAsset: 'USDT' });
    expect(found?.orderTypes.has('STOP_LOSS')).toBe(true);
  });

  it('gives the instrument of a futures symbol by its filters, not by its precisions', () => {
    const found = toVenueSymbols(futures, 'futures', ['BLZUSDT']).get('BLZUSDT');
    expect(found?.instrument).toMatchObject({
      tickSize: 0.0001,
      priceDecimals: 4,
      quantityStep: 1,
      quantityDecimals: 0,
      maxQuantity: 590119,
      minNotional: 5,
    });
    expect(found?.orderTypes.has('STOP_MARKET')).toBe(true);
  });

  it('takes an asset with a name of two letters', () => {
    const op = { ...spot.symbols[0], symbol: 'OPUSDT', baseAsset: 'OP' };
    expect(toVenueSymbols({ symbols: [op] }, 'spot', ['OPUSDT']).get('OPUSDT')?.baseAsset).toBe('OP');
  });

  it('names the symbol that is not listed', () => {
    expect(() => toVenueSymbols(spot, 'spot', ['btcusdt'])).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_INSTRUMENT', message: expect.stringContaining('btcusdt') }),
    );
  });

  it.each([
    ['nothing', undefined],
    ['an error', { code: -1003, msg: 'Too many requests.' }],
    ['a symbol without filters', { symbols: [{ ...spot.symbols[0], filters: undefined }] }],
    ['a symbol without a lot', { symbols: [{ ...spot.symbols[0], filters: [] }] }],
  ])('that is %s is BAD_DATA', (_, answer) => {
    expect(() => toVenueSymbols(answer, 'spot', ['BTCUSDT'])).toThrow(
      expect.objectContaining({ code: 'BAD_DATA' }),
    );
  });
});
