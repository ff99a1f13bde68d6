import type { FillEvent, OrderReport, OrderState } from '@mikrobot/core';
import type { DealRecord, OrderRecord, PositionRecord } from '../protocol/records.js';
import type { ServerTime } from '../server-time.js';
import { fillOf, sideOfDeal } from './fills.js';
import type { Level } from './guard.js';
import { tidy } from './lots.js';
import { foreignId, type LegName } from './names.js';
import { endOf, sideOfOrder, typeOf } from './words.js';

/** A working order; one that is none of ours is named by its ticket. */
export const workingReport = (record: OrderRecord): OrderReport => {
  const { ticket, coid, symbol, type, volume, left, price } = record;
  const filled = tidy(volume - left);
  return {
    id: coid ?? foreignId(ticket),
    venueId: ticket,
    symbol,
    side: sideOfOrder(type),
    type: typeOf(type),
    state: filled > 0 ? 'partially-filled' : 'accepted',
    quantity: volume,
    filled,
    // What its parts cost a working order does not tell; a query does.
    averagePrice: 0,
    price,
  };
};

/** A level of a position as the order that core knows. @param filled - lots that it closed before */
export const legReport = (
  { ticket, symbol, side, volume }: Pick<PositionRecord, 'ticket' | 'symbol' | 'side' | 'volume'>,
  name: LegName,
  { id, price }: Level,
  filled: number,
): OrderReport => ({
  id,
  venueId: ticket,
  symbol,
  side: side === 'buy' ? 'sell' : 'buy',
  type: name === 'stop' ? 'stop' : 'limit',
  state: filled > 0 ? 'partially-filled' : 'accepted',
  quantity: tidy(filled + volume),
  filled,
  averagePrice: 0,
  price,
});

/** Lots of deals, and what they cost in the mean. */
export const sumOf = (
  deals: readonly DealRecord[],
): { readonly filled: number; readonly averagePrice: number } => {
  let lots = 0;
  let cost = 0;
  for (const { volume, price } of deals) {
    lots += volume;
    cost += volume * price;
  }
  return { filled: tidy(lots), averagePrice: lots === 0 ? 0 : cost / lots };
};

/** An order's deals as its trades, the oldest first. @param quantity - lots of the order */
export const fillsOf = (
  deals: readonly DealRecord[],
  id: string,
  quantity: number,
  time: ServerTime,
): readonly FillEvent[] => {
  let left = quantity;
  const fills: FillEvent[] = [];
  for (const deal of inOrder(deals)) {
    const side = sideOfDeal(deal);
    if (side === undefined) continue;
    left = Math.max(0, tidy(left - deal.volume));
    fills.push(fillOf(deal, side, id, left, time));
  }
  return fills;
};

/** Deals as they happened: a server numbers them upwards. */
export const inOrder = (deals: readonly DealRecord[]): readonly DealRecord[] =>
  [...deals].sort((a, b) => (BigInt(a.ticket) < BigInt(b.ticket) ? -1 : 1));

/** The state of an order that is made of these, of which so many lots filled. */
export const stateOf = (records: readonly OrderRecord[], filled: number, quantity: number): OrderState => {
  if (filled >= quantity) return 'filled';
  const ends = records.map(endOf);
  if (ends.some((end) => end === undefined)) return filled > 0 ? 'partially-filled' : 'accepted';
  if (records.length === 1 && ends[0] !== 'filled') return ends[0] ?? 'cancelled';
  return 'cancelled';
};
