import type { FillEvent, OrderEvent } from '@mikrobot/core';
import { orderVerdict } from '../errors.js';
import { howEnded, isRefused } from './how-ended.js';
import type { OrderBook } from './order-book.js';
import type { OrderParts } from './parts.js';
import type { SeenOrder } from './seen-order.js';
import { type TrackedOrder, waitsForEntry } from './tracked-order.js';
import { venueIdOf } from './venue-id.js';
import { ended, working } from './words.js';

/** Ms for which an order's end waits for the trades that it counts, before TWS is asked for them. */
const PATIENCE = 1_500;

/** An `orderStatus` message. */
export interface StatusReport {
  readonly orderId: number;
  readonly status: string;
  readonly filled: number | undefined;
  readonly permId: number;
  readonly clientId: number | undefined;
  readonly whyHeld: string;
}

/** What order news need beside the parts of the room. */
export interface OrderNewsParts extends OrderParts {
  readonly book: OrderBook;
  /** Asks TWS for everything that can have been missed. */
  readonly recheck: () => void;
  /** TWS did not take an order: what of its bracket it took must go. */
  readonly refused: (order: TrackedOrder) => void;
}

type DraftEvent = OrderEvent extends infer E
  ? E extends OrderEvent
    ? Omit<E, 'id' | 'symbol' | 'time' | 'venueId'>
    : never
  : never;

/**
 * Turns what TWS tells of orders into events. It tells many things twice, some in the wrong order and all again after a reconnect: each
 * event is told once, no end before the trades that it counts, and nothing of a bracket's legs before their entry has traded.
 */
export class OrderNews {
  readonly #parts: OrderNewsParts;

  constructor(parts: OrderNewsParts) {
    this.#parts = parts;
  }

