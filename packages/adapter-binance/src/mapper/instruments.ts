import { defineInstrument, type Instrument, MikroBotError } from '@mikrobot/core';
import * as z from 'zod';
import { type Decimal, decimalText, isZero } from '../filters/decimal.js';
import { type SymbolFilters, toSymbolFilters } from '../filters/symbol-filters.js';

/** A symbol as the venue trades it: our instrument, and what only the venue's own rules need. */
export interface VenueSymbol {
  readonly instrument: Instrument;
  readonly filters: SymbolFilters;
  /** `TRADING`, or why not. */
  readonly status: string;
  readonly baseAsset: string;
  readonly quoteAsset: string;
  /** The asset in which profit and margin are booked; on spot the quote asset. */
  readonly marginAsset: string;
  readonly orderTypes: ReadonlySet<string>;
  /** Spot: whether pairs of which one cancels the other are taken. */
  readonly ocoAllowed: boolean;
}

const asset = z.string().min(1);
const symbolSchema = z.object({
  symbol: z.string().min(1),
  status: z.string(),
  baseAsset: asset,
  quoteAsset: asset,
  marginAsset: asset.optional(),
  orderTypes: z.array(z.string()).default([]),
  OrderType: z.array(z.string()).default([]),
  ocoAllowed: z.boolean().default(false),
  filters: z.array(z.record(z.string(), z.unknown())),
});
const answerSchema = z.object({ symbols: z.array(z.looseObject({ symbol: z.string() })) });

/** Decimals of a price where the symbol has no tick: the venue's own precision of all assets. */
const FINEST = 1e-8;

const read = <T extends z.ZodType>(schema: T, data: unknown, where: string): z.output<T> => {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  throw new MikroBotError('BAD_DATA', `the answer of exchangeInfo cannot be read.`, {
    where,
    cause: parsed.error,
  });
};

/**
 * The wanted symbols of an answer to `exchangeInfo`, by their name.
 * @throws {@link MikroBotError} `UNKNOWN_INSTRUMENT` for a symbol that the venue does not list, `BAD_DATA` for an answer that cannot be
 * read
 */
export const toVenueSymbols = (
  exchangeInfo: unknown,
  venue: 'spot' | 'futures',
  wanted: readonly string[],
): ReadonlyMap<string, VenueSymbol> => {
  const { symbols } = read(answerSchema, exchangeInfo, venue);
  const listed = new Map(symbols.map((raw) => [raw.symbol, raw]));
  return new Map(
    wanted.map((name) => {
      const raw = listed.get(name);
      if (raw === undefined)
        throw new MikroBotError('UNKNOWN_INSTRUMENT', `Binance does not list ${name}.`, {
          where: venue,
          hint: 'Write symbols as the venue does, such as BTCUSDT.',
        });
      return [name, toVenueSymbol(raw, venue)];
    }),
  );
};

const toVenueSymbol = (data: unknown, venue: 'spot' | 'futures'): VenueSymbol => {
  const raw = read(symbolSchema, data, venue);
  const { symbol, baseAsset, quoteAsset } = raw;
  const filters = toSymbolFilters(raw.filters, venue);
  const { lot, marketLot } = filters;
  if (lot === undefined || isZero(lot.step))
    throw new MikroBotError('BAD_DATA', `${symbol} has no step of its quantity.`, { where: venue });
  const tickSize = numberOf(filters.price?.step) || FINEST;
  // One grid for all orders of a symbol: what enters must be able to leave by one market order.
  const steps = [lot, marketLot].flatMap((range) => (range === undefined ? [] : [range]));
  const quantityStep = Math.max(...steps.map(({ step }) => numberOf(step)));
  const minQuantity = Math.max(quantityStep, ...steps.map(({ min }) => numberOf(min)));
  const largest = steps.map(({ max }) => numberOf(max)).filter((max) => max > 0);
  return {
    instrument: defineInstrument({
      symbol,
      assetClass: 'crypto',
      // Core takes names of three letters on; a shorter one is known as `baseAsset` here.
      ...(baseAsset.length < 3 ? {} : { base: baseAsset }),
      currency: quoteAsset,
      contractSize: 1,
      tickSize,
      pipSize: tickSize,
      quantityStep,
      minQuantity,
      maxQuantity: Math.min(...largest, Number.MAX_SAFE_INTEGER),
      minNotional: Math.max(0, ...filters.notional.map(({ min }) => numberOf(min))),
    }),
    filters,
    status: raw.status,
    baseAsset,
    quoteAsset,
    marginAsset: raw.marginAsset ?? quoteAsset,
    orderTypes: new Set([...raw.orderTypes, ...raw.OrderType]),
    ocoAllowed: raw.ocoAllowed,
  };
};

const numberOf = (value: Decimal | undefined): number =>
  value === undefined ? 0 : Number(decimalText(value));
