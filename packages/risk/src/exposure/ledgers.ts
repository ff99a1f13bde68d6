import type { Book, Signal } from '@mikrobot/core';

/** What one run or person has of one symbol: a position, entries on their way, or both. */
export interface Ledger {
  readonly symbol: string;
  readonly owner: string;
}

/** Whether two ledgers are the same. */
export const sameLedger = (a: Ledger, b: Ledger | undefined): boolean =>
  a.symbol === b?.symbol && a.owner === b.owner;

/** The ledger that a signal's position will be in. */
export const ledgerOf = ({ symbol, source }: Signal): Ledger => ({ symbol, owner: source });

/** The ledger that a reversal closes before it enters; undefined for any other signal. */
export const leavingOf = (signal: Signal): Ledger | undefined =>
  signal.intent === 'reverse' ? ledgerOf(signal) : undefined;

/** Every ledger with a position or an entry on its way, each once. */
export const openLedgers = (book: Book): readonly Ledger[] => {
  const ledgers: Ledger[] = [];
  const add = (ledger: Ledger): void => {
    if (!ledgers.some((known) => sameLedger(known, ledger))) ledgers.push(ledger);
  };
  for (const symbol of book.exposed()) {
    for (const { owner, position } of book.owners(symbol))
      if (position.quantity !== 0) add({ symbol, owner });
  }
  for (const { symbol, owner } of book.entries()) add({ symbol, owner });
  return ledgers;
};
