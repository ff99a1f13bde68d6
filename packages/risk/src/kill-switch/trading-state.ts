import type { Book } from '@mikrobot/core';
import type { KillSwitchState } from './kill-switch.js';
import { covers, EVERYTHING, hasEntries, hasPositions, type KillScope } from './scope.js';

/** Whether a scope trades, winds down, or stands still. */
export type TradingState = 'ACTIVE' | 'REDUCING' | 'HALTED';

/**
 * The state of a scope (everything unless named): `ACTIVE`, entries may pass; `REDUCING`, it is latched but positions or entries are
 * still open, so only reductions and cancels pass; `HALTED`, it is latched and nothing is left. A scope is latched when the kill
 * switch latched it or one that holds it: one latched symbol leaves "everything" active.
 *
 * Names of the states as in NautilusTrader's `TradingState`.
 */
export const tradingState = (
  { latched }: KillSwitchState,
  book: Book,
  scope: KillScope = EVERYTHING,
): TradingState => {
  if (!latched.some((latch) => covers(latch, scope))) return 'ACTIVE';
  return hasPositions(book, scope) || hasEntries(book, scope) ? 'REDUCING' : 'HALTED';
};
