import { type Clock, MikroBotError } from '@mikrobot/core';
import { CLIENT_ID_IN_USE, LineEndedError, TwsError } from '../errors.js';
import { GuardedLine } from './guarded-line.js';
import { NEWEST_VERSION } from './library.js';
import type { Line, Notice } from './line.js';

/** How a line is opened. */
export interface LineOptions {
  readonly host: string;
  readonly port: number;
  /** From 1 on for programs of one's own; orders belong to it. */
  readonly clientId: number;
  readonly clock: Clock;
  /** Ms until TWS must have told its accounts and the next order id. Default 10,000. */
  readonly connectTimeout?: number;
  /** Default 45. TWS takes 50. */
  readonly messagesPerSecond?: number;
  /** Hears all notices, also those that come with the handshake. */
  readonly onNotice?: (notice: Notice) => void;
}

/** The oldest layout of messages that is read. TWS and Gateway 10.19 speak it. */
const OLDEST_VERSION = 176;

/** Errors after which no handshake comes: client id in use; not connected, not allowed, unsupported, unreadable. */
const fatal: ReadonlySet<number> = new Set([CLIENT_ID_IN_USE, 502, 503, 504, 506, 507, 508]);

const where = ({ host, port }: LineOptions): string => `TWS at ${host}:${port}`;

/**
 * Connects to TWS or Gateway, and resolves when it has told its accounts and the next order id: only then does it take commands.
 * @throws `TwsError` when TWS refuses, such as with 326 (client id in use) and 502 (nobody listens); `LineEndedError` when it hangs up;
 * `MikroBotError` `TIMED_OUT` when it says nothing, `PREFLIGHT_FAILED` when it, or the client library, is of a version that is not known
 */
export const openLine = (options: LineOptions, abort?: AbortSignal): Promise<Line> =>
  new Promise((resolve, reject) => {
    const { clock, clientId, connectTimeout = 10_000, messagesPerSecond = 45 } = options;
    if (abort?.aborted) return reject(abort.reason);
    const line = new GuardedLine({ ...options, clock, messagesPerSecond });
    if (options.onNotice !== undefined) line.onNotice(options.onNotice);
    let failure: unknown;
    const fail = (error: unknown): void => {
      failure ??= error;
      line.close('the handshake failed');
    };
    const aborted = (): void => fail(abort?.reason);
    const disarm = clock.arm(`tws ${clientId} handshake`, clock.now() + connectTimeout, () =>
      fail(
        new MikroBotError('TIMED_OUT', `no accounts and order ids within ${connectTimeout} ms.`, {
          where: where(options),
          hint: 'Confirm the connection in the window of TWS, or add this machine to its trusted addresses.',
        }),
      ),
    );
    abort?.addEventListener('abort', aborted);
    const offNotice = line.onNotice(({ id, code, text }) => {
      if (id === -1 && fatal.has(code)) fail(new TwsError(where(options), code, text));
    });
    const offEnd = line.onEnd((why) => {
      finish();
      reject(failure ?? new LineEndedError(where(options), why));
    });
    const finish = (): void => {
      disarm();
      abort?.removeEventListener('abort', aborted);
      offNotice();
      offEnd();
    };
    line.start({
      oldestVersion: OLDEST_VERSION,
      ready: () => {
        finish();
        resolve(line);
      },
      wrongVersion: (said) =>
        fail(
          new MikroBotError('PREFLIGHT_FAILED', `it speaks version "${said}" of the protocol.`, {
            where: where(options),
            hint: `Versions from ${OLDEST_VERSION} to ${NEWEST_VERSION} are known: update TWS or IB Gateway, or this package.`,
          }),
        ),
    });
  });
