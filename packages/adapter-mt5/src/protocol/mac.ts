import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';

/** What a proof of the secret is made of. */
export interface MacParts {
  /** Who proves: so that no side can send the other's proof back to it. */
  readonly role: 'ea' | 'node';
  /** Nonce of Node's challenge. */
  readonly nonceS: string;
  /** Nonce of the EA's hello. */
  readonly nonceC: string;
  readonly account: string;
}

/** Proves the secret: HMAC-SHA256 of `role|nonceS|nonceC|account`, in 64 lower-case hex digits. */
export const macOf = (secret: string | KeyObject, { role, nonceS, nonceC, account }: MacParts): string =>
  createHmac('sha256', secret).update(`${role}|${nonceS}|${nonceC}|${account}`).digest('hex');

/** Compares a proof with what was sent, in a time that says nothing about where they differ. */
export const isMac = (expected: string, sent: string): boolean => {
  const [a, b] = [Buffer.from(expected), Buffer.from(sent)];
  return a.length === b.length && timingSafeEqual(a, b);
};
