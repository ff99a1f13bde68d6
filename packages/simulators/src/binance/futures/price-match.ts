import type { Amount } from './amounts.js';
import { futuresErrors } from './errors.js';
import type { FuturesMarket } from './market.js';
import type { OrderSide } from './orders.js';
import type { FuturesSymbol } from './symbols.js';

/** Where a limit can be taken from the book: the other side's prices, or one's own. */
export const priceMatches = [
  'NONE',
  'OPPONENT',
  'OPPONENT_5',
  'OPPONENT_10',
  'OPPONENT_20',
  'QUEUE',
  'QUEUE_5',
  'QUEUE_10',
  'QUEUE_20',
] as const;

/**
 * The price at a place of the book. The exchange knows the best prices only: deeper levels are taken to be a tick apart.
 * @throws VenueError -5041 when there is no book
 */
export const matchedPrice = (
  market: FuturesMarket,
  symbol: FuturesSymbol,
  side: OrderSide,
  match: Exclude<(typeof priceMatches)[number], 'NONE'>,
): Amount => {
  const { quote } = market.contract(symbol);
  if (quote === undefined) throw futuresErrors.noDepth();
  const [place, level = '1'] = match.split('_');
  const steps = BigInt(Number(level) - 1) * symbol.tick;
  const takesAsk = (place === 'OPPONENT') === (side === 'BUY');
  return takesAsk ? quote.ask + steps : quote.bid - steps;
};
