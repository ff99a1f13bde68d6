import { type Finding, fxDayRoll, type OrderRequest, TradingDays, tradingDay } from '@mikrobot/core';
import * as z from 'zod';
import { definePolicy, type PolicyBody } from '../policy-definition.js';
import { CAPACITY } from './recent.js';

/** Trades a day that each plan of a customer allows. */
export const tradePlans = { starter: 10, pro: 50, unlimited: Number.POSITIVE_INFINITY } as const;

/** See {@link tradePlans}. */
export type TradePlan = keyof typeof tradePlans;

const settings = z.strictObject({
  plan: z
    .enum(['starter', 'pro', 'unlimited'])
    .default('starter')
    .describe('trades a day by plan: starter 10, pro 50, unlimited'),
  trades: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe('most trades a day, count; instead of the plan when given'),
  roll: z
    .strictObject({ zone: z.string(), time: z.string() })
    .default({ ...fxDayRoll })
    .describe('where the trading day begins: IANA zone and local time'),
});

const stateSchema = z.strictObject({
  /** When the day began that is counted, epoch ms. */
  day: z.number(),
  count: z.number(),
  /** Ids of the entries of that day whose end is not known; of more than the capacity the oldest can no longer be given back. */
  open: z.array(z.string()).readonly(),
});
type State = z.output<typeof stateSchema>;

const initial: State = { day: 0, count: 0, open: [] };

const ended = (state: State, { id }: OrderRequest, filled: number): State =>
  state.open.includes(id)
    ? {
        ...state,
        count: filled > 0 ? state.count : state.count - 1,
        open: state.open.filter((other) => other !== id),
      }
    : state;

/**
 * Bounds the trades that an account may begin in one trading day, as the plans of a platform do. An entry counts from its
 * approval; one that ends on the same day without a fill (rejected, cancelled, expired) is given back.
 */
export const tradesPerDay = /* @__PURE__ */ definePolicy({
  name: 'tradesPerDay',
  about: 'Refuses entries when the account has begun its number of trades of the day.',
  settings,
  codes: {
    TRADES_A_DAY:
      'With this signal there would be more trades in this trading day than the plan or `trades` allows.',
  },
  make: ({ plan, trades = tradePlans[plan], roll }): PolicyBody<State> => {
    // Unknown zones and times are to be noticed now, not at the first trade.
    new TradingDays(roll);
    const at = (time: number): number => tradingDay(time, roll).start;
    const sent = (state: State, { id }: OrderRequest, now: number): State => {
      const day = at(now);
      const today = day === state.day ? state : initial;
      return { day, count: today.count + 1, open: [...today.open, id].slice(-CAPACITY) };
    };
    return {
      memory: {
        initial,
        schema: stateSchema,
        next(state, event, book) {
          if (event.type === 'ended') return ended(state, event.order, event.filled);
          if (event.type !== 'sent' || event.order.purpose !== 'enter') return state;
          return sent(state, event.order, book.now());
        },
      },
      judge(_order, _signal, book, { day, count }): Finding | undefined {
        const actual = (day === at(book.now()) ? count : 0) + 1;
        return actual > trades ? { code: 'TRADES_A_DAY', limit: trades, actual } : undefined;
      },
    };
  },
});
