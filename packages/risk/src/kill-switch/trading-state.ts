import type { Book } from '@mikrobot/core';
import { remembered } from '../remembered.js';
import { killSwitchStateSchema } from './kill-switch.js';
import { covers, EVERYTHING, hasEntries, hasPositions, type KillScope } from './scope.js';

/** Whether a scope trades, winds down, or stands still. */
export type TradingState = 'ACTIVE' | 'REDUCING' | 'HALTED';

/**
 * The state of a scope (everything unless named): `ACTIVE`, entries may pass; `REDUCING`, it is latched but positions or entries are
 * still open, so only reductions and cancels pass; `HALTED`, it is latched and nothing is left. A scope is latched when the kill
 * switch latched it or one that holds it: one latched symbol leaves "everything" active.
 *
 * @param state - what the kill switch remembers: `bot.policyState('killSwitch')`
 * @throws `MikroBotError` `BAD_CONFIG` when it is something else
 *
 * Names of the states as in NautilusTrader's `TradingState`.
 *
 * @example
 * ```ts
 * const state = tradingState(bot.policyState('killSwitch'), bot.book);
 * ```
 */
export const tradingState = (state: unknown, book: Book, scope: KillScope = EVERYTHING): TradingState => {
  const { latched } = remembered(killSwitchStateSchema, state, 'killSwitch', 'tradingState');
  if (!latched.some((latch) => covers(latch, scope))) return 'ACTIVE';
  return hasPositions(book, scope) || hasEntries(book, scope) ? 'REDUCING' : 'HALTED';
};
