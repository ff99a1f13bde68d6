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
import { toTrade } from './trades.js';
import { type Execution, leftOf, toVenueOrder } from './venue-order.js';

const executions = ['NEW', 'CANCELED', 'CALCULATED', 'EXPIRED', 'TRADE', 'AMENDMENT'] as const;
const updateSchema = z.object({
  e: z.literal('ORDER_TRADE_UPDATE'),
  T: timeSchema,
  o: z.object({
    s: symbolSchema,
    c: z.string(),
    S: sideSchema,
    o: orderTypeSchema,
    ot: orderTypeSchema.optional(),
    q: decimalSchema,
    p: decimalSchema,
    ap: decimalSchema,
    sp: decimalSchema.optional(),
    x: z.enum(executions),
    X: orderStateSchema,
    i: idSchema,
    l: decimalSchema,
    z: decimalSchema,
    L: decimalSchema,
    N: z.string().nullish(),
    n: decimalSchema.nullish(),
    T: timeSchema.optional(),
    t: idSchema,
    rp: decimalSchema.default('0'),
    er: z.union([z.string(), z.number()]).transform(String).optional(),
  }),
});

const events = {
  NEW: 'accepted',
  CANCELED: 'cancelled',
  // The venue's own hand: liquidation or auto-deleveraging.
  CALCULATED: 'fill',
  EXPIRED: 'expired',
  TRADE: 'fill',
  AMENDMENT: 'replaced',
} as const satisfies Record<(typeof executions)[number], Execution['event']>;

/** Expiry reasons as documented on the page "Event: Order Update". */
const expiries: Readonly<Record<string, string>> = {
  '1': 'self-trade prevention',
  '2': 'IOC, the rest could not be filled',
  '3': 'IOC, self-trade prevention',
  '4': 'reduce-only, by one of higher priority or because it would have reversed the position',
  '5': 'liquidation of the account',
  '6': 'GTE, the position is gone',
  '7': 'the symbol is delisted',
  '8': 'replaced by the order that it triggered',
  '9': 'market, the rest could not be filled',
};

/**
 * An event of the user stream about a futures order (`ORDER_TRADE_UPDATE`).
 * @throws {@link MikroBotError} `BAD_DATA`: an event was lost, so the account must be asked
 */
export const readOrderTradeUpdate = (payload: unknown): Execution => {
  const { o: raw, T: time } = readVenue(updateSchema, payload, 'An ORDER_TRADE_UPDATE');
  const event = events[raw.x];
  // A liquidation is told without a trade before it is told with one.
  const traded = event === 'fill' && Number(raw.l) > 0;
  return {
    order: toVenueOrder({
      symbol: raw.s,
      id: raw.c,
      venueId: raw.i,
      type: raw.ot ?? raw.o,
      state: raw.X,
      side: raw.S,
      quantity: raw.q,
      filled: raw.z,
      averagePrice: Number(raw.ap),
      price: raw.p,
      trigger: raw.sp,
      time,
    }),
    event: event === 'fill' && !traded ? 'none' : event,
    reason: raw.er === undefined ? '' : (expiries[raw.er] ?? ''),
    trade: traded
      ? toTrade({
          id: raw.t,
          symbol: raw.s,
          orderId: raw.i,
          side: raw.S,
          price: raw.L,
          quantity: raw.l,
          commission: raw.n,
          commissionAsset: raw.N,
          profit: raw.rp,
          time: raw.T ?? time,
        })
      : undefined,
    remaining: leftOf(raw.q, raw.z),
    time,
  };
};
