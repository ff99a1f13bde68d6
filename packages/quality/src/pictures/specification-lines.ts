import type { Specification } from '../specification.js';
import { label, line } from './element.js';
import { LINE, type PictureSize, type Plot } from './picture.js';
import { extent, type Range, type Scale } from './scale.js';
import { fitTogether, spreadApart } from './spread-apart.js';
import { textWidth } from './text.js';
import { chosenWriter, type Writer } from './ticks.js';

/** A limit or target of a picture. */
export interface SpecificationLine {
  readonly text: string;
  readonly value: number;
  readonly kind: 'q-spec-limit' | 'q-target';
  /** Whether the picture goes so far; a label at its edge points there if not. */
  readonly isShown: boolean;
}

/** A limit further away than so many spans of the values would leave no room for their shape. */
const FAR = 3;

const named = ({ lower, target, upper }: Specification) =>
  (
    [
      ['LSL', lower, 'q-spec-limit'],
      ['target', target, 'q-target'],
      ['USL', upper, 'q-spec-limit'],
    ] as const
  ).flatMap(([name, value, kind]) => (value === undefined ? [] : [{ name, value, kind }]));

/** What the horizontal axis covers: the values, and limits that are not far from them. */
export const covered = (values: readonly number[], specification: Specification): Range => {
  const marks = named(specification).map(({ value }) => value);
  const range = extent(values);
  if (range === undefined || range[0] === range[1]) return extent([...values, ...marks])!;
  const [low, high] = range;
  const reach = FAR * (high - low);
  return extent([low, high, ...marks.filter((mark) => mark >= low - reach && mark <= high + reach)])!;
};

/** The limits and the target with their labels. */
export const specificationLines = (
  specification: Specification,
  [low, high]: Range,
  write: Writer,
): readonly SpecificationLine[] =>
  named(specification).map(({ name, value, kind }) => {
    const text = `${name} ${chosenWriter(write)(value)}`;
    const isShown = value >= low && value <= high;
    const pointing = value < low ? `← ${text}` : `${text} →`;
    return { text: isShown ? text : pointing, value, kind, isShown };
  });

const GAP = 10;
const wantedOf = (lines: readonly SpecificationLine[], x: Scale) =>
  lines.map(({ text, value }) => ({ at: x(value), length: textWidth(text) + GAP }));

/** How many rows the labels need: one, unless they do not fit beside each other. */
export const labelRows = (lines: readonly SpecificationLine[], { width }: PictureSize): number =>
  fitTogether(
    wantedOf(lines, () => 0),
    width,
  )
    ? 1
    : lines.length;

/** The lines, and above them their labels, which make room for each other and stay within the picture. */
export const drawnLines = (
  lines: readonly SpecificationLine[],
  x: Scale,
  { top, bottom }: Plot,
  size: PictureSize,
): string => {
  const wanted = wantedOf(lines, x);
  const rows = labelRows(lines, size);
  const together = spreadApart(wanted, 0, size.width);
  return lines
    .map(({ text, value, kind, isShown }, i) => {
      const middle = rows === 1 ? together[i]! : spreadApart([wanted[i]!], 0, size.width)[0]!;
      const y = top - 8 - (rows === 1 ? 0 : (rows - 1 - i) * LINE);
      const mark = isShown ? line(x(value), top - 2, x(value), bottom, kind) : '';
      return mark + label(middle, y, text, { anchor: 'middle', kind: 'q-strong' });
    })
    .join('');
};
