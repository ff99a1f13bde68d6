import { zoneOf } from '@mikrobot/core';
import type { SimulatedContract } from '../contracts/contract.js';
import { type BaseBar, joinPrices, type Prices } from '../market/base-bar.js';
import { pricesOf, quoteFigures, type ShownData, tradeFigures } from '../market/shown-data.js';
import type { BarFigures } from '../market/tick-messages.js';
import { dateText } from '../times.js';
import type { BarSize } from './bar-size.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** A bar as it is told. */
export interface ShownBar extends BarFigures {
  /** Begin, epoch ms; of days and longer, midnight UTC of the (last) trading day. */
  readonly time: number;
}

/** `YYYYMMDD` as midnight UTC. */
const midnight = (date: string): number =>
  Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6, 8)));

/** The trading day that a bar counts to, as midnight UTC. */
const tradingDay = ({ time, length }: BaseBar, contract: SimulatedContract): number => {
  if (length >= DAY) return midnight(dateText(time));
  const { tradingHours } = contract;
  const date = tradingHours.spanAt(time)?.tradeDate ?? dateText(zoneOf(tradingHours.zone).toLocal(time));
  return midnight(date);
};

/** The same for all base bars of one bar; it grows with time. */
const bucketOf = (bar: BaseBar, size: BarSize, contract: SimulatedContract): number => {
  switch (size.unit) {
    case 'time':
      return bucketBegin(bar.time, size.length, contract);
    case 'day':
      return tradingDay(bar, contract);
    case 'week':
      // Weeks from Monday: 5 January 1970 was one.
      return Math.floor((tradingDay(bar, contract) - 4 * DAY) / (7 * DAY));
    case 'month': {
      const date = new Date(tradingDay(bar, contract));
      return date.getUTCFullYear() * 12 + date.getUTCMonth();
    }
  }
};

/** Bars of an hour and more stand on the hours of their place, but none begins before its session. */
const bucketBegin = (time: number, length: number, { tradingHours }: SimulatedContract): number => {
  if (length < HOUR) return Math.floor(time / length) * length;
  const zone = zoneOf(tradingHours.zone);
  const begin = zone.toUtc(Math.floor(zone.toLocal(time) / length) * length);
  return Math.max(begin, tradingHours.spanAt(time)?.start ?? begin);
};

interface Open {
  readonly bucket: number;
  time: number;
  prices: Prices | undefined;
  bidSum: number;
  askSum: number;
  /** Base bars. */
  parts: number;
  volume: number;
  turnover: number;
  count: number;
}

/** Time averages of bid and ask for open and close; the highest ask and the lowest bid (documentation of whatToShow BID_ASK). */
const bothFigures = ({ bidSum, askSum, parts }: Open, { high, low }: Prices): BarFigures =>
  quoteFigures({ open: bidSum / parts, high, low, close: askSum / parts });

const add = (open: Open, bar: BaseBar, shown: ShownData): void => {
  if (shown === 'BID_ASK') {
    if (bar.bid === undefined || bar.ask === undefined) return;
    const { bid, ask } = bar;
    open.prices = joinPrices(open.prices, { open: bid.open, high: ask.high, low: bid.low, close: ask.close });
    open.bidSum += bid.close;
    open.askSum += ask.close;
  } else {
    const prices = pricesOf(bar, shown);
    if (prices === undefined) return;
    open.prices = joinPrices(open.prices, prices);
  }
  open.parts++;
  open.volume += bar.volume;
  open.turnover += bar.turnover;
  open.count += bar.count;
};

const show = (open: Open, shown: ShownData): ShownBar | undefined => {
  const { time, prices, volume, turnover, count } = open;
  if (prices === undefined) return undefined;
  if (shown === 'BID_ASK') return { time, ...bothFigures(open, prices) };
  return {
    time,
    ...(shown === 'TRADES' ? tradeFigures(prices, volume, turnover, count) : quoteFigures(prices)),
  };
};

/** Bars of a size out of the base bars of a contract, ascending. Those in which nothing was traded (or quoted) are left out. */
export const aggregate = (
  bars: readonly BaseBar[],
  size: BarSize,
  shown: ShownData,
  contract: SimulatedContract,
): readonly ShownBar[] => {
  const told: ShownBar[] = [];
  let open: Open | undefined;
  const close = (): void => {
    const bar = open === undefined ? undefined : show(open, shown);
    if (bar !== undefined) told.push(bar);
  };
  for (const bar of bars) {
    const bucket = bucketOf(bar, size, contract);
    if (open === undefined || open.bucket !== bucket) {
      close();
      open = {
        bucket,
        time: 0,
        prices: undefined,
        bidSum: 0,
        askSum: 0,
        parts: 0,
        volume: 0,
        turnover: 0,
        count: 0,
      };
    }
    open.time = size.unit === 'time' ? bucket : tradingDay(bar, contract);
    add(open, bar, shown);
  }
  close();
  return told;
};
