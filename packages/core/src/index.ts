// Model

// Bot: start here
export { Bot, type BotConfig, createBot, type Run } from './bot.js';
export { type ErrorCode, errorCodes } from './errors/error-codes.js';
// Errors
export { type ErrorDetail, MikroBotError } from './errors/mikrobot-error.js';
export { type RefusalCode, refusalCodes } from './errors/refusal-codes.js';
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
export { Desk, type DeskOptions, type EmergencyStop } from './execution/desk.js';
// Execution
export { execute } from './execution/execute.js';
export type { HaltScope } from './execution/halts.js';
// Journal
export { canonicalJson } from './journal/canonical-json.js';
export type { Entry, EntryKind, Journal, JournalHead } from './journal/journal.js';
export { MemoryJournal, type MemoryJournalOptions, verifyChain } from './journal/memory-journal.js';
export {
  type ConsistencyProof,
  type InclusionProof,
  verifyConsistency,
  verifyInclusion,
} from './journal/merkle-proofs.js';
export { type HexHash, type Leaf, MerkleTree } from './journal/merkle-tree.js';
export {
  type ReplayInput,
  type ReplayParts,
  type ReplayResult,
  replay,
  type SeenTick,
} from './journal/replay.js';
export type { TapeSymbol, TapeTick } from './journal/tape.js';
export { readTape, type Tape } from './journal/tape-reader.js';
export { TapeWriter } from './journal/tape-writer.js';
export { BarBuilder, type BarBuilderOptions } from './market/bar-builder.js';
export { type BarField, BarWindow, type LookBack } from './market/bar-window.js';
export { CrossRates } from './market/cross-rates.js';
export type { MarketFeed, TickBatch } from './market/feed.js';
export { type Gap, GapDetector, type GapDetectorOptions } from './market/gap-detector.js';
export { intrabarPath, PATH_TICKS, type PathSource, type TickColumns } from './market/intrabar-path.js';
export type { TickRecorder } from './market/markets.js';
export { QuoteGuard, type QuoteIssue, quoteIssues } from './market/quote-guard.js';
export {
  defineSession,
  fxWeek,
  overlapOf,
  type Session,
  type SessionInput,
  type SessionTag,
  sessions,
  sessionTag,
  type Weekday,
} from './market/session.js';
export { type StalenessOptions, StalenessWatchdog } from './market/staleness-watchdog.js';
export { Tap } from './market/tap.js';
// Market
export { parseTimeframe, type Timeframe, timeframeMs, timeframes } from './market/timeframe.js';
export { type DayRoll, fxDayRoll, type Span, TradingDays, tradingDay } from './market/trading-day.js';
export { parseLocalTime, Zone, zoneOf } from './market/zone.js';
export { type AccountMode, type AccountState, flatPosition, type Position } from './model/account.js';
export { type Bar, barSchema } from './model/bar.js';
export type { Book, PendingEntry } from './model/book.js';
export type { Decision, Outcome, PolicyVerdict, Refusal, Stage } from './model/decision.js';
// Decisions
export { explain } from './model/explain.js';
export {
  decimalsOf,
  type Rounding,
  roundPrice,
  roundQuantity,
  tickSizeAt,
  tidyQuantity,
  toDecimalString,
} from './model/grid.js';
export {
  type AssetClass,
  assetClasses,
  defineInstrument,
  type Instrument,
  type InstrumentInput,
  instrumentSchema,
} from './model/instrument.js';
export {
  currencyDecimals,
  formatMoney,
  fromMinor,
  type MinorUnits,
  parseMoney,
  toMinor,
} from './model/money.js';
export {
  type Bracket,
  type Fill,
  type FillEvent,
  finalStates,
  type OrderEvent,
  type OrderRef,
  type OrderReport,
  type OrderRequest,
  type OrderState,
  type Purpose,
} from './model/order.js';
export type { Finding } from './model/refuse.js';
export { opposite, type Side, sideOf, sign } from './model/side.js';
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
  type SignalOrigin,
  type TimeInForce,
  timesInForce,
  type ValidSignal,
} from './model/signal.js';
export { type Quote, type Tick, tickSchema } from './model/tick.js';
export type { Trade, TradeExit } from './model/trade.js';
// Recovery
export type { ForeignPolicy } from './recovery/reconciler.js';
export type { SavedBooks } from './recovery/saved-books.js';
export { ApprovedOrder, type LegName, type LegOptions, type Warrant } from './risk/approved-order.js';
// Risk
export { assess } from './risk/assess.js';
export { fixedQuantity } from './risk/fixed-quantity.js';
export type {
  OrderDraft,
  PolicyAnswer,
  PolicyMemory,
  PolicySettings,
  RiskPolicy,
} from './risk/policy.js';
export type { PolicyStore, SavedPolicies, SavedPolicy } from './risk/policy-store.js';
export type { Preview } from './risk/preview.js';
export { requestOf } from './risk/request-of.js';
export type { RiskEvent } from './risk/risk-event.js';
export { Backoff, type BackoffOptions } from './runtime/backoff.js';
export type { BotState } from './runtime/bot-state.js';
export { BoundedMap } from './runtime/bounded-map.js';

// Runtime
export type { BulkheadOptions } from './runtime/bulkhead.js';
export type { BreakerOptions, CircuitState } from './runtime/circuit-breaker.js';
export { type Clock, systemClock } from './runtime/clock.js';
export { type Command, commandSchema, type ParsedCommand } from './runtime/command.js';
export type { CommandContext, CommandGuard, CommandReceipt } from './runtime/command-guard.js';
export type { AbortableWork } from './runtime/deadline.js';
export type { Input } from './runtime/input.js';
export { type Issue, type IssueCode, issueCodes, type Severity, severityOf } from './runtime/issue.js';
export { normal, type Random, seededRandom } from './runtime/random.js';
export {
  type CallOptions,
  type CommandCallOptions,
  type OrderCommand,
  type Resilience,
  type ResilienceOptions,
  resilience,
} from './runtime/resilience.js';
export { type RetryOptions, wasNotBegun } from './runtime/retry.js';
export type { Secrets } from './runtime/secrets.js';
export { VirtualClock } from './runtime/virtual-clock.js';
export { type Enricher, type Enrichment, enrich } from './signal/enrich.js';
export type { HeldSignal } from './signal/held-signals.js';
// Signal
export { type DraftDetails, type SignalFactory, signalFactory } from './signal/signal-factory.js';
export {
  type BarContext,
  type BarStrategyDefinition,
  type BoundStrategy,
  defineStrategy,
  type Strategy,
  type StrategyContext,
  type StrategyPosition,
  type StreamStrategyDefinition,
} from './signal/strategy.js';
export type { Rule } from './validation/rule.js';
export { type ConfidenceOptions, confidence } from './validation/rules/confidence.js';
export { defaultRules } from './validation/rules/default-rules.js';
export { type FreshOptions, fresh } from './validation/rules/fresh.js';
export { maxSpread } from './validation/rules/max-spread.js';
export { noDuplicate } from './validation/rules/no-duplicate.js';
export { sessionWindow } from './validation/rules/session-window.js';
export { wellFormed } from './validation/rules/well-formed.js';
// Validation
export { validate } from './validation/validate.js';
