import type { Finding } from '@mikrobot/core';
import * as z from 'zod';
import { definePolicy, type PolicyBody } from '../policy-definition.js';
import { isRecent, remember } from './recent.js';

const settings = z.strictObject({
  pause: z.number().positive().default(900_000).describe('no entries so long after the trade, ms'),
  after: z.enum(['loss', 'any']).default('loss').describe('trades that it follows: loss or any'),
  scope: z
    .enum(['own', 'all'])
    .default('own')
    .describe('what pauses: own (the same owner and symbol) or all'),
});

const tradeSchema = z.strictObject({ at: z.number(), owner: z.string(), symbol: z.string() });
const stateSchema = z.array(tradeSchema).readonly();
type State = z.output<typeof stateSchema>;

/**
 * Refuses entries for some time after a losing trade (profit after commission below 0), of the same owner and symbol or of all.
 * With `after: 'any'`, it is the CooldownPeriod of freqtrade.
 *
 * Source: https://www.freqtrade.io/en/stable/plugins/#cooldown-period
 */
export const cooldown = /* @__PURE__ */ definePolicy({
  name: 'cooldown',
  about: 'Refuses entries for some time after a losing trade.',
  settings,
  codes: { COOLDOWN: 'A trade that the pause follows ended less than `pause` ms ago.' },
  make: ({ pause, after, scope }): PolicyBody<State> => ({
    memory: {
      initial: [],
      schema: stateSchema,
      next(ends, event, book) {
        // Not `profit < 0`: a profit that is not a number is no reason to go on.
        if (event.type !== 'trade' || (after === 'loss' && event.trade.profit >= 0)) return ends;
        const { owner, symbol } = event.trade;
        const others = ends.filter((end) => end.owner !== owner || end.symbol !== symbol);
        return remember(others, { at: book.now(), owner, symbol }, pause);
      },
    },
    judge({ symbol }, { source }, book, ends): Finding | undefined {
      const now = book.now();
      const last = ends.findLast(
        (end) =>
          isRecent(end, pause, now) && (scope === 'all' || (end.owner === source && end.symbol === symbol)),
      );
      return last === undefined ? undefined : { code: 'COOLDOWN', limit: pause, actual: now - last.at };
    },
  }),
});
