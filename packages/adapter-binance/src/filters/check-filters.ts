import { compare, type Decimal, decimal, decimalText, isMultiple, isZero, minus, times } from './decimal.js';
import { type Breach, type FilterFinding, finding } from './findings.js';
import type { NotionalFilter, RangeFilter, SymbolFilters } from './symbol-filters.js';

/** What is known of market and account when an order is judged. What is undefined leaves its filters to the venue. */
export interface FilterMarket {
  /** Volume-weighted average of the last minutes, as `avgPrice` tells it; spot. */
  readonly averagePrice?: string | undefined;
  readonly lastPrice?: string | undefined;
  /** Spot's reference price, where the symbol has one; it goes before average and last price. */
  readonly referencePrice?: string | undefined;
  /** Futures. */
  readonly markPrice?: string | undefined;
  /** Working orders of the symbol, conditional ones included. */
  readonly openOrders?: number | undefined;
  /** Working conditional orders of the symbol. */
  readonly openAlgoOrders?: number | undefined;
  /** Base asset held, free and locked, plus the quantity of all open buy orders. */
  readonly position?: string | undefined;
}

/** Parameters of an order as they are sent: exact decimal texts. */
export type WireParams = Readonly<Record<string, string>>;

const spotAlgos: ReadonlySet<string | undefined> = new Set([
  'STOP_LOSS',
  'STOP_LOSS_LIMIT',
  'TAKE_PROFIT',
  'TAKE_PROFIT_LIMIT',
]);

/**
 * Judges an order by the venue's filters before it is sent, with exact arithmetic on the decimals that would be sent. The filters are
 * those of `filters.md` (spot) and of the page "Common Definition" (USD-M futures).
 * @param params - Of one order. An order list is judged leg by leg.
 * @returns the first breach, or undefined where the venue has nothing against it that can be known here
 */
export const checkFilters = (
  params: WireParams,
  filters: SymbolFilters,
  market: FilterMarket,
): FilterFinding | undefined =>
  checkPrices(params, filters) ??
  checkBand(params, filters, market) ??
  checkQuantity(params, filters) ??
  checkNotional(params, filters, market) ??
  checkCounts(params, filters, market) ??
  checkTrailing(params, filters);

const at = (params: WireParams, name: string): Decimal | undefined => {
  const text = params[name];
  return text === undefined ? undefined : decimal(text);
};

const checkPrices = (params: WireParams, { venue, price }: SymbolFilters): FilterFinding | undefined => {
  if (price === undefined) return undefined;
  for (const name of ['price', 'stopPrice', 'triggerPrice']) {
    const value = at(params, name);
    if (value === undefined) continue;
    const breach = outside(value, price);
    if (breach === undefined) continue;
    const trigger = name !== 'price' && breach === 'too high';
    const what = trigger ? 'trigger too high' : (`price ${breach}` as const);
    return finding(
      venue,
      'PRICE_FILTER',
      what,
      saying(name, value, breach, price, 'minPrice', 'maxPrice', 'tickSize'),
    );
  }
  return undefined;
};

/** A market order is held to both lots; everything else to that of limit orders alone. */
const checkQuantity = (params: WireParams, filters: SymbolFilters): FilterFinding | undefined => {
  const value = at(params, 'quantity');
  if (value === undefined) return undefined;
  const lots = [
    ['LOT_SIZE', filters.lot],
    ['MARKET_LOT_SIZE', params.type === 'MARKET' ? filters.marketLot : undefined],
  ] as const;
  for (const [name, lot] of lots) {
    if (lot === undefined) continue;
    const breach = outside(value, lot, filters.venue === 'futures');
    if (breach === undefined) continue;
    const detail = saying('quantity', value, breach, lot, 'minQty', 'maxQty', 'stepSize');
    return finding(filters.venue, name, `quantity ${breach}`, detail);
  }
  return undefined;
};

const outside = (
  value: Decimal,
  { min, max, step }: RangeFilter,
  fromMin = false,
): 'too low' | 'too high' | 'off the grid' | undefined => {
  if (compare(value, min) < 0) return 'too low';
  if (!isZero(max) && compare(value, max) > 0) return 'too high';
  // Futures count the steps of a quantity from its minimum.
  return isMultiple(fromMin ? minus(value, min) : value, step) ? undefined : 'off the grid';
};

const saying = (
  name: string,
  value: Decimal,
  breach: 'too low' | 'too high' | 'off the grid',
  { min, max, step }: RangeFilter,
  ...[minName, maxName, stepName]: readonly [string, string, string]
): string => {
  const actual = `${name} ${decimalText(value)}`;
  if (breach === 'too low') return `${actual} is below ${minName} ${decimalText(min)}`;
  if (breach === 'too high') return `${actual} is above ${maxName} ${decimalText(max)}`;
  return `${actual} is no multiple of ${stepName} ${decimalText(step)}`;
};

/** The price that bands and the worth of market orders are reckoned by. */
const referenceOf = (
  { venue }: SymbolFilters,
  { referencePrice, averagePrice, lastPrice, markPrice }: FilterMarket,
  averageMinutes: number,
): Decimal | undefined => {
  const text =
    venue === 'futures' ? markPrice : (referencePrice ?? (averageMinutes === 0 ? lastPrice : averagePrice));
  if (text === undefined) return undefined;
  const price = decimal(text);
  // The venue writes 0 where nothing has traded yet.
  return isZero(price) ? undefined : price;
};

