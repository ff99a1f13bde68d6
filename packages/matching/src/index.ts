// Engine

export type { AccountOptions } from './account.js';
// Costs
export {
  type CommissionModel,
  commissionOf,
  type FeeCurrency,
  minimumCommission,
} from './costs/commission.js';
export { type CostModel, resolveCosts } from './costs/cost-model.js';
export { type LatencyModel, latencyOf } from './costs/latency.js';
export { availableLots, type LiquidityModel } from './costs/liquidity.js';
export { marginOf } from './costs/margin.js';
export { type CostPreset, costPresets } from './costs/presets.js';
export { type SlippageModel, slippageOf } from './costs/slippage.js';
export { AskModel, type SpreadModel, spreadWidth } from './costs/spread.js';
export { nightsAt, type SwapModel, swapOf } from './costs/swap.js';
export { type EngineOptions, MatchingEngine } from './engine.js';
export type { LedgerTotals } from './ledger.js';
export { type TickKind, tickKinds } from './matcher.js';
export { type RejectionCode, rejectionCodes } from './order-checks.js';

// Time
export { nextRollOver, previousRollOver } from './roll-over.js';
