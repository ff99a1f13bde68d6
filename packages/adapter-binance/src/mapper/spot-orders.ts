import type { OrderType } from '@mikrobot/core';
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
import { type OrderPieces, toVenueOrder, type VenueOrder } from './venue-order.js';

/** Id of an order's list; -1 outside a list. */
export const listIdSchema = z.union([z.literal(-1).transform(() => undefined), idSchema]).optional();

/** Basis points of an order that trails. */
export const trailingSchema = z.union([z.number(), z.string()]).optional();

/** What the venue tells of a spot order in its own way. */
interface SpotPieces extends Omit<OrderPieces, 'averagePrice' | 'arrived'> {
  readonly trailing: number | string | undefined;
  /** What was paid so far, decimal text. */
  readonly quote: string;
  /** Epoch ms; -1 while it does not work. */
  readonly workingTime: number | undefined;
}

/** The order that these pieces of spot tell of. */
export const toSpotOrder = ({ trailing, quote, workingTime, ...pieces }: SpotPieces): VenueOrder => {
  const { wire, word } = pieces.type;
  const trails: OrderType = trailing !== undefined && word === 'stop' ? 'trailing-stop' : word;
  const filled = Number(pieces.filled);
  // For some old orders the venue no longer knows the sum, and writes a negative one.
  const averagePrice = filled === 0 ? 0 : Math.max(0, Number(quote)) / filled;
  const arrived = workingTime !== undefined && workingTime > 0 ? workingTime : undefined;
  return toVenueOrder({ ...pieces, type: { wire, word: trails }, averagePrice, arrived });
};

const orderSchema = z
  .object({
    symbol: symbolSchema,
    orderId: idSchema,
    orderListId: listIdSchema,
    clientOrderId: z.string(),
    // In answers to a cancel, the id of the order; the other one names the cancel.
    origClientOrderId: z.string().optional(),
    price: decimalSchema,
    origQty: decimalSchema,
    executedQty: decimalSchema,
    cummulativeQuoteQty: decimalSchema,
    status: orderStateSchema,
    type: orderTypeSchema,
    side: sideSchema,
    stopPrice: decimalSchema.optional(),
    trailingDelta: trailingSchema,
    transactTime: timeSchema.optional(),
    updateTime: timeSchema.optional(),
    time: timeSchema.optional(),
    workingTime: timeSchema.optional(),
  })
  .transform((raw) =>
    toSpotOrder({
      symbol: raw.symbol,
      id: raw.origClientOrderId ?? raw.clientOrderId,
      venueId: raw.orderId,
      listId: raw.orderListId,
      type: raw.type,
      trailing: raw.trailingDelta,
      state: raw.status,
      side: raw.side,
      quantity: raw.origQty,
      filled: raw.executedQty,
      quote: raw.cummulativeQuoteQty,
      price: raw.price,
      trigger: raw.stopPrice,
      time: raw.transactTime ?? raw.updateTime ?? raw.time ?? 0,
      workingTime: raw.workingTime,
    }),
  );

/**
 * An order of spot as REST and the WebSocket API tell it: asked for, listed as open, answered with RESULT or FULL, reported in an order
 * list, or cancelled.
 * @throws {@link MikroBotError} `BAD_DATA`
 */
export const readSpotOrder = (raw: unknown): VenueOrder => readVenue(orderSchema, raw, 'An order');
