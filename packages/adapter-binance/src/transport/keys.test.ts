import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { format, inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import vectors from '../test-data/signing-vectors.json' with { type: 'json' };
import { documentedKeys, secretsOf } from '../testing/keys.js';
import { KeyRing } from './keys.js';
import { signedParams, signedQuery } from './signing.js';

const load = (known: Readonly<Record<string, string>>) => KeyRing.load(secretsOf(known));

describe('signing', () => {
  for (const vector of vectors.rest) {
    it(`reproduces ${vector.source}`, async () => {
      const query = signedQuery(vector.params, await documentedKeys(), vector.timestamp, vector.recvWindow);
      expect(query).toBe(`${vector.payload}&signature=${vector.signature}`);
    });
  }

  it(`reproduces ${vectors.futures.source}`, async () => {
    const { apiKey, secretKey, params, timestamp, recvWindow, payload, signature } = vectors.futures;
    const keys = await load({ BINANCE_API_KEY: apiKey, BINANCE_SECRET: secretKey });
    expect(signedQuery(params, keys, timestamp, recvWindow)).toBe(`${payload}&signature=${signature}`);
  });

  for (const vector of vectors.webSocket) {
    it(`reproduces ${vector.source}`, async () => {
      const params = signedParams(vector.params, await documentedKeys(), vector.timestamp, vector.recvWindow);
      expect(params).toMatchObject({ ...vector.params, apiKey: vectors.apiKey, signature: vector.signature });
    });
  }

  it('reproduces the Logon of fix-api.md with its Ed25519 key', async () => {
    const { privateKey, fields, signature } = vectors.ed25519;
    const keys = await load({ BINANCE_API_KEY: 'any', BINANCE_PRIVATE_KEY: privateKey });
    expect(keys?.type).toBe('Ed25519');
    expect(keys?.sign(fields.join('\x01'))).toBe(signature);
  });

  it('signs by RSASSA-PKCS1-v1_5 with SHA-256 what node:crypto verifies with the public half, and encodes it for the query', async () => {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const pem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    const keys = (await load({ BINANCE_API_KEY: 'any', BINANCE_PRIVATE_KEY: pem })) as KeyRing;
    expect(keys.type).toBe('RSA');
    const query = signedQuery({ symbol: '１２３４５６' }, keys, 1_668_481_559_918.7, 5_000);
    const [payload, signature] = query.split('&signature=') as [string, string];
    expect(payload).toBe(
      'symbol=%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94%EF%BC%95%EF%BC%96&recvWindow=5000&timestamp=1668481559918',
    );
    expect(signature).toMatch(/^[A-Za-z0-9%]+$/);
    const bytes = Buffer.from(decodeURIComponent(signature), 'base64');
    expect(verify('sha256', Buffer.from(payload), createPublicKey(pair.privateKey), bytes)).toBe(true);
  });

  it('reads a private key that is encrypted, or written on one line', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const encrypted = privateKey.export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'open',
    }) as string;
    const secrets = { BINANCE_API_KEY: 'any', BINANCE_PRIVATE_KEY: encrypted.replaceAll('\n', '\\n') };
    expect((await load({ ...secrets, BINANCE_PASSPHRASE: 'open' }))?.type).toBe('Ed25519');
    await expect(load(secrets)).rejects.toMatchObject({ code: 'BAD_CONFIG' });
  });
});

describe('keys', () => {
  it('are none without an API key: market data needs none', async () => {
    expect(await KeyRing.load(undefined)).toBeUndefined();
    expect(await load({ BINANCE_SECRET: 'alone' })).toBeUndefined();
  });

  it.each([
    [{ BINANCE_API_KEY: 'public-half' }],
    [{ BINANCE_API_KEY: 'public-half', BINANCE_SECRET: 'secret-half', BINANCE_PRIVATE_KEY: 'pem-half' }],
    [{ BINANCE_API_KEY: 'public-half', BINANCE_PRIVATE_KEY: 'pem-half' }],
    [{ BINANCE_API_KEY: 'public half\n\n!', BINANCE_SECRET: 'secret-half' }],
  ])('are refused, and not quoted, when what signs is missing, named twice or unreadable', async (known) => {
    const error = await load(known).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'BAD_CONFIG' });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/(public|secret|pem)[- ]half/);
  });

  it('show themselves neither in print nor in JSON nor to inspect', async () => {
    const keys = await documentedKeys();
    const shown = [
      String(keys),
      JSON.stringify({ keys }),
      inspect(keys, { depth: 9, showHidden: true, getters: true }),
      inspect(keys, { customInspect: false, showHidden: true, depth: 9 }),
      format('%o %O %j %s', keys, keys, keys, keys),
      Object.entries(keys).flat().join(),
    ].join('\n');
    expect(shown).not.toContain(vectors.secretKey);
    expect(shown).not.toContain(vectors.apiKey);
  });
});
