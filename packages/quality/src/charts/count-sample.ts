import { MikroBotError } from '@mikrobot/core';

/** What was counted, and on how much. */
export interface CountSample {
  /** Defective items (p, np) or defects (u). */
  readonly count: number;
  /** Items inspected (p, np), or units of opportunity (u), which need not be whole: hours, lots, square metres. */
  readonly size: number;
}

const refuse = (what: string, hint: string): never => {
  throw new MikroBotError('BAD_DATA', what, { hint });
};

/** @throws `MikroBotError` `BAD_DATA` unless it is a whole number of 0 or more. */
export const checkCount = (count: number, what: string): void => {
  if (!Number.isSafeInteger(count) || count < 0) {
    refuse(`a count of ${what} is ${String(count)}.`, 'Counts are whole numbers, 0 or more.');
  }
};

/** @throws `MikroBotError` `BAD_DATA` unless a whole number of defectives was found in at least as many items. */
export const checkDefectives = ({ count, size }: CountSample): void => {
  checkCount(count, 'defective items');
  if (!Number.isSafeInteger(size) || size <= 0) {
    refuse(
      `a sample size is ${String(size)}; a proportion needs at least one item.`,
      'Leave out samples of which nothing was inspected.',
    );
  }
  if (count > size) {
    refuse(`${count} items of ${size} are said to be defective.`, 'Charts of defects per unit are u charts.');
  }
};

/** @throws `MikroBotError` `BAD_DATA` unless a whole number of defects was found on a size above zero. */
export const checkDefects = ({ count, size }: CountSample): void => {
  checkCount(count, 'defects');
  if (!(size > 0 && size < Infinity)) {
    refuse(
      `a sample size is ${String(size)}; defects per unit need a size above zero.`,
      'Leave out samples of which nothing was inspected.',
    );
  }
};
