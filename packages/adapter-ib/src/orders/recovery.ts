import type { Line } from '../line/line.js';
import type { Execution } from './execution.js';
import type { OrderBook } from './order-book.js';
import type { OrderNews } from './order-news.js';
import type { OrderParts } from './parts.js';
import { endOf } from './reports.js';
import type { VenueOrders } from './venue-orders.js';
import { ended } from './words.js';

/** What catching up needs. */
export interface RecoveryParts extends OrderParts {
  readonly book: OrderBook;
  readonly venue: VenueOrders;
  readonly news: OrderNews;
  readonly took: (execution: Execution, silent: boolean) => void;
}

/**
 * Catches up with TWS: what traded or ended while nobody listened is told now, trades first, each once. TWS sends no news again, not
 * even those that its own loss of connectivity has swallowed.
 */
export class Recovery {
  readonly #parts: RecoveryParts;
  #running: Promise<void> | undefined;
  #isWanted = false;

  constructor(parts: RecoveryParts) {
    this.#parts = parts;
  }

  /**
   * @param first - of this process: trades and ends of before are then known, and not told; whoever needs them asks for the order
   * @throws `MikroBotError` when a list did not come whole
   */
  async run(line: Line, first: boolean): Promise<void> {
    const { venue, book, news, took } = this.#parts;
    const { executions, open, completed } = await venue.lists(line);
    for (const execution of executions) took(execution, first);
    const works = new Set(open.filter(({ status }) => !ended.has(status)).map(({ ref }) => ref));
    for (const order of book.working()) {
      if (works.has(order.id)) continue;
      const seen = completed.find(
        ({ ref, permId }) => ref === order.id || (ref === '' && permId === order.permId),
      );
      if (seen === undefined) continue;
      if (first) {
        book.close(order, endOf(seen));
        continue;
      }
      const traded = executions
        .filter(({ ref, permId }) => ref === order.id || (permId > 0 && permId === order.permId))
        .reduce((sum, { quantity }) => sum + quantity, 0);
      news.completed(order, seen, traded);
    }
  }

  /** Catches up once more, now or after what is under way. A failure leaves things as they are: core asks for its orders. */
  again(): void {
    if (this.#running !== undefined) {
      this.#isWanted = true;
      return;
    }
    const { line } = this.#parts.session;
    if (line === undefined) return;
    this.#isWanted = false;
    this.#running = this.run(line, false)
      .catch(() => undefined)
      .finally(() => {
        this.#running = undefined;
        if (this.#isWanted) this.again();
      });
  }
}
