import { element, label } from './element.js';
import { stair } from './path.js';
import { EDGE, LINE, type Plot } from './picture.js';
import type { PictureLimits, Plotted } from './plotted.js';
import { extent, type Scale } from './scale.js';
import { spreadApart } from './spread-apart.js';
import { textWidth } from './text.js';
import { type Writer, writer } from './ticks.js';

type Level = (limits: PictureLimits) => number | undefined;

/** So many sigmas from the centre, where that lies between the limits. */
const zone =
  (sigmas: number): Level =>
  ({ center, lower, upper, sigma }) => {
    const level = center + sigmas * (sigma ?? 0);
    const isInside =
      Number.isFinite(level) &&
      level > (lower ?? Number.NEGATIVE_INFINITY) &&
      level < (upper ?? Number.POSITIVE_INFINITY);
    return isInside && level !== center ? level : undefined;
  };

const levels: readonly (readonly [kind: string, level: Level])[] = [
  ...[-2, -1, 1, 2].map((sigmas) => ['q-grid', zone(sigmas)] as const),
  ['q-center', ({ center }) => center],
  ['q-limit', ({ lower }) => lower],
  ['q-limit', ({ upper }) => upper],
];

/** Centre, limits and zones of every point: straight where they stay the same, in steps where they do not. */
export const limitLines = (points: readonly Plotted[], edges: readonly number[], y: Scale): string =>
  levels
    .map(([kind, level]) => {
      const places = points.map(({ limits }) => {
        const value = limits === undefined ? undefined : level(limits);
        return value === undefined ? undefined : y(value);
      });
      const d = stair(places, edges);
      return d === '' ? '' : element('path', { class: kind, d });
    })
    .join('');

/** A name for each limit with its value, written with the digits that tell limits apart; `spare` where they are all the same. */
export const limitNames = (
  limits: PictureLimits | undefined,
  spare: Writer,
): readonly (readonly [name: string, value: number])[] => {
  if (limits === undefined) return [];
  const { center, lower, upper } = limits;
  const named = [
    ['UCL', upper],
    ['CL', center],
    ['LCL', lower],
  ] as const;
  const [low, high] = extent([lower, center, upper].filter((value) => value !== undefined))!;
  const write = high > low ? writer(Math.max(Math.abs(low), Math.abs(high)), high / 100 - low / 100) : spare;
  return named.flatMap(([name, value]) => (value === undefined ? [] : [[`${name} ${write(value)}`, value]]));
};

/** How wide these names are, with the space around them. */
export const namesWidth = (names: readonly (readonly [name: string, value: number])[]): number =>
  Math.max(0, ...names.map(([name]) => textWidth(name))) + 6 + EDGE;

/** The names beside the ends of their lines; where lines are close, the names make room for each other. */
export const limitLabels = (
  names: readonly (readonly [name: string, value: number])[],
  y: Scale,
  { top, bottom, right }: Plot,
): string => {
  const wanted = names.map(([, value]) => ({ at: y(value), length: LINE }));
  const places = spreadApart(wanted, top - LINE / 2, bottom + LINE / 2);
  return names.map(([name], i) => label(right + 6, places[i]! + 4, name)).join('');
};
