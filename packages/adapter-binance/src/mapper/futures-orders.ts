import * as z from 'zod';
import { toFuturesOrder } from './futures-order.js';
import {
  decimalSchema,
  type Execution,
  idSchema,
  leftOf,
  type OrderOrigin,
  positionSideSchema,
  readVenue,
  sideSchema,
  timeSchema,
  tradeIdOf,
  type VenueOrder,
  type VenueTrade,
  wordSchema,
} from './venue-order.js';
import { orderStateOf, orderTypeOf, timeInForceOf } from './words.js';

const symbol = z.string().min(1);
const type = wordSchema(orderTypeOf);
const status = wordSchema(orderStateOf);
const timeInForce = z.string().transform(timeInForceOf).optional();

const orderSchema = z
  .object({
    symbol,
    orderId: idSchema,
    clientOrderId: z.string(),
    price: decimalSchema,
    origQty: decimalSchema,
    executedQty: decimalSchema,
    avgPrice: decimalSchema.default('0'),
    status,
    // The type that it was placed with; `type` becomes MARKET or LIMIT with the trigger.
    origType: type.optional(),
    type,
    side: sideSchema,
    timeInForce,
    stopPrice: decimalSchema.optional(),
    positionSide: positionSideSchema,
    reduceOnly: z.boolean().default(false),
    time: timeSchema.optional(),
    updateTime: timeSchema.optional(),
  })
  .transform(
    (raw): VenueOrder =>
      toFuturesOrder({
        symbol: raw.symbol,
        id: raw.clientOrderId,
        venueId: raw.orderId,
        type: raw.origType ?? raw.type,
        status: raw.status,
        timeInForce: raw.timeInForce,
        side: raw.side,
        quantity: raw.origQty,
        filled: raw.executedQty,
        average: raw.avgPrice,
        price: raw.price,
        trigger: raw.stopPrice,
        time: raw.updateTime ?? raw.time ?? 0,
        working: true,
        positionSide: raw.positionSide,
        reduceOnly: raw.reduceOnly,
      }),
  );

/**
 * An order of futures as REST tells it: asked for, listed as open, answered with RESULT, changed or cancelled.
 * @throws {@link MikroBotError} `BAD_DATA`
 */
export const readFuturesOrder = (raw: unknown): VenueOrder => readVenue(orderSchema, raw, 'An order');

const tradeSchema = z
  .object({
    symbol,
    id: idSchema,
    orderId: idSchema,
    side: sideSchema,
    price: decimalSchema,
    qty: decimalSchema,
    commission: decimalSchema,
    commissionAsset: z.string().nullish(),
    realizedPnl: decimalSchema,
    positionSide: positionSideSchema,
    maker: z.boolean(),
    time: timeSchema,
  })
  .transform(
    (raw): VenueTrade => ({
      tradeId: tradeIdOf(raw.symbol, raw.id),
      id: raw.id,
      symbol: raw.symbol,
      orderId: raw.orderId,
      side: raw.side,
      price: Number(raw.price),
      priceText: raw.price,
      quantity: Number(raw.qty),
      quantityText: raw.qty,
      commission: raw.commission,
      commissionAsset: raw.commissionAsset ?? undefined,
      profit: raw.realizedPnl,
      positionSide: raw.positionSide,
      maker: raw.maker,
      time: raw.time,
    }),
  );

/**
 * A trade of the account (`userTrades`).
 * @throws {@link MikroBotError} `BAD_DATA`
 */
export const readFuturesTrade = (raw: unknown): VenueTrade => readVenue(tradeSchema, raw, 'A trade');

const executions = ['NEW', 'CANCELED', 'CALCULATED', 'EXPIRED', 'TRADE', 'AMENDMENT'] as const;
const updateSchema = z.object({
  e: z.literal('ORDER_TRADE_UPDATE'),
  T: timeSchema,
  o: z.object({
    s: symbol,
    c: z.string(),
    S: sideSchema,
    o: type,
    ot: type.optional(),
    f: timeInForce,
    q: decimalSchema,
    p: decimalSchema,
    ap: decimalSchema,
    sp: decimalSchema.optional(),
    x: z.enum(executions),
    X: status,
    i: idSchema,
    l: decimalSchema,
    z: decimalSchema,
    L: decimalSchema,
    N: z.string().nullish(),
    n: decimalSchema.nullish(),
    T: timeSchema.optional(),
    t: idSchema,
    m: z.boolean(),
    R: z.boolean().default(false),
    ps: positionSideSchema,
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

const originOf = (id: string): OrderOrigin => {
  if (id.startsWith('autoclose-')) return 'liquidation';
  if (id.startsWith('adl_autoclose')) return 'adl';
  return id.startsWith('settlement_autoclose-') ? 'settlement' : 'order';
};

/**
 * An event of the user stream about a futures order (`ORDER_TRADE_UPDATE`).
 * @throws {@link MikroBotError} `BAD_DATA`: an event was lost, so the account must be asked
 */
export const readOrderTradeUpdate = (payload: unknown): Execution => {
  const { o: raw, T: time } = readVenue(updateSchema, payload, 'An ORDER_TRADE_UPDATE');
  const order = toFuturesOrder({
    symbol: raw.s,
    id: raw.c,
    venueId: raw.i,
    type: raw.ot ?? raw.o,
    status: raw.X,
    timeInForce: raw.f,
    side: raw.S,
    quantity: raw.q,
    filled: raw.z,
    average: raw.ap,
    price: raw.p,
    trigger: raw.sp,
    time,
    working: true,
    positionSide: raw.ps,
    reduceOnly: raw.R,
  });
  // A liquidation is told without a trade before it is told with one.
  const traded = events[raw.x] === 'fill' && Number(raw.l) > 0;
  return {
    order,
    event: events[raw.x] === 'fill' && !traded ? 'none' : events[raw.x],
    reason: raw.er === undefined ? '' : (expiries[raw.er] ?? ''),
    trade: traded
      ? {
          tradeId: tradeIdOf(raw.s, raw.t),
          id: raw.t,
          symbol: raw.s,
          orderId: raw.i,
          side: raw.S,
          price: Number(raw.L),
          priceText: raw.L,
          quantity: Number(raw.l),
          quantityText: raw.l,
          commission: raw.n ?? '0',
          commissionAsset: raw.N ?? undefined,
          profit: raw.rp,
          positionSide: raw.ps,
          maker: raw.m,
          time: raw.T ?? time,
        }
      : undefined,
    remaining: leftOf(raw.q, raw.z),
    time,
    origin: originOf(raw.c),
  };
};
