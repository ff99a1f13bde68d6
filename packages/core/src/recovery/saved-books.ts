import { MikroBotError } from '../errors/mikrobot-error.js';
import { type BracketState, LEGS, newBracket } from '../execution/bracket-state.js';
import type { Halt } from '../execution/halts.js';
import { newRecord, type OrderRecord } from '../execution/order-record.js';
import type { OpenTrade } from '../execution/trade-book.js';
import type { Instrument } from '../model/instrument.js';
import type { OrderRequest, OrderState } from '../model/order.js';
import type { Signal } from '../model/signal.js';
import type { ApprovedOrder, LegName } from '../risk/approved-order.js';
import { recalledOrder } from '../risk/recalled-order.js';
import type { HeldSignal } from '../signal/held-signals.js';
import { type Books, type Closing, type Ledger, ledgerKey, RecalledBooks } from './books.js';

/** Of the finished orders so many are kept, so that a trade that is told again is recognised. */
const FINISHED = 100;

interface SavedOrder {
  /** Id of its signal. */
  readonly signal: string;
  readonly request: OrderRequest;
  readonly state: OrderState;
  readonly venueId: string | undefined;
  /** Why it is to be cancelled. */
  readonly cancelling: string | undefined;
  /** Lots in all, as last changed. */
  readonly quantity: number;
  readonly filled: number;
  readonly trades: readonly string[];
  /** Client order id of the entry whose bracket it opened or guards. */
  readonly bracket: string | undefined;
}

type SavedApproval = Pick<SavedOrder, 'signal' | 'request'>;

interface SavedBracket {
  readonly entry: SavedApproval;
  /** Where they are not the entry's. */
  readonly approvals: Partial<Record<LegName, SavedApproval>>;
  readonly wanted: BracketState['wanted'];
  readonly legs: BracketState['legs'];
  readonly attempts: BracketState['attempts'];
  readonly price: number;
  readonly filled: number;
  readonly closed: number;
  readonly own: boolean;
  readonly nakedSince: number | undefined;
}

/** {@link Books} as they are journalled: JSON, with each signal once. */
export interface SavedBooks {
  readonly version: 1;
  readonly signals: readonly Signal[];
  readonly orders: readonly SavedOrder[];
  readonly brackets: readonly SavedBracket[];
  readonly ledgers: readonly Ledger[];
  readonly trades: readonly OpenTrade[];
  readonly halts: readonly Halt[];
  readonly held: readonly HeldSignal[];
  readonly undecided: readonly string[];
  readonly closing: readonly Closing[];
  /** Absent in books of the first releases. */
  readonly excess?: readonly Closing[] | undefined;
  /** By symbol. Absent in books of the first releases. */
  readonly others?: Readonly<Record<string, number>> | undefined;
  readonly paused: boolean;
}

const savedApproval = ({ signal, request }: ApprovedOrder): SavedApproval => ({ signal: signal.id, request });

const savedOrder = (record: OrderRecord): SavedOrder => {
  const { order, state, venueId, cancelling, quantity, filled, trades, bracket } = record;
  return {
    ...savedApproval(order),
    state,
    venueId,
    cancelling,
    quantity,
    filled,
    trades: [...trades],
    bracket: bracket?.entry.request.id,
  };
};

const savedBracket = (bracket: BracketState): SavedBracket => {
  const { entry, approvals, wanted, legs, attempts, price, filled, closed, own, nakedSince } = bracket;
  const others = LEGS.filter((name) => approvals[name] !== entry).map((name) => [
    name,
    savedApproval(approvals[name]),
  ]);
  return {
    entry: savedApproval(entry),
    approvals: Object.fromEntries(others),
    wanted: { ...wanted },
    legs: structuredClone(legs),
    attempts: { ...attempts },
    price,
    filled,
    closed,
    own,
    nakedSince,
  };
};

