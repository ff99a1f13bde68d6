import { MikroBotError } from '@mikrobot/core';
import * as z from 'zod';
import { type Decimal, decimal } from './decimal.js';

/** Bounds and step of a price or a quantity. A bound or step of 0 is off. */
export interface RangeFilter {
  readonly min: Decimal;
  readonly max: Decimal;
  readonly step: Decimal;
}

/** Factors on a price of reference between which an order's price must be. */
export interface BandFilter {
  readonly up: Decimal;
  readonly down: Decimal;
}

/** What an order must be worth. */
export interface NotionalFilter {
  readonly name: 'MIN_NOTIONAL' | 'NOTIONAL';
  readonly min: Decimal;
  readonly max: Decimal | undefined;
  readonly minToMarket: boolean;
  readonly maxToMarket: boolean;
  /** 0: the last price is the price of reference, not the average. */
  readonly averageMinutes: number;
}

/** Bounds of the delta of a trailing stop, in basis points. */
export interface TrailingFilter {
  readonly minAbove: number;
  readonly maxAbove: number;
  readonly minBelow: number;
  readonly maxBelow: number;
}

/** The filters of a symbol that can be judged before sending; undefined where the symbol has none. */
export interface SymbolFilters {
  readonly venue: 'spot' | 'futures';
  readonly price: RangeFilter | undefined;
  readonly lot: RangeFilter | undefined;
  readonly marketLot: RangeFilter | undefined;
  /** By the side of the order. `byName` tells the two filters of spot apart. */
  readonly band:
    | {
        readonly byName: 'PERCENT_PRICE' | 'PERCENT_PRICE_BY_SIDE';
        readonly buy: BandFilter;
        readonly sell: BandFilter;
        readonly averageMinutes: number;
      }
    | undefined;
  readonly notional: readonly NotionalFilter[];
  readonly maxOrders: number | undefined;
  readonly maxAlgoOrders: number | undefined;
  readonly maxPosition: Decimal | undefined;
  readonly trailing: TrailingFilter | undefined;
}

const text = z
  .union([z.string(), z.number()])
  .transform(String)
  .refine((value) => /^\d+(\.\d+)?$/.test(value), 'It is no decimal')
  .transform(decimal);
const count = z.number().int().nonnegative();

const schemas = {
  PRICE_FILTER: z.object({ minPrice: text, maxPrice: text, tickSize: text }),
  LOT_SIZE: z.object({ minQty: text, maxQty: text, stepSize: text }),
  MARKET_LOT_SIZE: z.object({ minQty: text, maxQty: text, stepSize: text }),
  PERCENT_PRICE: z.object({ multiplierUp: text, multiplierDown: text, avgPriceMins: count.default(0) }),
  PERCENT_PRICE_BY_SIDE: z.object({
    bidMultiplierUp: text,
    bidMultiplierDown: text,
    askMultiplierUp: text,
    askMultiplierDown: text,
    avgPriceMins: count,
  }),
  // Spot says minNotional, futures notional.
  MIN_NOTIONAL: z.union([
    z.object({ minNotional: text, applyToMarket: z.boolean(), avgPriceMins: count }),
    z.object({ notional: text }),
  ]),
  NOTIONAL: z.object({
    minNotional: text,
    applyMinToMarket: z.boolean(),
    maxNotional: text,
    applyMaxToMarket: z.boolean(),
    avgPriceMins: count,
  }),
  // Spot has a name for each count, futures say limit.
  MAX_NUM_ORDERS: z.union([z.object({ maxNumOrders: count }), z.object({ limit: count })]),
  MAX_NUM_ALGO_ORDERS: z.union([z.object({ maxNumAlgoOrders: count }), z.object({ limit: count })]),
  MAX_POSITION: z.object({ maxPosition: text }),
  TRAILING_DELTA: z.object({
    minTrailingAboveDelta: count,
    maxTrailingAboveDelta: count,
    minTrailingBelowDelta: count,
    maxTrailingBelowDelta: count,
  }),
};

type Schemas = typeof schemas;

