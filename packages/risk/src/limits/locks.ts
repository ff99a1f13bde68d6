/** A symbol that is locked since `at`, epoch ms. */
export interface Lock {
  readonly at: number;
  readonly symbol: string;
}

/** Locks that an event has added. */
export const newLocks = (before: readonly Lock[] | undefined, after: readonly Lock[]): readonly Lock[] =>
  after.filter((lock) => !before?.some(({ at, symbol }) => at === lock.at && symbol === lock.symbol));
