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
// MetaTrader 5
export type { BalanceOperation, HandTrade, Mt5Controls } from './mt5/controls.js';
export type { Mt5AccountOptions } from './mt5/exchange/account.js';
export type {
  Deal as Mt5Deal,
  Order as Mt5Order,
  Position as Mt5Position,
  TradeRequest as Mt5TradeRequest,
  TradeResult as Mt5TradeResult,
} from './mt5/exchange/records.js';
export type { AccountFigures as Mt5AccountFigures } from './mt5/exchange/valuation.js';
export type {
  LossOptions as Mt5LossOptions,
  RequestFault as Mt5RequestFault,
  RequestJudge as Mt5RequestJudge,
  RequestMatch as Mt5RequestMatch,
} from './mt5/link/request-faults.js';
export type { QuoteDetail as Mt5QuoteDetail } from './mt5/market/market.js';
export type { Mt5Bar, Mt5ReplayOptions, Mt5ReplaySummary, Mt5Tick } from './mt5/market/replay.js';
export { defaultMt5Symbols, type Mt5Symbol, mt5Symbol } from './mt5/market/symbol.js';
export type { UtcOffset as Mt5UtcOffset } from './mt5/server-time.js';
export { type Mt5Options, type Mt5Simulator, type ReceivedRequest, startMt5 } from './mt5/start-mt5.js';
export type { Mt5Truth } from './mt5/truth.js';
// Interactive Brokers
export type {
  SecurityType,
  SimulatedContract,
  WireContract,
} from './tws/contracts/contract.js';
export { defaultContracts, esFuture, euroFuture, nqFuture } from './tws/contracts/default-contracts.js';
export { type ForexInput, simulatedForex } from './tws/contracts/forex.js';
export { type FutureInput, simulatedFuture } from './tws/contracts/future.js';
export { type OptionsInput, simulatedOptions } from './tws/contracts/option.js';
export {
  type CryptoInput,
  type IndexInput,
  simulatedCfd,
  simulatedCrypto,
  simulatedIndex,
} from './tws/contracts/other-kinds.js';
export { type StockInput, simulatedStock } from './tws/contracts/stock.js';
export {
  type TradingHours,
  type TradingSpan,
  type WeeklyHours,
  weeklyHours,
} from './tws/contracts/trading-hours.js';
export type { TwsAccountOptions, TwsExecution } from './tws/exchange/account.js';
export { type Commission, fixedCommission, noCommission } from './tws/exchange/commission.js';
export type { ExchangeControls, HandOrder } from './tws/exchange/controls.js';
export type { TwsExchangeOptions } from './tws/exchange/options.js';
export type { TwsOrderStatus, TwsOrderType, TwsTimeInForce } from './tws/exchange/order.js';
export type { ExchangeTruth, OrderTruth } from './tws/exchange/truth.js';
export type { MarketName, MarketOptions, QuoteSizes } from './tws/market/market.js';
export type { MarketControls } from './tws/market/market-controls.js';
export type {
  ReplayOptions as TwsReplayOptions,
  ReplayRow,
  ReplaySummary as TwsReplaySummary,
} from './tws/market/replay.js';
export { type ReplayClockOptions, replayClock } from './tws/market/replay-clock.js';
export type { LossOptions, TwsFaults } from './tws/server/fault-controls.js';
export type { TwsFaultName, WhileLost } from './tws/server/fault-state.js';
export type { MessageMatch, WireMessage } from './tws/server/match.js';
export type { TwsIgnored, TwsServerVersion } from './tws/server/parts.js';
export type { ServedTws, ServeOptions } from './tws/server/simulator.js';
export { startTws, type TwsOptions, type TwsSimulator } from './tws/start-tws.js';
