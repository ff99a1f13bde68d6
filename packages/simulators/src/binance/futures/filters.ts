import { type Amount, short, times } from './amounts.js';
import { futuresErrors } from './errors.js';
import type { FuturesMarket } from './market.js';
import type { OrderSide } from './orders.js';
import type { FuturesSymbol } from './symbols.js';

/**
 * LOT_SIZE, or MARKET_LOT_SIZE.
 * @throws VenueError -4003, -4004, -4005, -4023
 */
export const checkQuantity = (symbol: FuturesSymbol, quantity: Amount, market: boolean): void => {
  if (quantity <= 0n) throw futuresErrors.quantityBelowZero();
  if (quantity < symbol.minQty) throw futuresErrors.quantityBelowMin();
  if (quantity > (market ? symbol.marketMaxQty : symbol.maxQty)) throw futuresErrors.quantityAboveMax();
  if (quantity % symbol.step !== 0n) throw futuresErrors.step();
};

const checkGrid = (symbol: FuturesSymbol, price: Amount): void => {
  if (price <= 0n) throw futuresErrors.priceBelowZero();
  if (price > symbol.maxPrice) throw futuresErrors.priceAboveMax();
  if (price < symbol.minPrice) throw futuresErrors.priceBelowMin();
  if ((price - symbol.minPrice) % symbol.tick !== 0n) throw futuresErrors.tick();
};

/**
 * PRICE_FILTER and PERCENT_PRICE: a buy may not be far above the mark price, a sell not far below.
 * @throws VenueError -4001, -4002, -4013, -4014, -4016, -4024
 */
export const checkPrice = (
  market: FuturesMarket,
  symbol: FuturesSymbol,
  side: OrderSide,
  price: Amount,
): void => {
  checkGrid(symbol, price);
  const mark = market.mark(symbol);
  if (mark === 0n) return;
  if (side === 'BUY' && price > times(mark, symbol.multiplierUp)) throw futuresErrors.priceAboveCap();
  if (side === 'SELL' && price < times(mark, symbol.multiplierDown)) throw futuresErrors.priceBelowFloor();
};

/**
 * The limit of a conditional order: it is measured by the price that triggers it, not by the market of now.
 * @throws VenueError -4001, -4002, -4013, -4014, -4183, -4184
 */
export const checkStopLimit = (
  symbol: FuturesSymbol,
  side: OrderSide,
  price: Amount,
  triggerPrice: Amount,
): void => {
  checkGrid(symbol, price);
  if (side === 'BUY' && price > times(triggerPrice, symbol.multiplierUp))
    throw futuresErrors.priceAboveStopCap();
  if (side === 'SELL' && price < times(triggerPrice, symbol.multiplierDown))
    throw futuresErrors.priceBelowStopFloor();
};

/**
 * The price at which a conditional order triggers: the venue does not ask for a whole tick.
 * @throws VenueError -4006, -4007
 */
export const checkTriggerPrice = (symbol: FuturesSymbol, price: Amount): void => {
  if (price <= 0n) throw futuresErrors.stopBelowZero();
  if (price > symbol.maxPrice) throw futuresErrors.stopAboveMax();
};

/**
 * MIN_NOTIONAL, from which orders that only reduce are exempt.
 * @throws VenueError -4164
 */
export const checkNotional = (symbol: FuturesSymbol, quantity: Amount, price: Amount): void => {
  if (times(quantity, price) < symbol.minNotional) throw futuresErrors.minNotional(short(symbol.minNotional));
};
