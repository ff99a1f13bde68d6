import type { Bar, Side, Timeframe } from '@mikrobot/core';

/** A trade of the market at large. Price in the quote currency, quantity in lots (units of the base asset). */
export interface MarketTrade {
  readonly kind: 'trade';
  readonly symbol: string;
  /** The venue's id, digits; of an aggregate, the aggregate's own. */
  readonly id: string;
  /** Venue time of the trade, epoch ms. */
  readonly time: number;
  readonly price: number;
  readonly quantity: number;
  /** The side that took liquidity. */
  readonly taker: Side;
  /** Ids of the first and the last trade in an aggregate: one taker's order at one price. Undefined for a single trade. */
  readonly span: { readonly first: string; readonly last: string } | undefined;
}

/** Best prices with what stands there. */
export interface BookTicker {
  readonly kind: 'quote';
  readonly symbol: string;
  /** Id of the change of the book. */
  readonly updateId: number;
  /** Venue time, epoch ms. Spot does not tell it: undefined. */
  readonly time: number | undefined;
  readonly bid: number;
  readonly bidQuantity: number;
  readonly ask: number;
  readonly askQuantity: number;
}

/** A price and what stands there: `[price, lots]`. */
export type PriceLevel = readonly [price: number, quantity: number];

/** Changes of the book. A quantity of 0 takes the level away; quantities are absolute. */
export interface DepthDiff {
  readonly kind: 'depth';
  readonly symbol: string;
  /** Venue time, epoch ms. */
  readonly time: number;
  /** First and last update id in it. */
  readonly first: number;
  readonly last: number;
  /** Futures only: `last` of the diff before. */
  readonly previous: number | undefined;
  readonly bids: readonly PriceLevel[];
  readonly asks: readonly PriceLevel[];
}

/** A whole book, or its best levels; best first. */
export interface DepthSnapshot {
  readonly kind: 'book';
  readonly symbol: string;
  readonly updateId: number;
  /** Venue time, epoch ms; undefined where the venue does not tell it. */
  readonly time: number | undefined;
  readonly bids: readonly PriceLevel[];
  readonly asks: readonly PriceLevel[];
}

/** A kline as it forms. */
export interface BarUpdate {
  readonly kind: 'bar';
  /** The kline's length as the venue names it, such as `5m`. */
  readonly interval: string;
  readonly timeframe: Timeframe;
  /** Whether it changes no more. */
  readonly closed: boolean;
  readonly bar: Bar;
}

/** What margin, liquidation and funding of a futures contract are reckoned by. */
export interface MarkPrice {
  readonly kind: 'mark';
  readonly symbol: string;
  /** Venue time, epoch ms. */
  readonly time: number;
  readonly price: number;
  /** Price of the underlying; undefined where the venue does not tell it. */
  readonly index: number | undefined;
  /** What longs pay shorts at the next funding, as a fraction of the notional; negative: shorts pay. Undefined for contracts without. */
  readonly fundingRate: number | undefined;
  /** Epoch ms. */
  readonly nextFunding: number | undefined;
}

/** All that the public streams tell. */
export type MarketEvent = MarketTrade | BookTicker | DepthDiff | DepthSnapshot | BarUpdate | MarkPrice;

/**
 * Why a message was dropped: `json` no JSON, `kind` nothing that is known here, `shape` a field is missing or of the wrong type,
 * `symbol`, `id`, `time`, `price`, `quantity` or `rate` make no sense, `crossed` the ask is below the bid.
 */
export const malformations = [
  'json',
  'kind',
  'shape',
  'symbol',
  'id',
  'time',
  'price',
  'quantity',
  'rate',
  'crossed',
] as const;
/** See {@link malformations}. */
export type Malformation = (typeof malformations)[number];

/** Counts a message that is dropped, and is what became of it. */
export type Drop = (reason: Malformation) => undefined;

/** What a JSON object is before anything is known of it. */
export type Raw = Readonly<Record<string, unknown>>;
