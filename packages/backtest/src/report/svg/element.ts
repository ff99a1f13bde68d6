import { escapeHtml } from '../escape.js';

/** Coordinates need no more than a tenth of a pixel. */
export const px = (value: number): string => String(Math.round(value * 10) / 10);

type Attributes = Readonly<Record<string, string | number | undefined>>;

const written = (attributes: Attributes): string =>
  Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${typeof value === 'number' ? px(value) : escapeHtml(String(value))}"`)
    .join('');

/** An SVG element; `children` is markup that is already safe. */
export const element = (name: string, attributes: Attributes, children = ''): string =>
  children === ''
    ? `<${name}${written(attributes)}/>`
    : `<${name}${written(attributes)}>${children}</${name}>`;

/** A straight line. */
export const line = (x1: number, y1: number, x2: number, y2: number, kind: string): string =>
  element('line', { class: kind, x1, y1, x2, y2 });

/** A label. `anchor` is the side that stands still. */
export const label = (
  x: number,
  y: number,
  text: string,
  {
    anchor = 'start',
    kind = 't',
  }: { readonly anchor?: 'start' | 'middle' | 'end'; readonly kind?: string } = {},
): string =>
  element(
    'text',
    { class: kind, x, y, 'text-anchor': anchor === 'start' ? undefined : anchor },
    escapeHtml(text),
  );

/** What a pointer shows when it rests on the element around it. */
export const tooltip = (text: string): string => `<title>${escapeHtml(text)}</title>`;
