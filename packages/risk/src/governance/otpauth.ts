import { MikroBotError } from '@mikrobot/core';
import { toBase32 } from './base32.js';
import type { TotpOptions } from './totp.js';

/** What an authenticator app is told. */
export interface OtpauthInput extends TotpOptions {
  /** The shared secret: keep the address out of logs, for it holds the secret. */
  readonly secret: Uint8Array;
  /** Who asks for the code, such as the bot's name. */
  readonly issuer: string;
  /** Whose code it is. */
  readonly account: string;
}

/**
 * The address that authenticator apps read from a QR code, in the key URI format of Google Authenticator, which all of them know.
 * @throws `MikroBotError` `BAD_CONFIG` when a name is empty or has a colon, or the step is no whole number of seconds.
 */
export const otpauthUri = (input: OtpauthInput): string => {
  const { secret, issuer, account, algorithm = 'sha1', digits = 6, step = 30_000 } = input;
  for (const name of [issuer, account]) {
    if (name === '' || name.includes(':'))
      throw new MikroBotError('BAD_CONFIG', `"${name}" cannot be a name in an otpauth address.`, {
        hint: 'Give an issuer and an account without colons.',
      });
  }
  const period = step / 1_000;
  if (!Number.isInteger(period) || period < 1)
    throw new MikroBotError('BAD_CONFIG', `Apps cannot show codes for ${step} ms.`, {
      hint: 'Give whole seconds in ms, such as 30000.',
    });
  const fields = [
    `secret=${toBase32(secret)}`,
    `issuer=${encodeURIComponent(issuer)}`,
    `algorithm=${algorithm.toUpperCase()}`,
    `digits=${digits}`,
    `period=${period}`,
  ];
  return `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(account)}?${fields.join('&')}`;
};
