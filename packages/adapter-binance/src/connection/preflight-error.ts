import { MikroBotError } from '@mikrobot/core';
import { BinanceError } from '../errors.js';

/** What people get wrong most, by the venue's code. Sources: errors.md of the spot API, error codes of USD-M futures. */
const hints: ReadonlyMap<number, string> = new Map([
  [-1021, 'Set the clock of this machine, or raise `recvWindow`.'],
  [-1022, 'The secret does not belong to the key, or the key is of another type.'],
  [-2014, 'BINANCE_API_KEY is no key of this venue.'],
  [
    -2015,
    'Check the key, the addresses it may be used from, and that it may read and trade here. Test net and live have keys of their own.',
  ],
]);

/** Errors of the line, which name the request and not the start. */
const unanswered: ReadonlySet<string> = new Set(['TIMED_OUT', 'CIRCUIT_OPEN', 'BULKHEAD_FULL']);

/** The error of a start that failed: what it was, and what to do about it. @param venue - its name in errors */
export const preflightError = (cause: unknown, venue: string): MikroBotError => {
  if (cause instanceof MikroBotError && !unanswered.has(cause.code)) return cause;
  const said = cause instanceof Error ? cause.message.replace(/\.$/, '') : String(cause);
  const hint = cause instanceof BinanceError ? hints.get(cause.code) : undefined;
  return new MikroBotError('PREFLIGHT_FAILED', `Binance cannot be used: ${said}.`, {
    where: venue,
    hint: hint ?? 'Try again when the venue can be reached.',
    cause,
  });
};
