/** Prices of a stretch of time. */
export interface Prices {
  open: number;
  high: number;
  low: number;
  close: number;
}

/** What was quoted and traded in a stretch of time: bars of all sizes are put together from these. */
export interface BaseBar {
  /** Epoch ms. */
  readonly time: number;
  /** Ms. */
  readonly length: number;
  /** Of trades; undefined where there were none. */
  trades: Prices | undefined;
  bid: Prices | undefined;
  ask: Prices | undefined;
  middle: Prices | undefined;
  /** Lots traded. */
  volume: number;
  /** Sum of price x lots. */
  turnover: number;
  /** Number of trades. */
  count: number;
}

/** What a user gives as the past of a contract: prices of trades, and of quotes where they are known. */
export interface HistoryBar {
  /** Its begin, epoch ms; for bars of a day and longer midnight UTC of their date. */
  readonly time: number;
  /** Ms; default: a minute. */
  readonly length?: number | undefined;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Lots; default: 0. */
  readonly volume?: number | undefined;
  /** Number of trades; default: 1. */
  readonly count?: number | undefined;
  /** Prices of quotes; default: the bid is where it traded, the ask one price step above. */
  readonly bid?: Readonly<Prices> | undefined;
  readonly ask?: Readonly<Prices> | undefined;
}

/** Prices that begin at one. */
export const startPrices = (price: number): Prices => ({
  open: price,
  high: price,
  low: price,
  close: price,
});

/** Goes on to a price. */
export const movePrices = (prices: Prices, price: number): void => {
  if (price > prices.high) prices.high = price;
  if (price < prices.low) prices.low = price;
  prices.close = price;
};

/** Puts what came later behind. */
export const joinPrices = (
  into: Prices | undefined,
  later: Readonly<Prices> | undefined,
): Prices | undefined => {
  if (into === undefined || later === undefined) return into ?? (later && { ...later });
  if (later.high > into.high) into.high = later.high;
  if (later.low < into.low) into.low = later.low;
  into.close = later.close;
  return into;
};

const MINUTE = 60_000;

const between = (bid: Readonly<Prices>, ask: Readonly<Prices>): Prices => ({
  open: (bid.open + ask.open) / 2,
  high: (bid.high + ask.high) / 2,
  low: (bid.low + ask.low) / 2,
  close: (bid.close + ask.close) / 2,
});

/** A bar of the past, with the quotes that it must have had where they are not given. */
export const pastBar = (bar: HistoryBar, step: number): BaseBar => {
  const { time, length = MINUTE, open, high, low, close, volume = 0, count = 1 } = bar;
  const up = (price: number): number => Number((price + step).toPrecision(12));
  const bid = bar.bid ?? { open, high, low, close };
  const ask = bar.ask ?? { open: up(bid.open), high: up(bid.high), low: up(bid.low), close: up(bid.close) };
  return {
    time,
    length,
    trades: { open, high, low, close },
    bid: { ...bid },
    ask: { ...ask },
    middle: between(bid, ask),
    volume,
    turnover: volume * ((high + low + close) / 3),
    count,
  };
};
