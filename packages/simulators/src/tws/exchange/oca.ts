import { roundQuantity } from '@mikrobot/core';
import { remainingOf, type TwsOrder } from './order.js';

/** What one order of a group has still to trade once a share (0 to 1) of another's rest has traded: its own rest, less that share. */
export const shareReduced = (order: TwsOrder, share: number): number =>
  roundQuantity(order.contract.instrument, remainingOf(order) * (1 - share));
