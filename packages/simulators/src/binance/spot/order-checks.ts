import { spotErrors } from './errors.js';
import type { SpotMarket } from './market.js';
import { isContingent, type OrderTerms, triggersAbove } from './order.js';
import type { OrderType } from './symbols.js';

const notSupported: Readonly<Partial<Record<OrderType, string>>> = {
  MARKET: 'Market orders are not supported for this symbol.',
  STOP_LOSS: 'Stop loss orders are not supported for this symbol.',
  STOP_LOSS_LIMIT: 'Stop loss limit orders are not supported for this symbol.',
  TAKE_PROFIT: 'Take profit orders are not supported for this symbol.',
  TAKE_PROFIT_LIMIT: 'Take profit limit orders are not supported for this symbol.',
};

/** Why a symbol does not take such orders at all, in the words of errors.md; undefined when it does. */
const objection = ({ symbol }: SpotMarket, terms: OrderTerms): string | undefined => {
  if (symbol.status !== 'TRADING') return 'Market is closed.';
  if (!symbol.orderTypes.includes(terms.type))
    return notSupported[terms.type] ?? 'Unsupported order combination';
  if (terms.icebergQty !== undefined && !symbol.icebergAllowed) {
    return 'Iceberg orders are not supported for this symbol.';
  }
  if (terms.icebergQty !== undefined && terms.icebergQty > terms.quantity) return 'IcebergQty exceeds QTY.';
  if (terms.trailingDelta !== undefined && !symbol.allowTrailingStop) {
    return 'Trailing stop orders are not supported for this symbol.';
  }
  if (terms.quoteOrderQty > 0n && !symbol.quoteOrderQtyMarketAllowed) {
    return 'Quote order qty market orders are not support for this symbol.';
  }
  return undefined;
};

/** @throws VenueError -1013 where a symbol does not take such orders */
export const checkSupport = (market: SpotMarket, terms: OrderTerms): void => {
  const msg = objection(market, terms);
  if (msg !== undefined) throw spotErrors.notTaken(msg);
};

/** Whether the market has come to a price at which an order waits. */
export const isReached = (
  terms: Pick<OrderTerms, 'side' | 'type'>,
  stopPrice: bigint,
  market: SpotMarket,
): boolean => {
  const seen = market.seen(terms.side);
  return seen > 0n && (triggersAbove(terms) ? seen >= stopPrice : seen <= stopPrice);
};

/** Whether a contingent order would be triggered at once. A trailing stop may begin where the market is. */
export const wouldTrigger = (terms: OrderTerms, market: SpotMarket): boolean =>
  isContingent(terms.type) && terms.trailingDelta === undefined && isReached(terms, terms.stopPrice, market);

/** Whether a limit would trade against the present quote. */
export const wouldMatch = ({ side, price }: OrderTerms, market: SpotMarket): boolean =>
  market.quoted && (side === 'BUY' ? price >= market.ask : price <= market.bid);
