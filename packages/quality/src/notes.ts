/** Why a figure is undefined, or how far it can be trusted. */
export const noteCodes = {
  AT_BOUND: 'The best answer found lies at the end of the range that was searched.',
  AUTOCORRELATED:
    'Neighbouring values depend on each other, so intervals are made for fewer values than were measured.',
  EMPTY: 'There are no values.',
  NO_FIT: 'No member of the family has the shape of the values.',
  NO_SPECIFICATION: 'Without that limit or target the figure has no meaning.',
  NO_SPREAD: 'All values are the same, so that nothing can be divided by their spread.',
  NORMALITY_ASSUMED: 'Nobody has looked whether the values are normally distributed.',
  NOT_ENOUGH_DATA: 'There are too few values for the answer.',
  NOT_NORMAL: 'The values are not normally distributed; the method that was used instead is named.',
  NOT_POSITIVE:
    'Values at or below zero have no logarithm, no power and no place in families that begin at zero.',
  ONE_VALUE: 'One value has no spread.',
  TOO_MUCH_DATA: 'There are more values than the method is known for.',
} as const;

/** A code of {@link noteCodes}. */
export type NoteCode = keyof typeof noteCodes;

/**
 * Said beside a result. Every figure that is `undefined` has a note that says why; no figure is ever NaN.
 */
export interface Note {
  readonly code: NoteCode;
  /** A sentence with the numbers. */
  readonly detail: string;
}
