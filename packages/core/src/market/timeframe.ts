import { MikroBotError } from '../errors/mikrobot-error.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Length of every known timeframe in ms. */
export const timeframes = {
  S1: SECOND,
  S5: 5 * SECOND,
  S15: 15 * SECOND,
  S30: 30 * SECOND,
  M1: MINUTE,
  M2: 2 * MINUTE,
  M3: 3 * MINUTE,
  M5: 5 * MINUTE,
  M10: 10 * MINUTE,
  M15: 15 * MINUTE,
  M30: 30 * MINUTE,
  H1: HOUR,
  H2: 2 * HOUR,
  H4: 4 * HOUR,
  H8: 8 * HOUR,
  H12: 12 * HOUR,
  D1: 24 * HOUR,
} as const;

/** A bar length, named as chart programs name it: `M5` is five minutes. */
export type Timeframe = keyof typeof timeframes;

/** Length of a timeframe in ms. */
export const timeframeMs = (timeframe: Timeframe): number => timeframes[timeframe];

/**
 * Reads a timeframe's name.
 * @throws {@link MikroBotError} `BAD_TIMEFRAME` when there is none of that name.
 */
export const parseTimeframe = (text: string): Timeframe => {
  const name = text.toUpperCase();
  if (Object.hasOwn(timeframes, name)) return name as Timeframe;
  throw new MikroBotError('BAD_TIMEFRAME', `"${text}" is not a timeframe.`, {
    hint: `Use one of ${Object.keys(timeframes).join(', ')}.`,
  });
};
