import type { Finding } from '@mikrobot/core';
import * as z from 'zod';
import { definePolicy, type PolicyBody } from '../policy-definition.js';

const settings = z.strictObject({
  orders: z.number().int().min(1).max(1_000).default(60).describe('most orders in the time, count'),
  within: z.number().positive().default(60_000).describe('the time in which they are counted, ms'),
});

/** When the last orders were sent, epoch ms, oldest first. */
const stateSchema = z.array(z.number()).readonly();
type State = z.output<typeof stateSchema>;

/**
 * Refuses entries when too many orders were sent in the last `within` ms. Every order counts from the moment it was approved,
 * those that reduce risk too (the legs of an approved bracket do not), but only entries are refused. A reversal of an open position is two orders and needs room for both.
 * Of any stretch shorter than `within`, none has more than `orders` entries.
 *
 * Source: maximum messages, Commission Delegated Regulation (EU) 2017/589 (RTS 6), Article 15(1)(d).
 */
export const orderRate = /* @__PURE__ */ definePolicy({
  name: 'orderRate',
  about: 'Refuses entries when too many orders were sent in a short time.',
  settings,
  codes: {
    ORDER_RATE: 'With this signal more than `orders` orders would have been sent within `within` ms.',
  },
  make: ({ orders, within }): PolicyBody<State> => ({
    memory: {
      initial: [],
      schema: stateSchema,
      next: (times, event, book) => (event.type === 'sent' ? [...times, book.now()].slice(-orders) : times),
    },
    judge(order, signal, book, times): Finding | undefined {
      const now = book.now();
      let count =
        signal.intent === 'reverse' && book.position(order.symbol, signal.source).quantity !== 0 ? 2 : 1;
      for (const time of times) if (now - time < within) count++;
      return count > orders ? { code: 'ORDER_RATE', limit: orders, actual: count } : undefined;
    },
  }),
});
