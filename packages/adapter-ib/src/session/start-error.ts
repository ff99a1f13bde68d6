import { MikroBotError } from '@mikrobot/core';
import { LineEndedError } from '../errors.js';

/** Whether it says nothing but that an answer did not come. */
export const isOfLine = (error: unknown): boolean =>
  error instanceof MikroBotError && error.code === 'TIMED_OUT';

/** The words of whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The error of a start that was aborted. */
export const abortedBy = (reason: unknown): unknown =>
  reason instanceof MikroBotError
    ? reason
    : new MikroBotError(
        'PREFLIGHT_FAILED',
        `the start was given up: ${messageOf(reason).replace(/\.$/, '')}.`,
        {
          where: 'interactiveBrokers',
          cause: reason,
        },
      );

/** What failed at the start, said as a failed start where it says less. */
export const startError = (error: unknown): unknown => {
  if (error instanceof MikroBotError && error.code !== 'TIMED_OUT') return error;
  if (!(error instanceof LineEndedError) && !(error instanceof MikroBotError)) return error;
  return new MikroBotError('PREFLIGHT_FAILED', `${messageOf(error).replace(/\.$/, '')}.`, {
    hint: 'Start TWS or IB Gateway, enable "ActiveX and Socket Clients" in its API settings, and compare the port.',
    cause: error,
  });
};
