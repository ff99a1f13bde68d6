import * as z from 'zod';
import { ar1, ar1Residual } from '../drift/ar1.js';
import { lacksOrder } from '../drift/lacks.js';
import type { Note } from '../notes.js';
import { readSaved } from '../saved.js';
import { checkValue } from '../values.js';
import type { ChartKind, ChartPoint, Estimate } from './chart.js';
import {
  type LimitOptions,
  type LimitWidth,
  limitWidth,
  limitWidthSchema,
  normalSigmas,
} from './limit-width.js';
import { beyondLimits, RuleEngine } from './rules.js';

/** A stream in control that follows AR(1), with the limits of its residuals. Plain JSON. */
export interface Ar1Design {
  /** Mean of the values, in their unit. */
  readonly center: number;
  /** Lag-1 autocorrelation. */
  readonly phi: number;
  /** Standard deviation of the residuals, in the unit of the values. */
  readonly sigma: number;
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
      const none = (notes: readonly Note[]): Estimate<Ar1Design> => ({ design: undefined, notes });
      const notes = lacksOrder(values, 4, what);
      if (notes.length > 0) return none(notes);
      const { mean: center, phi, residualDeviation: sigma } = ar1(values);
      if (center === undefined || phi === undefined || !sigma) {
        const detail = `Each of ${values.length} values follows exactly from the one before.`;
        return none([{ code: 'NO_SPREAD', detail }]);
      }
      return { design: { center, phi, sigma, width }, notes };
    },
    running(given, { rules = beyondLimits, state } = {}) {
      const {
        center: mean,
        phi,
        sigma,
        width: stored,
      } = readSaved(designSchema, given, `the design of ${what}`);
      const saved = state === undefined ? undefined : readSaved(stateSchema, state, `the state of ${what}`);
      const engine = new RuleEngine(rules, saved?.rules);
      const upper = normalSigmas(stored) * sigma;
      const limits = { center: 0, lower: -upper, upper, sigma };
      let index = saved?.index ?? 0;
      let last = saved?.last ?? null;
      return {
        push(sample): ChartPoint {
          checkValue(sample, what);
          index++;
          const value = last === null ? undefined : ar1Residual(sample, last, { mean, phi });
          last = sample;
          return { index, value, limits, violations: value === undefined ? [] : engine.push(value, limits) };
        },
        state: () => ({ index, last, rules: engine.state() }),
      };
    },
  };
};
