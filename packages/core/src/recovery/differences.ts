import type { Snapshot } from '../execution/broker-adapter.js';
import type { OrderRecord } from '../execution/order-record.js';
import { tidyQuantity } from '../model/grid.js';
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

/** See {@link PositionDifference} and {@link OrderDifference}. */
export type Difference = PositionDifference | OrderDifference;

/** What of the books is compared. */
export interface Compared {
  instrument(symbol: string): Instrument | undefined;
  /** Signed lots of all ledgers of a symbol. */
  net(symbol: string): number;
  /** Symbols with a position. */
  readonly symbols: readonly string[];
  /** An order that works. */
  working(id: string): OrderRecord | undefined;
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
    const tidied = instrument === undefined ? beyond : tidyQuantity(instrument, beyond);
    if (tidied !== 0) found.push({ kind: 'position', symbol, lots: tidied, price });
  }
  for (const report of snapshot.orders)
    if (books.working(report.id) === undefined && !books.foreignOrder(report.id))
      found.push({ kind: 'order', report });
  return found;
};
