// Signals of older programs
export { CORRELATION, type Proposal, proposalOf } from './pure-signal/proposal.js';
export {
  type PureSignal,
  type PureSignalProblem,
  type PureSignalReading,
  readPureSignal,
} from './pure-signal/pure-signal.js';
