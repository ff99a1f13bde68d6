import type { BaseBar, Prices } from './base-bar.js';
import type { BarFigures } from './tick-messages.js';

/** What bars are made of. */
export type ShownData = 'TRADES' | 'MIDPOINT' | 'BID' | 'ASK' | 'BID_ASK';

/** What real-time bars can be made of. */
export const realTimeShown: readonly ShownData[] = ['TRADES', 'MIDPOINT', 'BID', 'ASK'];
/** What bars of the past can be made of. */
export const historyShown: readonly ShownData[] = [...realTimeShown, 'BID_ASK'];

/** Averages of prices are told to so many digits. */
const tidy = (value: number): number => Number(value.toPrecision(12));

/** The prices of one kind of data in a bar; undefined where there are none. Not for BID_ASK, which is made of two. */
export const pricesOf = (bar: BaseBar, shown: Exclude<ShownData, 'BID_ASK'>): Prices | undefined =>
  ({ TRADES: bar.trades, MIDPOINT: bar.middle, BID: bar.bid, ASK: bar.ask })[shown];

const told = ({
  open,
  high,
  low,
  close,
}: Readonly<Prices>): Omit<BarFigures, 'volume' | 'average' | 'count'> => ({
  open: tidy(open),
  high: tidy(high),
  low: tidy(low),
  close: tidy(close),
});

/** Figures of a bar of trades. */
export const tradeFigures = (
  prices: Readonly<Prices>,
  volume: number,
  turnover: number,
  count: number,
): BarFigures => ({
  ...told(prices),
  volume: tidy(volume),
  average: volume > 0 ? tidy(turnover / volume) : tidy(prices.close),
  count,
});

/** Figures of a bar of quotes: those of trades are -1. */
export const quoteFigures = (prices: Readonly<Prices>): BarFigures => ({
  ...told(prices),
  volume: -1,
  average: -1,
  count: -1,
});
