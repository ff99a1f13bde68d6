import type { Rule } from '../rule.js';

/** Thresholds from 0 to 1, and how long a signal in between waits for a person (ms). */
export interface ConfidenceOptions {
  /** At or above: acted on. Default 0.8. */
  readonly execute?: number;
  /** At or above, but below `execute`: held for a person. Below: refused. Default 0.6. */
  readonly review?: number;
  /** Ms that a held signal waits. Default 10 minutes. */
  readonly hold?: number;
}

/** Acts on sure signals, asks a person about fair ones, refuses the rest. A person's approval stands for confidence. */
export const confidence = ({
  execute = 0.8,
  review = 0.6,
  hold = 600_000,
}: ConfidenceOptions = {}): Rule => ({
  name: 'confidence',
  check({ confidence: actual, approval }) {
    if (actual === undefined) return { code: 'INCOMPLETE', limit: 'confidence', actual: 'missing' };
    if (actual >= execute || approval !== undefined) return undefined;
    return actual >= review
      ? { code: 'CONFIDENCE_REVIEW', limit: execute, actual, hold }
      : { code: 'CONFIDENCE_LOW', limit: review, actual };
  },
});
