import { element, label, line } from './element.js';
import type { Scale } from './scale.js';
import type { Tick } from './ticks.js';

/** How wide a picture is drawn: once for desks, once for phones. In px. */
export interface Canvas {
  readonly width: number;
  readonly narrow: boolean;
}

/** The plot inside a picture, in px. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Horizontal lines with their labels on the left. */
export const valueAxis = (ticks: readonly Tick[], y: Scale, { left, right }: Plot): string =>
  ticks
    .map((tick) => {
      const place = Math.round(y(tick.value)) + 0.5;
      return (
        line(left, place, right, place, 'grid') + label(left - 8, place + 4, tick.label, { anchor: 'end' })
      );
    })
    .join('');

/** Labels below the plot with small marks above them; labels that would leave the picture are left out. */
export const timeAxis = (ticks: readonly Tick[], x: Scale, { left, right, bottom }: Plot): string => {
  const base = line(left, bottom + 0.5, right, bottom + 0.5, 'axis');
  const marks = ticks
    .map((tick) => ({ ...tick, place: x(tick.value) }))
    .filter(
      ({ place, label: text }) => place - text.length * 3 > left - 30 && place + text.length * 3 < right + 10,
    )
    .map(
      ({ place, label: text }) =>
        line(place, bottom, place, bottom + 4, 'axis') +
        label(place, bottom + 17, text, { anchor: 'middle' }),
    );
  return base + marks.join('');
};

/** An SVG of a height. `about` is what it shows, for those who cannot see it. */
export const svg = (
  { width }: Canvas,
  height: number,
  about: string,
  children: string,
  attributes: Readonly<Record<string, string>> = {},
): string =>
  element(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': about, ...attributes },
    children,
  );

const canvases: readonly Canvas[] = [
  { width: 980, narrow: false },
  { width: 380, narrow: true },
];

/** Draws a picture for desks and for phones; the page shows the one that fits. */
export const responsive = (draw: (canvas: Canvas) => string): string =>
  canvases
    .map((canvas) => `<div class="${canvas.narrow ? 'narrow' : 'wide'}">${draw(canvas)}</div>`)
    .join('\n');
