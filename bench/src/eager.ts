import { defineStrategy, type Strategy } from '@mikrobot/core';
import { map } from 'rxjs';

/** Wants to buy by a limit order at each tick. @param price - so far from the market that the orders rest */
export const eager = (price: number): Strategy =>
  defineStrategy({
    name: 'eager',
    timeframes: [],
    signals: ({ ticks$, signal }) =>
      ticks$.pipe(map(() => signal.buy({ order: { type: 'limit', price }, confidence: 1 }))),
  });
