import type { OrderType, Side } from '@mikrobot/core';
import * as z from 'zod';
import {
  decimalSchema,
  type Execution,
  idSchema,
  leftOf,
  readVenue,
  sideSchema,
  timeSchema,
  tradeIdOf,
  type VenueOrder,
  type VenueTrade,
  wordSchema,
} from './venue-order.js';
import { orderStateOf, orderTypeOf, timeInForceOf, waitsForTrigger } from './words.js';

const symbol = z.string().min(1);
/** -1 outside a list. */
const listId = z.union([z.literal(-1).transform(() => undefined), idSchema]).optional();
const type = wordSchema(orderTypeOf);
const status = wordSchema(orderStateOf);
const timeInForce = z.string().transform(timeInForceOf).optional();
const trailing = z.union([z.number(), z.string()]).optional();

const fillSchema = z.object({
  price: decimalSchema,
  qty: decimalSchema,
  commission: decimalSchema,
  commissionAsset: z.string().nullish(),
  tradeId: idSchema,
});

const orderSchema = z
  .object({
    symbol,
    orderId: idSchema,
    orderListId: listId,
    clientOrderId: z.string(),
    // In answers to a cancel, the id of the order; the other one names the cancel.
    origClientOrderId: z.string().optional(),
    price: decimalSchema,
    origQty: decimalSchema,
    executedQty: decimalSchema,
    cummulativeQuoteQty: decimalSchema,
    status,
    type,
    side: sideSchema,
    timeInForce,
    stopPrice: decimalSchema.optional(),
    trailingDelta: trailing,
    transactTime: timeSchema.optional(),
    updateTime: timeSchema.optional(),
    time: timeSchema.optional(),
    workingTime: timeSchema.optional(),
    isWorking: z.boolean().optional(),
    fills: z.array(fillSchema).default([]),
  })
  .transform((raw) => ({
    fills: raw.fills,
    order: toOrder({
      symbol: raw.symbol,
      id: raw.origClientOrderId ?? raw.clientOrderId,
      orderId: raw.orderId,
      listId: raw.orderListId,
      type: raw.type,
      trails: raw.trailingDelta !== undefined,
      status: raw.status,
      timeInForce: raw.timeInForce,
      side: raw.side,
      quantity: raw.origQty,
      filled: raw.executedQty,
      quote: raw.cummulativeQuoteQty,
      price: raw.price,
      stopPrice: raw.stopPrice,
      time: raw.transactTime ?? raw.updateTime ?? raw.time ?? 0,
      workingTime: raw.workingTime,
      working: raw.isWorking,
    }),
  }));

interface Pieces {
  readonly symbol: string;
  readonly id: string;
  readonly orderId: string;
  readonly listId: string | undefined;
  readonly type: { readonly wire: string; readonly word: OrderType };
  readonly trails: boolean;
  readonly status: { readonly wire: string; readonly word: VenueOrder['report']['state'] };
  readonly timeInForce: VenueOrder['timeInForce'];
  readonly side: Side;
  readonly quantity: string;
  readonly filled: string;
  readonly quote: string;
  readonly price: string;
  readonly stopPrice: string | undefined;
  readonly time: number;
  readonly workingTime: number | undefined;
  readonly working: boolean | undefined;
}

const toOrder = (pieces: Pieces): VenueOrder => {
  const { symbol, id, orderId, type, status, side, workingTime } = pieces;
  const quantity = Number(pieces.quantity);
  const filled = Number(pieces.filled);
  // For some old orders the venue no longer knows the sum, and writes a negative one.
  const quote = Math.max(0, Number(pieces.quote));
  const price = Number(waitsForTrigger(type.wire) ? (pieces.stopPrice ?? '0') : pieces.price);
  const arrived = workingTime !== undefined && workingTime > 0 ? workingTime : undefined;
  return {
    report: {
      id,
      venueId: orderId,
      symbol,
      side,
      type: pieces.trails && type.word === 'stop' ? 'trailing-stop' : type.word,
      state: status.word,
      quantity,
      filled,
      averagePrice: filled === 0 ? 0 : quote / filled,
      price: price === 0 ? undefined : price,
    },
    venueStatus: status.wire,
    venueType: type.wire,
    timeInForce: pieces.timeInForce,
    time: pieces.time,
    arrived,
    working: pieces.working ?? (workingTime === undefined ? !waitsForTrigger(type.wire) : workingTime > 0),
    listId: pieces.listId,
    positionSide: 'BOTH',
    reduceOnly: false,
  };
};

/**
 * An order of spot as REST and the WebSocket API tell it: asked for, listed as open, answered with RESULT or FULL, reported in an order
 * list, or cancelled.
 * @throws {@link MikroBotError} `BAD_DATA`
 */
export const readSpotOrder = (raw: unknown): VenueOrder => readVenue(orderSchema, raw, 'An order').order;

/**
 * The trades in an answer to an order that was placed with FULL; none in other answers.
 * @throws {@link MikroBotError} `BAD_DATA`
 */
