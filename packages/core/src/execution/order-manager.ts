import type { Decision } from '../model/decision.js';
import { tidyQuantity } from '../model/grid.js';
import {
  type Fill,
  type FillEvent,
  finalStates,
  type OrderEvent,
  type OrderRequest,
  type OrderState,
} from '../model/order.js';
import { executed, refused, unresolved } from '../model/refuse.js';
import type { ApprovedOrder } from '../risk/approved-order.js';
import { RecentMap } from '../runtime/recent-map.js';
import { bookedFill, foreignFills } from './booked-fill.js';
import { BracketKeeper } from './bracket-keeper.js';
import type { CommandOutcome, QueryOutcome } from './broker-adapter.js';
import { checkOrigin } from './check-origin.js';
import type { Desk } from './desk.js';
import { type HaltScope, within } from './halts.js';
import type { OrderRecord } from './order-record.js';
import { mayFollow } from './order-state.js';
import { eventsOf } from './report-events.js';
import { UnknownResolver } from './unknown-resolver.js';

/** Finished orders that are remembered, so that a repeated id or a late event is recognised. */
const REMEMBERED = 1_024;

const NO_FILLS: readonly Fill[] = [];

/** An entry that has to wait in here before the venue may hear of it. */
interface Waiting {
  readonly order: ApprovedOrder;
  readonly decide: (decision: Decision) => void;
}

/**
 * Places, follows and ends orders. The intent is journalled before the venue hears of it; an order whose outcome is unknown is
 * asked for, never sent again; the same client order id gives the same decision, never a second order.
 */
export class OrderManager {
  readonly #desk: Desk;
  readonly #working = new Map<string, OrderRecord>();
  readonly #finished = new RecentMap<OrderRecord>(REMEMBERED);
  /** Reversals whose old position is being left. */
  readonly #reversals = new Set<Waiting>();
  readonly #brackets: BracketKeeper;
  readonly #resolver: UnknownResolver;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#brackets = new BracketKeeper(desk, this);
    this.#resolver = new UnknownResolver(desk, (record, answer) => this.#resolved(record, answer));
    desk.onRefuse((scope, why) => this.#refuseWaiting(scope, why));
  }

  /** Orders that the venue may still act on. */
  working(): Iterable<OrderRecord> {
    return this.#working.values();
  }

  /** Whether anything is still in the air: an order without an answer, or one that nobody knows about. */
  get inFlight(): boolean {
    for (const { state } of this.#working.values()) {
      if (state === 'intended' || state === 'submitted' || state === 'unknown') return true;
    }
    return false;
  }

