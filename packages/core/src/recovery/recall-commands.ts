import { type HaltScope, within } from '../execution/halts.js';
import { type ParsedCommand, reasonOf } from '../runtime/command.js';
import { ledgerKey, type RecalledBooks } from './books.js';

/** An entry that says that a halt began or ended. */
export interface HaltRecord extends HaltScope {
  readonly why: string;
  readonly closing: boolean;
  readonly over?: boolean;
}

const cancelEntries = ({ records }: RecalledBooks, scope: HaltScope, reason: string): void => {
  for (const record of records.working()) {
    const { purpose, symbol, owner } = record.request;
    if (purpose === 'enter' && within(scope, symbol, owner)) record.cancelling = reason;
  }
};

const flatten = (books: RecalledBooks, scope: HaltScope, why: string): void => {
  for (const { owner, position } of books.ledgers()) {
    const { symbol } = position;
    if (within(scope, symbol, owner)) books.closing.set(ledgerKey(symbol, owner), { symbol, owner, why });
  }
};

/** Takes a command into books. What it does has entries of its own, but the process may have ended before they were written. */
export const recallCommand = (books: RecalledBooks, command: ParsedCommand): void => {
  const { halts, held } = books;
  switch (command.do) {
    case 'approve':
    case 'reject':
      held.take(command.signal);
      return;
    case 'pause':
      books.paused = true;
      return;
    case 'resume':
      books.paused = false;
      return;
    case 'halt':
      if (!halts.has(command)) halts.add(command, reasonOf('halted', command.by, command.reason), false);
      return;
    case 'cancel-all':
      cancelEntries(books, command, reasonOf('cancelled', command.by, command.reason));
      return;
    case 'flatten':
      flatten(books, command, reasonOf('flattened', command.by, command.reason));
      return;
    case 'kill': {
      const reason = reasonOf('killed', command.by, command.reason);
      halts.add(command, reason, command.flatten);
      if (command.cancel) cancelEntries(books, command, reason);
      if (command.flatten) flatten(books, command, reason);
      return;
    }
  }
};

/** Takes the begin or the end of a halt into books. */
export const recallHalt = (books: RecalledBooks, { symbol, owner, why, closing, over }: HaltRecord): void => {
  const { halts, closing: wanted } = books;
  const scope = { symbol, owner };
  if (over !== true) {
    halts.add(scope, why, closing);
    return;
  }
  halts.remove(scope);
  for (const [key, each] of wanted) if (within(scope, each.symbol, each.owner)) wanted.delete(key);
};