export const readSpotFills = (raw: unknown): readonly VenueTrade[] => {
  const { order, fills } = readVenue(orderSchema, raw, 'An order');
  const { symbol, side, venueId } = order.report;
  return fills.map((fill) =>
    toTrade({
      id: fill.tradeId,
      symbol,
      orderId: venueId as string,
      side,
      price: fill.price,
      quantity: fill.qty,
      commission: fill.commission,
      commissionAsset: fill.commissionAsset,
      // What trades in the answer to its own placing took liquidity.
      maker: false,
      time: order.time,
    }),
  );
};

interface TradePieces {
  readonly id: string;
  readonly symbol: string;
  readonly orderId: string;
  readonly side: Side;
  readonly price: string;
  readonly quantity: string;
  readonly commission: string;
  readonly commissionAsset: string | null | undefined;
  readonly maker: boolean;
  readonly time: number;
}

const toTrade = ({ price, quantity, commissionAsset, ...pieces }: TradePieces): VenueTrade => ({
  ...pieces,
  tradeId: tradeIdOf(pieces.symbol, pieces.id),
  price: Number(price),
  priceText: price,
  quantity: Number(quantity),
  quantityText: quantity,
  commissionAsset: commissionAsset ?? undefined,
  profit: undefined,
  positionSide: 'BOTH',
});

const tradeSchema = z
  .object({
    symbol,
    id: idSchema,
    orderId: idSchema,
    price: decimalSchema,
    qty: decimalSchema,
    commission: decimalSchema,
    commissionAsset: z.string().nullish(),
    time: timeSchema,
    isBuyer: z.boolean(),
    isMaker: z.boolean(),
  })
  .transform((raw) =>
    toTrade({
      id: raw.id,
      symbol: raw.symbol,
      orderId: raw.orderId,
      side: raw.isBuyer ? 'buy' : 'sell',
      price: raw.price,
      quantity: raw.qty,
      commission: raw.commission,
      commissionAsset: raw.commissionAsset,
      maker: raw.isMaker,
      time: raw.time,
    }),
  );

/**
 * A trade of the account (`myTrades`).
 * @throws {@link MikroBotError} `BAD_DATA`
 */
export const readSpotTrade = (raw: unknown): VenueTrade => readVenue(tradeSchema, raw, 'A trade');

const executionSchema = z.object({
  e: z.literal('executionReport'),
  s: symbol,
  c: z.string(),
  C: z.string().default(''),
  S: sideSchema,
  o: type,
  f: timeInForce,
  q: decimalSchema,
  p: decimalSchema,
  P: decimalSchema,
  g: listId,
  x: z.enum(['NEW', 'CANCELED', 'REPLACED', 'REJECTED', 'TRADE', 'EXPIRED', 'TRADE_PREVENTION']),
  X: status,
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
  m: z.boolean(),
  Z: decimalSchema,
  W: timeSchema.optional(),
  d: trailing,
  eR: z.string().optional(),
});

/**
 * An event of the user stream about a spot order (`executionReport`).
 * @throws {@link MikroBotError} `BAD_DATA`: an event was lost, so the account must be asked
 */
export const readExecutionReport = (payload: unknown): Execution => {
  const raw = readVenue(executionSchema, payload, 'An executionReport');
  const order = toOrder({
    symbol: raw.s,
    // When an order is cancelled or amended, `c` names the request that did it and `C` the order.
    id: raw.C === '' ? raw.c : raw.C,
    orderId: raw.i,
    listId: raw.g,
    type: raw.o,
    trails: raw.d !== undefined,
    status: raw.X,
    timeInForce: raw.f,
    side: raw.S,
    quantity: raw.q,
    filled: raw.z,
    quote: raw.Z,
    price: raw.p,
    stopPrice: raw.P,
    time: raw.T,
    workingTime: raw.W,
    working: raw.w,
  });
  const traded = raw.x === 'TRADE' && raw.t !== -1;
  return {
    order,
    event: eventOf(raw.x, order),
    reason: raw.eR ?? (raw.r === 'NONE' ? '' : raw.r),
    trade: traded
      ? toTrade({
          id: raw.t as string,
          symbol: raw.s,
          orderId: raw.i,
          side: raw.S,
          price: raw.L,
          quantity: raw.l,
          commission: raw.n ?? '0',
          commissionAsset: raw.N,
          maker: raw.m,
          time: raw.T,
        })
      : undefined,
    remaining: leftOf(raw.q, raw.z),
    time: raw.T,
    origin: 'order',
  };
};

const eventOf = (
  execution: z.output<typeof executionSchema>['x'],
  { venueType, working, report }: VenueOrder,
): Execution['event'] => {
  switch (execution) {
    case 'NEW':
      // A stop is told twice: when it is taken, and again when its trigger puts it to work.
      return waitsForTrigger(venueType) && working ? 'triggered' : 'accepted';
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
      return report.state === 'expired' ? 'expired' : 'none';
  }
};
