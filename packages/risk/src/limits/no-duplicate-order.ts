import { type Finding, type Instrument, roundPrice, roundQuantity, type Signal } from '@mikrobot/core';
import * as z from 'zod';
import { definePolicy, type PolicyBody } from '../policy-definition.js';
import { isRecent, remember } from './recent.js';

const settings = z.strictObject({
  within: z.number().positive().default(1_000).describe('how long an equal order is refused, ms'),
});

const wishSchema = z.strictObject({
  at: z.number(),
  owner: z.string(),
  symbol: z.string(),
  side: z.string(),
  type: z.string(),
  /** Null where the order names none. */
  price: z.number().nullable(),
  limitPrice: z.number().nullable(),
  /** Lots that the signal asked for; null when it left them to the policies. */
  asked: z.number().nullable(),
  /** Lots that were sent. */
  sent: z.number(),
});
type Wish = z.output<typeof wishSchema>;

const stateSchema = z.array(wishSchema).readonly();
type State = z.output<typeof stateSchema>;

/** What a signal asks for, on the grid: what differs by less than a step would become the same order. */
const wishOf = (signal: Signal, instrument: Instrument | undefined, at: number): Omit<Wish, 'sent'> => {
  const { source: owner, symbol, side = '', order, quantity } = signal;
  const price = (value: number | undefined): number | null =>
    value === undefined ? null : instrument === undefined ? value : roundPrice(instrument, value, 'nearest');
  return {
    at,
    owner,
    symbol,
    side,
    type: order?.type ?? 'market',
    price: price(order?.price),
    limitPrice: price(order?.limitPrice),
    asked:
      quantity === undefined
        ? null
        : instrument === undefined
          ? quantity
          : roundQuantity(instrument, quantity),
  };
};

const isSame = (wish: Omit<Wish, 'sent'>, past: Wish): boolean =>
  wish.owner === past.owner &&
  wish.symbol === past.symbol &&
  wish.side === past.side &&
  wish.type === past.type &&
  wish.price === past.price &&
  wish.limitPrice === past.limitPrice &&
  (wish.asked === past.asked || wish.asked === past.sent);

/**
 * Refuses an entry that equals one sent less than `within` ms ago: owner, symbol, side, type, prices on the grid, and lots on the
 * grid as asked for or as sent. Two that leave their size to the policies are equal. What became of the first does not matter.
 *
 * Source: duplicate order checks, 17 CFR 240.15c3-5(c)(1)(ii).
 */
export const noDuplicateOrder = /* @__PURE__ */ definePolicy({
  name: 'noDuplicateOrder',
  about: 'Refuses an entry that equals one sent a moment ago.',
  settings,
  codes: { DUPLICATE_ORDER: 'An equal entry of the same owner was sent less than `within` ms ago.' },
  make: ({ within }): PolicyBody<State> => ({
    memory: {
      initial: [],
      schema: stateSchema,
      next(wishes, event, book) {
        if (event.type !== 'sent' || event.order.purpose !== 'enter') return wishes;
        const wish = wishOf(event.signal, book.instrument(event.order.symbol), book.now());
        return remember(wishes, { ...wish, sent: event.order.quantity }, within);
      },
    },
    judge(_order, signal, book, wishes): Finding | undefined {
      const now = book.now();
      const wish = wishOf(signal, book.instrument(signal.symbol), now);
      const past = wishes.findLast((other) => isRecent(other, within, now) && isSame(wish, other));
      return past === undefined
        ? undefined
        : { code: 'DUPLICATE_ORDER', limit: within, actual: now - past.at };
    },
  }),
});
