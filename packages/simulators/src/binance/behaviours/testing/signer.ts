import { createHmac, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A caller's key: what the venue knows it by, and how it signs. */
export interface Key {
  readonly apiKey: string;
  /** Not percent-encoded: hexadecimal for HMAC, base64 else. */
  readonly sign: (payload: string) => string;
}

/** Signs by HMAC SHA-256, in hexadecimal. */
export const hmacKey = (apiKey: string, secret: string): Key => ({
  apiKey,
  sign: (payload) => createHmac('sha256', secret).update(payload).digest('hex'),
});

const asymmetric = (apiKey: string, key: KeyObject, digest: 'sha256' | null): Key => ({
  apiKey,
  sign: (payload) => sign(digest, Buffer.from(payload), key).toString('base64'),
});

/** A key pair made here: what the caller signs with, and the public half for the venue, PEM. */
export const asymmetricKey = (
  apiKey: string,
  type: 'ed25519' | 'rsa',
): { readonly key: Key; readonly publicKey: string; readonly privateKey: string } => {
  const publicKeyEncoding = { type: 'spki', format: 'pem' } as const;
  const privateKeyEncoding = { type: 'pkcs8', format: 'pem' } as const;
  const pair =
    type === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding, privateKeyEncoding })
      : generateKeyPairSync('ed25519', { publicKeyEncoding, privateKeyEncoding });
  const key = asymmetric(apiKey, createPrivateKey(pair.privateKey), type === 'rsa' ? 'sha256' : null);
  return { key, ...pair };
};
