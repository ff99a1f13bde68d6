import { type Instrument, roundQuantity } from '@mikrobot/core';

/**
 * How much of a tick's volume one account gets. `unlimited` fills any size at once; `volume-share` at most that fraction of the
 * volume that came with the tick (where the volume is unknown, any size). Volumes are read as lots.
 */
export type LiquidityModel =
  | { readonly kind: 'unlimited' }
  | { readonly kind: 'volume-share'; readonly share: number };

/**
 * Lots that can trade on a tick, on the instrument's step.
 * @param volume - what is left of the tick's, in lots; 0 when unknown, negative when used up
 */
export const availableLots = (model: LiquidityModel, instrument: Instrument, volume: number): number => {
  if (model.kind === 'unlimited' || volume === 0) return Number.POSITIVE_INFINITY;
  return volume < 0 ? 0 : roundQuantity(instrument, volume * model.share);
};

/** What is left of a tick's volume after `lots` were taken; see {@link availableLots}. */
export const volumeAfter = (model: LiquidityModel, volume: number, lots: number): number => {
  if (model.kind === 'unlimited' || volume <= 0) return volume;
  const left = volume - lots / model.share;
  return left > 1e-9 * volume ? left : -1;
};
