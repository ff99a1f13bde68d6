import type { SpotAccount } from './account.js';
import type { SpotMarket } from './market.js';
import { worthOf } from './money.js';
import { type Hold, isOpen, type OrderTerms, openQuantity, type SpotOrder } from './order.js';

/** The price at which a buy locks the quote asset: its limit, else its trigger, else what the market asks. 0 locks nothing. */
export const holdPriceOf = (terms: OrderTerms, market: SpotMarket): bigint => {
  if (terms.type === 'MARKET') return 0n;
  if (terms.price > 0n) return terms.price;
  return terms.stopPrice > 0n ? terms.stopPrice : market.seen(terms.side);
};

/** Which asset an order gives away. */
export const spentAsset = ({ symbol, terms }: Pick<SpotOrder, 'symbol' | 'terms'>): string =>
  terms.side === 'BUY' ? symbol.quoteAsset : symbol.baseAsset;

const need = (order: SpotOrder): bigint => {
  if (!isOpen(order) || order.status === 'PENDING_NEW' || order.terms.type === 'MARKET') return 0n;
  const quantity = openQuantity(order);
  return order.terms.side === 'SELL' ? quantity : worthOf(order.holdPrice, quantity);
};

/** What a hold must cover: the most that any one of its orders can spend, as only one of an OCO trades. */
export const neededBy = (hold: Hold): bigint =>
  hold.owners.reduce((most, order) => (need(order) > most ? need(order) : most), 0n);

/** Locks or frees so much that a hold is what it must be. */
export const adjustHold = (hold: Hold, account: SpotAccount): void => {
  const needed = neededBy(hold);
  account.lock(hold.asset, needed - hold.amount);
  hold.amount = needed;
};
