// Binance
export { VenueError } from './binance/exchange.js';
export type { FuturesAccountOptions, FuturesExchangeOptions } from './binance/futures/options.js';
export type { FuturesSymbolOptions, LeverageBracket } from './binance/futures/symbols.js';
export type { BinanceFaults } from './binance/server/fault-controls.js';
export type { FaultName, Match } from './binance/server/faults.js';
export type { VenueKey } from './binance/server/keys.js';
export type { OrderLimit, VenueLimits } from './binance/server/limits.js';
export type { LineKind } from './binance/server/lines.js';
export type { History } from './binance/server/market/feed.js';
export type { KlineRow } from './binance/server/market/kline-rows.js';
export type { VenueControls } from './binance/server/market-controls.js';
export type { ReplayOptions, ReplaySummary } from './binance/server/replay.js';
export type { VenueEndpoints } from './binance/server/simulator.js';
export type { SpotAccountOptions } from './binance/spot/account.js';
export {
  type ExchangeFilter,
  type SpotSymbol,
  type SpotSymbolInput,
  type SymbolFilter,
  spotSymbol,
} from './binance/spot/symbols.js';
export type { SpotOptions } from './binance/spot/venue.js';
export {
  type BinanceAccount,
  type BinanceSimulator,
  type BinanceSimulatorOptions,
  demoKey,
  startBinance,
  type VenueOptions,
} from './binance/start-binance.js';
