import {
  BoundedMap,
  type FillEvent,
  type OrderRef,
  type OrderState,
  type QueryOutcome,
} from '@mikrobot/core';
import type { Execution } from './execution.js';
import type { FillDesk } from './fill-desk.js';
import type { OrderBook } from './order-book.js';
import type { OrderParts } from './parts.js';
import { averageOf, endOf, reportOf, workingState } from './reports.js';
import type { SeenOrder } from './seen-order.js';
import { type TrackedOrder, waitsForEntry } from './tracked-order.js';
import { readVenueId, venueIdOf } from './venue-id.js';
import type { VenueOrders } from './venue-orders.js';
import { ended } from './words.js';

/** Ms that an order which was sent may take to appear. */
const ABSENT_AFTER = 5_000;
/** Ms for which TWS may count trades that it does not list: trades of an earlier day it never lists. */
const DOUBT = 30_000;

/** What queries need. */
export interface OrderQueryParts extends OrderParts {
  readonly book: OrderBook;
  readonly venue: VenueOrders;
  readonly fills: FillDesk;
  /** Makes an order known that TWS shows and that this process has not sent. */
  readonly adopt: (seen: SeenOrder) => TrackedOrder | undefined;
  readonly took: (execution: Execution) => void;
  /** When an order was sent in this process, epoch ms. */
  readonly sentAt: (id: string) => number | undefined;
  /** Since when the line stands and reaches IB, epoch ms. */
  readonly upSince: () => number;
}

/** Everything that TWS says of one order. */
interface Findings {
  readonly open: SeenOrder | undefined;
  readonly completed: SeenOrder | undefined;
  readonly executions: readonly Execution[];
  /** Epoch ms. */
  readonly askedAt: number;
}

/** Looks orders up. All three lists of TWS must have come whole: a late or a broken answer is unknown, never empty. */
export class OrderQuery {
  readonly #parts: OrderQueryParts;
  /** Since when TWS has counted trades of an order that it does not list, epoch ms. */
  readonly #doubts = new BoundedMap<string, number>(1_000);

  constructor(parts: OrderQueryParts) {
    this.#parts = parts;
  }

