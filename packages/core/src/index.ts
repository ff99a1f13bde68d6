// Model
export { type Side, opposite, sideOf, sign } from './model/side.js';
export { type Quote, type Tick, tickSchema } from './model/tick.js';
export { type Bar, barSchema } from './model/bar.js';
export {
  type AssetClass,
  assetClasses,
  defineInstrument,
  type Instrument,
  type InstrumentInput,
  instrumentSchema,
} from './model/instrument.js';
export {
  decimalsOf,
  type Rounding,
  roundPrice,
  roundQuantity,
  tickSizeAt,
  tidyQuantity,
  toDecimalString,
} from './model/grid.js';
export { currencyDecimals, formatMoney, fromMinor, type MinorUnits, parseMoney, toMinor } from './model/money.js';
export { type AccountMode, type AccountState, flatPosition, type Position } from './model/account.js';
export {
  type AccountStamp,
  type Approval,
  type Draft,
  draftSchema,
  type EntryOrder,
  type Intent,
  intents,
  type OrderType,
  orderTypes,
  type Priority,
  priorities,
  type Signal,
  type TimeInForce,
  timesInForce,
  type ValidSignal,
} from './model/signal.js';
export {
  type Bracket,
  type FillEvent,
  finalStates,
  type OrderEvent,
  type OrderRef,
  type OrderReport,
  type OrderRequest,
  type OrderState,
  type Purpose,
} from './model/order.js';
export type { Decision, Outcome, PolicyVerdict, Refusal, Stage } from './model/decision.js';
export type { Book } from './model/book.js';

// Market
export { parseTimeframe, type Timeframe, timeframeMs, timeframes } from './market/timeframe.js';
export type { MarketFeed, TickBatch } from './market/feed.js';

// Risk
export { ApprovedOrder, type LegName, type Warrant } from './risk/approved-order.js';

// Execution
export type {
  AdapterEvents,
  BrokerAdapter,
  Capabilities,
  CommandOutcome,
  ConnectionState,
  HistoryQuery,
  MaybePromise,
  QueryOutcome,
  Snapshot,
  StreamRequest,
  Support,
  VenuePosition,
} from './execution/broker-adapter.js';

// Runtime
export { type Clock, systemClock } from './runtime/clock.js';
export { VirtualClock } from './runtime/virtual-clock.js';
export { normal, type Random, seededRandom } from './runtime/random.js';

// Errors
export { type ErrorDetail, MikroBotError } from './errors/mikrobot-error.js';
export { type ErrorCode, errorCodes } from './errors/error-codes.js';
