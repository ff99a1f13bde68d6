import type { AlgoOrder } from './algo-orders.js';
import { type Amount, ONE, times } from './amounts.js';
import type { ContractMarket, FuturesMarket } from './market.js';

type Watched = Pick<AlgoOrder, 'side' | 'type' | 'workingType' | 'triggerPrice' | 'symbol'>;

/**
 * The price that a conditional order watches. The latest price of a contract is taken to be where the order would trade: a market
 * that is told by its quotes has no other. 0 before the first quote.
 */
export const watchedPrice = (
  market: FuturesMarket,
  { quote }: Pick<ContractMarket, 'quote'>,
  { side, workingType, symbol }: Watched,
): Amount => {
  if (workingType === 'MARK_PRICE') return market.mark(symbol);
  if (quote === undefined) return 0n;
  return side === 'BUY' ? quote.ask : quote.bid;
};

/** Whether a price is one at which a stop or a take-profit triggers. Source: page "New Algo Order", condition orders. */
export const isReached = ({ side, type, triggerPrice }: Watched, price: Amount): boolean => {
  if (price === 0n) return false;
  const rises = type.startsWith('STOP') === (side === 'BUY');
  return rises ? price >= triggerPrice : price <= triggerPrice;
};

/**
 * Lets a trailing stop follow a price: it begins at its activation price, and triggers when the market has come back from the best
 * price since then by its callback rate.
 * @returns whether it triggers
 */
export const follow = (algo: AlgoOrder, price: Amount): boolean => {
  if (price === 0n) return false;
  const buys = algo.side === 'BUY';
  const isActive = buys ? price <= algo.activatePrice : price >= algo.activatePrice;
  if (algo.extreme === undefined) {
    if (!isActive) return false;
    algo.extreme = price;
  }
  if (buys ? price < algo.extreme : price > algo.extreme) algo.extreme = price;
  const rate = algo.callbackRate / 100n;
  return buys ? price >= times(algo.extreme, ONE + rate) : price <= times(algo.extreme, ONE - rate);
};
