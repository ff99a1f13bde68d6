// Adapters

export { type BinanceFuturesAdapter, binanceFutures } from './futures/adapter.js';
export type { MarginType } from './futures/settings.js';
export type { BinanceEndpoints, BinanceFuturesOptions, BinanceOptions } from './options.js';
export { type BinanceSpotAdapter, binanceSpot } from './spot/adapter.js';

// What the venue says

export { BinanceError, BinanceLineError } from './errors.js';
export type { FuturesNotices, MarginCall } from './futures/notices.js';
export type { LimitNotice } from './transport/budget.js';

// Market data

export { type DiffOutcome, LocalBook, type LocalBookOptions } from './book/local-book.js';
export { MarketMapper } from './mapper/market.js';
export {
  type BarUpdate,
  type BookTicker,
  type DepthDiff,
  type DepthSnapshot,
  type Malformation,
  type MarketEvent,
  type MarketTrade,
  type MarkPrice,
  malformations,
  type PriceLevel,
} from './mapper/market-events.js';
export type { BookOptions, LiveBook, MarketData } from './market/market-data.js';