  /** The approved order behind a client order id; undefined when it is not ours or long finished. */
  orderOf(id: string): ApprovedOrder | undefined {
    return (this.#working.get(id) ?? this.#finished.get(id))?.order;
  }

  /** Present stop prices of a ledger's brackets. */
  stops(symbol: string, owner: string): readonly number[] {
    return this.#brackets.stops(symbol, owner);
  }

  /** Whether some bracket follows the market: ask before calling {@link onQuote}. */
  get trailing(): boolean {
    return this.#brackets.trailing;
  }

  /** Moves emulated trailing stops after a quote. */
  onQuote(symbol: string): void {
    this.#brackets.trail(symbol);
  }

  /**
   * Places an approved order. `decide` is called exactly once: before this returns on a venue that answers at once, else in a
   * later turn. Approved adjustments move the legs of the ledger's brackets instead.
   */
  place(order: ApprovedOrder, decide: (decision: Decision) => void): void {
    checkOrigin(order, this.#desk.id);
    const { id, purpose, bracket } = order.request;
    const known = this.#working.get(id) ?? this.#finished.get(id);
    if (known !== undefined) {
      this.#again(known, decide);
      return;
    }
    const now = this.#desk.loop.now;
    if (now > order.warrant.expires) {
      decide(this.#refuse(order, 'APPROVAL_EXPIRED', order.warrant.expires, now));
      return;
    }
    if (purpose === 'protect' && bracket !== undefined) {
      this.#brackets.adjust(order);
      decide(executed(order.signal, now, order.request, order.warrant.verdicts));
      return;
    }
    if (order.first === undefined) {
      this.send(order, decide);
      return;
    }
    this.#afterFirst(order, order.first, decide);
  }

  /** Sends an order that needs no further check: what {@link place} passed, or a leg of what it passed. */
  send(
    order: ApprovedOrder,
    decide: (decision: Decision) => void,
    bracket?: OrderRecord['bracket'],
  ): OrderRecord {
    const { request } = order;
    const record: OrderRecord = {
      order,
      request,
      state: 'intended',
      venueId: undefined,
      filled: 0,
      trades: [],
      decide,
      decision: undefined,
      ended: undefined,
      bracket,
    };
    this.#working.set(request.id, record);
    const durable = this.#desk.intend(request);
    if (durable instanceof Promise) {
      const barrier = durable.then(() => ({ outcome: 'durable' as const }));
      this.#desk.line.call(
        'commit',
        request.id,
        () => barrier,
        (answer) => {
          // It may have been refused while it waited.
          if (record.state !== 'intended') return;
          if (answer.outcome === 'durable') this.#submit(record);
          else this.#answered(record, { outcome: 'rejected', code: 'JOURNAL_FAILED', detail: answer.detail });
        },
      );
    } else this.#submit(record);
    return record;
  }

  /** Asks the venue to cancel. An answer of unknown is asked for, a refusal is left to the order's own events. */
  cancel(id: string, reason: string): void {
    const record = this.#working.get(id);
    if (record === undefined) return;
    const { symbol } = record.request;
    this.#desk.log('out:intent', { command: 'cancel', id, reason });
    const ref = { id, symbol, venueId: record.venueId };
    this.#desk.line.call(
      'cancel',
      id,
      () => this.#desk.adapter.cancel(ref),
      (answer) => {
        if (answer.outcome === 'unknown') this.#resolver.ask(record);
      },
    );
  }

  /** Cancels every entry of a scope that works. Protection stays. */
  cancelEntries(reason: string, scope: HaltScope = {}): void {
    for (const { request } of [...this.#working.values()]) {
      const { id, purpose, symbol, owner } = request;
      if (purpose === 'enter' && within(scope, symbol, owner)) this.cancel(id, reason);
    }
  }

  /** Asks for every order whose fate may have changed while the line was down. */
  askForAll(): void {
    for (const record of this.#working.values()) if (record.state !== 'intended') this.#resolver.ask(record);
  }

  /** Takes an event of the venue. Returns the trades as booked: several when one closed what several ledgers held. */
  onEvent(event: OrderEvent): readonly Fill[] {
    const record = this.#working.get(event.id) ?? this.#finished.get(event.id);
    if (record === undefined) {
      this.#desk.issue(
        'UNKNOWN_ORDER',
        `the venue told of order ${event.id}, which is not ours`,
        event.symbol,
      );
      return event.type === 'fill' ? this.#foreign(event) : NO_FILLS;
    }
    record.venueId ??= event.venueId;
    if (event.type === 'fill') return this.#filled(record, event);
    if (event.type === 'triggered') return NO_FILLS;
    this.#proveAccepted(record, event.type);
    this.#become(record, event.type);
    if (event.type === 'replaced') this.#brackets.onReplaced(record, event.quantity, event.price);
    return NO_FILLS;
  }

  /** Refuses an order that was approved but never sent, and gives its exposure back. */
  abandon(order: ApprovedOrder, code: string, limit: string | number, actual: string | number): Decision {
    return this.#refuse(order, code, limit, actual);
  }

  /** Takes note of a leg that the venue keeps with its entry. */
  adopt(order: ApprovedOrder, bracket: OrderRecord['bracket']): void {
    const { request } = order;
    if (this.#working.has(request.id) || this.#finished.has(request.id)) return;
    this.#working.set(request.id, {
      order,
      request,
      state: 'accepted',
      venueId: undefined,
      filled: 0,
      trades: [],
      decide: undefined,
      decision: undefined,
      ended: undefined,
      bracket,
    });
  }

  #again(known: OrderRecord, decide: (decision: Decision) => void): void {
    if (known.decision !== undefined) {
      decide(known.decision);
      return;
    }
    const first = known.decide;
    known.decide = (decision) => {
      first?.(decision);
      decide(decision);
    };
  }

