import type { PriceBar, PriceSeries } from '../../analysis/bar-series.js';
import type { Trade } from '../../analysis/trade.js';
import { type Formats, fixed } from '../format.js';
import { element } from '../svg/element.js';
import { type Canvas, type Plot, svg, timeAxis, valueAxis } from '../svg/frame.js';
import { band, type Point, polyline, thinned } from '../svg/path.js';
import { extent, linear, padded, type Scale } from '../svg/scale.js';
import { niceTicks, timeTicks } from '../svg/ticks.js';
import { tradeMark, tradeText } from './trade-marks.js';

/** With more trades than this, stops would hide the price. */
const MOST_STOPS = 60;
/** With more than this, marks are small and plain. */
const MANY = 250;
/** With more than this, marks tell nothing to a pointer: the page would grow too large. */
const MOST_TOLD = 1000;

/** With more bars missing than this, as over a weekend, the line is broken. */
const MOST_MISSING = 6;

const unbroken = (bars: readonly PriceBar[], barMs: number): PriceBar[][] => {
  const runs: PriceBar[][] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const bar of bars) {
    if (bar[0] - last > (MOST_MISSING + 1) * barMs) runs.push([]);
    runs.at(-1)?.push(bar);
    last = bar[0];
  }
  return runs;
};

/** From the lowest to the highest price: a column of pixels shows one band, however many bars are in it. */
const rangeOf = (bars: readonly PriceBar[], barMs: number, x: Scale, y: Scale): string => {
  const columns = new Map<number, [number, number]>();
  for (const [time, , top, bottom] of bars) {
    const place = Math.floor(x(time + barMs / 2));
    const column = columns.get(place);
    columns.set(place, [Math.max(column?.[0] ?? top, top), Math.min(column?.[1] ?? bottom, bottom)]);
  }
  const places = [...columns];
  const highs = places.map(([place, [top]]): Point => [place, y(top)]);
  const lows = places.map(([place, [, bottom]]): Point => [place, y(bottom)]);
  return band(highs, lows);
};

const closesOf = (bars: readonly PriceBar[], barMs: number, x: Scale, y: Scale): string =>
  polyline(thinned(bars.map((b): Point => [x(b[0] + barMs), y(b[4])])));

/** The price of a symbol over the whole run, with every trade on it. */
export const priceChart =
  (series: PriceSeries, trades: readonly Trade[], formats: Formats, currency: string) =>
  (canvas: Canvas): string => {
    const { width, narrow } = canvas;
    const { bars, barMs, symbol } = series;
    const plot: Plot = { left: narrow ? 56 : 68, right: width - 4, top: 10, bottom: narrow ? 220 : 330 };
    const [from] = bars[0] ?? [0];
    const to = (bars.at(-1)?.[0] ?? 0) + barMs;
    const withStops = trades.length <= MOST_STOPS;
    const stops = withStops ? trades.flatMap((t) => t.stop ?? []) : [];
    const [low, high] = padded(extent([...bars.map((b) => b[3]), ...bars.map((b) => b[2]), ...stops]), 0.04);
    const x = linear(from, to, plot.left, plot.right);
    const y = linear(low, high, plot.bottom, plot.top);
    const runs = unbroken(bars, barMs);
    const many = trades.length > MANY;
    const size = (many ? 2 : 3.6) * (narrow ? 0.7 : 1);
    const marks = trades.map((trade) =>
      tradeMark(trade, trades.length > MOST_TOLD ? '' : tradeText(trade, formats, currency), {
        x,
        y,
        size,
        withStops,
      }),
    );
    const parts = [
      valueAxis(niceTicks(low, high, narrow ? 4 : 7, fixed), y, plot),
      element('path', { class: 'range', d: runs.map((run) => rangeOf(run, barMs, x, y)).join('') }),
      element('path', { class: 'price', d: runs.map((run) => closesOf(run, barMs, x, y)).join('') }),
      element('g', { class: many ? 'marks many' : 'marks' }, marks.join('') || ' '),
      timeAxis(timeTicks(from, to, width / 95), x, plot),
    ];
    return svg(canvas, plot.bottom + 24, `Price of ${symbol} with entries and exits`, parts.join(''));
  };
