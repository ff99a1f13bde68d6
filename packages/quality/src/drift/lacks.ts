import { lack } from '../fitting/samples.js';
import type { Note } from '../notes.js';
import { momentsOf } from '../streaming/summary.js';

/**
 * Why a series says nothing about its order; empty when it does.
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite.
 */
export const lacksOrder = (values: ArrayLike<number>, least: number, what: string): readonly Note[] => {
  const { n, deviation } = momentsOf(values);
  const missing = lack({ n, deviation }, least, what);
  return missing === undefined ? [] : [missing];
};

/** Why two samples cannot be compared, as to their number; empty when they can. */
export const tooFew = (
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  least: number,
): readonly Note[] => {
  const sizes = [
    ['reference', reference.length],
    ['current', current.length],
  ] as const;
  return sizes
    .filter(([, n]) => n < least)
    .map(([name, n]) =>
      n === 0
        ? { code: 'EMPTY', detail: `There are no ${name} values.` }
        : { code: 'NOT_ENOUGH_DATA', detail: `There are ${n} ${name} values, and ${least} are needed.` },
    );
};
