import type { Finding, OrderDraft, PolicyAnswer } from '@mikrobot/core';
import { sign } from '@mikrobot/core';
import * as z from 'zod';
import { isFinding, shown, stopDistance } from '../checks.js';
import { kellyFraction } from '../formulas/kelly-fraction.js';
import { definePolicy } from '../policy-definition.js';
import { confidenceOf, inputCodes } from './measured.js';
import { capAtRisk, riskCodes, riskSettings, stopCodes } from './trade-risk.js';

/** What the target wins for each unit that the stop loses. */
const payoffOf = ({ side, price, target }: OrderDraft, distance: number): number | Finding => {
  if (target === undefined) return { code: 'INCOMPLETE', limit: 'a target', actual: 'none' };
  const payoff = ((target - price) * sign(side)) / distance;
  return payoff > 0 && payoff < Number.POSITIVE_INFINITY
    ? payoff
    : { code: 'INVALID', limit: `a target on the winning side of ${price}`, actual: shown(target) };
};

/**
 * Sizes an entry by Kelly's criterion: the stop loses `fraction x (p - (1 - p) / payoff)` of the account, at most `most` of it. Without
 * an edge there is no trade. A confidence is no probability until it was compared with what became of the trades; where it was not,
 * give `winProbability` from a track record.
 */
export const kelly = /* @__PURE__ */ definePolicy({
  name: 'kelly',
  about: "Sizes an entry by a part of Kelly's fraction, and refuses entries without an edge.",
  settings: z.strictObject({
    fraction: z.number().gt(0).max(1).default(0.5).describe("part of Kelly's fraction that is risked"),
    most: z.number().gt(0).max(1).default(0.01).describe('most that is risked, fraction of the basis'),
    winProbability: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe("share of trades that win, 0 to 1; the signal's confidence when left out"),
    payoff: z
      .number()
      .gt(0)
      .optional()
      .describe('average win over average loss; that of target and stop when left out'),
    ...riskSettings,
  }),
  codes: {
    ...riskCodes,
    ...stopCodes,
    ...inputCodes,
    NO_EDGE: "Kelly's fraction is not above 0: such trades lose in the long run.",
  },
  make: ({ fraction, most, winProbability, payoff, ...terms }) => ({
    judge(order, signal, book): PolicyAnswer {
      const distance = stopDistance(order);
      if (isFinding(distance)) return distance;
      const p = winProbability ?? confidenceOf(signal);
      if (isFinding(p)) return p;
      const b = payoff ?? payoffOf(order, distance);
      if (isFinding(b)) return b;
      const full = kellyFraction(p, b);
      if (full <= 0) return { code: 'NO_EDGE', limit: 0, actual: shown(full) };
      return capAtRisk(Math.min(full * fraction, most), distance, terms, signal, book);
    },
  }),
});
