import type { Finding } from '@mikrobot/core';
import * as z from 'zod';
import { definePolicy, type PolicyBody } from '../policy-definition.js';
import { newLocks } from './locks.js';
import { isRecent, remember } from './recent.js';

const settings = z.strictObject({
  stops: z.number().int().min(1).max(1_000).default(4).describe('stop-outs that lock, count'),
  within: z.number().positive().default(86_400_000).describe('the time in which they are counted, ms'),
  pause: z.number().positive().default(14_400_000).describe('no entries so long after the last of them, ms'),
  scope: z
    .enum(['symbol', 'all'])
    .default('all')
    .describe('what is counted and locked: each symbol by itself, or all together'),
});

const happened = z.strictObject({ at: z.number(), symbol: z.string() });
const stateSchema = z.strictObject({
  stops: z.array(happened).readonly(),
  /** Where and when the last stop-out was one too many. */
  locks: z.array(happened).readonly(),
});
type State = z.output<typeof stateSchema>;

const initial: State = { stops: [], locks: [] };

/**
 * Refuses entries for some time after too many stop-outs: trades that a stop ended at a loss, a trailing stop included. Each
 * stop-out while there are still so many within the time begins the pause again.
 *
 * Source: StoplossGuard of freqtrade, https://www.freqtrade.io/en/stable/plugins/#stoploss-guard
 */
export const stoplossGuard = /* @__PURE__ */ definePolicy({
  name: 'stoplossGuard',
  about: 'Refuses entries for some time after too many stop-outs.',
  settings,
  codes: {
    STOPLOSS_GUARD:
      'There were `stops` stop-outs within `within` ms, the last of them less than `pause` ms ago.',
  },
  make: ({ stops: most, within, pause, scope }): PolicyBody<State> => {
    const concerns = (a: string, b: string): boolean => scope === 'all' || a === b;
    return {
      memory: {
        initial,
        schema: stateSchema,
        next(state, event, book) {
          // Not `profit < 0`: a profit that is not a number is no reason to go on.
          if (event.type !== 'trade' || event.trade.exit !== 'stop' || event.trade.profit >= 0) return state;
          const item = { at: book.now(), symbol: event.trade.symbol };
          const stops = remember(state.stops, item, within);
          const count = stops.filter(({ symbol }) => concerns(symbol, item.symbol)).length;
          return { stops, locks: count < most ? state.locks : remember(state.locks, item, pause) };
        },
        alerts: (before, after, book) =>
          newLocks(before?.locks, after.locks, pause, book.now()).map(
            ({ symbol }) =>
              `${most} stop-outs within ${within} ms: no entries ${scope === 'all' ? '' : `of ${symbol} `}for ${pause} ms.`,
          ),
      },
      judge(order, _signal, book, { locks }): Finding | undefined {
        const now = book.now();
        const lock = locks.findLast((l) => isRecent(l, pause, now) && concerns(l.symbol, order.symbol));
        return lock === undefined
          ? undefined
          : { code: 'STOPLOSS_GUARD', limit: pause, actual: now - lock.at };
      },
    };
  },
});
