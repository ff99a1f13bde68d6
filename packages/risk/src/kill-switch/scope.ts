import type { Book } from '@mikrobot/core';

/** What a kill switch stops: everything, a symbol, an owner (run or person), or one owner's trading of one symbol. */
export interface KillScope {
  readonly symbol?: string | undefined;
  readonly owner?: string | undefined;
}

/** The scope that holds all others. */
export const EVERYTHING: KillScope = Object.freeze({});

/** Whether both mean exactly the same. */
export const isSameScope = (a: KillScope, b: KillScope): boolean =>
  a.symbol === b.symbol && a.owner === b.owner;

/** Whether everything within `inner` is within `outer` too. */
export const covers = (outer: KillScope, inner: KillScope): boolean =>
  (outer.symbol === undefined || outer.symbol === inner.symbol) &&
  (outer.owner === undefined || outer.owner === inner.owner);

/** The scope without keys that say nothing, as JSON keeps it. */
export const plainScope = ({ symbol, owner }: KillScope): KillScope => ({
  ...(symbol !== undefined && { symbol }),
  ...(owner !== undefined && { owner }),
});

/** For people. */
export const scopeText = ({ symbol, owner }: KillScope): string => {
  const parts = [symbol, owner].filter((part) => part !== undefined);
  return parts.length === 0 ? 'everything' : parts.join(' of ');
};

/** Whether an entry of the scope may still fill. */
export const hasEntries = (book: Book, scope: KillScope): boolean =>
  book.entries().some((entry) => covers(scope, entry));

/** Whether a position of the scope is open. Two ledgers can be open though their net is flat. */
export const hasPositions = (book: Book, scope: KillScope): boolean =>
  book
    .exposed()
    .some((symbol) =>
      book
        .owners(symbol)
        .some(({ owner, position }) => covers(scope, { symbol, owner }) && position.quantity !== 0),
    );