/** One filter of a list. Filters that are not known here are left to the venue. */
const find = <N extends keyof Schemas>(
  list: readonly Readonly<Record<string, unknown>>[],
  name: N,
): z.output<Schemas[N]> | undefined => {
  const raw = list.find(({ filterType }) => filterType === name);
  if (raw === undefined) return undefined;
  const parsed = schemas[name].safeParse(raw);
  if (parsed.success) return parsed.data as z.output<Schemas[N]>;
  throw new MikroBotError('BAD_DATA', `the filter ${name} cannot be read.`, { cause: parsed.error });
};

/**
 * Reads the `filters` of a symbol in the answer to `exchangeInfo`.
 * @throws {@link MikroBotError} `BAD_DATA` where a known filter has not its documented fields
 */
export const toSymbolFilters = (
  list: readonly Readonly<Record<string, unknown>>[],
  venue: 'spot' | 'futures',
): SymbolFilters => {
  const range = (f: z.output<Schemas['LOT_SIZE']> | undefined): RangeFilter | undefined =>
    f && { min: f.minQty, max: f.maxQty, step: f.stepSize };
  const price = find(list, 'PRICE_FILTER');
  const orders = find(list, 'MAX_NUM_ORDERS');
  const algos = find(list, 'MAX_NUM_ALGO_ORDERS');
  const trailing = find(list, 'TRAILING_DELTA');
  return {
    venue,
    price: price && { min: price.minPrice, max: price.maxPrice, step: price.tickSize },
    lot: range(find(list, 'LOT_SIZE')),
    marketLot: range(find(list, 'MARKET_LOT_SIZE')),
    band: toBand(list),
    notional: toNotional(list),
    maxOrders: orders && ('limit' in orders ? orders.limit : orders.maxNumOrders),
    maxAlgoOrders: algos && ('limit' in algos ? algos.limit : algos.maxNumAlgoOrders),
    maxPosition: find(list, 'MAX_POSITION')?.maxPosition,
    trailing: trailing && {
      minAbove: trailing.minTrailingAboveDelta,
      maxAbove: trailing.maxTrailingAboveDelta,
      minBelow: trailing.minTrailingBelowDelta,
      maxBelow: trailing.maxTrailingBelowDelta,
    },
  };
};

const toBand = (list: readonly Readonly<Record<string, unknown>>[]): SymbolFilters['band'] => {
  const sides = find(list, 'PERCENT_PRICE_BY_SIDE');
  if (sides !== undefined)
    return {
      byName: 'PERCENT_PRICE_BY_SIDE',
      buy: { up: sides.bidMultiplierUp, down: sides.bidMultiplierDown },
      sell: { up: sides.askMultiplierUp, down: sides.askMultiplierDown },
      averageMinutes: sides.avgPriceMins,
    };
  const both = find(list, 'PERCENT_PRICE');
  if (both === undefined) return undefined;
  const band = { up: both.multiplierUp, down: both.multiplierDown };
  return { byName: 'PERCENT_PRICE', buy: band, sell: band, averageMinutes: both.avgPriceMins };
};

const toNotional = (list: readonly Readonly<Record<string, unknown>>[]): readonly NotionalFilter[] => {
  const found: NotionalFilter[] = [];
  const least = find(list, 'MIN_NOTIONAL');
  if (least !== undefined)
    found.push(
      'notional' in least
        ? {
            name: 'MIN_NOTIONAL',
            min: least.notional,
            max: undefined,
            minToMarket: true,
            maxToMarket: false,
            averageMinutes: 0,
          }
        : {
            name: 'MIN_NOTIONAL',
            min: least.minNotional,
            max: undefined,
            minToMarket: least.applyToMarket,
            maxToMarket: false,
            averageMinutes: least.avgPriceMins,
          },
    );
  const between = find(list, 'NOTIONAL');
  if (between !== undefined)
    found.push({
      name: 'NOTIONAL',
      min: between.minNotional,
      max: between.maxNotional,
      minToMarket: between.applyMinToMarket,
      maxToMarket: between.applyMaxToMarket,
      averageMinutes: between.avgPriceMins,
    });
  return found;
};
