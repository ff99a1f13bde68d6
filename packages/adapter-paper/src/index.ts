export { PaperAdapter, paper, type VenueCounts } from './adapter.js';
export { instrumentOf } from './instruments.js';
export type { PaperOptions } from './options.js';
export { type SyntheticMarketOptions, syntheticMarket } from './synthetic-market.js';
