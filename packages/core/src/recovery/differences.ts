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
  /** Signed lots of all ledgers of a symbol. */
  net(symbol: string): number;
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

/** What a complete snapshot holds that the books do not, and the other way round. */
export const differencesOf = (books: Compared, snapshot: Snapshot): readonly Difference[] => {
  const held = new Map<string, { lots: number; price: number | undefined }>();
  for (const symbol of books.symbols) held.set(symbol, { lots: 0, price: undefined });
  for (const { symbol, quantity, averagePrice } of snapshot.positions)
    held.set(symbol, { lots: (held.get(symbol)?.lots ?? 0) + quantity, price: averagePrice });
  const found: Difference[] = [];
  for (const [symbol, { lots, price }] of held) {
    const instrument = books.instrument(symbol);
    const beyond = lots - books.net(symbol) - books.foreignLots(symbol);
    const tidied = tidyLots(instrument, beyond);
    if (tidied !== 0) found.push({ kind: 'position', symbol, lots: tidied, price });
  }
  const listed = new Set(snapshot.orders.map(({ id }) => id));
  const working = new Set(books.working.map(({ request }) => request.id));
  for (const report of snapshot.orders)
    if (!working.has(report.id) && !books.foreignOrder(report.id)) found.push({ kind: 'order', report });
  for (const id of working) if (!listed.has(id) && !books.unlisted(id)) found.push({ kind: 'missing', id });
  return found;
};
