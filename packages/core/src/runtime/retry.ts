import { type MonoTypeOperatorFunction, retry, type SchedulerLike, throwError, timer } from 'rxjs';
import { MikroBotError } from '../errors/mikrobot-error.js';
import type { Random } from './random.js';

/** How often a call that is safe to repeat is tried, and with what pauses. */
export interface RetryOptions {
  /** Tries in all, the first included. Default 4. */
  readonly attempts: number;
  /** Upper end of the first pause, ms; it doubles with each try. Default 250. */
  readonly first: number;
  /** The longest pause, ms. Default 10,000. */
  readonly longest: number;
  /**
   * The pause that the dependency asked for, ms, such as a `Retry-After`. It is kept where it is longer than ours; when it is
   * longer than `longest`, the call fails.
   */
  readonly after?: ((error: unknown) => number | undefined) | undefined;
}

/**
 * The pause before try `n + 1`, ms: exponential backoff with full jitter, `random() * min(longest, first * 2^(n - 1))`.
 * Source: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 */
const backoff = ({ first, longest }: RetryOptions, n: number, random: Random): number =>
  random() * Math.min(longest, first * 2 ** (n - 1));

/**
 * Whether a guarded call failed before its work began: the circuit was open, or too many calls waited. Nothing was sent then,
 * so an adapter may answer `rejected` where it would have to answer `unknown` otherwise.
 */
export const wasNotBegun = (error: unknown): boolean =>
  error instanceof MikroBotError && (error.code === 'CIRCUIT_OPEN' || error.code === 'BULKHEAD_FULL');

/**
 * Subscribes again after a failure that is worth it, with growing pauses. What ends it is passed on as it is; but a try that
 * was not begun never hides the failure before it.
 */
export const retried = <T>(
  options: RetryOptions,
  worth: (error: unknown) => boolean,
  random: Random,
  scheduler: SchedulerLike,
): MonoTypeOperatorFunction<T> => {
  let last: unknown;
  return retry<T>({
    delay: (error: unknown, n: number) => {
      if (n === 1 || !wasNotBegun(error)) last = error;
      const asked = options.after?.(error) ?? 0;
      if (wasNotBegun(error) || !worth(error) || n >= options.attempts || asked > options.longest)
        return throwError(() => last);
      return timer(Math.max(asked, backoff(options, n, random)), scheduler);
    },
  });
};
