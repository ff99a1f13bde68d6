import {
  type FillEvent,
  MikroBotError,
  type OrderEvent,
  type OrderReport,
  type Side,
  type TimeInForce,
} from '@mikrobot/core';
import * as z from 'zod';
import { decimal, decimalText, minus } from '../filters/decimal.js';

/** An order as the venue tells of it: the model's report, and what adapters need beside it. */
export interface VenueOrder {
  readonly report: OrderReport;
  /** The venue's own word for its state. */
  readonly venueStatus: string;
  /** The venue's own word for its type. */
  readonly venueType: string;
  /** Undefined for one that the model has no word for. */
  readonly timeInForce: TimeInForce | undefined;
  /** Venue time of the last change, epoch ms; 0 where it is not told. */
  readonly time: number;
  /** When it began to work, epoch ms; undefined while it does not, and where the venue does not tell it. */
  readonly arrived: number | undefined;
  /** Whether it stands in the book or has traded; false while it waits for its trigger. */
  readonly working: boolean;
  /** Spot: id of its list; undefined outside a list. */
  readonly listId: string | undefined;
  readonly positionSide: 'BOTH' | 'LONG' | 'SHORT';
  readonly reduceOnly: boolean;
}

/** A trade of an own order, with the venue's exact decimals beside the numbers. */
export interface VenueTrade {
  /** `<symbol>-<id>`: the same from events and from queries. */
  readonly tradeId: string;
  /** The venue's id alone, digits. */
  readonly id: string;
  readonly symbol: string;
  /** The venue's id of the order, digits. */
  readonly orderId: string;
  readonly side: Side;
  readonly price: number;
  readonly priceText: string;
  /** Units of the base asset. */
  readonly quantity: number;
  readonly quantityText: string;
  /** Exact; what was paid is positive. */
  readonly commission: string;
  /** Undefined where nothing was charged and the venue names no asset. */
  readonly commissionAsset: string | undefined;
  /** Futures: realised profit in the margin asset before commission, exact. Undefined on spot. */
  readonly profit: string | undefined;
  readonly positionSide: 'BOTH' | 'LONG' | 'SHORT';
  readonly maker: boolean;
  /** Venue time, epoch ms. */
  readonly time: number;
}

/** Who sent an order: somebody (perhaps us), or the venue to close a position by itself. */
export type OrderOrigin = 'order' | 'liquidation' | 'adl' | 'settlement';

/** One event of the user stream about an order. */
export interface Execution {
  /** The order after the event. */
  readonly order: VenueOrder;
  readonly event: OrderEvent['type'] | 'none';
  /** The venue's words for why it was cancelled, expired or rejected; empty where it gives none. */
  readonly reason: string;
  /** With `fill` only. */
  readonly trade: VenueTrade | undefined;
  /** Units of the order still open. */
  readonly remaining: number;
  /** Venue time, epoch ms. */
  readonly time: number;
  readonly origin: OrderOrigin;
}

/** The event of core that an execution is; undefined for fills (see {@link toFill}) and for what changes nothing. */
export const toOrderEvent = (execution: Execution): Exclude<OrderEvent, FillEvent> | undefined => {
  const { order, event, reason, time } = execution;
  const { id, symbol, venueId, quantity, price } = order.report;
  const base = { id, symbol, time, venueId };
  switch (event) {
    case 'none':
    case 'fill':
      return undefined;
    case 'replaced':
      return { ...base, type: event, quantity, price };
    case 'cancelled':
      return { ...base, type: event, reason };
    case 'rejected':
      return { ...base, type: event, code: reason === '' ? 'REJECTED' : reason, detail: reason };
    default:
      return { ...base, type: event };
  }
};

/** What a fill is booked with; the adapter knows the account's currency, the mapper does not. */
export interface FillFigures {
  /** Account currency; positive is paid. */
  readonly commission: number;
  /** Account currency, before commission. */
  readonly profit: number;
  /** Lots of the order still open. */
  readonly remaining: number;
  /** Lots booked, where a fee in the base asset takes some of what was bought. Default: those of the trade. */
  readonly quantity?: number | undefined;
}

/** The fill that a trade is, of the order with this client id. */
export const toFill = (
  trade: VenueTrade,
  { id, arrived }: { readonly id: string; readonly arrived?: number | undefined },
  figures: FillFigures,
): FillEvent => ({
  type: 'fill',
  id,
  symbol: trade.symbol,
  time: trade.time,
  venueId: trade.orderId,
  tradeId: trade.tradeId,
  side: trade.side,
  quantity: figures.quantity ?? trade.quantity,
  price: trade.price,
  remaining: figures.remaining,
  arrived,
  commission: figures.commission,
  profit: figures.profit,
});

/** Name of a trade: the venue counts them by symbol. */
export const tradeIdOf = (symbol: string, id: string): string => `${symbol}-${id}`;

/** An id of the venue: a number while it is exact, digits beyond 2^53. */
export const idSchema = z
  .union([z.number().int().nonnegative(), z.string().regex(/^\d{1,20}$/)])
  .transform(String);
/** A plain decimal, kept as text; a few old fields come as numbers. */
export const decimalSchema = z
  .union([z.string(), z.number().transform(String)])
  .pipe(z.string().regex(/^-?\d{1,40}(\.\d{1,40})?$/));
/** Epoch ms; the venue writes 0 and -1 for never. */
export const timeSchema = z.number().int().min(-1).max(1e14);
/** A side. */
export const sideSchema = z
  .enum(['BUY', 'SELL'])
  .transform((side): Side => (side === 'BUY' ? 'buy' : 'sell'));
/** A position side; spot and one-way accounts have both in one. */
export const positionSideSchema = z.enum(['BOTH', 'LONG', 'SHORT']).default('BOTH');

/**
 * Parses what the venue said of orders. A word that is not documented is not guessed at.
 * @throws {@link MikroBotError} `BAD_DATA`: asked, it is an unknown answer; in a user stream, an event was lost
 */
export const readVenue = <T extends z.ZodType>(schema: T, data: unknown, what: string): z.output<T> => {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new MikroBotError('BAD_DATA', `${message}.`, {
    where: `${what} of Binance${path.length === 0 ? '' : `, field ${path.join('.')}`}`,
    cause: parsed.error,
  });
};

/** A word of a table, or a zod issue that names it. */
export const wordSchema = <T>(table: (wire: string) => T | undefined) =>
  z.string().transform((wire, context) => {
    const word = table(wire);
    if (word !== undefined) return { wire, word };
    context.addIssue({ code: 'custom', message: `"${wire}" is not documented` });
    return z.NEVER;
  });

/** What is left of an order, from the venue's exact texts. */
export const leftOf = (quantity: string, filled: string): number =>
  Number(decimalText(minus(decimal(quantity), decimal(filled))));
