import type { Snapshot } from '../execution/broker-adapter.js';
import type { OrderRecord } from '../execution/order-record.js';
import { tidyLots } from '../model/grid.js';
import type { Instrument } from '../model/instrument.js';
import type { OrderReport } from '../model/order.js';

/** Where the venue holds another quantity than the books. */
export interface PositionDifference {
  readonly kind: 'position';
  readonly symbol: string;
  /** Signed lots that the venue holds beyond the books. */
  readonly lots: number;
  /** Price of the venue's holding; undefined when it holds nothing. */
  readonly price: number | undefined;
  /**
   * Lots of the ledgers that may have been closed there, at the most: on a hedging account nothing is gone of a side that the venue still
   * holds, whatever somebody else holds against it. Undefined on netting accounts, where the net is all there is.
   */
  readonly gone: number | undefined;
}

/** An order that works at the venue and that the books do not know as working. */
export interface OrderDifference {
  readonly kind: 'order';
  readonly report: OrderReport;
}

/** An order that should work and that the venue does not list. */
export interface MissingOrder {
  readonly kind: 'missing';
  readonly id: string;
}

/** See {@link PositionDifference}, {@link OrderDifference} and {@link MissingOrder}. */
export type Difference = PositionDifference | OrderDifference | MissingOrder;

/** What of the books is compared. */
export interface Compared {
  instrument(symbol: string): Instrument | undefined;
  /** Signed lots of each ledger of a symbol. */
  ledgers(symbol: string): readonly number[];
  /** Symbols with a position. */
  readonly symbols: readonly string[];
  /** Orders that work. */
  readonly working: readonly OrderRecord[];
  /** Whether it is known that the venue does not list an order that works. */
  unlisted(id: string): boolean;
  /** Signed lots of a symbol that are known to be somebody else's. */
  foreignLots(symbol: string): number;
  /** Whether an order is known to be somebody else's. */
  foreignOrder(id: string): boolean;
}

const sum = (lots: readonly number[]): number => lots.reduce((total, each) => total + each, 0);

/** Lots on one side. */
const onSide = (lots: readonly number[], side: number): number =>
  sum(lots.map((each) => Math.max(0, side * each)));

/** What a complete snapshot holds that the books do not, and the other way round. */
export const differencesOf = (books: Compared, snapshot: Snapshot): readonly Difference[] => {
  const held = new Map<string, { readonly lots: number[]; price: number | undefined }>();
  for (const symbol of books.symbols) held.set(symbol, { lots: [], price: undefined });
  for (const { symbol, quantity, averagePrice } of snapshot.positions)
    held.set(symbol, { lots: [...(held.get(symbol)?.lots ?? []), quantity], price: averagePrice });
  const found: Difference[] = [];
  for (const [symbol, { lots, price }] of held) {
    const instrument = books.instrument(symbol);
    const ledgers = books.ledgers(symbol);
    const beyond = tidyLots(instrument, sum(lots) - sum(ledgers) - books.foreignLots(symbol));
    if (beyond === 0) continue;
    // What the venue holds less than the books was closed on the other side.
    const side = beyond < 0 ? 1 : -1;
    const missing = onSide(ledgers, side) - onSide(lots, side);
    const gone = snapshot.account.mode === 'hedging' ? tidyLots(instrument, Math.max(0, missing)) : undefined;
    found.push({ kind: 'position', symbol, lots: beyond, price, gone });
  }
  const listed = new Set(snapshot.orders.map(({ id }) => id));
  const working = new Set(books.working.map(({ request }) => request.id));
  for (const report of snapshot.orders)
    if (!working.has(report.id) && !books.foreignOrder(report.id)) found.push({ kind: 'order', report });
  for (const id of working) if (!listed.has(id) && !books.unlisted(id)) found.push({ kind: 'missing', id });
  return found;
};
