import type { Note } from '../notes.js';

/** One number, and why there is none. */
export interface Figure {
  /** Undefined where {@link Figure.notes} say why. */
  readonly value: number | undefined;
  readonly notes: readonly Note[];
}

/** A number that there is. */
export const figure = (value: number): Figure => ({ value, notes: [] });