  /** TWS shows an order of ours. */
  shown(order: TrackedOrder, seen: SeenOrder): void {
    if (this.#isTwin(order, seen.permId)) return;
    order.shown = seen;
    order.most = Math.max(order.most, seen.quantity);
    this.#named(order, seen.orderId, seen.permId);
    if (!ended.has(seen.status)) order.missing = false;
    if (working.has(seen.status)) order.revived = order.ended !== undefined && order.ended !== 'filled';
    this.#status(order, seen.status);
  }

  /** TWS tells the state of an order of ours. */
  status(order: TrackedOrder, report: StatusReport): void {
    if (this.#isTwin(order, report.permId)) return;
    this.#named(order, report.orderId, report.permId);
    const { filled = 0, status } = report;
    order.counted = Math.max(order.counted, filled);
    if (status === 'Filled' && filled > 0) order.whole = filled;
    this.#status(order, status);
    order.heldFor = report.whyHeld;
  }

  /**
   * TWS says that an order which it no longer shows has ended, and how.
   * @param traded - lots that its executions of today come to
   */
  completed(order: TrackedOrder, seen: SeenOrder, traded: number): void {
    this.#named(order, 0, seen.permId);
    order.counted = Math.max(order.counted, seen.filled ?? 0, traded);
    if (order.quantity === 0) order.quantity = seen.quantity;
    if (seen.status === 'Inactive')
      order.refusal ??= { code: '201', detail: seen.completed, at: this.#parts.clock.now() };
    const isWhole = order.quantity > 0 && order.counted >= order.quantity - 1e-9;
    this.#status(order, isWhole ? 'Filled' : seen.status, seen.completed);
  }

  /** A trade of an order was told. */
  filled(order: TrackedOrder, fill: FillEvent): void {
    order.fills.push(fill);
    order.filled += fill.quantity;
    order.counted = Math.max(order.counted, order.filled);
    this.#accept(order, false);
    this.#tell(order, fill);
    this.#settle(order);
    for (const leg of order.legs) {
      const { withheld } = leg;
      leg.withheld = [];
      for (const event of withheld) this.#parts.tell(event);
      this.#settle(leg);
    }
  }

  /** An error or a notice with the id of an order. */
  notice(order: TrackedOrder, code: number, text: string): void {
    const { book, clock, note, recheck } = this.#parts;
    const outcome = { outcome: 'rejected', code: String(code), detail: text } as const;
    const { cancelling, amending } = order;
    switch (orderVerdict(code)) {
      case 'warning':
        note(`order ${order.id}: ${text} (${code})`);
        return;
      case 'cancelled':
        this.#cancelled(order, text);
        return;
      case 'not found':
      case 'ended':
        (cancelling ?? amending?.settle)?.(outcome);
        // A cancel must not hang: what became of the order is asked, and told.
        if (order.ended === undefined) recheck();
        return;
      case 'rejected': {
        if (code === 103 && !order.accepted) book.ids.duplicate(order.orderId);
        const command = amending?.settle ?? cancelling;
        if (!order.accepted && order.ended === undefined) this.#refused(order, outcome.code, text);
        else if (order.ended === undefined) {
          // It may be the answer to a change, also a late one, or the end of the order itself, which its status says then.
          order.refusal = { code: outcome.code, detail: text, at: clock.now() };
          if (command !== undefined) command(outcome);
          else recheck();
        }
        return;
      }
      default:
        note(`order ${order.id}: ${text} (${code})`);
        (cancelling ?? amending?.settle)?.({ outcome: 'unknown', detail: `${text} (${code})` });
        if (order.ended === undefined) recheck();
    }
  }

  close(): void {
    for (const order of this.#parts.book.working()) order.disarm?.();
  }

  #named(order: TrackedOrder, orderId: number, permId: number): void {
    if ((order.orderId > 0 || orderId === 0) && (order.permId > 0 || permId === 0)) return;
    if (order.orderId === 0) order.orderId = orderId;
    if (order.permId === 0) order.permId = permId;
    this.#parts.book.named(order);
  }

  /** An amendment that crossed a loss of connectivity can leave two orders of one id, each with a permanent id of its own. */
  #isTwin(order: TrackedOrder, permId: number): boolean {
    return permId > 0 && order.permId > 0 && permId !== order.permId;
  }

  #status(order: TrackedOrder, status: string, completed = ''): void {
    if (order.ended !== undefined) {
      this.#endedBefore(order, status);
      return;
    }
    if (working.has(status) || status === 'Filled') this.#accept(order);
    if (status === 'Submitted' && order.status === 'PreSubmitted') this.#released(order);
    // A late copy of an earlier state does not take an end back.
    if (order.ending === undefined) order.status = status;
    if (working.has(status)) this.#applyShown(order);
    else if (status === 'Filled') {
      order.counted = order.whole ?? Math.max(order.counted, order.quantity);
      this.#answerFilled(order);
      this.#settle(order);
    } else if (status === 'PendingCancel')
      order.cancelling?.({ outcome: 'accepted', venueId: venueIdOf(order) });
    else if (ended.has(status)) this.#end(order, completed);
    else if (status === 'Inactive' && isRefused(order, this.#parts.clock.now())) this.#end(order, completed);
  }

  /** Commands that an order has outrun are answered; one that TWS showed at work after its end can end again. */
  #endedBefore(order: TrackedOrder, status: string): void {
    if (ended.has(status)) order.revived = false;
    if (status === 'Filled') this.#answerFilled(order);
    else if (status === 'PendingCancel' || ended.has(status)) this.#answerEnd(order);
  }

  #answerFilled({ cancelling, amending }: TrackedOrder): void {
    const outcome = { outcome: 'rejected', code: 'FILLED', detail: 'it has filled' } as const;
    cancelling?.(outcome);
    amending?.settle(outcome);
  }

  /** It works, or has traded: it was taken. */
  #accept(order: TrackedOrder, tells = true): void {
    const { submitting } = order;
    submitting?.({ outcome: 'accepted', venueId: venueIdOf(order) });
    if (order.accepted) return;
    order.accepted = true;
    if (tells) this.#tell(order, this.#event(order, { type: 'accepted' }));
  }

