import type { PriceFilter, SizeFilter } from '../filters/filter-checks.js';

/** A filter of a symbol as `exchangeInfo` writes it. */
export type SymbolFilter =
  | ({ readonly filterType: 'PRICE_FILTER' } & PriceFilter)
  | ({ readonly filterType: 'LOT_SIZE' } & SizeFilter)
  | ({ readonly filterType: 'MARKET_LOT_SIZE' } & SizeFilter)
  | {
      readonly filterType: 'PERCENT_PRICE';
      readonly multiplierUp: string;
      readonly multiplierDown: string;
      readonly avgPriceMins: number;
    }
  | {
      readonly filterType: 'PERCENT_PRICE_BY_SIDE';
      readonly bidMultiplierUp: string;
      readonly bidMultiplierDown: string;
      readonly askMultiplierUp: string;
      readonly askMultiplierDown: string;
      readonly avgPriceMins: number;
    }
  | {
      readonly filterType: 'MIN_NOTIONAL';
      readonly minNotional: string;
      readonly applyToMarket: boolean;
      readonly avgPriceMins: number;
    }
  | {
      readonly filterType: 'NOTIONAL';
      readonly minNotional: string;
      readonly applyMinToMarket: boolean;
      readonly maxNotional: string;
      readonly applyMaxToMarket: boolean;
      readonly avgPriceMins: number;
    }
  | { readonly filterType: 'ICEBERG_PARTS'; readonly limit: number }
  | { readonly filterType: 'MAX_NUM_ORDERS'; readonly maxNumOrders: number }
  | { readonly filterType: 'MAX_NUM_ALGO_ORDERS'; readonly maxNumAlgoOrders: number }
  | { readonly filterType: 'MAX_NUM_ICEBERG_ORDERS'; readonly maxNumIcebergOrders: number }
  | { readonly filterType: 'MAX_NUM_ORDER_LISTS'; readonly maxNumOrderLists: number }
  | { readonly filterType: 'MAX_NUM_ORDER_AMENDS'; readonly maxNumOrderAmends: number }
  | { readonly filterType: 'MAX_POSITION'; readonly maxPosition: string }
  | {
      readonly filterType: 'TRAILING_DELTA';
      readonly minTrailingAboveDelta: number;
      readonly maxTrailingAboveDelta: number;
      readonly minTrailingBelowDelta: number;
      readonly maxTrailingBelowDelta: number;
    };

/** A filter of the whole exchange as `exchangeInfo` writes it. */
export type ExchangeFilter =
  | { readonly filterType: 'EXCHANGE_MAX_NUM_ORDERS'; readonly maxNumOrders: number }
  | { readonly filterType: 'EXCHANGE_MAX_NUM_ALGO_ORDERS'; readonly maxNumAlgoOrders: number }
  | { readonly filterType: 'EXCHANGE_MAX_NUM_ICEBERG_ORDERS'; readonly maxNumIcebergOrders: number }
  | { readonly filterType: 'EXCHANGE_MAX_NUM_ORDER_LISTS'; readonly maxNumOrderLists: number };
