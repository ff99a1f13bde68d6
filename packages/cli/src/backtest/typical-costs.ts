import type { AssetClass, Instrument } from '@mikrobot/core';
import type { CostPreset } from '@mikrobot/matching';

const typical: Partial<Record<AssetClass, CostPreset>> = { crypto: 'crypto-spot', future: 'futures' };

/** The costs that are charged when none are named: those of a retail account of the first instrument's kind. Never nothing. */
export const typicalCosts = ([first]: readonly Instrument[]): CostPreset =>
  (first === undefined ? undefined : typical[first.assetClass]) ?? 'retail-fx';
