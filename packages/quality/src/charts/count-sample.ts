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

const checkSample = (sample: CountSample): void => {
  if (typeof sample !== 'object' || sample === null) {
    refuse(`a sample of counts is ${String(sample)}.`, 'Give { count, size }.');
  }
};

/** @throws `MikroBotError` `BAD_DATA` unless a whole number of defectives was found in at least as many items. */
export const checkDefectives = (sample: CountSample): void => {
  checkSample(sample);
  const { count, size } = sample;
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
export const checkDefects = (sample: CountSample): void => {
  checkSample(sample);
  const { count, size } = sample;
  checkCount(count, 'defects');
  if (!(typeof size === 'number' && size > 0 && size < Infinity)) {
    refuse(
      `a sample size is ${String(size)}; defects per unit need a size above zero.`,
      'Leave out samples of which nothing was inspected.',
    );
  }
};
