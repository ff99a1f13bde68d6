import { MikroBotError } from '../errors/mikrobot-error.js';
import type { Desk } from '../execution/desk.js';

/**
 * An answer of the venue during the start, which loses against the clock and an abort.
 * @param what - what is awaited, as the beginning of the error's sentence
 * @throws `MikroBotError` `PREFLIGHT_FAILED` when the time is over or the start was stopped.
 */
export const within = async <T>(
  desk: Desk,
  what: string,
  abort: AbortSignal,
  work: Promise<T> | T,
): Promise<T> => {
  if (!(work instanceof Promise)) return work;
  const { clock, startTimeout, adapter } = desk;
  return new Promise<T>((resolve, reject) => {
    const fail = (why: string): void => {
      reject(new MikroBotError('PREFLIGHT_FAILED', `${what}: ${why}.`, { where: adapter.name }));
    };
    const stop = (): void => fail('the start was stopped');
    // A signal that was aborted before does not tell again.
    if (abort.aborted) stop();
    abort.addEventListener('abort', stop, { once: true });
    const disarm = clock.arm(`start.${what}`, clock.now() + startTimeout, () =>
      fail(`no answer within ${startTimeout} ms`),
    );
    work.then(resolve, reject).finally(() => {
      disarm();
      abort.removeEventListener('abort', stop);
    });
  });
};
