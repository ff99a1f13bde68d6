import type { Secrets } from '@mikrobot/core';
import vectors from '../test-data/signing-vectors.json' with { type: 'json' };
import { KeyRing } from '../transport/keys.js';

/** Secrets by name, as a vault would give them. */
export const secretsOf = (known: Readonly<Record<string, string>>): Secrets => ({
  get: (name) => known[name],
});

/** The keys that the venue's documentation signs its examples with. */
export const documentedKeys = async (): Promise<KeyRing> =>
  (await KeyRing.load(
    secretsOf({ BINANCE_API_KEY: vectors.apiKey, BINANCE_SECRET: vectors.secretKey }),
  )) as KeyRing;
