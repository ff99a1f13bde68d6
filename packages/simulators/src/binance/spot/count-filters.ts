import { SCALE } from '../filters/filter-checks.js';
import { toUnits } from '../shared/decimal.js';
import { spotErrors } from './errors.js';
import type { SpotMarket } from './market.js';
import { isContingent, type OrderTerms, openQuantity, type SpotOrder } from './order.js';
import { isDone } from './order-list.js';
import { filterOf } from './symbols.js';
import type { SpotVenue } from './venue.js';

/** What a placement adds to an account's open orders. */
interface Added {
  readonly account: string;
  readonly terms: readonly OrderTerms[];
  readonly lists: number;
}

const isIceberg = ({ icebergQty }: OrderTerms): boolean => (icebergQty ?? 0n) > 0n;
const isAlgo = ({ type }: OrderTerms): boolean => isContingent(type);
const any = (): boolean => true;

const check = (
  name: string,
  most: number | undefined,
  open: readonly SpotOrder[],
  added: readonly OrderTerms[],
  counts: (terms: OrderTerms) => boolean,
): void => {
  const more = added.filter(counts).length;
  if (most === undefined || more === 0) return;
  if (open.filter(({ terms }) => counts(terms)).length + more > most) throw spotErrors.filter(name);
};

const checkLists = (
  venue: SpotVenue,
  { account, lists }: Added,
  symbol: string,
  most: number,
  name: string,
): void => {
  if (lists === 0) return;
  const open = [...venue.lists.values()].filter(
    (list) => list.account === account && (symbol === '' || list.symbol === symbol) && !isDone(list),
  );
  if (open.length + lists > most) throw spotErrors.filter(name);
};

const checkPosition = (
  venue: SpotVenue,
  { symbol }: SpotMarket,
  added: Added,
  open: readonly SpotOrder[],
): void => {
  const filter = filterOf(symbol, 'MAX_POSITION');
  if (filter === undefined) return;
  const buys = added.terms.filter(({ side }) => side === 'BUY');
  if (buys.length === 0) return;
  const working = open.filter(({ terms }) => terms.side === 'BUY');
  const position =
    venue.account(added.account).total(symbol.baseAsset) +
    working.reduce((sum, order) => sum + openQuantity(order), 0n) +
    buys.reduce((sum, { quantity }) => sum + quantity, 0n);
  if (position > toUnits(filter.maxPosition, SCALE)) throw spotErrors.filter('MAX_POSITION');
};

/**
 * Checks the filters that count what an account has open; see filters.md.
 * @throws VenueError -1013 that names the filter
 */
export const checkCounts = (venue: SpotVenue, market: SpotMarket, added: Added): void => {
  const { symbol } = market;
  const { account, terms } = added;
  const here = venue.orders.open(account, symbol.symbol);
  check('MAX_NUM_ORDERS', filterOf(symbol, 'MAX_NUM_ORDERS')?.maxNumOrders, here, terms, any);
  check(
    'MAX_NUM_ALGO_ORDERS',
    filterOf(symbol, 'MAX_NUM_ALGO_ORDERS')?.maxNumAlgoOrders,
    here,
    terms,
    isAlgo,
  );
  check(
    'MAX_NUM_ICEBERG_ORDERS',
    filterOf(symbol, 'MAX_NUM_ICEBERG_ORDERS')?.maxNumIcebergOrders,
    here,
    terms,
    isIceberg,
  );
  checkPosition(venue, market, added, here);
  const lists = filterOf(symbol, 'MAX_NUM_ORDER_LISTS');
  if (lists !== undefined) checkLists(venue, added, symbol.symbol, lists.maxNumOrderLists, lists.filterType);
  const everywhere = venue.exchangeFilters.length === 0 ? [] : venue.orders.open(account);
  for (const filter of venue.exchangeFilters) {
    switch (filter.filterType) {
      case 'EXCHANGE_MAX_NUM_ORDERS':
        check(filter.filterType, filter.maxNumOrders, everywhere, terms, any);
        break;
      case 'EXCHANGE_MAX_NUM_ALGO_ORDERS':
        check(filter.filterType, filter.maxNumAlgoOrders, everywhere, terms, isAlgo);
        break;
      case 'EXCHANGE_MAX_NUM_ICEBERG_ORDERS':
        check(filter.filterType, filter.maxNumIcebergOrders, everywhere, terms, isIceberg);
        break;
      case 'EXCHANGE_MAX_NUM_ORDER_LISTS':
        checkLists(venue, added, '', filter.maxNumOrderLists, filter.filterType);
    }
  }
};
