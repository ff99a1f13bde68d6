import type { SymbolFilter } from './symbol-filters.js';

export type { ExchangeFilter, SymbolFilter } from './symbol-filters.js';

/** Types of orders, as enums.md lists them. */
export const orderTypes = [
  'LIMIT',
  'LIMIT_MAKER',
  'MARKET',
  'STOP_LOSS',
  'STOP_LOSS_LIMIT',
  'TAKE_PROFIT',
  'TAKE_PROFIT_LIMIT',
] as const;
/** See {@link orderTypes}. */
export type OrderType = (typeof orderTypes)[number];

/** Trading status of a symbol. */
export type SymbolStatus = 'TRADING' | 'END_OF_DAY' | 'HALT' | 'BREAK' | 'CANCEL_ONLY';

/** A symbol as `exchangeInfo` writes it. */
export interface SpotSymbol {
  readonly symbol: string;
  readonly status: SymbolStatus;
  readonly baseAsset: string;
  readonly baseAssetPrecision: number;
  readonly quoteAsset: string;
  readonly quotePrecision: number;
  readonly quoteAssetPrecision: number;
  readonly baseCommissionPrecision: number;
  readonly quoteCommissionPrecision: number;
  readonly orderTypes: readonly OrderType[];
  readonly icebergAllowed: boolean;
  readonly ocoAllowed: boolean;
  readonly otoAllowed: boolean;
  readonly opoAllowed: boolean;
  readonly quoteOrderQtyMarketAllowed: boolean;
  readonly allowTrailingStop: boolean;
  readonly cancelReplaceAllowed: boolean;
  readonly amendAllowed: boolean;
  readonly pegInstructionsAllowed: boolean;
  readonly isSpotTradingAllowed: boolean;
  readonly isMarginTradingAllowed: boolean;
  readonly filters: readonly SymbolFilter[];
  readonly permissions: readonly string[];
  readonly permissionSets: readonly (readonly string[])[];
  readonly defaultSelfTradePreventionMode: string;
  readonly allowedSelfTradePreventionModes: readonly string[];
}

/** What {@link spotSymbol} needs; any field of the venue's own can be overridden beside. */
export interface SpotSymbolInput
  extends Partial<Omit<SpotSymbol, 'symbol' | 'baseAsset' | 'quoteAsset' | 'filters'>> {
  readonly baseAsset: string;
  readonly quoteAsset: string;
  /** Step of a price, a decimal text in quote currency. */
  readonly tickSize: string;
  /** Step and least size of a quantity, a decimal text in base units. */
  readonly stepSize: string;
  /** Least value of an order, a decimal text in quote currency. */
  readonly minNotional: string;
  /** Instead of the usual filters, or beside them: a filter given here replaces the usual one of its type. */
  readonly filters?: readonly SymbolFilter[];
}

const usualFilters = ({ tickSize, stepSize, minNotional }: SpotSymbolInput): readonly SymbolFilter[] => [
  { filterType: 'PRICE_FILTER', minPrice: tickSize, maxPrice: '1000000.00000000', tickSize },
  { filterType: 'LOT_SIZE', minQty: stepSize, maxQty: '9000000.00000000', stepSize },
  { filterType: 'ICEBERG_PARTS', limit: 100 },
  { filterType: 'MARKET_LOT_SIZE', minQty: '0.00000000', maxQty: '100000.00000000', stepSize: '0.00000000' },
  {
    filterType: 'TRAILING_DELTA',
    minTrailingAboveDelta: 10,
    maxTrailingAboveDelta: 2000,
    minTrailingBelowDelta: 10,
    maxTrailingBelowDelta: 2000,
  },
  {
    filterType: 'PERCENT_PRICE_BY_SIDE',
    bidMultiplierUp: '5',
    bidMultiplierDown: '0.2',
    askMultiplierUp: '5',
    askMultiplierDown: '0.2',
    avgPriceMins: 5,
  },
  {
    filterType: 'NOTIONAL',
    minNotional,
    applyMinToMarket: true,
    maxNotional: '9000000.00000000',
    applyMaxToMarket: false,
    avgPriceMins: 5,
  },
  { filterType: 'MAX_NUM_ORDERS', maxNumOrders: 200 },
  { filterType: 'MAX_NUM_ORDER_LISTS', maxNumOrderLists: 20 },
  { filterType: 'MAX_NUM_ALGO_ORDERS', maxNumAlgoOrders: 5 },
  { filterType: 'MAX_NUM_ORDER_AMENDS', maxNumOrderAmends: 10 },
];

/**
 * A symbol with the filters and flags that the venue's large symbols have.
 *
 * @example
 * ```ts
 * spotSymbol({ baseAsset: 'BTC', quoteAsset: 'USDT', tickSize: '0.01000000', stepSize: '0.00001000', minNotional: '5.00000000' });
 * ```
 */
export const spotSymbol = (input: SpotSymbolInput): SpotSymbol => {
  const { tickSize: _tick, stepSize: _step, minNotional: _least, filters: own = [], ...flags } = input;
  const replaced = new Set(own.map(({ filterType }) => filterType));
  return {
    status: 'TRADING',
    baseAssetPrecision: 8,
    quotePrecision: 8,
    quoteAssetPrecision: 8,
    baseCommissionPrecision: 8,
    quoteCommissionPrecision: 8,
    orderTypes,
    icebergAllowed: true,
    ocoAllowed: true,
    otoAllowed: true,
    opoAllowed: false,
    quoteOrderQtyMarketAllowed: true,
    allowTrailingStop: true,
    cancelReplaceAllowed: true,
    amendAllowed: true,
    pegInstructionsAllowed: false,
    isSpotTradingAllowed: true,
    isMarginTradingAllowed: false,
    permissions: [],
    permissionSets: [['SPOT']],
    defaultSelfTradePreventionMode: 'NONE',
    allowedSelfTradePreventionModes: ['NONE'],
    ...flags,
    symbol: input.baseAsset + input.quoteAsset,
    filters: [...usualFilters(input).filter(({ filterType }) => !replaced.has(filterType)), ...own],
  };
};

const usdt = (baseAsset: string, tickSize: string, stepSize: string): SpotSymbol =>
  spotSymbol({ baseAsset, quoteAsset: 'USDT', tickSize, stepSize, minNotional: '5.00000000' });

/** The symbols that a simulated venue lists when none are given: a few large ones, with the venue's own steps. */
export const defaultSpotSymbols: readonly SpotSymbol[] = [
  usdt('BTC', '0.01000000', '0.00001000'),
  usdt('ETH', '0.01000000', '0.00010000'),
  usdt('BNB', '0.01000000', '0.00100000'),
  usdt('SOL', '0.01000000', '0.00100000'),
  spotSymbol({
    baseAsset: 'ETH',
    quoteAsset: 'BTC',
    tickSize: '0.00001000',
    stepSize: '0.00010000',
    minNotional: '0.00010000',
  }),
];

/** The filter of a type that a symbol has. */
export const filterOf = <T extends SymbolFilter['filterType']>(
  { filters }: SpotSymbol,
  filterType: T,
): Extract<SymbolFilter, { readonly filterType: T }> | undefined =>
  filters.find(
    (filter): filter is Extract<SymbolFilter, { readonly filterType: T }> => filter.filterType === filterType,
  );