  async query(ref: OrderRef): Promise<QueryOutcome> {
    const { session, venue, book } = this.#parts;
    const { line } = session;
    book.learn(ref.venueId);
    if (line === undefined || !line.isOpen || !session.reachesVenue)
      return { outcome: 'unknown', detail: 'TWS or its line to IB is down' };
    const since = this.#parts.upSince();
    try {
      const { open, completed, executions, askedAt } = await venue.lists(line);
      // Lists that were asked for while IB was out of reach hold what TWS remembers.
      if (!session.reachesVenue || session.line !== line || this.#parts.upSince() !== since)
        return { outcome: 'unknown', detail: 'the line to IB broke while the order was asked for' };
      const permId = readVenueId(ref.venueId)?.permId ?? 0;
      const isIt = (order: { readonly ref: string; readonly permId: number }): boolean =>
        order.ref === ref.id || (order.ref === '' && permId > 0 && order.permId === permId);
      return await this.#conclude(ref, {
        open: open.find((seen) => isIt(seen) && !ended.has(seen.status)),
        completed: completed.find(isIt) ?? open.find((seen) => isIt(seen) && ended.has(seen.status)),
        executions: executions.filter(isIt),
        askedAt,
      });
    } catch (error) {
      return { outcome: 'unknown', detail: error instanceof Error ? error.message : String(error) };
    }
  }

  async #conclude(ref: OrderRef, findings: Findings): Promise<QueryOutcome> {
    const { open, completed, executions } = findings;
    const { book, adopt } = this.#parts;
    const seen = open ?? completed;
    const order = book.byRef(ref.id) ?? (seen === undefined ? undefined : adopt(seen));
    for (const execution of executions) this.#parts.took(execution);
    const known = order ?? book.byRef(ref.id);
    const isHeardOf = seen !== undefined || executions.length > 0;
    if (known === undefined && isHeardOf)
      return { outcome: 'unknown', detail: `TWS has ${ref.id}, but of another client or contract than ours` };
    if (known === undefined || (!isHeardOf && !known.accepted && known.ended === undefined))
      return this.#absent(ref, findings.askedAt);
    // A leg whose entry has not traded is nobody's business yet.
    if (waitsForEntry(known) && open !== undefined)
      return { outcome: 'unknown', detail: `${ref.id} waits for its entry` };
    // Refused, or held until shares are found: it does not work, and may yet.
    if (open?.status === 'Inactive' && known.ended === undefined)
      return {
        outcome: 'unknown',
        detail: `TWS calls ${ref.id} inactive: it neither works nor has it ended`,
      };
    await this.#commissions(executions);
    const fills = this.#fillsOf(known, executions);
    const filled = fills.reduce((sum, { quantity }) => sum + quantity, 0);
    const counted = Math.max(known.counted, completed?.filled ?? 0, filled);
    const state = this.#stateOf(known, findings, filled);
    if (state === undefined || (filled < counted - 1e-9 && this.#isInDoubt(ref.id)))
      return {
        outcome: 'unknown',
        detail:
          state === undefined
            ? `TWS shows ${ref.id} neither as open nor as completed`
            : `TWS counts ${counted} lots of ${ref.id} as traded and lists ${filled}`,
      };
    const report = reportOf(known, state);
    this.#doubts.delete(ref.id);
    return {
      outcome: 'found',
      report: {
        ...report,
        venueId: venueIdOf(known),
        quantity: Math.max(report.quantity, seen?.quantity ?? 0, counted),
        filled: counted,
        averagePrice: averageOf(fills),
        price: open?.price ?? report.price,
      },
      fills,
    };
  }

  /** Nothing was found: that is proof only when nothing can still be on its way. */
  #absent({ id, venueId }: OrderRef, askedAt: number): QueryOutcome {
    const { absentAfter = ABSENT_AFTER, sentAt, upSince } = this.#parts;
    const since = Math.max(sentAt(id) ?? 0, upSince());
    const left = since + absentAfter - askedAt;
    if (left > 0)
      return {
        outcome: 'unknown',
        detail: `TWS shows no ${id}; it may still be on its way for ${Math.ceil(left)} ms`,
      };
    // TWS had it. One that has just started shows its orders a while after it takes questions.
    if ((readVenueId(venueId)?.permId ?? 0) > 0 && this.#isInDoubt(id))
      return { outcome: 'unknown', detail: `TWS had taken ${id}, and does not show it now` };
    return { outcome: 'absent' };
  }

  #stateOf(
    order: TrackedOrder,
    { open, completed, executions }: Findings,
    filled: number,
  ): OrderState | undefined {
    if (order.ended !== undefined && !(order.revived && open !== undefined)) return order.ended;
    if (open !== undefined) return workingState({ filled });
    if (completed !== undefined) return endOf(completed);
    if (order.quantity > 0 && filled >= order.quantity - 1e-9) return 'filled';
    // It was there and is gone: it may be in no list for a moment while it moves from one to the other.
    if (this.#isInDoubt(order.id)) return undefined;
    return executions.length > 0 && order.quantity === 0 ? 'filled' : 'cancelled';
  }

  #isInDoubt(id: string): boolean {
    const now = this.#parts.clock.now();
    const since = this.#doubts.get(id) ?? now;
    this.#doubts.set(id, since);
    // One that has come back since may show its orders later still.
    return now - Math.max(since, this.#parts.upSince()) < DOUBT;
  }

  /** Trades of an earlier day are in no list any more, and were told. */
  #fillsOf(order: TrackedOrder, executions: readonly Execution[]): readonly FillEvent[] {
    const listed = this.#parts.fills.of(order, executions);
    const ids = new Set(listed.map(({ tradeId }) => tradeId));
    return [...order.fills.filter(({ tradeId }) => !ids.has(tradeId)), ...listed];
  }

  /** The commissions of executions that were asked for come after them. */
  async #commissions(executions: readonly Execution[]): Promise<void> {
    const { clock, commissionWait = 1_000, fills } = this.#parts;
    if (fills.complete(executions)) return;
    await new Promise<void>((resolve) => {
      const disarm = clock.arm('ib commissions of a query', clock.now() + commissionWait, () => resolve());
      fills.whenComplete(executions, () => {
        disarm();
        resolve();
      });
    });
  }
}
