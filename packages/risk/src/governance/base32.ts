import { MikroBotError } from '@mikrobot/core';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** Characters of a last group that stand for 0 to 4 bytes; others cannot arise. */
const GROUP_ENDS: ReadonlySet<number> = new Set([0, 2, 4, 5, 7]);

/** Bytes as base32 by RFC 4648, without padding: the way secrets are written in authenticator apps. */
export const toBase32 = (bytes: Uint8Array): string => {
  let text = '';
  let bits = 0;
  let count = 0;
  for (const byte of bytes) {
    bits = (bits << 8) | byte;
    for (count += 8; count >= 5; count -= 5) text += ALPHABET[(bits >> (count - 5)) & 31];
    bits &= (1 << count) - 1;
  }
  return count === 0 ? text : text + ALPHABET[(bits << (5 - count)) & 31];
};

/** Never quotes the text: it may be a secret. */
const bad = (what: string): MikroBotError =>
  new MikroBotError('BAD_CONFIG', `A text is not base32: ${what}.`, {
    hint: 'Use the letters A to Z and the digits 2 to 7; blanks, hyphens and padding are skipped.',
  });

/**
 * Reads base32 by RFC 4648 as people type it: in any case, with blanks or hyphens between groups, with or without padding.
 * @throws `MikroBotError` `BAD_CONFIG` for other characters, a cut group, or bits that are left over.
 */
export const fromBase32 = (text: string): Uint8Array => {
  const letters = text.replace(/[\s-]/g, '').replace(/=+$/, '').toUpperCase();
  if (!GROUP_ENDS.has(letters.length % 8)) throw bad('its last group is cut');
  const bytes = new Uint8Array(Math.floor((letters.length * 5) / 8));
  let bits = 0;
  let count = 0;
  let at = 0;
  for (const letter of letters) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) throw bad('it has a character of another alphabet');
    bits = (bits << 5) | value;
    count += 5;
    if (count < 8) continue;
    count -= 8;
    bytes[at++] = bits >> count;
    bits &= (1 << count) - 1;
  }
  if (bits !== 0) throw bad('bits are left over');
  return bytes;
};
