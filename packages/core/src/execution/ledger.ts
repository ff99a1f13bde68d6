import { flatPosition, type Position } from '../model/account.js';
import { tidyQuantity } from '../model/grid.js';
import type { Instrument } from '../model/instrument.js';

/** A position after one more trade. Crossing zero begins a new holding at the trade's price. */
export const positionAfter = (
  position: Position,
  instrument: Instrument,
  signedQuantity: number,
  price: number,
  time: number,
): Position => {
  const { symbol } = position;
  const quantity = tidyQuantity(instrument, position.quantity + signedQuantity);
  if (quantity === 0) return flatPosition(symbol);
  if (position.quantity === 0 || position.quantity * quantity < 0) {
    return { symbol, quantity, averagePrice: price, since: time };
  }
  const grows = position.quantity * signedQuantity > 0;
  const averagePrice = grows
    ? (position.averagePrice * position.quantity + price * signedQuantity) /
      (position.quantity + signedQuantity)
    : position.averagePrice;
  return { symbol, quantity, averagePrice, since: position.since };
};

/** Signed lots before and after a trade that was to close: the lots by which it turned or deepened the position; 0 or less for none. */
export const overclosed = (before: number, after: number): number =>
  Math.sign(after) === Math.sign(before) ? Math.abs(after) - Math.abs(before) : Math.abs(after);
