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
