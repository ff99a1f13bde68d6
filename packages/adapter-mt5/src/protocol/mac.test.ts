import { describe, expect, it } from 'vitest';
import { isMac, macOf } from './mac.js';

const parts = {
  nonceS: '000102030405060708090a0b0c0d0e0f',
  nonceC: 'f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff',
  account: '5000001',
} as const;

describe('macOf()', () => {
  // printf '%s' 'ROLE|NONCE_S|NONCE_C|5000001' | openssl dgst -sha256 -hmac 'an example of a secret'
  it.each([
    ['ea', 'e56009ce3114edc00f1377394336144964d376ce0ed6414891629fa82a0ec21d'],
    ['node', '84f1fdb82963cc770c956b7ecda2a41b9b56813c4f42b097322011dc20c02e09'],
  ] as const)('proves the secret as %s, as openssl does', (role, mac) => {
    expect(macOf('an example of a secret', { role, ...parts })).toBe(mac);
  });
});

describe('isMac()', () => {
  it('is true for the same text only', () => {
    const mac = macOf('s', { role: 'ea', ...parts });
    expect(isMac(mac, mac)).toBe(true);
    for (const other of [
      '',
      mac.slice(1),
      `${mac}0`,
      mac.toUpperCase(),
      mac.replace(/.$/, 'g'),
      '\u00e9'.repeat(32),
    ])
      expect(isMac(mac, other)).toBe(false);
  });
});
