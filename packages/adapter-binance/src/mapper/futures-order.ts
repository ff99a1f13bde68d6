import type { OrderState, OrderType, Side } from '@mikrobot/core';
import type { VenueOrder } from './venue-order.js';
import { waitsForTrigger } from './words.js';

/** What regular and conditional orders of futures have in common, however they are told. */
export interface FuturesPieces {
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

/** The order that these pieces tell of. */
export const toFuturesOrder = (pieces: FuturesPieces): VenueOrder => {
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
