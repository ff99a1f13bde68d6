import type { OrderState, OrderType, Side } from '@mikrobot/core';
import * as z from 'zod';
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
import {
  type AlgoStatus,
  algoStateOf,
  algoStatuses,
  orderStateOf,
  orderTypeOf,
  timeInForceOf,
  waitsForTrigger,
} from './words.js';

/** A conditional order of futures: what waits at the algo service, and the order that it triggers into. */
export interface AlgoOrder {
  /** Under the client id of the conditional order; filled and average price are those of the triggered order where they are told. */
  readonly order: VenueOrder;
  readonly status: AlgoStatus;
  /** The algo service's id, digits. */
  readonly algoId: string;
  /** The venue's id of the order that it triggered into, digits. */
  readonly actualOrderId: string | undefined;
  /** Why it failed, in the venue's words; empty where it did not. */
  readonly reason: string;
  /** Venue time of what is told, epoch ms. */
  readonly time: number;
}

const symbol = z.string().min(1);
const type = wordSchema(orderTypeOf);
const status = wordSchema(orderStateOf);
const timeInForce = z.string().transform(timeInForceOf).optional();

interface Pieces {
  readonly symbol: string;
  readonly id: string;
  readonly venueId: string;
  readonly type: { readonly wire: string; readonly word: OrderType };
  readonly status: { readonly wire: string; readonly word: OrderState };
  readonly timeInForce: VenueOrder['timeInForce'];
  readonly side: Side;
  readonly quantity: string;
  readonly filled: string;
  readonly average: string;
  readonly price: string;
  readonly trigger: string | undefined;
  readonly time: number;
  readonly working: boolean;
  readonly positionSide: VenueOrder['positionSide'];
  readonly reduceOnly: boolean;
}

const toOrder = (pieces: Pieces): VenueOrder => {
  const { symbol, id, venueId, type, status, side, working, time, positionSide, reduceOnly } = pieces;
  const price = Number(waitsForTrigger(type.wire) ? (pieces.trigger ?? '0') : pieces.price);
  return {
    report: {
      id,
      venueId,
      symbol,
      side,
      type: type.word,
      state: status.word,
      quantity: Number(pieces.quantity),
      filled: Number(pieces.filled),
      averagePrice: Number(pieces.average),
      price: price === 0 ? undefined : price,
    },
    venueStatus: status.wire,
    venueType: type.wire,
    timeInForce: pieces.timeInForce,
    time,
    arrived: undefined,
    working,
    listId: undefined,
    positionSide,
    reduceOnly,
  };
};

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
      toOrder({
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
  const order = toOrder({
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

const actualId = z
  .union([z.literal('').transform(() => undefined), z.literal(0).transform(() => undefined), idSchema])
  .optional();
const algoStatus = z.enum(algoStatuses);

interface AlgoPieces extends Omit<Pieces, 'status' | 'working' | 'venueId'> {
  readonly algoId: string;
  readonly status: AlgoStatus;
  readonly actualOrderId: string | undefined;
  readonly reason: string;
}

const toAlgo = ({ status, algoId, actualOrderId, reason, ...pieces }: AlgoPieces): AlgoOrder => {
  const state = algoStateOf(status, Number(pieces.filled), Number(pieces.quantity));
  const working = status === 'TRIGGERED' || status === 'FINISHED';
  const order = toOrder({ ...pieces, venueId: algoId, status: { wire: status, word: state }, working });
  return { order, status, algoId, actualOrderId, reason, time: pieces.time };
};

const algoSchema = z
  .object({
    algoId: idSchema,
    clientAlgoId: z.string(),
    orderType: type,
    symbol,
    side: sideSchema,
    positionSide: positionSideSchema,
    timeInForce,
    quantity: decimalSchema,
    algoStatus,
    actualOrderId: actualId,
    actualPrice: decimalSchema.nullish(),
    actualQty: decimalSchema.nullish(),
    triggerPrice: decimalSchema.nullish(),
    price: decimalSchema.nullish(),
    reduceOnly: z.boolean().default(false),
    createTime: timeSchema.optional(),
    updateTime: timeSchema.optional(),
    failReason: z.string().nullish(),
  })
  .transform((raw) =>
    toAlgo({
      symbol: raw.symbol,
      id: raw.clientAlgoId,
      algoId: raw.algoId,
      actualOrderId: raw.actualOrderId,
      type: raw.orderType,
      status: raw.algoStatus,
      timeInForce: raw.timeInForce,
      side: raw.side,
      quantity: raw.quantity,
      filled: raw.actualQty ?? '0',
      average: raw.actualPrice ?? '0',
      price: raw.price ?? '0',
      trigger: raw.triggerPrice ?? undefined,
      time: raw.updateTime ?? raw.createTime ?? 0,
      positionSide: raw.positionSide,
      reduceOnly: raw.reduceOnly,
      reason: raw.failReason ?? '',
    }),
  );

/**
 * A conditional order of futures as REST tells it (`algoOrder`, `openAlgoOrders`).
 * @throws {@link MikroBotError} `BAD_DATA`
 */
export const readAlgoOrder = (raw: unknown): AlgoOrder => readVenue(algoSchema, raw, 'An algo order');

const algoUpdateSchema = z.object({
  e: z.literal('ALGO_UPDATE'),
  T: timeSchema,
  o: z.object({
    caid: z.string(),
    aid: idSchema,
    o: type,
    s: symbol,
    S: sideSchema,
    ps: positionSideSchema,
    f: timeInForce,
    q: decimalSchema,
    X: algoStatus,
    ai: actualId,
    ap: decimalSchema.nullish(),
    aq: decimalSchema.nullish(),
    tp: decimalSchema,
    p: decimalSchema,
    R: z.boolean().default(false),
    rm: z.string().nullish(),
  }),
});

/**
 * An event of the user stream about a conditional order (`ALGO_UPDATE`).
 * @throws {@link MikroBotError} `BAD_DATA`: an event was lost, so the account must be asked
 */
export const readAlgoUpdate = (payload: unknown): AlgoOrder => {
  const { o: raw, T: time } = readVenue(algoUpdateSchema, payload, 'An ALGO_UPDATE');
  return toAlgo({
    symbol: raw.s,
    id: raw.caid,
    algoId: raw.aid,
    actualOrderId: raw.ai,
    type: raw.o,
    status: raw.X,
    timeInForce: raw.f,
    side: raw.S,
    quantity: raw.q,
    filled: raw.aq ?? '0',
    average: raw.ap ?? '0',
    price: raw.p,
    trigger: raw.tp,
    time,
    positionSide: raw.ps,
    reduceOnly: raw.R,
    reason: raw.rm ?? '',
  });
};
