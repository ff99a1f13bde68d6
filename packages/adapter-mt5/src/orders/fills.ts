import type { FillEvent, Side } from '@mikrobot/core';
import type { DealRecord } from '../protocol/records.js';
import type { ServerTime } from '../server-time.js';

/** The side of a deal; undefined for what is no trade, such as a deposit. */
export const sideOfDeal = ({ type }: DealRecord): Side | undefined =>
  type === 'buy' || type === 'sell' ? type : undefined;

/**
 * A deal as the trade of an order. What the position paid or earned overnight is settled with the deal that closes it, and moves the
 * balance: it counts as profit, so that the balance moves by profit less commission.
 * @param remaining - lots of the order still open after it
 */
export const fillOf = (
  deal: DealRecord,
  side: Side,
  id: string,
  remaining: number,
  time: ServerTime,
): FillEvent => ({
  type: 'fill',
  id,
  symbol: deal.symbol,
  time: time.toUtc(deal.time),
  venueId: deal.order,
  tradeId: deal.ticket,
  side,
  quantity: deal.volume,
  price: deal.price,
  remaining,
  // MetaTrader writes what is paid as a negative number.
  commission: 0 - (deal.commission + deal.fee),
  profit: deal.profit + deal.swap,
});