  /** A reversal: the old position is left first, and only when that has filled may the new one be entered. */
  #afterFirst(order: ApprovedOrder, first: ApprovedOrder, decide: (decision: Decision) => void): void {
    let refusal: Decision | undefined;
    const waiting = { order, decide };
    this.#reversals.add(waiting);
    const record = this.send(first, (decision) => {
      if (decision.outcome === 'refused') refusal = decision;
    });
    const go = (): void => {
      if (!this.#reversals.delete(waiting)) return;
      if (record.state === 'filled') this.send(order, decide);
      else decide(refusal ?? this.#refuse(order, 'ORDER_DEAD', 'the old position closed', record.state));
      if (refusal !== undefined) this.#desk.book.release(order.request.id);
    };
    if (finalStates.has(record.state)) go();
    else record.ended = go;
  }

  /** Refuses the entries of a scope that the venue has not heard of yet. */
  #refuseWaiting(scope: HaltScope, why: string): void {
    for (const waiting of [...this.#reversals]) {
      const { symbol, owner } = waiting.order.request;
      if (!within(scope, symbol, owner)) continue;
      this.#reversals.delete(waiting);
      waiting.decide(this.abandon(waiting.order, 'HALTED', 'not halted', why));
    }
    for (const record of [...this.#working.values()]) {
      const { purpose, symbol, owner } = record.request;
      if (record.state !== 'intended' || purpose !== 'enter' || !within(scope, symbol, owner)) continue;
      const refusal = {
        stage: 'execute',
        rule: 'order manager',
        code: 'HALTED',
        limit: 'not halted',
        actual: why,
      } as const;
      this.#decide(record, refused(record.order.signal, this.#now, refusal, record.order.warrant.verdicts));
      this.#become(record, 'rejected');
    }
  }

  #submit(record: OrderRecord): void {
    const { id } = record.request;
    this.#become(record, 'submitted');
    const { policies } = this.#desk;
    if (policies.remembers) policies.tell({ type: 'submitted', order: record.request });
    const { adapter, line } = this.#desk;
    line.call(
      'submit',
      id,
      () => adapter.submit(record.order),
      (answer) => this.#answered(record, answer),
    );
  }

  #answered(record: OrderRecord, answer: CommandOutcome): void {
    if (record.state !== 'submitted' && record.state !== 'intended' && record.state !== 'unknown') return;
    if (answer.outcome === 'accepted') {
      record.venueId ??= answer.venueId;
      this.#become(record, 'accepted');
      this.#decide(
        record,
        executed(record.order.signal, this.#now, record.request, record.order.warrant.verdicts),
      );
    } else if (answer.outcome === 'rejected') {
      this.#decide(record, this.#venueRefusal(record, answer.code, answer.detail));
      this.#become(record, 'rejected');
    } else {
      this.#unknown(record, answer.detail);
    }
  }

