import type { Random } from '@mikrobot/core';

/** Time from sending an order until the venue can trade it, in ms. `uniform` draws from [min, max). */
export type LatencyModel =
  | { readonly kind: 'fixed'; readonly ms: number }
  | { readonly kind: 'uniform'; readonly min: number; readonly max: number };

/** One order's latency in ms. Draws from `random` only where the model is random. */
export const latencyOf = (model: LatencyModel, random: Random): number =>
  model.kind === 'fixed' ? model.ms : model.min + (model.max - model.min) * random();
