import type { AccountState, FillEvent, OrderEvent, OrderReport, OrderRequest } from '@mikrobot/core';
import { orderTypes, timesInForce } from '@mikrobot/core';
import * as z from 'zod';

/** JSON drops members that are undefined; they come back as what they were. */
const absent = <T extends z.ZodType>(schema: T) => schema.optional().transform((value) => value);

const side = z.enum(['buy', 'sell']);
const type = z.enum(orderTypes);

const requestSchema: z.ZodType<OrderRequest> = z.object({
  id: z.string().min(1).max(26),
  symbol: z.string(),
  owner: z.string(),
  purpose: z.enum(['enter', 'reduce', 'protect', 'flatten']),
  side,
  quantity: z.number(),
  type,
  price: absent(z.number()),
  limitPrice: absent(z.number()),
  trail: absent(z.number()),
  timeInForce: z.enum(timesInForce),
  goodTill: absent(z.number()),
  bracket: absent(
    z.object({ stop: absent(z.number()), target: absent(z.number()), trail: absent(z.number()) }),
  ),
  reduceOnly: z.boolean(),
});

const reportSchema: z.ZodType<OrderReport> = z.object({
  id: z.string(),
  venueId: absent(z.string()),
  symbol: z.string(),
  side,
  type,
  state: z.enum([
    'intended',
    'submitted',
    'accepted',
    'partially-filled',
    'filled',
    'cancelled',
    'expired',
    'replaced',
    'rejected',
    'unknown',
  ]),
  quantity: z.number(),
  filled: z.number(),
  averagePrice: z.number(),
  price: absent(z.number()),
});

const event = { id: z.string(), symbol: z.string(), time: z.number(), venueId: z.string().optional() };

const fillSchema = z.object({
  ...event,
  type: z.literal('fill'),
  tradeId: z.string(),
  side,
  quantity: z.number(),
  price: z.number(),
  remaining: z.number(),
  arrived: z.number().optional(),
  commission: z.number(),
  profit: z.number(),
}) satisfies z.ZodType<FillEvent>;

const orderEventSchema = z.discriminatedUnion('type', [
  z.object({ ...event, type: z.literal('accepted') }),
  z.object({ ...event, type: z.literal('triggered') }),
  fillSchema,
  z.object({ ...event, type: z.literal('replaced'), quantity: z.number(), price: absent(z.number()) }),
  z.object({ ...event, type: z.literal('cancelled'), reason: z.string() }),
  z.object({ ...event, type: z.literal('expired') }),
  z.object({ ...event, type: z.literal('rejected'), code: z.string(), detail: z.string() }),
]) satisfies z.ZodType<OrderEvent>;

const accountSchema: z.ZodType<AccountState> = z.object({
  id: z.string(),
  currency: z.string(),
  mode: z.enum(['netting', 'hedging']),
  live: z.boolean(),
  balance: z.number(),
  equity: z.number(),
  margin: z.number(),
  leverage: z.number(),
});

export const outcomeSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('accepted'), venueId: z.string().optional() }),
  z.object({ outcome: z.literal('rejected'), code: z.string(), detail: z.string().optional() }),
  z.object({ outcome: z.literal('unknown'), detail: z.string() }),
]);

export const querySchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('found'), report: reportSchema, fills: z.array(fillSchema) }),
  z.object({ outcome: z.literal('absent') }),
  z.object({ outcome: z.literal('unknown'), detail: z.string() }),
]);

export const snapshotSchema = z.object({
  complete: z.boolean(),
  asOf: z.number(),
  account: accountSchema,
  orders: z.array(reportSchema),
  positions: z.array(
    z.object({
      symbol: z.string(),
      quantity: z.number(),
      averagePrice: z.number(),
      venueId: z.string().optional(),
    }),
  ),
});

const ref = z.object({ id: z.string(), symbol: z.string(), venueId: z.string().optional() });

/** What a client asks of the venue. `n` numbers the question; the answer carries it. */
export const questionSchema = z.discriminatedUnion('ask', [
  z.object({ n: z.number(), ask: z.literal('instruments') }),
  z.object({ n: z.number(), ask: z.literal('snapshot') }),
  z.object({ n: z.number(), ask: z.literal('submit'), request: requestSchema }),
  z.object({ n: z.number(), ask: z.literal('amend'), request: requestSchema, replaces: ref }),
  z.object({ n: z.number(), ask: z.literal('cancel'), ref }),
  z.object({ n: z.number(), ask: z.literal('query'), ref }),
]);

export type Question = z.output<typeof questionSchema>;

const tickSchema = z.object({
  symbol: z.string(),
  time: z.number(),
  bid: z.number(),
  ask: z.number(),
  volume: z.number(),
});

/** What the venue says: an answer, or one of its streams. Order events are numbered without a gap over the venue's whole life. */
export const messageSchema = z.discriminatedUnion('say', [
  z.object({ say: z.literal('answer'), n: z.number(), data: z.unknown() }),
  z.object({ say: z.literal('order'), event: orderEventSchema, number: z.number() }),
  z.object({ say: z.literal('account'), account: accountSchema }),
  z.object({ say: z.literal('tick'), tick: tickSchema }),
  z.object({ say: z.literal('heartbeat') }),
]);

export type Message = z.output<typeof messageSchema>;
