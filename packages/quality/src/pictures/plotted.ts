import { MikroBotError } from '@mikrobot/core';
import type { ChartPoint } from '../charts/chart.js';
import type { RuleName } from '../charts/rules.js';
import { checkValue } from '../values.js';

/** Limits of a picture; without `sigma` no zones are drawn. Those of a chart's points fit. */
export interface PictureLimits {
  readonly center: number;
  readonly lower?: number | undefined;
  readonly upper?: number | undefined;
  readonly sigma?: number | undefined;
}

/** What a control chart is drawn from. */
export interface ControlChartPicture {
  readonly title: string;
  /** Of the values: `ms`. */
  readonly unit?: string | undefined;
  /** In their order: points of a chart, which know their limits and rules, or plain numbers. */
  readonly points: readonly (ChartPoint | number)[];
  /** Of points that are plain numbers; without them they are drawn alone. */
  readonly limits?: PictureLimits | undefined;
  /** What points that are plain numbers break, each at its point's place; default: they are held against the limits. */
  readonly violations?: readonly (readonly RuleName[] | undefined)[] | undefined;
  /** How many of the points come from phase I; default: what the points themselves say (those of a `ControlChart` do). */
  readonly phaseOne?: number | undefined;
}

/** A point as it is drawn. */
export interface Plotted {
  readonly index: number;
  readonly value: number | undefined;
  readonly limits: PictureLimits | undefined;
  readonly violations: readonly RuleName[];
}

const checkLimits = (limits: PictureLimits | undefined): void => {
  for (const value of [limits?.center, limits?.lower, limits?.upper, limits?.sigma])
    if (value !== undefined) checkValue(value, 'the limits of a control chart');
};

const beyond = (value: number, limits: PictureLimits | undefined): readonly RuleName[] => {
  const { lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY } = limits ?? {};
  return value < lower || value > upper ? ['beyondLimits'] : [];
};

/**
 * The points of a picture, checked.
 * @throws `MikroBotError` `BAD_DATA` for a value or limit that is not finite.
 */
export const plottedOf = ({ points, limits, violations }: ControlChartPicture): readonly Plotted[] => {
  checkLimits(limits);
  return points.map((point, i) => {
    if (typeof point === 'number') {
      checkValue(point, 'a control chart');
      const broken = violations === undefined ? beyond(point, limits) : (violations[i] ?? []);
      return { index: i + 1, value: point, limits, violations: broken };
    }
    if (point.value !== undefined) checkValue(point.value, 'a control chart');
    checkValue(point.index, 'the numbers of the points of a control chart');
    checkLimits(point.limits);
    return point;
  });
};

/** How many points come from phase I; undefined where nobody says. */
export const phaseOneOf = ({ points, phaseOne }: ControlChartPicture): number | undefined => {
  if (phaseOne !== undefined) {
    if (Number.isInteger(phaseOne) && phaseOne >= 0) return phaseOne;
    throw new MikroBotError('BAD_CONFIG', `phase I of a picture has ${String(phaseOne)} points.`, {
      hint: 'Give a whole number, or leave it out.',
    });
  }
  const phases = points.map((point) =>
    typeof point === 'object' && 'phase' in point ? point.phase : undefined,
  );
  if (!phases.includes('one')) return undefined;
  return phases.includes('two') ? phases.indexOf('two') : phases.length;
};
