// Adapter
export { type MetaTrader5Adapter, metatrader5 } from './adapter.js';
// Bridge
export { type Mt5Bridge, mt5Bridge, type Refused } from './bridge/mt5-bridge.js';
export type { Mt5BridgeOptions } from './bridge/options.js';
export type { Terminal } from './bridge/terminal.js';
export type { HistoryProgress } from './history/history.js';
export type { MetaTrader5Options, TerminalSource } from './options.js';
export type { RefusalReason } from './protocol/refusals.js';
// Signals of older programs
export { DecisionWatch } from './pure-signal/decision-watch.js';
export { CORRELATION, type Proposal, proposalOf } from './pure-signal/proposal.js';
export {
  type PureSignal,
  type PureSignalProblem,
  type PureSignalReading,
  readPureSignal,
} from './pure-signal/pure-signal.js';
export type {
  SignalFileCounts,
  SignalFileOptions,
  SignalFileProblem,
  SignalFileReader,
} from './signal-file/signal-file-options.js';
export { watchSignalFile } from './signal-file/watch-signal-file.js';
