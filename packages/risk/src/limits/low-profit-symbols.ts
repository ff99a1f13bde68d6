import type { Finding } from '@mikrobot/core';
import * as z from 'zod';
import { definePolicy, type PolicyBody } from '../policy-definition.js';
import { newLocks } from './locks.js';
import { tidy, usable } from './measure.js';
import { isRecent, remember } from './recent.js';

const settings = z.strictObject({
  trades: z.number().int().min(1).max(1_000).default(2).describe('fewest trades to judge by, count'),
  within: z.number().positive().default(86_400_000).describe('the time in which they are counted, ms'),
  requiredProfit: z
    .number()
    .min(-1)
    .max(1)
    .default(0)
    .describe('profit below which the symbol is locked, fraction of the balance'),
  pause: z.number().positive().default(3_600_000).describe('how long the symbol is locked, ms'),
});

const stateSchema = z.strictObject({
  trades: z.array(z.strictObject({ at: z.number(), symbol: z.string(), profit: z.number() })).readonly(),
  locks: z.array(z.strictObject({ at: z.number(), symbol: z.string() })).readonly(),
});
type State = z.output<typeof stateSchema>;

const initial: State = { trades: [], locks: [] };

/**
 * Locks a symbol for some time when its trades of late earned less than they should: at least `trades` of them within `within` ms,
 * whose profits after commission add up to less than `requiredProfit` of the balance. It is looked at when a trade ends.
 *
 * Source: LowProfitPairs of freqtrade, https://www.freqtrade.io/en/stable/plugins/#low-profit-pairs
 */
export const lowProfitSymbols = /* @__PURE__ */ definePolicy({
  name: 'lowProfitSymbols',
  about: 'Refuses entries of a symbol for some time when its trades of late earned too little.',
  settings,
  codes: {
    LOW_PROFIT: 'The trades of the symbol earned less than `requiredProfit`, less than `pause` ms ago.',
  },
  make: ({ trades: fewest, within, requiredProfit, pause }): PolicyBody<State> => ({
    memory: {
      initial,
      schema: stateSchema,
      next(state, event, book) {
        if (event.type !== 'trade' || !Number.isFinite(event.trade.profit)) return state;
        const { symbol, profit } = event.trade;
        const item = { at: book.now(), symbol, profit };
        const trades = remember(state.trades, item, within);
        const own = trades.filter((trade) => trade.symbol === symbol);
        const { balance } = book.account();
        // Without a balance there is no fraction of it, but a loss is still a loss.
        const required = usable(balance) ? requiredProfit * balance : 0;
        const earned = own.reduce((sum, trade) => sum + trade.profit, 0);
        const isLow = own.length >= fewest && tidy(earned) < tidy(required);
        return { trades, locks: isLow ? remember(state.locks, { at: item.at, symbol }, pause) : state.locks };
      },
      alerts: (before, after, book) =>
        newLocks(before?.locks, after.locks, pause, book.now()).map(
          ({ symbol }) =>
            `${symbol} earned less than ${requiredProfit} of the balance within ${within} ms: no entries for ${pause} ms.`,
        ),
    },
    judge(order, _signal, book, { locks }): Finding | undefined {
      const now = book.now();
      const lock = locks.findLast((l) => l.symbol === order.symbol && isRecent(l, pause, now));
      return lock === undefined ? undefined : { code: 'LOW_PROFIT', limit: pause, actual: now - lock.at };
    },
  }),
});
