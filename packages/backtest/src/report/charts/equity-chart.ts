import type { BacktestResult } from '../../analysis/result.js';
import { dateTime, day, type Formats, percent, signedPercent } from '../format.js';
import { element, label, line, tooltip } from '../svg/element.js';
import { type Canvas, type Plot, svg, timeAxis, valueAxis } from '../svg/frame.js';
import { area, type Point, polyline, thinned } from '../svg/path.js';
import { extent, linear, padded, type Scale } from '../svg/scale.js';
import { niceTicks, timeTicks } from '../svg/ticks.js';

interface Sample {
  readonly time: number;
  readonly equity: number;
  /** Fraction below the highest so far, 0 or negative. */
  readonly below: number;
}

const samplesOf = ({ equity }: BacktestResult): Sample[] => {
  let high = Number.NEGATIVE_INFINITY;
  return equity.time.map((time, i) => {
    const value = equity.equity[i] as number;
    high = Math.max(high, value);
    return { time, equity: value, below: high > 0 ? Math.max(-1, value / high - 1) : 0 };
  });
};

/** What a pointer reads: one entry a few pixels. The page's script shows it. */
const readout = (samples: readonly Sample[], x: Scale, formats: Formats): string => {
  const places: number[] = [];
  const texts: string[] = [];
  for (const { time, equity, below } of samples) {
    const place = Math.round(x(time));
    const last = places.at(-1);
    if (last !== undefined && place - last < 3) continue;
    places.push(place);
    texts.push(`${dateTime(time)}   ${formats.money(equity)}   ${percent(below)}`);
  }
  return JSON.stringify({ x: places, t: texts });
};

/** Equity over time, and below it how far it was under its highest. */
export const equityChart =
  (result: BacktestResult, formats: Formats) =>
  (canvas: Canvas): string => {
    const { width, narrow } = canvas;
    const samples = samplesOf(result);
    const [from, to] = extent(samples.map((s) => s.time));
    const left = narrow ? 52 : 68;
    const upper: Plot = { left, right: width - 4, top: 24, bottom: narrow ? 190 : 270 };
    const lower: Plot = { ...upper, top: upper.bottom + 22, bottom: upper.bottom + (narrow ? 82 : 112) };
    const start = result.account.startEquity;
    const [low, high] = padded(extent([...samples.map((s) => s.equity), start]));
    const deepest = Math.min(
      -0.001,
      ...extent(
        samples.map((s) => s.below),
        [0, 0],
      ),
    );
    const x = linear(from, to, upper.left, upper.right);
    const y = linear(low, high, upper.bottom, upper.top);
    const d = linear(deepest, 0, lower.bottom, lower.top);
    const equity = thinned(samples.map((s): Point => [x(s.time), y(s.equity)]));
    const below = thinned(samples.map((s): Point => [x(s.time), d(s.below)]));
    const { drawdown } = result.performance;
    const shade =
      drawdown.from === null
        ? ''
        : element(
            'rect',
            {
              class: 'shade',
              x: x(drawdown.from),
              y: upper.top,
              width: Math.max(1, x(drawdown.to ?? to) - x(drawdown.from)),
              height: lower.bottom - upper.top,
            },
            tooltip(
              `Deepest drawdown: ${percent(drawdown.fraction)}, ${day(drawdown.from)} to ${drawdown.to === null ? 'the end' : day(drawdown.to)}`,
            ),
          );
    const money = (value: number, decimals: number): string =>
      formats.money(value).replace(/\.\d+$/, decimals === 0 ? '' : '$&');
    const parts = [
      shade,
      valueAxis(niceTicks(low, high, narrow ? 4 : 6, money), y, upper),
      valueAxis(
        niceTicks(deepest, 0, 3, (v) => signedPercent(v, deepest < -0.02 ? 0 : 1)),
        d,
        lower,
      ),
      line(upper.left, y(start), upper.right, y(start), 'reference'),
      element('path', { class: 'fall', d: area(below, lower.top) }),
      element('path', { class: 'series', d: polyline(equity) }),
      timeAxis(timeTicks(from, to, width / 95), x, lower),
      label(upper.left, 12, `Equity, ${result.account.currency}`, { kind: 't strong' }),
      label(lower.left, lower.top - 6, 'Drawdown', { kind: 't strong' }),
      element('line', {
        class: 'cursor',
        x1: 0,
        x2: 0,
        y1: upper.top,
        y2: lower.bottom,
        visibility: 'hidden',
      }),
      element('text', { class: 't reading', x: upper.right, y: 12, 'text-anchor': 'end' }, ' '),
    ];
    return svg(canvas, lower.bottom + 24, 'Equity and drawdown over time', parts.join(''), {
      class: 'readable',
      'data-readout': readout(samples, x, formats),
    });
  };
