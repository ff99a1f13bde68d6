import { type Amount, ONE, times } from './amounts.js';
import { entryPrice, type Position } from './positions.js';
import type { FuturesVenue } from './venue.js';

/** Price at which closing pays the taker's fee of opening, too; 0 when flat. */
export const breakEven = ({ fees }: Pick<FuturesVenue, 'fees'>, position: Position): Amount => {
  if (position.size === 0n) return 0n;
  return times(entryPrice(position), position.size > 0n ? ONE + fees.taker : ONE - fees.taker);
};
