import { element, label, line, tooltip } from './element.js';
import { limitLabels, limitLines, limitNames, namesWidth } from './limit-lines.js';
import { diamond, type Place, polyline, thinned } from './path.js';
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
import { type ControlChartPicture, type Plotted, phaseOneOf, plottedOf } from './plotted.js';
import { countedRules, namedRules } from './rule-words.js';
import { extent, linear, padded, type Range } from './scale.js';
import { textWidth } from './text.js';
import { niceTicks, rangeWriter } from './ticks.js';

const rangeOf = (points: readonly Plotted[]): Range => {
  const all = points.flatMap(({ value, limits }) => [value, limits?.center, limits?.lower, limits?.upper]);
  return padded(extent(all.filter((value) => value !== undefined)) ?? [0, 1], 0.06);
};

const captionOf = (points: readonly Plotted[]): string => {
  const broken = points.map(({ violations }) => violations).filter((rules) => rules.length > 0);
  const many = `${points.length} ${points.length === 1 ? 'point' : 'points'}`;
  if (points.length === 0) return 'No points yet.';
  if (broken.length > 0)
    return `${broken.length} of ${many} ${broken.length === 1 ? 'breaks' : 'break'} a rule: ${countedRules(broken)}.`;
  if (points.every(({ limits }) => limits === undefined)) return `${many}; limits are not known yet.`;
  return `${many}, none of which breaks a rule.`;
};

/** A line between the phases, and their names on both sides of it where there is room. */
const divider = (at: number, { left, right, top, bottom }: Plot): string => {
  const room = textWidth('phase II') + EDGE;
  const isFirst = at > left;
  const isLast = at >= right;
  return [
    isFirst && !isLast ? line(at, top - LINE + 4, at, bottom, 'q-phase') : '',
    isFirst && at - left > room ? label(at - 5, top - 5, 'phase I', { anchor: 'end' }) : '',
    !isLast && right - at > room ? label(at + 5, top - 5, 'phase II') : '',
  ].join('');
};

/**
 * A control chart as an SVG that needs nothing else: it carries its colours for light and dark, and takes those of a page around
 * it that has the same custom properties (`--ink`, `--accent` …). The centre line, the limits (in steps where they differ from
 * point to point) and the zones; a point that breaks a rule is a diamond in another colour and tells the rule when pointed at.
 * @throws `MikroBotError` `BAD_DATA` for a value or limit that is not finite, `BAD_CONFIG` for a size without room.
 *
 * @example
 * ```ts
 * const svg = controlChartSvg({ title: 'Latency', unit: 'ms', points: samples.map((sample) => chart.push(sample)) });
 * ```
 */
export const controlChartSvg = (input: ControlChartPicture, size?: PictureSize): string => {
  const frame = sizeOf(size);
  const points = plottedOf(input);
  const phaseOne = phaseOneOf(input);
  const range = rangeOf(points);
  const ticks = points.length === 0 ? [] : niceTicks(range, (frame.height - 80) / 45);
  const names = limitNames(points.findLast(({ limits }) => limits !== undefined)?.limits, rangeWriter(range));
  const plot: Plot = {
    left: axisWidth(ticks),
    right: frame.width - namesWidth(names),
    top: BELOW_TITLE + (phaseOne === undefined ? 0 : LINE),
    bottom: frame.height - ABOVE_CAPTION,
  };
  const y = linear(range, plot.bottom, plot.top);
  const slot = (plot.right - plot.left) / Math.max(1, points.length);
  const edges = Array.from({ length: points.length + 1 }, (_, i) => plot.left + i * slot);
  const x = (i: number): number => plot.left + (i + 0.5) * slot;
  const places = points.map(({ value }, i): Place | undefined =>
    value === undefined ? undefined : [x(i), y(value)],
  );
  const write = rangeWriter(range);
  const { unit = '' } = input;
  const told = ({ index, value }: Plotted): string =>
    `${index}: ${write(value ?? 0)}${unit === '' ? '' : ` ${unit}`}`;
  const dots = points.map((point, i) => {
    const place = places[i];
    if (place === undefined) return '';
    if (point.violations.length > 0) {
      const text = `${told(point)}: ${namedRules(point.violations)}`;
      return element('path', { class: 'q-signal', d: diamond(place, 5.5) }, tooltip(text));
    }
    // Dots that would touch each other hide the line.
    if (slot < 5) return '';
    const [cx, cy] = place;
    return element('circle', { class: 'q-point', cx, cy, r: 2.2 }, tooltip(told(point)));
  });
  const first = points[0]?.index ?? 1;
  const marks =
    points.length === 0
      ? []
      : niceTicks([first, points.at(-1)?.index ?? first], (plot.right - plot.left) / 70, 1);
  const series = polyline(slot < 0.5 ? thinned(places) : places);
  const isMarked = points.some(({ violations }) => violations.length > 0);
  return picture(
    frame,
    {
      kind: 'Control chart',
      title: input.title,
      unit,
      caption: captionOf(points),
      key: isMarked ? (kx, ky) => element('path', { class: 'q-signal', d: diamond([kx, ky], 5) }) : undefined,
    },
    [
      limitLines(points, edges, y),
      valueAxis(ticks, y, plot, false),
      line(plot.left, plot.top, plot.left, plot.bottom, 'q-axis'),
      bottomAxis(marks, (index) => x(index - first), plot),
      limitLabels(names, y, plot),
      phaseOne === undefined ? '' : divider(edges[Math.min(phaseOne, points.length)]!, plot),
      series === '' ? '' : element('path', { class: 'q-series', d: series }),
      ...dots,
    ].join(''),
  );
};
