import { feeOf } from './fees.js';
import { worthOf } from './money.js';
import type { SpotOrder, SpotTrade } from './order.js';
import type { SpotVenue } from './venue.js';

/** Moves the money of one trade: what is paid, what is received, the commission. Quantity and price in units of 10^-8. */
export const bookTrade = (
  venue: SpotVenue,
  order: SpotOrder,
  quantity: bigint,
  price: bigint,
  isMaker: boolean,
): SpotTrade => {
  const account = venue.account(order.account);
  const quoteQuantity = worthOf(price, quantity);
  const base = { asset: order.symbol.baseAsset, amount: quantity };
  const quote = { asset: order.symbol.quoteAsset, amount: quoteQuantity };
  const [received, paid] = order.terms.side === 'BUY' ? [base, quote] : [quote, base];
  const fee = feeOf(venue, account, received, paid, isMaker);
  account.book(paid.asset, -paid.amount);
  account.book(received.asset, received.amount);
  account.book(fee.asset, -fee.amount);
  return {
    id: venue.nextTradeId(),
    price,
    quantity,
    quoteQuantity,
    commission: fee.amount,
    commissionAsset: fee.asset,
    isMaker,
    time: venue.now,
  };
};
