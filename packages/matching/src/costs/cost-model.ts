import { MikroBotError } from '@mikrobot/core';
import type { CommissionModel } from './commission.js';
import type { LatencyModel } from './latency.js';
import type { LiquidityModel } from './liquidity.js';
import { type CostPreset, costPresets } from './presets.js';
import type { SlippageModel } from './slippage.js';
import type { SpreadModel } from './spread.js';
import type { SwapModel } from './swap.js';

/** Everything that trading costs at a simulated venue, as data. Reports print `name`. */
export interface CostModel {
  readonly name: string;
  readonly spread: SpreadModel;
  readonly slippage: SlippageModel;
  readonly latency: LatencyModel;
  readonly commission: CommissionModel;
  readonly swap: SwapModel;
  readonly liquidity: LiquidityModel;
}

/**
 * The cost model that is meant by a preset's name or by a model written out.
 * @throws `MikroBotError` `COSTS_REQUIRED` when there is none, `BAD_CONFIG` when no preset has the name.
 */
export const resolveCosts = (costs: CostPreset | CostModel | undefined): CostModel => {
  const names = Object.keys(costPresets).map((name) => `'${name}'`);
  if (costs === undefined) {
    throw new MikroBotError('COSTS_REQUIRED', 'A simulated venue needs a cost model.', {
      where: 'option costs',
      hint: `Write costs: ${names.join(', ')}, or a CostModel of your own ('none' is allowed, and every report says so).`,
    });
  }
  if (typeof costs !== 'string') return costs;
  if (!Object.hasOwn(costPresets, costs)) {
    throw new MikroBotError('BAD_CONFIG', `There is no cost preset '${String(costs)}'.`, {
      where: 'option costs',
      hint: `Use one of ${names.join(', ')}.`,
    });
  }
  return costPresets[costs];
};
