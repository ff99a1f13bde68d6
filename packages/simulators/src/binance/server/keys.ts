import { createHmac, createPublicKey, type KeyObject, timingSafeEqual, verify } from 'node:crypto';
import type { RouteSecurity } from '../exchange.js';

/** An API key of an account: HMAC by its secret, RSA or Ed25519 by its public key in PEM (SPKI). */
export interface VenueKey {
  readonly apiKey: string;
  readonly secret?: string;
  readonly publicKey?: string;
  /** What it may be used for. Default: everything. */
  readonly permissions?: readonly RouteSecurity[];
}

/** An account at the venue and the keys to it, which are good for both venues. */
export interface VenueAccount {
  readonly name: string;
  readonly keys: readonly VenueKey[];
}

/** A key that the venue knows. */
export interface KnownKey {
  readonly apiKey: string;
  readonly account: string;
  readonly kind: 'hmac' | 'rsa' | 'ed25519';
  may(security: RouteSecurity): boolean;
  /** Whether the signature is this key's under the payload (UTF-8). */
  verify(payload: string, signature: string): boolean;
}

const hmac =
  (secret: string) =>
  (payload: string, signature: string): boolean => {
    const due = createHmac('sha256', secret).update(payload, 'utf8').digest();
    // Hex is not case-sensitive (rest-api.md, "Signature Case Sensitivity").
    const given = Buffer.from(signature, 'hex');
    return /^[0-9a-f]{64}$/i.test(signature) && timingSafeEqual(due, given);
  };

const asymmetric =
  (key: KeyObject, digest: 'sha256' | null) =>
  (payload: string, signature: string): boolean =>
    verify(digest, Buffer.from(payload, 'utf8'), key, Buffer.from(signature, 'base64'));

const verifier = (key: VenueKey): Pick<KnownKey, 'kind' | 'verify'> => {
  if (key.publicKey === undefined) {
    if (key.secret === undefined)
      throw new TypeError(`The key ${key.apiKey} has neither secret nor publicKey.`);
    return { kind: 'hmac', verify: hmac(key.secret) };
  }
  const known = createPublicKey(key.publicKey);
  if (known.asymmetricKeyType === 'ed25519') return { kind: 'ed25519', verify: asymmetric(known, null) };
  if (known.asymmetricKeyType === 'rsa') return { kind: 'rsa', verify: asymmetric(known, 'sha256') };
  throw new TypeError(`The key ${key.apiKey} is neither RSA nor Ed25519.`);
};

/**
 * The keys of all accounts by their name.
 * @throws TypeError for a key that cannot be used
 */
export const knownKeys = (accounts: readonly VenueAccount[]): ReadonlyMap<string, KnownKey> => {
  const keys = new Map<string, KnownKey>();
  for (const account of accounts)
    for (const key of account.keys)
      keys.set(key.apiKey, {
        ...verifier(key),
        apiKey: key.apiKey,
        account: account.name,
        may: (security) => key.permissions?.includes(security) ?? true,
      });
  return keys;
};
