import type { Secrets } from '@mikrobot/core';

/** How requests are signed. */
export type KeyType = 'HMAC' | 'RSA' | 'Ed25519';

/** The account's keys. They can sign, and show themselves to nobody. */
export class KeyRing {
  /** @returns undefined when there is no `BINANCE_API_KEY` */
  static async load(_secrets: Secrets | undefined): Promise<KeyRing | undefined> {
    throw new Error('being written');
  }
  readonly type: KeyType = 'HMAC';
  /** The public half, as the venue wants it in a header or a parameter. */
  get apiKey(): string {
    throw new Error('being written');
  }
  /** @returns hex for HMAC, base64 for the others */
  sign(_payload: string): string {
    throw new Error('being written');
  }
}
