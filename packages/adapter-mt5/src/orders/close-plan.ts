import type { OrderRequest } from '@mikrobot/core';
import type { Guard } from './guard.js';
import { tidy } from './lots.js';
import type { TrackedOrder } from './tracked-order.js';

/** A position that an exit closes, or a part of it. */
export interface Closing {
  readonly guard: Guard;
  readonly lots: number;
}

/** Lots of a position that exits on their way will close. */
const underway = (position: string, exits: Iterable<TrackedOrder>): number => {
  let lots = 0;
  for (const { closing } of exits) lots += closing.get(position) ?? 0;
  return lots;
};

/**
 * The positions that an exit closes: its owner's, the oldest first, and never more than is open and not already being closed.
 * @param owned - the owner's positions on the other side, the oldest first
 * @param exits - orders that work
 */
export const closePlan = (
  { quantity }: OrderRequest,
  owned: readonly Guard[],
  exits: Iterable<TrackedOrder>,
): readonly Closing[] => {
  const working = [...exits];
  const plan: Closing[] = [];
  let left = quantity;
  for (const guard of owned) {
    const free = tidy(guard.open - underway(guard.position, working));
    const lots = Math.min(free, left);
    if (lots <= 0) continue;
    plan.push({ guard, lots: tidy(lots) });
    left = tidy(left - lots);
    if (left <= 0) break;
  }
  return plan;
};
