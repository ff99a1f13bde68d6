import { TEXT } from './text.js';

/** Every rule of a picture's style begins with it, so that no rule meets the page around the picture. */
export const CLASS = 'mikrobot-picture';

/** The names are those of the properties of a report's page, whose values win; here are those for where there are none. */
const light = {
  page: '#fff',
  ink: '#16191d',
  soft: '#5a6472',
  rule: '#e3e6ea',
  'strong-rule': '#b9c0c9',
  accent: '#2459b3',
  loss: '#b4481e',
  alert: '#b3261e',
} as const;

type Colour = keyof typeof light;

const dark: Readonly<Record<Colour, string>> = {
  page: '#121519',
  ink: '#e6e9ed',
  soft: '#99a3b0',
  rule: '#2a3038',
  'strong-rule': '#4a535f',
  accent: '#84aef5',
  loss: '#ee8c5e',
  alert: '#ff8a80',
};

const properties = (colours: Readonly<Record<Colour, string>>): string =>
  Object.entries(colours)
    .map(([name, value]) => `--q-${name}:var(--${name},${value})`)
    .join(';');

/** The plain colour first: programs that know no custom properties take it and skip the other. */
const paint = (property: 'fill' | 'stroke', colour: Colour): string =>
  `${property}:${light[colour]};${property}:var(--q-${colour})`;

const fill = (colour: Colour): string => paint('fill', colour);
const stroke = (colour: Colour, width = 1): string =>
  `fill:none;${paint('stroke', colour)};stroke-width:${width}`;

const rules: Readonly<Record<string, string>> = {
  page: fill('page'),
  text: `${fill('soft')};font-size:${TEXT}px`,
  strong: `${fill('ink')};font-size:${TEXT}px;font-weight:600`,
  title: `${fill('ink')};font-size:13.5px;font-weight:650`,
  unit: `${fill('soft')};font-weight:400`,
  axis: stroke('strong-rule'),
  grid: stroke('rule'),
  center: stroke('soft'),
  limit: `${stroke('loss', 1.2)};stroke-dasharray:6 4`,
  'spec-limit': stroke('alert', 1.5),
  target: `${stroke('ink')};stroke-dasharray:2 3`,
  phase: `${stroke('soft')};stroke-dasharray:2 3`,
  mark: `${stroke('loss')};stroke-dasharray:6 4`,
  series: `${stroke('accent', 1.4)};stroke-linejoin:round`,
  point: fill('accent'),
  signal: `${fill('alert')};${paint('stroke', 'page')};stroke-width:1`,
  bar: `${fill('accent')};fill-opacity:.55`,
  'bar-rest': `${fill('soft')};fill-opacity:.45`,
  'bar-outside': fill('alert'),
  curve: `${stroke('ink', 1.6)};stroke-linejoin:round`,
  dot: fill('ink'),
};

/** What a picture carries with it: colours for light and dark, and nothing from elsewhere. */
export const style = [
  `.${CLASS}{${properties(light)};max-width:100%;height:auto;font-family:ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans",Arial,sans-serif;font-variant-numeric:tabular-nums lining-nums}`,
  `@media (prefers-color-scheme:dark){.${CLASS}{${properties(dark)}}}`,
  ...Object.entries(rules).map(([name, value]) => `.${CLASS} .q-${name}{${value}}`),
].join('\n');
