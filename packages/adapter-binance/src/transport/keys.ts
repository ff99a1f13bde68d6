import { createHmac, createPrivateKey, createSecretKey, type KeyObject, sign } from 'node:crypto';
import { MikroBotError, type Secrets } from '@mikrobot/core';

/** How requests are signed. */
export type KeyType = 'HMAC' | 'RSA' | 'Ed25519';

const WHERE = 'binance keys';

/** The account's keys. They sign, and show themselves to nobody: neither printing nor JSON nor an error tells them. */
export class KeyRing {
  readonly type: KeyType;
  readonly #apiKey: string;
  readonly #key: KeyObject;

  private constructor(type: KeyType, apiKey: string, key: KeyObject) {
    this.type = type;
    this.#apiKey = apiKey;
    this.#key = key;
  }

  /**
   * Asks for each secret once.
   * @returns undefined when there is no `BINANCE_API_KEY`: market data needs none
   * @throws `MikroBotError` `BAD_CONFIG` when what signs is missing, named twice or cannot be read
   */
  static async load(secrets: Secrets | undefined): Promise<KeyRing | undefined> {
    const get = async (name: string): Promise<string | undefined> =>
      (await secrets?.get(name))?.trim() || undefined;
    const apiKey = await get('BINANCE_API_KEY');
    if (apiKey === undefined) return undefined;
    // What is no header value would be quoted by the error of fetch.
    if (!/^[\x21-\x7e]+$/.test(apiKey))
      throw bad('BINANCE_API_KEY holds characters that no API key has.', 'Copy it again from the venue.');
    const secret = await get('BINANCE_SECRET');
    const pem = await get('BINANCE_PRIVATE_KEY');
    if ((secret === undefined) === (pem === undefined)) {
      throw bad(
        `${secret === undefined ? 'Neither' : 'Both'} BINANCE_SECRET and BINANCE_PRIVATE_KEY are there.`,
        'Give the one that belongs to BINANCE_API_KEY.',
      );
    }
    if (secret !== undefined) return new KeyRing('HMAC', apiKey, createSecretKey(secret, 'utf8'));
    const key = readPem(pem as string, await get('BINANCE_PASSPHRASE'));
    return new KeyRing(key.asymmetricKeyType === 'rsa' ? 'RSA' : 'Ed25519', apiKey, key);
  }

  /** Names the key to the venue, in a header or a parameter. */
  get apiKey(): string {
    return this.#apiKey;
  }

  /**
   * Signs the UTF-8 bytes of `payload`.
   * @returns hex for HMAC, base64 for the others
   */
  sign(payload: string): string {
    if (this.type === 'HMAC') return createHmac('sha256', this.#key).update(payload).digest('hex');
    const algorithm = this.type === 'RSA' ? 'sha256' : null;
    return sign(algorithm, Buffer.from(payload), this.#key).toString('base64');
  }

  toString(): string {
    return `KeyRing(${this.type})`;
  }

  toJSON(): string {
    return this.toString();
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}

const bad = (what: string, hint: string): MikroBotError =>
  new MikroBotError('BAD_CONFIG', what, { where: WHERE, hint });

/** Errors of node:crypto are left behind: what they quote is not ours to decide. */
const readPem = (pem: string, passphrase: string | undefined): KeyObject => {
  let key: KeyObject;
  try {
    // Environments often hold a PEM on one line.
    key = createPrivateKey({
      key: pem.replaceAll('\\n', '\n'),
      ...(passphrase !== undefined && { passphrase }),
    });
  } catch {
    throw bad(
      'BINANCE_PRIVATE_KEY cannot be read.',
      'Give a private key as PEM in PKCS#8, and BINANCE_PASSPHRASE where it is encrypted.',
    );
  }
  if (key.asymmetricKeyType === 'rsa' || key.asymmetricKeyType === 'ed25519') return key;
  throw bad(
    `BINANCE_PRIVATE_KEY is of the type ${key.asymmetricKeyType}.`,
    'The venue takes RSA and Ed25519.',
  );
};
