import { MikroBotError } from '../errors/mikrobot-error.js';
import type { Capabilities, Snapshot } from '../execution/broker-adapter.js';
import type { Desk } from '../execution/desk.js';
import { keepsBrackets } from '../execution/keeps-brackets.js';
import type { Entry } from '../journal/journal.js';
import type { Instrument } from '../model/instrument.js';
import type { Signal } from '../model/signal.js';
import { Recall } from './recall.js';
import { restoreBooks } from './restore.js';
import { loadBooks, type SavedBooks, saveBooks } from './saved-books.js';

/** What an earlier life left behind. */
export interface Past {
  /** From its last books on. */
  readonly entries: Iterable<Entry>;
  readonly venue: VenueThen;
}

/** What an earlier life wrote down of its venue, and of how it traded there. */
interface VenueThen {
  readonly name: string;
  readonly capabilities: Capabilities;
  readonly instruments: readonly Instrument[];
  readonly snapshot: Snapshot;
  /** Symbols that one ledger alone traded. */
  readonly exclusive?: readonly string[] | undefined;
}

/**
 * What the journal has of an earlier life; undefined when it has none, or cannot be read.
 * @throws `MikroBotError` `PREFLIGHT_FAILED` when it is of another account or venue.
 */
export const pastOf = ({ journal, adapter }: Desk, account: string): Past | undefined => {
  const venue = journal.last?.('in:venue')?.data as VenueThen | undefined;
  if (venue === undefined || journal.read === undefined) return undefined;
  const { id } = venue.snapshot.account;
  if (venue.name !== adapter.name || id !== account) {
    throw new MikroBotError(
      'PREFLIGHT_FAILED',
      `the journal is of account ${id} at ${venue.name}, not of ${account} at ${adapter.name}.`,
      { where: 'journal', hint: 'Give each account a journal of its own.' },
    );
  }
  const [began, checked] = [journal.last?.('in:books')?.seq ?? 0, journal.last?.('out:books')?.seq ?? 0];
  return { entries: journal.read(Math.max(began, checked)), venue };
};

/** Books without a symbol that is no longer listed. */
const without = (saved: SavedBooks, symbol: string): SavedBooks => {
  const other = (each: { readonly symbol: string }): boolean => each.symbol !== symbol;
  return {
    ...saved,
    orders: saved.orders.filter(({ request }) => other(request)),
    brackets: saved.brackets.filter(({ entry }) => other(entry.request)),
    ledgers: saved.ledgers.filter(({ position }) => other(position)),
    trades: saved.trades.filter(other),
    closing: saved.closing.filter(other),
    excess: saved.excess?.filter(other),
  };
};

/** Symbols that the books name and the venue no longer lists, as an expired future. */
const unlisted = (saved: SavedBooks, { book }: Desk): ReadonlySet<string> => {
  const named = [...saved.orders, ...saved.brackets.map(({ entry }) => entry)].map(
    ({ request }) => request.symbol,
  );
  const symbols = [...named, ...saved.ledgers.map(({ position }) => position.symbol)];
  return new Set(symbols.filter((symbol) => book.instrument(symbol) === undefined));
};

/**
 * Makes the books of an earlier life the desk's own. Nothing is sent.
 * @returns the signals that the earlier life ended upon
 * @throws `MikroBotError` `UNKNOWN_INSTRUMENT` when the account holds what the venue no longer lists; `BAD_JOURNAL` for books of
 * another version.
 */
export const takeUp = (desk: Desk, past: Past, { positions }: Snapshot): readonly Signal[] => {
  const { book } = desk;
  const { instruments, capabilities, snapshot, exclusive } = past.venue;
  const listed = new Map(instruments.map((each) => [each.symbol, each]));
  const alone = exclusive && new Set(exclusive);
  const recall = new Recall({
    instrument: (symbol) => book.instrument(symbol) ?? listed.get(symbol),
    // As it was then: what is done otherwise from now on begins with the next event.
    capabilities,
    venueKeepsBrackets: (symbol) => keepsBrackets(symbol, capabilities, snapshot.account, alone),
    desk: desk.id,
    adopts: desk.adopts,
    owns: (id) => desk.owns(id),
  });
  for (const entry of past.entries) recall.take(entry);
  let saved = saveBooks(recall.books);
  for (const symbol of unlisted(saved, desk)) {
    if (positions.some((each) => each.symbol === symbol && each.quantity !== 0)) {
      throw new MikroBotError(
        'UNKNOWN_INSTRUMENT',
        `the venue does not list ${symbol}, which the bot holds.`,
        {
          hint: 'Close the position at the venue, or give the adapter the instrument.',
        },
      );
    }
    if (saved.ledgers.some(({ position }) => position.symbol === symbol))
      desk.observe('POSITION_GONE', `the venue neither lists nor holds ${symbol} any more`, symbol);
    saved = without(saved, symbol);
  }
  desk.log('in:books', saved);
  // From what is on record, not from what was recalled: a replay has no more than that.
  const books = loadBooks(saved, (symbol) => book.instrument(symbol), desk.id);
  restoreBooks(desk, books);
  return [...books.undecided.values()];
};
