import { type ParetoInput, type ParetoResult, pareto } from '../methods/pareto.js';
import { checkValue } from '../values.js';
import { element, label, line, tooltip } from './element.js';
import { type Bar, barsOf } from './pareto-bars.js';
import { type Place, polyline } from './path.js';
import {
  ABOVE_CAPTION,
  axisWidth,
  BELOW_TITLE,
  EDGE,
  type PictureSize,
  type Plot,
  picture,
  sizeOf,
  valueAxis,
} from './picture.js';
import { linear } from './scale.js';
import { fitted, textWidth } from './text.js';
import { niceTicks, rangeWriter } from './ticks.js';

/** What a Pareto chart is drawn from: causes in any order, or what {@link pareto} made of them. */
export interface ParetoPicture {
  readonly title: string;
  /** Of the loss: `orders`, `USD`. */
  readonly unit?: string | undefined;
  readonly causes: ParetoInput['causes'] | ParetoResult;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

const TILT = 35;
const cos = Math.cos((TILT * Math.PI) / 180);
const sin = Math.sin((TILT * Math.PI) / 180);

const captionOf = ({ rows, vitalFew, total }: ParetoResult): string => {
  if (total === 0) return 'No loss.';
  const share = rows[vitalFew.length - 1]?.cumulativeShare ?? 1;
  const causes = `${vitalFew.length} of ${rows.length} ${rows.length === 1 ? 'cause' : 'causes'}`;
  return `${causes} ${vitalFew.length === 1 ? 'makes' : 'make'} ${percent(share)} of the loss.`;
};

/** Names below the bars: level where they fit, tilted where they do not, cut where they are very long. */
const namesBelow = (bars: readonly Bar[], slot: number, frame: PictureSize) => {
  const isLevel = bars.every(({ name }) => textWidth(name) + 8 <= slot);
  const most = Math.min(170, (frame.height * 0.36) / sin);
  const names = bars.map(({ name }) => (isLevel ? name : fitted(name, most)));
  const longest = Math.max(0, ...names.map((name) => textWidth(name)));
  return {
    height: isLevel ? 0 : longest * sin - 4,
    /** How far a tilted name reaches to the left of the middle of its bar. */
    reach: (i: number): number => (isLevel ? 0 : textWidth(names[i] ?? '') * cos),
    draw: (i: number, x: number, y: number): string => {
      const text = names[i] ?? '';
      if (isLevel) return label(x, y + 17, text, { anchor: 'middle' });
      const place = element(
        'g',
        { transform: `translate(${x.toFixed(1)} ${(y + 12).toFixed(1)}) rotate(-${TILT})` },
        label(0, 0, text, { anchor: 'end' }),
      );
      return place;
    },
  };
};

/**
 * A Pareto chart as an SVG that needs nothing else; see {@link controlChartSvg}. Bars in order of their loss, the vital few in
 * another colour; a line for what they add up to, on the same scale; a mark at 80 %. The least causes share a bar where there are
 * too many.
 * @throws `MikroBotError` `BAD_DATA` for causes that {@link pareto} refuses, `BAD_CONFIG` for a size without room.
 *
 * @example
 * ```ts
 * const svg = paretoSvg({ title: 'Refusals', causes: [{ cause: 'STALE_QUOTE', count: 40 }, { cause: 'NO_STOP', count: 10 }] });
 * ```
 */
export const paretoSvg = ({ title, unit, causes }: ParetoPicture, size?: PictureSize): string => {
  const frame = sizeOf(size);
  const result = 'rows' in causes ? causes : pareto({ causes });
  checkValue(result.total, 'the whole loss of a Pareto chart');
  const total = result.total > 0 ? result.total : 1;
  const ticks = result.total > 0 ? niceTicks([0, total], (frame.height - 100) / 45) : [];
  const right = frame.width - EDGE - 6 - textWidth('100 %');
  const axis = axisWidth(ticks);
  const bars = barsOf(result, Math.max(3, Math.floor((right - axis) / 34)));
  const roughly = (right - axis) / Math.max(1, bars.length);
  const names = namesBelow(bars, roughly, frame);
  const left = Math.max(axis, ...bars.map((_, i) => EDGE + names.reach(i) - (i + 0.5) * roughly * 0.8));
  const plot: Plot = {
    left,
    right,
    top: BELOW_TITLE + 4,
    bottom: frame.height - ABOVE_CAPTION - names.height,
  };
  const slot = (right - left) / Math.max(1, bars.length);
  const middle = (i: number): number => left + (i + 0.5) * slot;
  const y = linear([0, total], plot.bottom, plot.top);
  const write = rangeWriter([0, total]);
  const drawn = bars.map(({ name, causes: many, loss, share, cumulativeShare, vital }, i) => {
    const width = Math.min(90, slot * 0.72);
    const box = { x: middle(i) - width / 2, y: y(loss), width, height: plot.bottom - y(loss) };
    const text = `${name}${many > 1 ? ` (${many} causes)` : ''}: ${write(loss)} (${percent(share)}), together ${percent(cumulativeShare)}`;
    return element('rect', { class: vital ? 'q-bar' : 'q-bar-rest', ...box }, tooltip(text));
  });
  const places = bars.map(({ cumulativeShare }, i): Place => [middle(i), y(total * cumulativeShare)]);
  const share = (part: number): string =>
    label(right + 6, y(total * part) + 4, `${part * 100} %`, { kind: part === 0.8 ? 'q-strong' : 'q-text' });
  const isEmpty = result.total === 0;
  return picture(
    frame,
    { kind: 'Pareto chart', title, unit, caption: captionOf(result) },
    [
      isEmpty ? label((left + right) / 2, (plot.top + plot.bottom) / 2, 'No loss', { anchor: 'middle' }) : '',
      valueAxis(ticks, y, plot, true),
      ...drawn,
      line(left, plot.bottom, right, plot.bottom, 'q-axis'),
      isEmpty ? '' : line(left, y(total * 0.8), right, y(total * 0.8), 'q-mark'),
      ...(isEmpty ? [] : [0, 0.2, 0.4, 0.6, 0.8, 1].map(share)),
      places.length < 2 ? '' : element('path', { class: 'q-curve', d: polyline(places) }),
      ...places.map(([cx, cy]) => element('circle', { class: 'q-dot', cx, cy, r: 2.4 })),
      ...bars.map((_, i) => names.draw(i, middle(i), plot.bottom)),
    ].join(''),
  );
};