  #unknown(record: OrderRecord, detail: string): void {
    const { order, request } = record;
    this.#become(record, 'unknown');
    this.#desk.issue('ORDER_UNKNOWN', `order ${request.id}: ${detail}`, request.symbol);
    this.#decide(record, unresolved(order.signal, this.#now, request, order.warrant.verdicts, detail));
    this.#resolver.ask(record);
  }

  #resolved(record: OrderRecord, answer: Exclude<QueryOutcome, { outcome: 'unknown' }>): void {
    const { id, symbol } = record.request;
    const time = this.#now;
    if (answer.outcome === 'absent') {
      this.#desk.inferOrder({
        type: 'rejected',
        id,
        symbol,
        time,
        code: 'ABSENT',
        detail: 'the venue never had it',
      });
      return;
    }
    const { report, fills } = answer;
    for (const fill of fills) this.#desk.inferOrder(fill);
    for (const event of eventsOf(record, report, time)) this.#desk.inferOrder(event);
  }

  /** A venue that tells of an order has taken it, even when its answer to our command has not arrived. */
  #proveAccepted(record: OrderRecord, type: OrderEvent['type']): void {
    if (record.decide === undefined) return;
    if (type === 'rejected') this.#decide(record, this.#venueRefusal(record, 'REJECTED', undefined));
    else
      this.#decide(
        record,
        executed(record.order.signal, this.#now, record.request, record.order.warrant.verdicts),
      );
  }

  /** A trade that the venue made by itself, as at a stop-out: it is real, so it is booked where it closes something. */
  #foreign(event: FillEvent): readonly Fill[] {
    const { book } = this.#desk;
    const fills = foreignFills(event, book.owners(event.symbol), book.instrument(event.symbol));
    for (const fill of fills) {
      book.fill(fill);
      this.#brackets.onForeignFill(fill);
    }
    return fills;
  }

  #filled(record: OrderRecord, event: FillEvent): readonly Fill[] {
    if (record.trades.includes(event.tradeId)) {
      this.#desk.issue(
        'DUPLICATE_FILL',
        `trade ${event.tradeId} of order ${event.id} was told twice`,
        event.symbol,
      );
      return NO_FILLS;
    }
    record.trades.push(event.tradeId);
    const instrument = this.#desk.book.instrument(event.symbol);
    const tidy = (lots: number): number => (instrument === undefined ? lots : tidyQuantity(instrument, lots));
    record.filled = tidy(record.filled + event.quantity);
    this.#proveAccepted(record, 'fill');
    const { owner, purpose } = record.request;
    const fill = bookedFill(event, owner, purpose, record.order.signal.id);
    const before = this.#desk.book.position(event.symbol, owner).quantity;
    this.#desk.book.fill(fill);
    const state = tidy(event.remaining) > 0 ? 'partially-filled' : 'filled';
    this.#brackets.onFill(record, fill);
    this.#become(record, state);
    if (purpose !== 'enter') this.#checkOverclosed(fill, before);
    return [fill];
  }

  /** An exit and a stop can fill at once: what turned the position round was wanted by nobody, and is closed. */
  #checkOverclosed({ symbol, owner }: Fill, before: number): void {
    const after = this.#desk.book.position(symbol, owner).quantity;
    if (after === 0 || Math.sign(after) === Math.sign(before)) return;
    const why = `orders that closed the position filled together and turned it to ${after}`;
    this.#desk.issue('OVERCLOSED', `${owner}: ${why}; it is closed`, symbol);
    this.#desk.closeOut(symbol, owner, why);
  }

  #become(record: OrderRecord, state: OrderState): void {
    if (!mayFollow(record.state, state)) {
      if (record.state !== state) {
        const detail = `order ${record.request.id} cannot go from ${record.state} to ${state}`;
        this.#desk.issue('ODD_ORDER_EVENT', detail, record.request.symbol);
      }
      return;
    }
    record.state = state;
    if (!finalStates.has(state)) return;
    this.#working.delete(record.request.id);
    this.#finished.set(record.request.id, record);
    this.#desk.book.release(record.request.id);
    this.#brackets.onEnd(record);
    this.#tellEnd(record.request, state, record.filled);
    const { ended } = record;
    record.ended = undefined;
    ended?.();
  }

  #tellEnd(order: OrderRequest, state: OrderState, filled: number): void {
    const { policies } = this.#desk;
    if (policies.remembers) policies.tell({ type: 'ended', order, state, filled });
  }

  #decide(record: OrderRecord, decision: Decision): void {
    const { decide } = record;
    if (decide === undefined) return;
    record.decide = undefined;
    record.decision = decision;
    decide(decision);
  }

  #venueRefusal(record: OrderRecord, code: string, detail: string | undefined): Decision {
    const { signal, warrant } = record.order;
    const actual = detail === undefined ? code : `${code}: ${detail}`;
    const refusal = {
      stage: 'execute',
      rule: this.#desk.adapter.name,
      code: 'VENUE_REJECTED',
      limit: 'accepted',
      actual,
    } as const;
    return refused(signal, this.#now, refusal, warrant.verdicts);
  }

  #refuse(order: ApprovedOrder, code: string, limit: string | number, actual: string | number): Decision {
    this.#desk.book.release(order.request.id);
    this.#tellEnd(order.request, 'rejected', 0);
    const refusal = { stage: 'execute', rule: 'order manager', code, limit, actual } as const;
    return refused(order.signal, this.#now, refusal, order.warrant.verdicts);
  }

  get #now(): number {
    return this.#desk.loop.now;
  }
}
