/**
 * Ids of ticks as TWS numbers them.
 * Source: TWS API, Available Tick Types (interactivebrokers.github.io/tws-api/tick_types.html).
 */
export const tickIds = {
  bid: 1,
  ask: 2,
  last: 4,
  bidSize: 0,
  askSize: 3,
  volume: 8,
  halted: 49,
  delayedBid: 66,
  delayedAsk: 67,
  delayedLast: 68,
  delayedBidSize: 69,
  delayedAskSize: 70,
  delayedVolume: 74,
  delayedHalted: 90,
} as const;

/** How old the data of a symbol is: at once, the last of a closed market, 10 to 20 minutes late, or both. */
export type MarketDataAge = 'live' | 'frozen' | 'delayed' | 'delayed-frozen';

/** Source: TWS API, Market Data Types. */
const ages: Readonly<Record<number, MarketDataAge>> = {
  1: 'live',
  2: 'frozen',
  3: 'delayed',
  4: 'delayed-frozen',
};

/** Undefined for a number that TWS does not document. */
export const ageOf = (marketDataType: number): MarketDataAge | undefined => ages[marketDataType];

/** Whether a price tick is of delayed data. */
export const isDelayed = (field: number): boolean =>
  field >= tickIds.delayedBid && field <= tickIds.delayedLast;

/** Whether a size tick is of the best bid or ask. */
export const isQuoteSize = (field: number): boolean =>
  field === tickIds.bidSize ||
  field === tickIds.askSize ||
  field === tickIds.delayedBidSize ||
  field === tickIds.delayedAskSize;
