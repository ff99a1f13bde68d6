// Strategies

export { bosRetest, bosRetestH1M15 } from './bos-retest/bos-retest.js';
// Break of structure and retest, its parts
export { BosRetestMachine, type BosRetestRules } from './bos-retest/bos-retest-machine.js';
export { displacementOf, type SetupFeatures, scoreSetup } from './bos-retest/confidence.js';
export { describeSetup, setupTags } from './bos-retest/describe.js';
export {
  type BosRetestInput,
  type BosRetestParams,
  type BosRetestPreset,
  bosRetestParams,
  bosRetestPresets,
} from './bos-retest/params.js';
export type { Setup, SetupFailure, SetupPhase, SetupTrigger } from './bos-retest/setup.js';
export { AverageTrueRange } from './market-structure/average-true-range.js';
// Market structure
export type { Direction, PriceBar } from './market-structure/price-bar.js';
export { type StructureBreak, StructureTracker } from './market-structure/structure-tracker.js';
export { type Swing, SwingDetector, type SwingOptions } from './market-structure/swing-detector.js';
export { strategies } from './registry.js';
// Averages
export { MovingAverage } from './sma-cross/moving-average.js';
export { smaCross, smaCrossParams } from './sma-cross/sma-cross.js';
