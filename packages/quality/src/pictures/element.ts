import { escapeText } from './text.js';

/** A coordinate as it is written: to a tenth of a pixel. */
export const px = (value: number): string => String(Math.round(value * 10) / 10);

type Attributes = Readonly<Record<string, string | number | undefined>>;

const written = (attributes: Attributes): string =>
  Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${typeof value === 'number' ? px(value) : escapeText(String(value))}"`)
    .join('');

/** An element; `children` is markup that is safe already. */
export const element = (name: string, attributes: Attributes, children = ''): string =>
  children === ''
    ? `<${name}${written(attributes)}/>`
    : `<${name}${written(attributes)}>${children}</${name}>`;

/** A straight line. */
export const line = (x1: number, y1: number, x2: number, y2: number, kind: string): string =>
  element('line', { class: kind, x1, y1, x2, y2 });

/** How a label stands. */
export interface LabelOptions {
  /** The side that stands still. */
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Class. */
  readonly kind?: string;
}

/** A text. */
export const label = (
  x: number,
  y: number,
  text: string,
  { anchor = 'start', kind = 'q-text' }: LabelOptions = {},
): string =>
  element(
    'text',
    { class: kind, x, y, 'text-anchor': anchor === 'start' ? undefined : anchor },
    escapeText(text),
  );

/** What a pointer shows when it rests on the element around it. */
export const tooltip = (text: string): string => `<title>${escapeText(text)}</title>`;
