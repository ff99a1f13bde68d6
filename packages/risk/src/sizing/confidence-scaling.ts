import type { PolicyAnswer } from '@mikrobot/core';
import * as z from 'zod';
import { isFinding } from '../checks.js';
import { definePolicy } from '../policy-definition.js';
import { confidenceOf, inputCodes } from './measured.js';
import { type ScaledPorts, scaledBody, scaledCap, scaledCodes } from './scaled.js';

const NAME = 'confidenceScaling';

const settings = z.strictObject({
  from: z.number().min(0).max(1).default(0.6).describe('confidence up to which entries have the least size'),
  to: z.number().min(0).max(1).default(1).describe('confidence from which entries have the full size'),
  least: z.number().min(0).max(1).default(0.5).describe('least size, fraction of the full size'),
});

/**
 * Goes around a sizing policy and makes entries of less confidence smaller: from `least` of the full size up to a confidence of
 * `from`, in a straight line to the full size at `to`. It never makes one larger. To refuse what has too little confidence is a
 * matter of validation.
 *
 * @example
 * ```ts
 * const sizing = confidenceScaling({ least: 0.25 }, { sizing: fixedFractional({ risk: 0.0055 }) });
 * ```
 */
export const confidenceScaling = /* @__PURE__ */ definePolicy({
  name: NAME,
  about: 'Makes the entries of another sizing policy smaller, the less confidence a signal has.',
  settings: settings.refine(({ from, to }) => to > from, { path: ['to'], error: 'It is not above from' }),
  codes: { ...scaledCodes, ...inputCodes },
  make: ({ from, to, least }, ports: ScaledPorts) => ({
    ...scaledBody(NAME, ports),
    judge(order, signal, book): PolicyAnswer {
      const confidence = confidenceOf(signal);
      if (isFinding(confidence)) return confidence;
      const share = Math.min(1, Math.max(0, (confidence - from) / (to - from)));
      return scaledCap(ports, least + (1 - least) * share, order, signal, book);
    },
  }),
});
