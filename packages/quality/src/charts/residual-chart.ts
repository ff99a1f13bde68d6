import * as z from 'zod';
import { deviation, mean } from '../streaming/summary.js';
import { checkValue } from '../values.js';
import { lackingFor } from './autocorrelated.js';
import { lagOneAutocorrelation } from './autocorrelation.js';
import type { ChartKind, ChartPoint, Estimate } from './chart.js';
import {
  type LimitOptions,
  type LimitWidth,
  limitWidth,
  limitWidthSchema,
  normalSigmas,
} from './limit-width.js';
import { beyondLimits, RuleEngine } from './rules.js';
import { readSaved } from './saved-json.js';

/** A fitted AR(1) stream: x(t) - center = phi (x(t-1) - center) + e(t). */
export interface Ar1Fit {
  /** Mean of the values, in their unit. */
  readonly center: number;
  /** Lag-1 autocorrelation. */
  readonly phi: number;
  /** Standard deviation of the residuals e, in the unit of the values. */
  readonly sigma: number;
}

/** {@link Ar1Fit} with the limits of its chart. Plain JSON. */
export interface Ar1Design extends Ar1Fit {
  readonly width: LimitWidth;
}

const what = 'a residual chart';
const designSchema: z.ZodType<Ar1Design> = z.object({
  center: z.number(),
  phi: z.number().gt(-1).lt(1),
  sigma: z.number().positive(),
  width: limitWidthSchema,
});
const stateSchema = z.object({
  index: z.number().int().nonnegative(),
  last: z.number().nullable(),
  rules: z.unknown(),
});

const residual = (value: number, before: number, { center, phi }: Omit<Ar1Fit, 'sigma'>): number =>
  value - center - phi * (before - center);

/**
 * Fits AR(1) by the mean and the lag-1 autocorrelation (Yule and Walker); sigma is the deviation of the residuals.
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite.
 */
export const fitAr1 = (values: readonly number[]): Estimate<Ar1Fit> => {
  const note = lackingFor(values, 4, what);
  if (note) return { design: undefined, notes: [note] };
  const center = mean(values)!;
  const phi = lagOneAutocorrelation(values)!;
  const sigma = deviation(values.slice(1).map((x, i) => residual(x, values[i]!, { center, phi })))!;
  if (!(sigma > 0)) {
    const detail = `Each of ${values.length} values follows exactly from the one before.`;
    return { design: undefined, notes: [{ code: 'NO_SPREAD', detail }] };
  }
  return { design: { center, phi, sigma }, notes: [] };
};

/**
 * A chart of the residuals of an AR(1) stream: of what each value is off from what the one before it foretells. Residuals are
 * independent where AR(1) fits, so that rules and run lengths hold. Of a lasting shift only its first residual shows all, later
 * ones show 1 - phi of it. The first value of a stream has no residual. See {@link adviseLimits}.
 * Sources: Alwan and Roberts (1988); Montgomery (7th ed.), section 10.4.
 * @throws `MikroBotError` `BAD_CONFIG` for a distance that is none.
 */
export const ar1ResidualChart = (options: LimitOptions = {}): ChartKind<number, Ar1Design> => {
  const width = limitWidth(options);
  return {
    name: 'AR(1) residuals',
    estimate(values) {
      const { design, notes } = fitAr1(values);
      return { design: design && { ...design, width }, notes };
    },
    running(given, { rules = beyondLimits, state } = {}) {
      const design = readSaved(designSchema, given, `the design of ${what}`);
      const saved = state === undefined ? undefined : readSaved(stateSchema, state, `the state of ${what}`);
      const engine = new RuleEngine(rules, saved?.rules);
      const upper = normalSigmas(design.width) * design.sigma;
      const limits = { center: 0, lower: -upper, upper, sigma: design.sigma };
      let index = saved?.index ?? 0;
      let last = saved?.last ?? null;
      return {
        push(sample): ChartPoint {
          checkValue(sample, what);
          index++;
          const value = last === null ? undefined : residual(sample, last, design);
          last = sample;
          return { index, value, limits, violations: value === undefined ? [] : engine.push(value, limits) };
        },
        state: () => ({ index, last, rules: engine.state() }),
      };
    },
  };
};
