import { config } from 'rxjs';
import { exitCodes, failureOf, stackOf } from './failures.js';
import { type Io, say } from './io.js';

/**
 * A subscriber that throws is isolated by RxJS, which would report it later and outside of everything: here it is printed, and
 * the process ends, because what is printed after it could not be trusted.
 */
export const failLoudly = (io: Io, exit: (code: number) => void): void => {
  config.onUnhandledError = (error: unknown) => {
    say(io.err, failureOf(error).line);
    if (process.argv.includes('--debug')) say(io.err, stackOf(error));
    exit(exitCodes.failed);
  };
};
