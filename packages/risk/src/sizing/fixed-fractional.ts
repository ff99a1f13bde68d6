import * as z from 'zod';
import { definePolicy } from '../policy-definition.js';
import { capAtStop, riskCodes, riskSettings, stopCodes } from './trade-risk.js';

/**
 * Sizes an entry so that its stop loses a fixed fraction of the account:
 * `lots = balance x risk / (stop distance x contract size x rate + commission)`. The profit currency is always converted; a yen pair
 * at 150 yen for a dollar has pips of 6.67 dollars a lot, not of 10 or 100.
 */
export const fixedFractional = /* @__PURE__ */ definePolicy({
  name: 'fixedFractional',
  about: 'Sizes an entry so that its stop loses a fixed fraction of the account.',
  settings: z.strictObject({
    risk: z.number().gt(0).max(1).default(0.0055).describe('lost at the stop, fraction of the basis'),
    ...riskSettings,
  }),
  codes: { ...riskCodes, ...stopCodes },
  make: ({ risk, ...terms }) => ({
    judge: (order, signal, book) => capAtStop(risk, terms, order, signal, book),
  }),
});
