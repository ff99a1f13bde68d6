export type { PureSignalsOptions } from './options.js';
export { pureSignals } from './pure-signals.js';