  /** It was held and is not any more: a stop was triggered, unless it waited for its entry only and the exchange keeps it now. */
  #released(order: TrackedOrder): void {
    const { triggered, type, heldFor, entry } = order;
    const isTriggered = heldFor === '' ? entry === undefined : !/child/.test(heldFor);
    if (triggered || !isTriggered || !/stop/.test(type)) return;
    order.triggered = true;
    this.#tell(order, this.#event(order, { type: 'triggered' }));
  }

  /** What TWS shows of a working order counts, once the venue has it. */
  #applyShown(order: TrackedOrder): void {
    const { shown, amending } = order;
    if (shown === undefined || shown.quantity === 0) return;
    const { quantity, price } = shown;
    const isChanged = order.quantity !== quantity || order.price !== price;
    const wasKnown = order.quantity !== 0;
    order.quantity = quantity;
    order.price = price;
    const isAsAsked =
      amending !== undefined &&
      amending.quantity === quantity &&
      (amending.price === undefined || amending.price === price);
    if (isAsAsked) amending.settle({ outcome: 'accepted', venueId: venueIdOf(order) });
    // Once triggered, a trailing stop stands nowhere any more.
    const isPast = order.triggered && order.type === 'trailing-stop';
    if (isChanged && wasKnown && !isPast)
      this.#tell(order, this.#event(order, { type: 'replaced', quantity, price }));
  }

  /** Code 202: the status that says how much has traded follows. */
  #cancelled(order: TrackedOrder, text: string): void {
    if (order.ended !== undefined || order.ending !== undefined) return;
    const reason = text.replace(/^.*reason:\s*/is, '').trim();
    order.ending = { ...howEnded(order, '', this.#parts), ...(reason === '' ? {} : { reason }) };
    this.#answerEnd(order);
    this.#patience(order);
  }

  #refused(order: TrackedOrder, code: string, detail: string): void {
    const { submitting } = order;
    order.refusal = { code, detail, at: this.#parts.clock.now() };
    if (submitting === undefined) this.#end(order, '');
    else {
      this.#parts.book.close(order, 'rejected');
      submitting({ outcome: 'rejected', code, detail });
    }
    this.#parts.refused(order);
  }

  #answerEnd(order: TrackedOrder): void {
    order.cancelling?.({ outcome: 'accepted', venueId: venueIdOf(order) });
    order.amending?.settle({ outcome: 'rejected', code: '202', detail: 'it was cancelled' });
    // Taken and ended at once, as orders do that trade now or never.
    order.submitting?.({ outcome: 'accepted', venueId: venueIdOf(order) });
  }

  #end(order: TrackedOrder, completed: string): void {
    order.ending ??= howEnded(order, completed, this.#parts);
    this.#answerEnd(order);
    this.#settle(order);
  }

  /** Tells the end of an order once all trades that it counts were told; asks for those that do not come. */
  #settle(order: TrackedOrder): void {
    if (order.ended !== undefined) return;
    const isWhole = order.quantity > 0 && order.filled >= order.quantity - 1e-9;
    if (isWhole && order.ending === undefined) {
      this.#parts.book.close(order, 'filled');
      return;
    }
    if (order.ending === undefined && order.status !== 'Filled') return;
    if (order.filled < order.counted - 1e-9) this.#patience(order);
    else if (order.ending !== undefined) this.#tellEnd(order);
    else if (order.filled > 0) this.#endFilled(order);
  }

  /** It is filled, and less than was last told of its quantity has traded: a change came just before its last trade. */
  #endFilled(order: TrackedOrder): void {
    this.#parts.book.close(order, 'filled');
    if (order.whole === undefined) return;
    const reason = 'it was changed to what had filled';
    this.#tell(order, this.#event(order, { type: 'cancelled', reason }));
  }

  #patience(order: TrackedOrder, isLast = false): void {
    if (order.disarm !== undefined) return;
    const { clock, note, recheck } = this.#parts;
    order.disarm = clock.arm(`ib trades of ${order.id}`, clock.now() + PATIENCE, () => {
      order.disarm = undefined;
      if (order.ended !== undefined) return;
      if (order.filled < order.counted - 1e-9) {
        if (!isLast) {
          recheck();
          this.#patience(order, true);
          return;
        }
        note(`TWS counts ${order.counted} lots of order ${order.id} as traded, and has told ${order.filled}`);
      }
      this.#tellEnd(order);
    });
  }

  #tellEnd(order: TrackedOrder): void {
    const { ending, refusal } = order;
    if (ending === undefined) return;
    const { end, reason } = ending;
    this.#parts.book.close(order, end);
    const event: DraftEvent =
      end === 'expired'
        ? { type: 'expired' }
        : end === 'cancelled'
          ? { type: 'cancelled', reason }
          : { type: 'rejected', code: refusal?.code ?? 'REJECTED', detail: reason };
    this.#tell(order, this.#event(order, event));
  }

  #event(order: TrackedOrder, draft: DraftEvent): OrderEvent {
    const { id, symbol } = order;
    return { ...draft, id, symbol, time: this.#parts.clock.now(), venueId: venueIdOf(order) } as OrderEvent;
  }

  #tell(order: TrackedOrder, event: OrderEvent): void {
    if (waitsForEntry(order)) order.withheld.push(event);
    else this.#parts.tell(event);
  }
}
