import type { Signal } from './signal.js';

/** Where a signal would enter: at the price of its order or, with a market order, at the side of the quote that it meets. */
export const entryPrice = ({ order, side, quote }: Pick<Signal, 'order' | 'side' | 'quote'>): number => {
  const meets = side === 'buy' ? quote.ask : quote.bid;
  return order === undefined || order.type === 'market' ? meets : (order.price ?? meets);
};
