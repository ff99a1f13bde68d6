import type { Route } from '../../exchange.js';
import type { VenueLimits } from '../../server/limits.js';
import { algoTypes } from '../algo-orders.js';
import { fixed } from '../amounts.js';
import { inTime, optionalSymbol } from '../params.js';
import type { FuturesSymbol } from '../symbols.js';
import type { FuturesVenue } from '../venue.js';
import type { NamedRoute } from './route.js';

type Limits = Pick<VenueLimits, 'weight' | 'orders'>;

const rateLimits = ({ weight, orders }: Limits): readonly unknown[] => [
  { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: weight },
  ...orders.map((limit) => ({ rateLimitType: 'ORDERS', ...limit })),
];

const NO_END = 4_133_404_800_000;
const LISTED = 1_569_398_400_000;
const FUNDING_SPAN = { limit: 100, most: 1000, days: 10 * 365 };

/** A contract as it is listed. Source: page "Exchange Information". */
const listing = ({ name, options }: FuturesSymbol): unknown => ({
  symbol: name,
  pair: name,
  contractType: 'PERPETUAL',
  deliveryDate: NO_END,
  onboardDate: LISTED,
  status: 'TRADING',
  maintMarginPercent: '2.5000',
  requiredMarginPercent: '5.0000',
  baseAsset: options.base,
  quoteAsset: options.quote,
  marginAsset: options.quote,
  pricePrecision: options.pricePrecision,
  quantityPrecision: options.quantityPrecision,
  baseAssetPrecision: 8,
  quotePrecision: 8,
  underlyingType: 'COIN',
  underlyingSubType: [],
  settlePlan: 0,
  triggerProtect: '0.0500',
  liquidationFee: options.liquidationFee,
  marketTakeBound: '0.05',
  maxMoveOrderLimit: 10_000,
  filters: [
    {
      filterType: 'PRICE_FILTER',
      minPrice: options.minPrice,
      maxPrice: options.maxPrice,
      tickSize: options.tickSize,
    },
    { filterType: 'LOT_SIZE', minQty: options.minQty, maxQty: options.maxQty, stepSize: options.stepSize },
    {
      filterType: 'MARKET_LOT_SIZE',
      minQty: options.minQty,
      maxQty: options.marketMaxQty,
      stepSize: options.stepSize,
    },
    { filterType: 'MAX_NUM_ORDERS', limit: options.maxOrders },
    { filterType: 'MAX_NUM_ALGO_ORDERS', limit: options.maxAlgoOrders },
    { filterType: 'MIN_NOTIONAL', notional: options.minNotional },
    {
      filterType: 'PERCENT_PRICE',
      multiplierUp: options.multiplierUp,
      multiplierDown: options.multiplierDown,
      multiplierDecimal: '4',
    },
  ],
  orderTypes: ['LIMIT', 'MARKET', ...algoTypes],
  timeInForce: ['GTC', 'IOC', 'FOK', 'GTX', 'GTD'],
});

/** Routes that need no account: what is listed, and what funding was paid. */
export const infoRoutes = (venue: FuturesVenue, limits: Limits): readonly NamedRoute[] => {
  const open = (path: string, weight: number, handle: Route['handle']): NamedRoute => [
    path,
    { security: 'NONE', weight, handle },
  ];
  return [
    open('GET /fapi/v1/exchangeInfo', 1, () => ({
      timezone: 'UTC',
      serverTime: venue.market.now,
      futuresType: 'U_MARGINED',
      rateLimits: rateLimits(limits),
      exchangeFilters: [],
      assets: [...new Set([...venue.symbols.values()].map(({ options }) => options.quote))].map((asset) => ({
        asset,
        marginAvailable: true,
        autoAssetExchange: '0',
      })),
      symbols: [...venue.symbols.values()].map(listing),
    })),
    open('GET /fapi/v1/fundingRate', 0, ({ params }) => {
      const symbol = optionalSymbol(venue.symbols, params);
      const rows = venue.market.fundings.filter((row) => symbol === undefined || row.symbol === symbol.name);
      return inTime(params, rows, ({ time }) => time, FUNDING_SPAN).map((row) => ({
        symbol: row.symbol,
        fundingTime: row.time,
        fundingRate: fixed(row.rate, 8),
        markPrice: fixed(row.mark, 8),
      }));
    }),
  ];
};
