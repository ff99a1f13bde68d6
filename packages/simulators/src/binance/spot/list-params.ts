import { VenueError } from '../exchange.js';
import { rejections, spotErrors } from './errors.js';
import type { SpotMarket } from './market.js';
import type { OrderTerms, WireSide } from './order.js';

const bad = (code: number, msg: string): VenueError => new VenueError(code, msg);

const isStop = ({ type }: OrderTerms): boolean => type.startsWith('STOP_LOSS');
const isTarget = ({ type }: OrderTerms): boolean => type.startsWith('TAKE_PROFIT');
const isLimit = ({ type }: OrderTerms): boolean => type === 'LIMIT_MAKER';

/**
 * Checks which types may be above and below; codes of errors.md.
 * @throws VenueError -1158, -1165 to -1168, -1196 to -1199
 */
export const checkPairTypes = (side: WireSide, above: OrderTerms, below: OrderTerms): void => {
  if (![above, below].every((one) => isStop(one) || isTarget(one) || isLimit(one))) {
    throw bad(-1158, 'Order type not supported in OCO.');
  }
  if (isLimit(above) && isLimit(below)) throw bad(-1168, 'At least one OCO order must be contingent.');
  if (side === 'BUY') {
    if (isLimit(above)) throw bad(-1165, 'A limit order in a buy OCO must be below.');
    if (isStop(below)) throw bad(-1196, 'A stop loss order in a buy OCO must be above.');
    if (isTarget(above)) throw bad(-1198, 'A take profit order in a buy OCO must be below.');
  } else {
    if (isLimit(below)) throw bad(-1166, 'A limit order in a sell OCO must be above.');
    if (isStop(above)) throw bad(-1197, 'A stop loss order in a sell OCO must be below.');
    if (isTarget(below)) throw bad(-1199, 'A take profit order in a sell OCO must be above.');
  }
};

/** The price of a leg that must be on its side of the market; undefined for a trailing leg without one. */
const decisive = (terms: OrderTerms): bigint | undefined => {
  const price = isLimit(terms) || terms.type === 'TAKE_PROFIT_LIMIT' ? terms.price : terms.stopPrice;
  return price > 0n ? price : undefined;
};

/**
 * Checks that the market is between the two: for sells the limit's or target's price above it and the stop's below, for buys the
 * other way round (rest-api.md, "New Order list - OCO", Price restrictions).
 * @throws VenueError -2010
 */
export const checkPairPrices = (market: SpotMarket, pair: readonly OrderTerms[]): void => {
  const stop = pair.find(isStop);
  const limit = pair.find((one) => one !== stop);
  if (stop === undefined || limit === undefined) return;
  const last = market.seen(stop.side);
  if (last === 0n) return;
  const [high, low] =
    stop.side === 'BUY' ? [decisive(stop), decisive(limit)] : [decisive(limit), decisive(stop)];
  if ((high !== undefined && high <= last) || (low !== undefined && low >= last)) {
    throw spotErrors.rejected(rejections.ocoPrices);
  }
};

/** A pair in the order of its ids: the venue numbers the stop before the limit. */
export const inOrderOfIds = (above: OrderTerms, below: OrderTerms): readonly OrderTerms[] =>
  isStop(above) ? [above, below] : [below, above];
