import { ONE, percentFits, priceFits, sizeFits, valueFits } from '../filters/filter-checks.js';
import { spotErrors } from './errors.js';
import type { SpotMarket } from './market.js';
import { isAtMarket, type OrderTerms, triggersAbove } from './order.js';
import type { SymbolFilter } from './symbols.js';

type Filter<T extends SymbolFilter['filterType']> = Extract<SymbolFilter, { readonly filterType: T }>;

/** An order that is checked, and the market's average price of some minutes (0: there is none). */
interface Checked {
  readonly terms: OrderTerms;
  readonly average: (minutes: number) => bigint;
}

const percent = ({ terms, average }: Checked, minutes: number, down: string, up: string): boolean => {
  const reference = average(minutes);
  return terms.price === 0n || reference === 0n || percentFits(terms.price, reference, down, up);
};

const lot = (filter: Filter<'LOT_SIZE'>, { quantity, quoteOrderQty, icebergQty }: OrderTerms): boolean =>
  (quoteOrderQty > 0n || sizeFits(filter, quantity)) &&
  (icebergQty === undefined || sizeFits(filter, icebergQty));

const value = (
  { terms, average }: Checked,
  minutes: number,
  [least, leastAtMarket]: readonly [string, boolean],
  [most, mostAtMarket]: readonly [string | undefined, boolean],
): boolean => {
  if (!isAtMarket(terms.type)) return valueFits(terms.price, terms.quantity, least, most);
  const [from, to] = [leastAtMarket ? least : undefined, mostAtMarket ? most : undefined];
  if (terms.quoteOrderQty > 0n) return valueFits(terms.quoteOrderQty, ONE, from, to);
  const reference = average(minutes);
  return reference === 0n || valueFits(reference, terms.quantity, from, to);
};

const trailing = (filter: Filter<'TRAILING_DELTA'>, terms: OrderTerms): boolean => {
  const { trailingDelta: delta } = terms;
  if (delta === undefined) return true;
  return triggersAbove(terms)
    ? delta >= filter.minTrailingAboveDelta && delta <= filter.maxTrailingAboveDelta
    : delta >= filter.minTrailingBelowDelta && delta <= filter.maxTrailingBelowDelta;
};

const passes = (filter: SymbolFilter, checked: Checked): boolean => {
  const { terms } = checked;
  switch (filter.filterType) {
    case 'PRICE_FILTER':
      return [terms.price, terms.stopPrice].every((price) => price === 0n || priceFits(filter, price));
    case 'PERCENT_PRICE':
      return percent(checked, filter.avgPriceMins, filter.multiplierDown, filter.multiplierUp);
    case 'PERCENT_PRICE_BY_SIDE':
      return terms.side === 'BUY'
        ? percent(checked, filter.avgPriceMins, filter.bidMultiplierDown, filter.bidMultiplierUp)
        : percent(checked, filter.avgPriceMins, filter.askMultiplierDown, filter.askMultiplierUp);
    case 'LOT_SIZE':
      return lot(filter, terms);
    case 'MARKET_LOT_SIZE':
      return terms.type !== 'MARKET' || terms.quoteOrderQty > 0n || sizeFits(filter, terms.quantity);
    case 'MIN_NOTIONAL':
      return value(
        checked,
        filter.avgPriceMins,
        [filter.minNotional, filter.applyToMarket],
        [undefined, false],
      );
    case 'NOTIONAL':
      return value(
        checked,
        filter.avgPriceMins,
        [filter.minNotional, filter.applyMinToMarket],
        [filter.maxNotional, filter.applyMaxToMarket],
      );
    case 'ICEBERG_PARTS':
      return terms.icebergQty === undefined || terms.quantity <= terms.icebergQty * BigInt(filter.limit);
    case 'TRAILING_DELTA':
      return trailing(filter, terms);
    default:
      return true;
  }
};

/**
 * Checks an order against the symbol's filters of prices, sizes and values; see filters.md.
 * @param now - epoch ms, for average prices
 * @throws VenueError -1013 that names the filter
 */
export const checkFilters = (market: SpotMarket, terms: OrderTerms, now: number): void => {
  const checked: Checked = { terms, average: (minutes) => market.average(minutes, now) };
  const failed = market.symbol.filters.find((filter) => !passes(filter, checked));
  if (failed !== undefined) throw spotErrors.filter(failed.filterType);
};
