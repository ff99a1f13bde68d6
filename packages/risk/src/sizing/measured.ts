import type { Finding, Signal } from '@mikrobot/core';
import { shown } from '../checks.js';

/**
 * Looks up a figure of an instrument, such as its average true range; undefined while unknown. It must depend on nothing but the
 * market data that the bot has seen, or a replay of the bot decides otherwise.
 */
export type Measure = (symbol: string) => number | undefined;

/** What the findings of the checks here mean. */
export const inputCodes = {
  INCOMPLETE: 'A figure that the size depends on is missing.',
  INVALID: 'A figure that the size depends on makes no sense.',
} as const;

/** A positive figure from a tag of the signal or, where it has none, from a measure. @returns `INCOMPLETE` or `INVALID` */
export const measured = (tag: string, signal: Signal, measure: Measure | undefined): number | Finding => {
  const value = signal.tags?.[tag] ?? measure?.(signal.symbol);
  if (value === undefined)
    return { code: 'INCOMPLETE', limit: `tag ${tag}`, actual: `none for ${signal.symbol}` };
  if (typeof value === 'number' && value > 0 && value < Number.POSITIVE_INFINITY) return value;
  const actual = typeof value === 'number' ? shown(value) : value;
  return { code: 'INVALID', limit: `${tag} above 0`, actual };
};

/** The confidence of a signal, 0 to 1. @returns `INCOMPLETE` or `INVALID` */
export const confidenceOf = ({ confidence }: Signal): number | Finding => {
  if (confidence === undefined) return { code: 'INCOMPLETE', limit: 'a confidence', actual: 'none' };
  return confidence >= 0 && confidence <= 1
    ? confidence
    : { code: 'INVALID', limit: 'a confidence from 0 to 1', actual: shown(confidence) };
};
