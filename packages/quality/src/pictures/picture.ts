import { MikroBotError } from '@mikrobot/core';
import { element, label, line } from './element.js';
import type { Scale } from './scale.js';
import { CLASS, style } from './style.js';
import { escapeText, fitted, textWidth } from './text.js';
import type { Tick } from './ticks.js';

/** How large a picture is drawn, in px; it can be shown at any size. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** The plot inside a picture, in px. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Space between the edge of a picture and what is in it, in px. */
export const EDGE = 8;
/** Distance of two lines of text, in px. */
export const LINE = 15;
/** Where a plot begins below a title, and ends above the labels of its axis and a caption. */
export const BELOW_TITLE = 34;
export const ABOVE_CAPTION = 48;

const standard: PictureSize = { width: 720, height: 320 };

/** @throws `MikroBotError` `BAD_CONFIG` for a size that has no room for a picture. */
export const sizeOf = (size: PictureSize = standard): PictureSize => {
  const { width, height } = size;
  const isFit = (value: number, least: number): boolean => value >= least && value <= 10_000;
  if (isFit(width, 240) && isFit(height, 180)) return { width, height };
  throw new MikroBotError('BAD_CONFIG', `a picture is to be ${String(width)} by ${String(height)} px.`, {
    hint: 'Draw it at 240 by 180 to 10,000 by 10,000 px; an SVG can be shown at any size.',
  });
};

/** What stands around every plot. */
export interface Surroundings {
  readonly title: string;
  readonly unit?: string | undefined;
  /** Below the plot. */
  readonly caption: string;
  /** Kind of picture, for those who cannot see it: `Control chart`. */
  readonly kind: string;
  /** Markup drawn before the caption; the caption is moved to the right by 14 px. */
  readonly key?: ((x: number, y: number) => string) | undefined;
}

/** A whole picture that needs nothing else. */
export const picture = (
  { width, height }: PictureSize,
  { title, unit = '', caption, kind, key }: Surroundings,
  children: string,
): string => {
  const room = width - 2 * EDGE;
  const shownUnit = unit === '' ? '' : fitted(unit, room / 3);
  const shownTitle = fitted(title, room - (unit === '' ? 0 : textWidth(shownUnit) + 8), 13.5);
  const indent = key === undefined ? 0 : 14;
  const heading = element(
    'text',
    { class: 'q-title', x: EDGE, y: 20 },
    `${escapeText(shownTitle)}${unit === '' ? '' : ` <tspan class="q-unit q-text">${escapeText(shownUnit)}</tspan>`}`,
  );
  const foot = label(EDGE + indent, height - 10, fitted(caption, room - indent));
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: CLASS,
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'aria-label': `${kind}: ${title}${unit === '' ? '' : ` (${unit})`}. ${caption}`,
    },
    [
      `<style>${style}</style>`,
      element('rect', { class: 'q-page', width, height }),
      heading,
      children,
      key?.(EDGE + 4, height - 14) ?? '',
      foot,
    ].join('\n'),
  );
};

/** How wide the labels of an axis are, with the space before the plot. */
export const axisWidth = (ticks: readonly Tick[]): number =>
  EDGE + 6 + Math.max(0, ...ticks.map((tick) => textWidth(tick.label)));

/** The left axis: labels, and small marks or lines through the plot. */
export const valueAxis = (ticks: readonly Tick[], y: Scale, { left, right }: Plot, lines: boolean): string =>
  ticks
    .map(({ value, label: text }) => {
      const at = y(value);
      const mark = lines ? line(left, at, right, at, 'q-grid') : line(left - 3, at, left, at, 'q-axis');
      return mark + label(left - 6, at + 4, text, { anchor: 'end' });
    })
    .join('');

/** The bottom axis. A label that would leave the plot or touch the one before is left out. */
export const bottomAxis = (ticks: readonly Tick[], x: Scale, { left, right, bottom }: Plot): string => {
  let free = left - EDGE;
  const marks = ticks.map(({ value, label: text }) => {
    const at = x(value);
    const half = textWidth(text) / 2;
    const fits = at - half >= free && at + half <= right + 2;
    if (fits) free = at + half + 6;
    return (
      line(at, bottom, at, bottom + 4, 'q-axis') +
      (fits ? label(at, bottom + 17, text, { anchor: 'middle' }) : '')
    );
  });
  return line(left, bottom, right, bottom, 'q-axis') + marks.join('');
};
