import { MikroBotError } from '@mikrobot/core';

/**
 * A place on the axis of a distribution: any number, infinities too.
 * @throws `MikroBotError` `BAD_DATA` for NaN and for what is no number.
 */
export const checkPlace = (x: number, what: string): void => {
  if (typeof x !== 'number' || Number.isNaN(x)) {
    throw new MikroBotError('BAD_DATA', `the value for ${what} is ${String(x)}, which is not a number.`);
  }
};

/**
 * A probability from 0 to 1, both included.
 * @throws `MikroBotError` `BAD_DATA` when it is not.
 */
export const checkProbability = (p: number, what: string): void => {
  if (!(typeof p === 'number' && p >= 0 && p <= 1)) {
    throw new MikroBotError('BAD_DATA', `the probability for ${what} is ${String(p)}.`, {
      hint: 'Give a number from 0 to 1; 0.95 for 95 %.',
    });
  }
};

/**
 * A parameter that must be finite and above zero, such as degrees of freedom.
 * @throws `MikroBotError` `BAD_CONFIG` when it is not.
 */
export const checkPositive = (value: number, what: string): void => {
  if (!(typeof value === 'number' && value > 0 && value < Infinity)) {
    throw new MikroBotError('BAD_CONFIG', `${what} must be finite and above zero, and is ${String(value)}.`);
  }
};

/**
 * A parameter that must be finite.
 * @throws `MikroBotError` `BAD_CONFIG` when it is not.
 */
export const checkFinite = (value: number, what: string): void => {
  if (!Number.isFinite(value)) {
    throw new MikroBotError('BAD_CONFIG', `${what} must be a finite number, and is ${String(value)}.`);
  }
};

/**
 * A share strictly between 0 and 1, such as a confidence.
 * @throws `MikroBotError` `BAD_CONFIG` when it is not.
 */
export const checkShare = (value: number, what: string): void => {
  if (!(typeof value === 'number' && value > 0 && value < 1)) {
    throw new MikroBotError('BAD_CONFIG', `${what} must lie between 0 and 1, and is ${String(value)}.`, {
      hint: 'Write 95 % as 0.95.',
    });
  }
};

/**
 * A whole number that is at least `least`.
 * @throws `MikroBotError` with `code` when it is not.
 */
export const checkWhole = (
  value: number,
  what: string,
  least: number,
  code: 'BAD_DATA' | 'BAD_CONFIG' = 'BAD_CONFIG',
): void => {
  if (!(Number.isSafeInteger(value) && value >= least)) {
    throw new MikroBotError(
      code,
      `${what} must be a whole number of at least ${least}, and is ${String(value)}.`,
    );
  }
};

/**
 * One of some words.
 * @throws `MikroBotError` `BAD_CONFIG` when it is not, with all of them.
 */
export const checkWord = <Word extends string>(given: Word, words: readonly Word[], what: string): void => {
  if (!words.includes(given)) {
    throw new MikroBotError('BAD_CONFIG', `there is no ${what} named '${String(given)}'.`, {
      hint: `Choose ${words.join(', ')}.`,
    });
  }
};
