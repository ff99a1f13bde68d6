import type { PriceBar, PriceSeries } from '../../analysis/bar-series.js';
import type { Trade } from '../../analysis/trade.js';
import { clock, day, type Formats, fixed } from '../format.js';
import { candles } from '../svg/candles.js';
import { label, line } from '../svg/element.js';
import { type Plot, svg, timeAxis, valueAxis } from '../svg/frame.js';
import { extent, linear, padded } from '../svg/scale.js';
import { niceTicks } from '../svg/ticks.js';
import { tradeMark, tradeText } from './trade-marks.js';

const WIDTH = 320;
const MOST_CANDLES = 64;
const plot: Plot = { left: 54, right: WIDTH - 4, top: 10, bottom: 190 };

const merged = (bars: readonly PriceBar[]): PriceBar => [
  (bars[0] as PriceBar)[0],
  (bars[0] as PriceBar)[1],
  Math.max(...bars.map((b) => b[2])),
  Math.min(...bars.map((b) => b[3])),
  (bars.at(-1) as PriceBar)[4],
];

/** The bars around a trade, joined until they are few enough to be seen. */
const around = ({ bars, barMs }: PriceSeries, trade: Trade): PriceBar[] => {
  const exit = trade.exitTime ?? trade.entryTime;
  const room = Math.max(10 * barMs, (exit - trade.entryTime) * 0.25);
  const near = bars.filter(([time]) => time >= trade.entryTime - room && time <= exit + room);
  const group = Math.ceil(near.length / MOST_CANDLES);
  const starts = Array.from({ length: Math.ceil(near.length / group) || 0 }, (_, i) => i * group);
  return starts.map((start) => merged(near.slice(start, start + group)));
};

/** One trade from near: candles, entry, exit, stop and target. Empty when the bars are too coarse to show it. */
export const closeUp = (series: PriceSeries, trade: Trade, formats: Formats, currency: string): string => {
  const bars = around(series, trade);
  if (bars.length < 8) return '';
  const { stop, target } = trade;
  const levels = [stop, target].flatMap((level) => level ?? []);
  const [low, high] = padded(extent([...bars.flatMap((b) => [b[2], b[3]]), ...levels]), 0.05);
  const y = linear(low, high, plot.bottom, plot.top);
  const step = (plot.right - plot.left) / bars.length;
  const at = (i: number): number => plot.left + (i + 0.5) * step;
  // Weekends take no room: a time stands where its bar stands.
  const x = (time: number): number =>
    at(
      Math.max(
        0,
        bars.findLastIndex((b) => b[0] <= time),
      ),
    );
  const entry = x(trade.entryTime);
  const named = [
    ['stop', stop],
    ['target', target],
  ] as const;
  const drawn = named.flatMap(([name, price]) => (price === null ? [] : [{ name, place: y(price) }]));
  const ticks = [0.12, 0.5, 0.88].map((share) => {
    const time = (bars[Math.floor(share * (bars.length - 1))] as PriceBar)[0];
    return { value: time, label: `${day(time).replace(/ \d+$/, '')} ${clock(time)}` };
  });
  const parts = [
    valueAxis(niceTicks(low, high, 4, fixed), y, plot),
    ...drawn.map(({ name, place }) => line(entry, place, plot.right, place, `level ${name}`)),
    candles(bars, at, y, Math.max(1, step * 0.62)),
    tradeMark(trade, tradeText(trade, formats, currency), { x, y, size: 4.5, withStops: false }),
    ...drawn.map(({ name, place }) =>
      label(plot.right, place - 4, name, { anchor: 'end', kind: `t ${name}` }),
    ),
    timeAxis(ticks, x, plot),
  ];
  return svg(
    { width: WIDTH, narrow: true },
    plot.bottom + 22,
    `Trade ${trade.number} from near`,
    parts.join(''),
  );
};
