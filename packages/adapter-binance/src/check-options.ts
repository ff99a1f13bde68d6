import { MikroBotError } from '@mikrobot/core';
import type { BinanceOptions } from './options.js';

/** The longest that the venue allows, ms. Sources: rest-api.md, Timing security; USD-M futures general info. */
const LONGEST_WINDOW = 60_000;

/** The error of an option that cannot be. */
export const badOption = (venue: string, option: string, sentence: string, hint: string): MikroBotError =>
  new MikroBotError('BAD_CONFIG', `${sentence}.`, { where: `${venue}, ${option}`, hint });

/**
 * Checks the options that both venues have.
 * @param venue - its name in errors
 * @throws `MikroBotError` `BAD_CONFIG`
 */
export const checkOptions = (options: BinanceOptions, venue: string): void => {
  const { symbols, recvWindow = 1, absentAfter = 0 } = options;
  if (symbols.length === 0)
    throw badOption(venue, 'symbols', 'No symbol is named', "Write symbols: ['BTCUSDT'].");
  if (!(recvWindow > 0 && recvWindow <= LONGEST_WINDOW)) {
    const sentence = `${recvWindow} is not above 0 and at most ${LONGEST_WINDOW}`;
    throw badOption(venue, 'recvWindow', sentence, 'It is in ms.');
  }
  if (!(absentAfter >= 0 && absentAfter < Number.POSITIVE_INFINITY))
    throw badOption(venue, 'absentAfter', `${absentAfter} is not 0 or more`, 'It is in ms.');
};