/** The books as data. */
export const saveBooks = (books: Books): SavedBooks => {
  const records = [...books.records.finished(FINISHED), ...books.records.working()];
  // Also those that guard nothing now: of an entry that still fills the next leg must not have an id that was used.
  const brackets = [
    ...new Set([...books.brackets.list(), ...records.flatMap(({ bracket }) => bracket ?? [])]),
  ];
  const signals = new Map<string, Signal>(books.undecided);
  const approved = [
    ...records.map(({ order }) => order),
    ...brackets.flatMap(({ entry, approvals }) => [entry, approvals.stop, approvals.target]),
  ];
  for (const { signal } of approved) signals.set(signal.id, signal);
  return {
    version: 1,
    signals: [...signals.values()],
    orders: records.map(savedOrder),
    brackets: brackets.map(savedBracket),
    ledgers: books.ledgers(),
    trades: books.trades.open(),
    halts: books.halts.list(),
    held: books.held.list(),
    undecided: [...books.undecided.keys()],
    closing: [...books.closing.values()],
    excess: [...books.excess.values()],
    others: Object.fromEntries(books.others),
    paused: books.paused,
  };
};

/**
 * The books from data.
 * @param desk - whose orders they become
 * @throws `MikroBotError` `BAD_JOURNAL` for another version, `UNKNOWN_INSTRUMENT` when a position cannot be protected because the
 * venue no longer lists its instrument.
 */
export const loadBooks = (
  saved: SavedBooks,
  instrument: (symbol: string) => Instrument | undefined,
  desk: symbol,
): RecalledBooks => {
  if (saved.version !== 1) {
    throw new MikroBotError('BAD_JOURNAL', `its books are of version ${String(saved.version)}.`, {
      hint: 'Use the version of @mikrobot/core that wrote it, or a newer one.',
    });
  }
  const books = new RecalledBooks();
  const signals = new Map(saved.signals.map((signal) => [signal.id, signal]));
  const orderOf = ({ signal, request }: SavedApproval): ApprovedOrder =>
    recalledOrder(signals.get(signal) as Signal, request, desk);
  const brackets = new Map<string, BracketState>();
  for (const each of saved.brackets) {
    const bracket = loadBracket(each, orderOf, instrument);
    brackets.set(bracket.entry.request.id, bracket);
    books.brackets.add(bracket);
  }
  books.brackets.forget();
  for (const each of saved.orders) {
    const { state, venueId, cancelling, quantity, filled, trades, bracket } = each;
    const guards = bracket === undefined ? undefined : brackets.get(bracket);
    books.records.add({
      ...newRecord(orderOf(each), guards, undefined),
      state,
      venueId,
      cancelling,
      quantity,
      filled,
      trades: [...trades],
    });
  }
  for (const ledger of saved.ledgers)
    books.positions.set(ledgerKey(ledger.position.symbol, ledger.owner), ledger);
  books.trades.restore(saved.trades);
  for (const { scope, why, closing } of saved.halts) books.halts.add(scope, why, closing);
  for (const held of saved.held) books.held.restore(held);
  for (const id of saved.undecided) books.undecided.set(id, signals.get(id) as Signal);
  for (const each of saved.closing) books.closing.set(ledgerKey(each.symbol, each.owner), each);
  for (const each of saved.excess ?? []) books.excess.set(ledgerKey(each.symbol, each.owner), each);
  for (const [symbol, lots] of Object.entries(saved.others ?? {})) books.others.set(symbol, lots);
  books.paused = saved.paused;
  return books;
};

const loadBracket = (
  saved: SavedBracket,
  orderOf: (approval: SavedApproval) => ApprovedOrder,
  instrument: (symbol: string) => Instrument | undefined,
): BracketState => {
  const entry = orderOf(saved.entry);
  const { symbol } = entry.request;
  const known = instrument(symbol);
  if (known === undefined) {
    throw new MikroBotError('UNKNOWN_INSTRUMENT', `the venue does not list ${symbol}, which the bot holds.`, {
      hint: 'Close the position at the venue, or give the adapter the instrument.',
    });
  }
  const { approvals, price, filled, closed, own, nakedSince } = saved;
  const approved = (name: LegName): ApprovedOrder => {
    const other = approvals[name];
    return other === undefined ? entry : orderOf(other);
  };
  return {
    ...newBracket(entry, known, 0),
    approvals: { stop: approved('stop'), target: approved('target') },
    wanted: { stop: saved.wanted.stop, target: saved.wanted.target },
    legs: structuredClone(saved.legs),
    attempts: { ...saved.attempts },
    price,
    filled,
    closed,
    own,
    nakedSince,
  };
};
