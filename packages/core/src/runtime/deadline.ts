import { Observable, type SchedulerLike, throwError, timeout } from 'rxjs';
import { MikroBotError } from '../errors/mikrobot-error.js';
import type { MaybePromise } from '../execution/broker-adapter.js';

/** Work that can be told that nobody waits for it any more. */
export type AbortableWork<T> = (abort: AbortSignal) => MaybePromise<T>;

/** Work as an Observable of its one result. Unsubscribing before it is done aborts it, and its late result is dropped. */
export const abortable = <T>(work: AbortableWork<T>): Observable<T> =>
  new Observable<T>((subscriber) => {
    const controller = new AbortController();
    let done = false;
    // Work that throws at once is work that failed.
    const result = (async () => work(controller.signal))();
    result.then(
      (value) => {
        done = true;
        subscriber.next(value);
        subscriber.complete();
      },
      (error) => {
        done = true;
        subscriber.error(error);
      },
    );
    // The result may still be read from when its work is done, as the body of a response is: not aborted then.
    return () => {
      if (!done) controller.abort();
    };
  });

/**
 * Work that is aborted and errors with `TIMED_OUT` when it is not done in time. What it did by then is unknown.
 * @param ms - the longest it may take
 * @param where - the dependency, for the error
 */
export const withDeadline = <T>(
  what: string,
  work: Observable<T>,
  ms: number,
  scheduler: SchedulerLike,
  where: string,
): Observable<T> => {
  const late = (): MikroBotError =>
    new MikroBotError('TIMED_OUT', `${what} had no answer within ${ms} ms.`, {
      where,
      hint: 'Whether it took effect is unknown: ask before it is repeated.',
    });
  return work.pipe(timeout({ first: ms, scheduler, with: () => throwError(late) }));
};
