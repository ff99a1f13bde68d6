import { MikroBotError } from '@mikrobot/core';

/** As it would be written in code: text in quotes, so that `'1'` is not taken for 1. */
const written = (value: unknown): string =>
  typeof value === 'string' ? JSON.stringify(value) : String(value);

/**
 * Values that were measured, checked.
 * @param what - what they are, for the error's sentence: `'capability'`
 * @throws `MikroBotError` `BAD_DATA` for the first that is not a finite number.
 */
export const checkValues = (values: ArrayLike<number>, what: string): void => {
  for (let i = 0; i < values.length; i++) {
    const value: unknown = values[i];
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      throw new MikroBotError(
        'BAD_DATA',
        `value ${i + 1} of ${values.length} for ${what} is ${written(value)}.`,
        {
          hint: 'Leave out values that were not measured, and count them as defects of their own.',
        },
      );
    }
  }
};

/**
 * One value that was measured, checked.
 * @throws `MikroBotError` `BAD_DATA` when it is not a finite number.
 */
export const checkValue = (value: number, what: string): void => {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw new MikroBotError('BAD_DATA', `a value for ${what} is ${written(value)}.`, {
      hint: 'Leave out values that were not measured, and count them as defects of their own.',
    });
  }
};
