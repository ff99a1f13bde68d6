import { MikroBotError } from '@mikrobot/core';

/** What customers of a process ask of it, in the unit of its values. One limit is enough: latency has only an upper one. */
export interface Specification {
  /** LSL: values below it are defects. */
  readonly lower?: number | undefined;
  /** USL: values above it are defects. */
  readonly upper?: number | undefined;
  /** The best value; default for Cpm: the middle of both limits. */
  readonly target?: number | undefined;
}

/**
 * Checks limits and target.
 * @param where - whose they are, for the error's sentence
 * @throws `MikroBotError` `BAD_CONFIG` when there is no limit at all, one is not finite, or the lower one is not below the upper.
 */
export const checkSpecification = (spec: Specification, where?: string): void => {
  const { lower, upper, target } = spec;
  for (const [name, value] of Object.entries({ lower, upper, target })) {
    if (value !== undefined && !Number.isFinite(value)) {
      throw new MikroBotError('BAD_CONFIG', `the specification's ${name} is ${String(value)}.`, {
        where,
        hint: 'Give finite numbers in the unit of the values, and leave out what there is not.',
      });
    }
  }
  if (lower === undefined && upper === undefined) {
    throw new MikroBotError('BAD_CONFIG', 'a specification needs a lower limit, an upper limit, or both.', {
      where,
      hint: 'Give { lower }, { upper } or { lower, upper }.',
    });
  }
  if (lower !== undefined && upper !== undefined && lower >= upper) {
    throw new MikroBotError(
      'BAD_CONFIG',
      `the lower specification limit ${lower} is not below the upper ${upper}.`,
      { where },
    );
  }
};
