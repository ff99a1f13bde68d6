import { clientOrderId } from '../execution/client-order-id.js';
import { addExcess, closesExcess } from '../execution/close-outs.js';
import type { Desk } from '../execution/desk.js';
import type { OrderRecord } from '../execution/order-record.js';
import { finalStates } from '../model/order.js';
import { executed, refused } from '../model/refuse.js';
import type { Signal } from '../model/signal.js';
import { type Books, ledgerKey, type RecalledBooks } from './books.js';

/** The books of a desk as they are now. */
export const booksOf = (desk: Desk): Books => ({
  records: desk.orders.records,
  brackets: desk.orders.bracketBook,
  trades: desk.tradeBook,
  halts: desk.book.halts,
  held: desk.held,
  undecided: desk.undecided,
  closing: desk.closeOuts.wanted,
  excess: desk.closeOuts.excess,
  others: desk.others,
  ledgers: () => desk.book.ledgers(),
  paused: desk.paused,
});

/** Puts books of an earlier life in place of a desk's own, which are empty. Sends nothing. */
export const restoreBooks = (desk: Desk, books: RecalledBooks): void => {
  const { orders, book } = desk;
  for (const bracket of books.brackets.list()) {
    orders.bracketBook.add(bracket);
    // Whatever was asked about a leg, the answer is not ours any more: the venue is asked first.
    for (const leg of Object.values(bracket.legs)) leg.busy = true;
  }
  for (const record of books.records.all()) {
    if (record.state === 'intended' || record.state === 'submitted') record.state = 'unknown';
    orders.records.add(record);
    const { request, filled, state } = record;
    if (request.purpose !== 'protect' && !finalStates.has(state)) book.reserve(request, filled);
  }
  book.restore(books.ledgers());
  desk.tradeBook.restore(books.trades.open());
  for (const { scope, why, closing } of books.halts.list()) book.halt(scope, why, closing);
  for (const held of books.held.list()) desk.held.restore(held);
  for (const [id, signal] of books.undecided) desk.undecided.set(id, signal);
  for (const [key, closing] of books.closing) desk.closeOuts.wanted.set(key, closing);
  // Where it is to be adopted now, the comparison finds it once more.
  if (!desk.adopts) for (const [symbol, lots] of books.others) desk.others.set(symbol, lots);
  for (const [key, excess] of books.excess) desk.closeOuts.excess.set(key, excess);
  // A signal that was to close such an excess and that the process ended upon, before there was an order.
  for (const signal of books.undecided.values()) {
    if (!closesExcess(signal) || books.records.get(clientOrderId(signal.id, 'flatten'))) continue;
    const { symbol, source: owner, quantity: lots, reason: why } = signal;
    addExcess(desk.closeOuts.excess, { symbol, owner, why, lots });
  }
  for (const { owner, position } of books.ledgers()) {
    const { symbol } = position;
    // It was being flattened when the process ended.
    if (book.closing(symbol, owner))
      desk.closeOuts.wanted.set(ledgerKey(symbol, owner), {
        symbol,
        owner,
        why: book.haltOf(symbol, owner) ?? 'killed',
      });
  }
  desk.paused = books.paused;
};

/** The order by which a signal is decided: of a reversal the entry, else its only one. */
const orderOf = (signal: Signal, records: readonly OrderRecord[]): OrderRecord | undefined =>
  records.find(({ order, request }) => {
    const { purpose } = request;
    if (order.signal.id !== signal.id || purpose === 'protect') return false;
    return signal.intent === 'exit' || purpose === 'enter';
  });

/** Every signal gets its one decision, also those that the process ended upon. */
export const settleUndecided = (desk: Desk, interrupted: readonly Signal[]): void => {
  const { orders, adapter } = desk;
  const records = orders.records.all();
  const now = desk.loop.now;
  for (const signal of interrupted) {
    const record = orderOf(signal, records);
    if (record === undefined) {
      const refusal = {
        stage: 'execute',
        rule: 'recovery',
        code: 'INTERRUPTED',
        limit: 'an order at the venue',
        actual: 'none was sent',
      } as const;
      desk.late.next(refused(signal, now, refusal));
    } else if (record.state === 'unknown') record.decide = (decision) => desk.late.next(decision);
    else if (record.state === 'rejected') {
      const refusal = {
        stage: 'execute',
        rule: adapter.name,
        code: 'VENUE_REJECTED',
        limit: 'accepted',
        actual: 'rejected before the process ended',
      } as const;
      desk.late.next(refused(signal, now, refusal));
    } else desk.late.next(executed(signal, now, record.request, []));
  }
};
