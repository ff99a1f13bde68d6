import type { CapabilityResult } from '../capability/result.js';
import type { FittedDistribution } from '../fitting/fitted-distribution.js';
import type { Capable } from '../monitor/capability-of.js';
import { checkSpecification, type Specification } from '../specification.js';
import { checkValues } from '../values.js';
import { type Bin, binsOf } from './bins.js';
import { capabilityCaption } from './capability-caption.js';
import { element, tooltip } from './element.js';
import { curveOf, expectedCounts } from './fitted-curve.js';
import { polyline } from './path.js';
import {
  ABOVE_CAPTION,
  axisWidth,
  BELOW_TITLE,
  bottomAxis,
  EDGE,
  LINE,
  type PictureSize,
  type Plot,
  picture,
  sizeOf,
  valueAxis,
} from './picture.js';
import { extent, linear, padded, type Range, type Scale } from './scale.js';
import { covered, drawnLines, labelRows, specificationLines } from './specification-lines.js';
import { niceTicks, rangeWriter, type Writer } from './ticks.js';

/** What a histogram of capability is drawn from. */
export interface CapabilityHistogramPicture {
  readonly title: string;
  /** Of the values: `ms`. */
  readonly unit?: string | undefined;
  readonly values: readonly number[];
  readonly specification: Specification;
  /** Its Cpk stands below the picture, and the normal or lognormal curve of a study over the bars. */
  readonly result?: CapabilityResult | Capable | undefined;
  /** The curve, where it is not that of the result. */
  readonly distribution?: FittedDistribution | undefined;
}

const bar = ({ from, to, inside, outside }: Bin, x: Scale, y: Scale, write: Writer): string => {
  if (inside + outside === 0) return '';
  const left = x(from);
  // A pixel between bars, as long as they have more than that.
  const wide = x(to) - left;
  const width = Math.max(1, wide > 4 ? wide - 1 : wide);
  const rect = (below: number, count: number, kind: string): string =>
    count === 0
      ? ''
      : element('rect', {
          class: kind,
          x: left,
          y: y(below + count),
          width,
          height: y(below) - y(below + count),
        });
  const text = `${write(from)} to ${write(to)}: ${inside + outside}${outside > 0 ? `, ${outside} outside the specification` : ''}`;
  return element('g', {}, tooltip(text) + rect(0, inside, 'q-bar') + rect(inside, outside, 'q-bar-outside'));
};

/** How wide a bin of equal values is: a part of what the picture covers. */
const spareWidth = ([low, high]: Range): number => high / 30 - low / 30 || Math.abs(high) / 100 || 1;

/**
 * A histogram against its specification, as an SVG that needs nothing else; see {@link controlChartSvg}. Values beyond a limit
 * are in another colour. A limit far from all values is named at the edge, with an arrow.
 * @throws `MikroBotError` `BAD_DATA` for a value that is not finite; `BAD_CONFIG` for a specification or size that makes no sense.
 *
 * @example
 * ```ts
 * const result = capability(latencies, { specification });
 * const svg = capabilityHistogramSvg({ title: 'Latency', unit: 'ms', values: latencies, specification, result });
 * ```
 */
export const capabilityHistogramSvg = (input: CapabilityHistogramPicture, size?: PictureSize): string => {
  const { title, unit, values, specification, result, distribution } = input;
  const frame = sizeOf(size);
  checkSpecification(specification);
  checkValues(values, 'a histogram');
  const { lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY } = specification;
  const asked = covered(values, specification);
  const bins = binsOf(values, spareWidth(asked), (value) => value < lower || value > upper);
  const range = padded(extent([...asked, ...bins.flatMap(({ from, to }) => [from, to])])!, 0.03);
  const write = rangeWriter(range);
  const lines = specificationLines(specification, range, write);
  const cdf = values.length === 0 ? undefined : curveOf(distribution, result);
  const width = bins[0] === undefined ? 0 : bins[0].to - bins[0].from;
  const curve = cdf === undefined ? [] : expectedCounts(cdf, range, values.length, width);
  const tallest = Math.max(1, ...bins.map(({ inside, outside }) => inside + outside));
  // A density may be endless where a family begins; bars must stay visible below it.
  const most = Math.min(1.6 * tallest, Math.max(tallest, ...curve.map(([, count]) => count)));
  const ticks = niceTicks([0, most], (frame.height - 90) / 45, 1);
  const plot: Plot = {
    left: axisWidth(ticks),
    right: frame.width - 2 * EDGE,
    top: BELOW_TITLE + labelRows(lines, frame) * LINE + 2,
    bottom: frame.height - ABOVE_CAPTION,
  };
  const x = linear(range, plot.left, plot.right);
  const y = linear([0, most], plot.bottom, plot.top);
  const line = polyline(curve.map(([value, count]) => [x(value), y(count)]));
  return picture(
    frame,
    { kind: 'Histogram', title, unit, caption: capabilityCaption(values.length, result, distribution) },
    [
      valueAxis(ticks, y, plot, true),
      ...bins.map((bin) => bar(bin, x, y, write)),
      line === '' ? '' : element('path', { class: 'q-curve', d: line }),
      bottomAxis(niceTicks(range, (plot.right - plot.left) / 80), x, plot),
      drawnLines(lines, x, plot, frame),
    ].join(''),
  );
};
