// Adapters

// Market data
export { LocalBook, type LocalBookOptions } from './book/local-book.js';
// What the venue says
export { BinanceError, BinanceLineError } from './errors.js';
export { type BinanceFuturesAdapter, binanceFutures } from './futures/adapter.js';
export type { FuturesNotices, MarginCall } from './futures/notices.js';
export { MarketMapper } from './mapper/market.js';
export type {
  BarUpdate,
  BookTicker,
  DepthDiff,
  DepthSnapshot,
  Malformation,
  MarketEvent,
  MarketTrade,
  MarkPrice,
  PriceLevel,
} from './mapper/market-events.js';
export type { BookOptions, LiveBook, MarketData } from './market/market-data.js';
export type { BinanceEndpoints, BinanceFuturesOptions, BinanceOptions } from './options.js';
export { type BinanceSpotAdapter, binanceSpot } from './spot/adapter.js';
