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
import { toVenueOrder, type VenueOrder } from './venue-order.js';

const orderSchema = z
  .object({
    symbol: symbolSchema,
    orderId: idSchema,
    clientOrderId: z.string(),
    price: decimalSchema,
    origQty: decimalSchema,
    executedQty: decimalSchema,
    avgPrice: decimalSchema.default('0'),
    status: orderStateSchema,
    // The type that it was placed with; `type` becomes MARKET or LIMIT with the trigger.
    origType: orderTypeSchema.optional(),
    type: orderTypeSchema,
    side: sideSchema,
    stopPrice: decimalSchema.optional(),
    time: timeSchema.optional(),
    updateTime: timeSchema.optional(),
  })
  .transform((raw) =>
    toVenueOrder({
      symbol: raw.symbol,
      id: raw.clientOrderId,
      venueId: raw.orderId,
      type: raw.origType ?? raw.type,
      state: raw.status,
      side: raw.side,
      quantity: raw.origQty,
      filled: raw.executedQty,
      averagePrice: Number(raw.avgPrice),
      price: raw.price,
      trigger: raw.stopPrice,
      time: raw.updateTime ?? raw.time ?? 0,
    }),
  );

/**
 * An order of futures as REST tells it: asked for, listed as open, answered with RESULT, changed or cancelled.
 * @throws {@link MikroBotError} `BAD_DATA`
 */
export const readFuturesOrder = (raw: unknown): VenueOrder => readVenue(orderSchema, raw, 'An order');
