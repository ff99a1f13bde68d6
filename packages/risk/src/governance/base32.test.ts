import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase32, toBase32 } from './base32.js';
import { otpauthUri } from './otpauth.js';

describe('base32', () => {
  // RFC 4648 section 10, without padding.
  it.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
    ['12345678901234567890', 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'],
  ])('writes "%s" as "%s" and reads it back', (text, encoded) => {
    expect(toBase32(Buffer.from(text))).toBe(encoded);
    expect(Buffer.from(fromBase32(encoded)).toString()).toBe(text);
    expect(Buffer.from(fromBase32(encoded.padEnd(Math.ceil(encoded.length / 8) * 8, '='))).toString()).toBe(
      text,
    );
  });

  it('reads what people type', () => {
    expect(Buffer.from(fromBase32(' mzxw 6ytb-oi== ')).toString()).toBe('foobar');
  });

  it.each([
    ['MZXW1', 'it has a character of another alphabet'],
    ['MZXW0', 'it has a character of another alphabet'],
    ['M=ZXW6YQ', 'it has a character of another alphabet'],
    ['M', 'its last group is cut'],
    ['MZX', 'its last group is cut'],
    ['MZXW6Y', 'its last group is cut'],
    ['MZ', 'bits are left over'],
  ])('refuses "%s": %s, without quoting it', (text, why) => {
    let message = '';
    try {
      fromBase32(text);
    } catch (error) {
      expect(error).toMatchObject({ code: 'BAD_CONFIG' });
      message = (error as Error).message;
    }
    expect(message).toContain(why);
    expect(message).not.toContain(text === 'M' ? '"M"' : text);
  });

  it('gives back all bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(fromBase32(toBase32(bytes))).toEqual(bytes);
      }),
    );
  });
});

describe('otpauthUri', () => {
  const secret = Buffer.from('12345678901234567890');

  it('is what authenticator apps read', () => {
    expect(otpauthUri({ secret, issuer: 'MikroBot', account: 'alice@example.com' })).toBe(
      'otpauth://totp/MikroBot:alice%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' +
        '&issuer=MikroBot&algorithm=SHA1&digits=6&period=30',
    );
  });

  it('escapes names and tells the options', () => {
    const options = { algorithm: 'sha512', digits: 8, step: 60_000 } as const;
    const uri = new URL(otpauthUri({ secret, issuer: 'A & B', account: 'Zoë', ...options }));
    expect(decodeURIComponent(uri.pathname)).toContain('A & B:Zoë');
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
      issuer: 'A & B',
      algorithm: 'SHA512',
      digits: '8',
      period: '60',
    });
  });

  it.each([
    [{ issuer: '' }],
    [{ account: '' }],
    [{ account: 'a:b' }],
    [{ issuer: 'a:b' }],
    [{ step: 1_500 }],
    [{ step: 0 }],
  ])('refuses %o', (change) => {
    const input = { secret, issuer: 'MikroBot', account: 'alice', ...change };
    expect(() => otpauthUri(input)).toThrowError(expect.objectContaining({ code: 'BAD_CONFIG' }));
  });
});
