import { decimalsOf } from '@mikrobot/core';

/** A value this close to a step (in steps) is on it, as on core's grid: 0.3 / 0.1 is 2.9999999999999996. */
const ON_STEP = 1e-6;

/**
 * Rounds down to a multiple of a step, without the dust of binary fractions. 0 for what is no positive number.
 *
 * @example
 * ```ts
 * floorToStep(0.3, 0.1); // 0.3, where Math.floor(0.3 / 0.1) * 0.1 is 0.2
 * floorToStep(1.0752, 0.01); // 1.07
 * ```
 */
export const floorToStep = (value: number, step: number): number => {
  const steps = value / step;
  if (!(steps > 0 && steps < Number.POSITIVE_INFINITY)) return 0;
  const nearest = Math.round(steps);
  const dust = Math.max(ON_STEP, steps * 2 * Number.EPSILON);
  const whole = Math.abs(steps - nearest) < dust ? nearest : Math.floor(steps);
  return Number((whole * step).toFixed(decimalsOf(step)));
};
