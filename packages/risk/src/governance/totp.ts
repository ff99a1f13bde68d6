import { createHmac, timingSafeEqual } from 'node:crypto';
import { MikroBotError } from '@mikrobot/core';

/** Hash under the HMAC. Authenticator apps all know `sha1`; its collisions do not matter here (RFC 4226 appendix B.2). */
export type OtpAlgorithm = 'sha1' | 'sha256' | 'sha512';

/** How one-time codes are made; both sides must agree. */
export interface HotpOptions {
  /** Default `sha1`. */
  readonly algorithm?: OtpAlgorithm | undefined;
  /** Length of a code, 6 to 8. Default 6. */
  readonly digits?: number | undefined;
}

/** See {@link HotpOptions}. */
export interface TotpOptions extends HotpOptions {
  /** How long a code is shown, ms. Default 30,000. */
  readonly step?: number | undefined;
}

const STEP_MS = 30_000;

const misused = (what: string): MikroBotError =>
  new MikroBotError('BAD_CONFIG', what, { where: 'one-time codes' });

/**
 * HOTP, RFC 4226: the code of a counter.
 * @param secret - the shared secret, at least 16 bytes by the RFC's section 4
 * @param counter - a whole number from 0 on
 * @throws `MikroBotError` `BAD_CONFIG` when `counter` or `digits` is no such number.
 */
export const hotp = (secret: Uint8Array, counter: number, options: HotpOptions = {}): string => {
  const { algorithm = 'sha1', digits = 6 } = options;
  if (!Number.isSafeInteger(counter) || counter < 0) throw misused(`${counter} is not a counter.`);
  if (!Number.isInteger(digits) || digits < 6 || digits > 8)
    throw misused(`digits is ${digits}, but codes have 6 to 8.`);
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const mac = createHmac(algorithm, secret).update(message).digest();
  // Dynamic truncation, section 5.3.
  const offset = (mac.at(-1) as number) & 15;
  const number = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, '0');
};

/** The number of the time step that a moment (epoch ms) is in, from 0 at the epoch. */
const stepAt = (time: number, step: number): number => {
  if (!(step > 0 && Number.isFinite(step)))
    throw misused(`step is ${step}, but must be a number of ms above 0.`);
  return Math.floor(time / step);
};

/**
 * TOTP, RFC 6238: the code that is shown at a moment.
 * @param time - epoch ms
 * @throws `MikroBotError` `BAD_CONFIG` when `time` or an option makes no sense.
 */
export const totp = (secret: Uint8Array, time: number, options: TotpOptions = {}): string =>
  hotp(secret, stepAt(time, options.step ?? STEP_MS), options);

/** What {@link verifyTotp} needs to know. */
export interface TotpCheck extends TotpOptions {
  readonly secret: Uint8Array;
  /** Epoch ms. */
  readonly time: number;
  /** The step whose code was taken last; undefined when none ever was. Keep it across restarts, or codes can be replayed. */
  readonly last: number | undefined;
  /** Steps before and after the present one whose codes are taken too, for clocks that differ and people that type. Default 1. */
  readonly window?: number | undefined;
}

/** `valid`: remember `step` as the last. `used`: right, but it or a later one was taken already. */
export type TotpResult =
  | { readonly outcome: 'valid'; readonly step: number }
  | { readonly outcome: 'used' | 'wrong' };

/**
 * Checks a one-time code. A code is taken once (RFC 6238 section 5.2), and after it none of an earlier step. Every candidate is
 * computed and compared in constant time, so that how long it takes tells nothing of the code.
 *
 * @example
 * ```ts
 * const result = verifyTotp(code, { secret, time: clock.now(), last });
 * if (result.outcome === 'valid') last = result.step;
 * ```
 * @throws `MikroBotError` `BAD_CONFIG` when the options make no sense, whatever the code is.
 */
export const verifyTotp = (code: string, check: TotpCheck): TotpResult => {
  const { secret, time, last = -1, window = 1, step = STEP_MS } = check;
  if (!Number.isInteger(window) || window < 0 || window > 10)
    throw misused(`window is ${window}, but must be 0 to 10 steps.`);
  const now = stepAt(time, step);
  const given = Buffer.from(code);
  let matched: number | undefined;
  for (let candidate = Math.max(0, now - window); candidate <= now + window; candidate++) {
    const expected = Buffer.from(hotp(secret, candidate, check));
    // Of two steps with the same code by chance, the later one: so that it cannot be used a second time.
    if (given.length === expected.length && timingSafeEqual(given, expected)) matched = candidate;
  }
  if (matched === undefined) return { outcome: 'wrong' };
  return matched > last ? { outcome: 'valid', step: matched } : { outcome: 'used' };
};
