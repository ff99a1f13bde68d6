import { randomInt } from 'node:crypto';

const LETTERS = 26;
const MOST = 36 ** 5;

/**
 * A name that no other journal has, in all likelihood (1 of 1.6 billion): client order ids of two journals at one account must
 * never be equal. It is drawn once and then stored, so a replay does not depend on it.
 */
export const newId = (): string =>
  `${(10 + randomInt(LETTERS)).toString(36)}${randomInt(MOST).toString(36).padStart(5, '0')}`;
