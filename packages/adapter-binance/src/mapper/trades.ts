import type { FillEvent, Side } from '@mikrobot/core';
import * as z from 'zod';
import { decimalSchema, idSchema, readVenue, sideSchema, symbolSchema, timeSchema } from './schemas.js';

/** A trade of an own order, with the venue's exact decimals beside the numbers. */
export interface VenueTrade {
  /** `<symbol>-<id>`, for the venue counts trades by symbol: the same from events and from queries. */
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
  /** Venue time, epoch ms. */
  readonly time: number;
}

/** What a trade is told by, however it is told. */
export interface TradePieces extends Pick<VenueTrade, 'id' | 'symbol' | 'orderId' | 'side' | 'time'> {
  /** Decimal texts. */
  readonly price: string;
  readonly quantity: string;
  readonly commission: string | null | undefined;
  readonly profit?: string;
  readonly commissionAsset?: string | null | undefined;
}

/** The trade that these pieces tell of. */
export const toTrade = (pieces: TradePieces): VenueTrade => ({
  ...pieces,
  tradeId: `${pieces.symbol}-${pieces.id}`,
  price: Number(pieces.price),
  priceText: pieces.price,
  quantity: Number(pieces.quantity),
  quantityText: pieces.quantity,
  commission: pieces.commission ?? '0',
  commissionAsset: pieces.commissionAsset ?? undefined,
  profit: pieces.profit,
});

const tradeSchema = z.object({
  symbol: symbolSchema,
  id: idSchema,
  orderId: idSchema,
  price: decimalSchema,
  qty: decimalSchema,
  commission: decimalSchema,
  commissionAsset: z.string().nullish(),
  time: timeSchema,
});

const spotSchema = tradeSchema
  .extend({ isBuyer: z.boolean() })
  .transform(({ qty, isBuyer, ...raw }) =>
    toTrade({ ...raw, quantity: qty, side: isBuyer ? 'buy' : 'sell' }),
  );

const futuresSchema = tradeSchema
  .extend({ side: sideSchema, realizedPnl: decimalSchema })
  .transform(({ qty, realizedPnl, ...raw }) => toTrade({ ...raw, quantity: qty, profit: realizedPnl }));

/**
 * A trade of a spot account (`myTrades`).
 * @throws {@link MikroBotError} `BAD_DATA`
 */
export const readSpotTrade = (raw: unknown): VenueTrade => readVenue(spotSchema, raw, 'A trade');

/**
 * A trade of a futures account (`userTrades`).
 * @throws {@link MikroBotError} `BAD_DATA`
 */
export const readFuturesTrade = (raw: unknown): VenueTrade => readVenue(futuresSchema, raw, 'A trade');

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
