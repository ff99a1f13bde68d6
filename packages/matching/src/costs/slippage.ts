import type { Instrument } from '@mikrobot/core';

/**
 * How much worse than the quote a market order fills.
 * - `fixed`: pips of the instrument.
 * - `volatility`: `factor` times the mean absolute move of the mid price from tick to tick (exponential mean over about
 *   32 ticks).
 * - `volume-share`: `price * impact * share²`, where the share is the fill's part of the tick's volume (the model of
 *   zipline's VolumeShareSlippage, whose default impact is 0.1). Without a known volume it slips nothing.
 */
export type SlippageModel =
  | { readonly kind: 'none' }
  | { readonly kind: 'fixed'; readonly pips: number }
  | { readonly kind: 'volatility'; readonly factor: number }
  | { readonly kind: 'volume-share'; readonly impact: number };

/** Weight of the newest tick in the mean move that {@link slippageOf} is given. */
export const MOVE_WEIGHT = 1 / 32;

/**
 * Slippage in price, never negative, not yet on the grid.
 * @param price - quote that is traded against
 * @param quantity - lots
 * @param volume - what traded with the tick, in lots; 0 when unknown
 * @param meanMove - mean absolute move of the mid from tick to tick, in price
 */
export const slippageOf = (
  model: SlippageModel,
  instrument: Instrument,
  price: number,
  quantity: number,
  volume: number,
  meanMove: number,
): number => {
  switch (model.kind) {
    case 'none':
      return 0;
    case 'fixed':
      return model.pips * instrument.pipSize;
    case 'volatility':
      return model.factor * meanMove;
    case 'volume-share': {
      if (!(volume > 0)) return 0;
      const share = Math.min(1, quantity / volume);
      return price * model.impact * share * share;
    }
  }
};