const checkBand = (
  params: WireParams,
  filters: SymbolFilters,
  market: FilterMarket,
): FilterFinding | undefined => {
  const { venue, band } = filters;
  const price = at(params, 'price');
  if (band === undefined || price === undefined) return undefined;
  // The limit of a conditional order of futures is measured by its trigger, for by the market it is far off (-4183, -4184).
  const trigger = at(params, 'triggerPrice');
  const reference = trigger ?? referenceOf(filters, market, band.averageMinutes);
  if (reference === undefined) return undefined;
  const [over, under]: readonly [Breach, Breach] =
    trigger === undefined
      ? ['price above the band', 'price below the band']
      : ['price above the band of its trigger', 'price below the band of its trigger'];
  const buys = params.side === 'BUY';
  const { up, down } = buys ? band.buy : band.sell;
  const highest = times(reference, up);
  const lowest = times(reference, down);
  const about = (limit: Decimal, factor: Decimal, word: string): string =>
    `price ${decimalText(price)} is ${word} ${decimalText(limit)}, ${decimalText(factor)} times ${decimalText(reference)}`;
  // Futures bound only the side that could trade at a bad price: what is bought above, what is sold below.
  if ((venue === 'spot' || buys) && compare(price, highest) > 0)
    return finding(venue, band.byName, over, about(highest, up, 'above'));
  if ((venue === 'spot' || !buys) && compare(price, lowest) < 0)
    return finding(venue, band.byName, under, about(lowest, down, 'below'));
  return undefined;
};

const checkNotional = (
  params: WireParams,
  filters: SymbolFilters,
  market: FilterMarket,
): FilterFinding | undefined => {
  // Futures let an order that reduces be as small as the rest of the position; so it is in hedge mode, where it has no flag.
  if (filters.venue === 'futures' && (params.reduceOnly === 'true' || closes(params))) return undefined;
  for (const filter of filters.notional) {
    const breach = worth(params, filters, filter, market);
    if (breach !== undefined) return breach;
  }
  return undefined;
};

const closes = ({ side, positionSide }: WireParams): boolean =>
  (positionSide === 'LONG' && side === 'SELL') || (positionSide === 'SHORT' && side === 'BUY');

const worth = (
  params: WireParams,
  filters: SymbolFilters,
  filter: NotionalFilter,
  market: FilterMarket,
): FilterFinding | undefined => {
  const quantity = at(params, 'quantity');
  const own = at(params, 'price');
  const isMarket = params.type === 'MARKET';
  const price = isMarket ? referenceOf(filters, market, filter.averageMinutes) : own;
  if (quantity === undefined || price === undefined) return undefined;
  const notional = times(price, quantity);
  const sum = `price ${decimalText(price)} x quantity ${decimalText(quantity)} = ${decimalText(notional)}`;
  const { name, min, max, minToMarket, maxToMarket } = filter;
  if ((!isMarket || minToMarket) && compare(notional, min) < 0)
    return finding(filters.venue, name, 'notional too low', `${sum} is below ${decimalText(min)}`);
  if (max !== undefined && (!isMarket || maxToMarket) && compare(notional, max) > 0)
    return finding(filters.venue, name, 'notional too high', `${sum} is above ${decimalText(max)}`);
  return undefined;
};

const checkCounts = (
  params: WireParams,
  { venue, maxOrders, maxAlgoOrders, maxPosition }: SymbolFilters,
  { openOrders, openAlgoOrders, position }: FilterMarket,
): FilterFinding | undefined => {
  // A market order never stays open; to refuse it for others that do could keep a position from being closed.
  if (params.type !== 'MARKET') {
    if (maxOrders !== undefined && openOrders !== undefined && openOrders >= maxOrders)
      return finding(
        venue,
        'MAX_NUM_ORDERS',
        'too many orders',
        `${openOrders} of at most ${maxOrders} are open`,
      );
    const algo = venue === 'futures' ? 'algoType' in params : spotAlgos.has(params.type);
    if (
      algo &&
      maxAlgoOrders !== undefined &&
      openAlgoOrders !== undefined &&
      openAlgoOrders >= maxAlgoOrders
    )
      return finding(
        venue,
        'MAX_NUM_ALGO_ORDERS',
        'too many conditional orders',
        `${openAlgoOrders} of at most ${maxAlgoOrders} are open`,
      );
  }
  if (params.side !== 'BUY' || maxPosition === undefined || position === undefined) return undefined;
  if (compare(decimal(position), maxPosition) <= 0) return undefined;
  const detail = `${position} are held or being bought, of at most ${decimalText(maxPosition)}`;
  return finding(venue, 'MAX_POSITION', 'position too large', detail);
};

/** Stops trail from above the market when they buy; take-profits when they sell. */
const checkTrailing = (params: WireParams, { venue, trailing }: SymbolFilters): FilterFinding | undefined => {
  const { type, side, trailingDelta } = params;
  if (trailing === undefined || trailingDelta === undefined || type === undefined) return undefined;
  const above = type.startsWith('STOP_LOSS') === (side === 'BUY');
  const [min, max] = above ? [trailing.minAbove, trailing.maxAbove] : [trailing.minBelow, trailing.maxBelow];
  const delta = Number(trailingDelta);
  if (delta >= min && delta <= max) return undefined;
  const detail = `trailingDelta ${trailingDelta} is not between ${min} and ${max}`;
  return finding(venue, 'TRAILING_DELTA', 'delta out of range', detail);
};
