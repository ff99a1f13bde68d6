import * as z from 'zod';
import {
  decimalSchema,
  idSchema,
  orderStateSchema,
  orderTypeSchema,
  readVenue,
  sideSchema,
  symbolSchema,
  timeSchema,
} from './schemas.js';
import { listIdSchema, toSpotOrder, trailingSchema } from './spot-orders.js';
import { toTrade } from './trades.js';
import { type Execution, leftOf } from './venue-order.js';
import { waitsForTrigger } from './words.js';

const reportSchema = z.object({
  e: z.literal('executionReport'),
  s: symbolSchema,
  c: z.string(),
  C: z.string().default(''),
  S: sideSchema,
  o: orderTypeSchema,
  q: decimalSchema,
  p: decimalSchema,
  P: decimalSchema,
  g: listIdSchema,
  x: z.enum(['NEW', 'CANCELED', 'REPLACED', 'REJECTED', 'TRADE', 'EXPIRED', 'TRADE_PREVENTION']),
  X: orderStateSchema,
  r: z.string().default('NONE'),
  i: idSchema,
  l: decimalSchema,
  z: decimalSchema,
  L: decimalSchema,
  n: decimalSchema.nullish(),
  N: z.string().nullish(),
  T: timeSchema,
  t: z.union([z.literal(-1), idSchema]),
  w: z.boolean(),
  Z: decimalSchema,
  W: timeSchema.optional(),
  d: trailingSchema,
  eR: z.string().optional(),
});

type Report = z.output<typeof reportSchema>;

/**
 * An event of the user stream about a spot order (`executionReport`).
 * @throws {@link MikroBotError} `BAD_DATA`: an event was lost, so the account must be asked
 */
export const readExecutionReport = (payload: unknown): Execution => {
  const raw = readVenue(reportSchema, payload, 'An executionReport');
  return {
    order: toSpotOrder({
      symbol: raw.s,
      // When an order is cancelled or amended, `c` names the request that did it and `C` the order.
      id: raw.C === '' ? raw.c : raw.C,
      venueId: raw.i,
      listId: raw.g,
      type: raw.o,
      trailing: raw.d,
      state: raw.X,
      side: raw.S,
      quantity: raw.q,
      filled: raw.z,
      quote: raw.Z,
      price: raw.p,
      trigger: raw.P,
      time: raw.T,
      workingTime: raw.W,
    }),
    event: eventOf(raw),
    reason: raw.eR ?? (raw.r === 'NONE' ? '' : raw.r),
    trade: tradeOf(raw),
    remaining: leftOf(raw.q, raw.z),
    time: raw.T,
  };
};

const tradeOf = (raw: Report): Execution['trade'] => {
  if (raw.x !== 'TRADE' || raw.t === -1) return undefined;
  return toTrade({
    id: raw.t,
    symbol: raw.s,
    orderId: raw.i,
    side: raw.S,
    price: raw.L,
    quantity: raw.l,
    commission: raw.n,
    commissionAsset: raw.N,
    time: raw.T,
  });
};

const eventOf = ({ x, X, o, w }: Report): Execution['event'] => {
  switch (x) {
    case 'NEW':
      // A stop is told twice: when it is taken, and again when its trigger puts it to work.
      return waitsForTrigger(o.wire) && w ? 'triggered' : 'accepted';
    case 'CANCELED':
      return 'cancelled';
    case 'REPLACED':
      return 'replaced';
    case 'REJECTED':
      return 'rejected';
    case 'TRADE':
      return 'fill';
    case 'EXPIRED':
      return 'expired';
    case 'TRADE_PREVENTION':
      return X === 'expired' ? 'expired' : 'none';
  }
};
