import * as z from 'zod';
import { isReset } from '../account/breach.js';
import { goodEquity, isFinding, sharedCodes, unpriced } from '../checks.js';
import { throttleFactor } from '../formulas/throttle-factor.js';
import { definePolicy, type PolicyBody } from '../policy-definition.js';
import { type ScaledPorts, scaledBody, scaledCap, scaledCodes } from './scaled.js';

const NAME = 'drawdownThrottle';

const settings = z.strictObject({
  reduceAt: z
    .number()
    .gt(0)
    .max(1)
    .default(0.15)
    .describe('drawdown from which entries are smaller, fraction of the highest equity'),
  factor: z.number().gt(0).max(1).default(0.5).describe('what sizes are multiplied by from there on'),
  stopAt: z
    .number()
    .gt(0)
    .max(1)
    .default(0.25)
    .describe('drawdown from which nothing is entered, fraction of the highest equity'),
});

const stateSchema = z.strictObject({
  /** The highest equity, account currency; 0 before the first event. */
  peak: z.number(),
});
type State = z.output<typeof stateSchema>;

/**
 * Goes around a sizing policy and makes entries smaller while the account is down: times `factor` from a drawdown of `reduceAt`,
 * none at all from `stopAt`. The drawdown counts from the highest equity that was seen, floating profit included, and ends by itself
 * when the equity recovers. With a limit that must hold for good, use `maxDrawdown` beside it. A deposit raises the peak and a
 * withdrawal looks like a loss; tell it `reset` then.
 *
 * @example
 * ```ts
 * const sizing = drawdownThrottle({}, { sizing: fixedFractional({ risk: 0.0055 }) });
 * ```
 */
export const drawdownThrottle = /* @__PURE__ */ definePolicy({
  name: NAME,
  about: 'Makes the entries of another sizing policy smaller in a drawdown, and refuses them in a deep one.',
  settings: settings.refine(({ reduceAt, stopAt }) => stopAt >= reduceAt, {
    path: ['stopAt'],
    error: 'It is below reduceAt',
  }),
  codes: {
    ...scaledCodes,
    BAD_ACCOUNT: sharedCodes.BAD_ACCOUNT,
    UNPRICED: sharedCodes.UNPRICED,
    DRAWDOWN_STOP: 'The drawdown reached `stopAt`; fraction of the highest equity.',
  },
  tells: { reset: 'The highest equity is the present one from then on.' },
  make: (curve, ports: ScaledPorts): PolicyBody<State> => ({
    ...scaledBody(NAME, ports),
    memory: {
      initial: { peak: 0 },
      schema: stateSchema,
      watches: 'exposed',
      next(state, event, book) {
        const { equity } = book.account();
        const reset = isReset(event, NAME);
        if (!reset && !(equity > state.peak)) return state;
        const known = equity > 0 && equity < Number.POSITIVE_INFINITY && book.unpriced().length === 0;
        const unknown = reset ? 0 : state.peak;
        const peak = known ? equity : unknown;
        return peak === state.peak ? state : { peak };
      },
    },
    judge(order, signal, book, { peak }) {
      const equity = unpriced(book) ?? goodEquity(book.account());
      if (isFinding(equity)) return equity;
      const drawdown = peak > equity ? (peak - equity) / peak : 0;
      const factor = throttleFactor(drawdown, curve);
      if (factor === 0) return { code: 'DRAWDOWN_STOP', limit: curve.stopAt, actual: drawdown };
      return scaledCap(ports, factor, order, signal, book);
    },
  }),
});
