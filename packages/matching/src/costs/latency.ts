import { normal, type Random } from '@mikrobot/core';

/**
 * Time from sending an order until the venue can trade it, in ms. `uniform` draws from [min, max). `lognormal` has the long tail
 * of real lines: half of the orders arrive within `median`, and `sigma` is the standard deviation of the logarithm. `drifting`
 * gets slower from a moment on (`from`, epoch ms) by `msPerHour`, as overloaded lines do.
 */
export type LatencyModel =
  | { readonly kind: 'fixed'; readonly ms: number }
  | { readonly kind: 'uniform'; readonly min: number; readonly max: number }
  | { readonly kind: 'lognormal'; readonly median: number; readonly sigma: number }
  | {
      readonly kind: 'drifting';
      readonly model: LatencyModel;
      readonly from: number;
      readonly msPerHour: number;
    };

const HOUR = 3_600_000;

/**
 * One order's latency in ms. Draws from `random` only where the model is random.
 * @param now - when the order is sent, epoch ms
 */
export const latencyOf = (model: LatencyModel, random: Random, now: number): number => {
  switch (model.kind) {
    case 'fixed':
      return model.ms;
    case 'uniform':
      return model.min + (model.max - model.min) * random();
    case 'lognormal':
      return model.median * Math.exp(model.sigma * normal(random));
    case 'drifting': {
      const hours = Math.max(0, now - model.from) / HOUR;
      return Math.max(0, latencyOf(model.model, random, now) + hours * model.msPerHour);
    }
  }
};
