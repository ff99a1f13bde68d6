import type { Decision } from '../model/decision.js';
import { tidyLots } from '../model/grid.js';
import {
  type Fill,
  type FillEvent,
  finalStates,
  type OrderEvent,
  type OrderReport,
  type OrderRequest,
  type OrderState,
} from '../model/order.js';
import { executed, refused, unresolved } from '../model/refuse.js';
import type { ApprovedOrder, LegName } from '../risk/approved-order.js';
import { bookedFill, foreignTrade, RECONCILED, setOthers } from './booked-fill.js';
import { BracketBook } from './bracket-book.js';
import { BracketKeeper } from './bracket-keeper.js';
import type { CommandOutcome, MaybePromise, QueryOutcome } from './broker-adapter.js';
import { checkOrigin } from './check-origin.js';
import type { Desk } from './desk.js';
import { type HaltScope, within } from './halts.js';
import { overclosed } from './ledger.js';
import { addTrade, newRecord, type OrderRecord, OrderRecords } from './order-record.js';
import { mayFollow, provesWorking } from './order-state.js';
import { eventsOf } from './report-events.js';
import { Reversals } from './reversals.js';
import { UnknownResolver } from './unknown-resolver.js';

const NO_FILLS: readonly Fill[] = [];
/** Ms that the venue has to end an order that was to be cancelled, before it is asked; doubled each time, up to the longest. */
const FIRST_CHASE = 1_000;
const LONGEST_CHASE = 30_000;
/** Chases after which a person is told. */
const CHASE_ALERT = 5;
/** Of the orders that ended last so many are asked for when a trade is missing. */
const ENDED_ASKED = 100;

/** An order that is to be sent, and who is told what became of it. */
interface NewOrder {
  readonly order: ApprovedOrder;
  readonly decide: (decision: Decision) => void;
}

/**
 * Places, follows and ends orders. The intent is on record, and durable, before the venue hears of it; an order whose outcome is
 * unknown is asked for, never sent again; the same client order id gives the same decision, never a second order.
 */
export class OrderManager {
  readonly #desk: Desk;
  readonly records = new OrderRecords();
  readonly bracketBook = new BracketBook();
  readonly #reversals: Reversals;
  readonly #brackets: BracketKeeper;
  readonly #resolver: UnknownResolver;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#reversals = new Reversals(desk, this);
    this.#brackets = new BracketKeeper(desk, this, this.bracketBook);
    this.#resolver = new UnknownResolver(desk, (record, answer) => this.#resolved(record, answer));
    desk.onRefuse((scope, why) => this.#refuseWaiting(scope, why));
  }

  /** Orders that the venue may still act on. */
  working(): Iterable<OrderRecord> {
    return this.records.working();
  }

  /** Whether anything is still in the air: an order without an answer, or one that nobody knows about. */
  get inFlight(): boolean {
    for (const { state } of this.records.working()) {
      if (state === 'intended' || state === 'submitted' || state === 'unknown') return true;
    }
    return false;
  }

  /** Whether the venue is being asked for any order. */
  get asking(): boolean {
    return this.#resolver.asking;
  }

  /** The approved order behind a client order id; undefined when it is not ours or long finished. */
  orderOf(id: string): ApprovedOrder | undefined {
    return this.records.get(id)?.order;
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
    const known = this.records.get(id);
    if (known !== undefined) {
      this.#again(known, decide);
      return;
    }
    const now = this.#desk.loop.now;
    if (now > order.warrant.expires) {
      decide(this.abandon(order, 'APPROVAL_EXPIRED', order.warrant.expires, now));
      return;
    }
    if (purpose === 'protect' && bracket !== undefined) {
      this.#desk.log('out:intent', order.request);
      this.#brackets.adjust(order);
      decide(executed(order.signal, now, order.request, order.warrant.verdicts));
      return;
    }
    if (order.first === undefined) this.send(order, decide);
    else this.#reversals.place(order, order.first, decide);
  }

  /** Sends an order that needs no further check: what {@link place} passed, or a leg of what it passed. */
  send(
    order: ApprovedOrder,
    decide: (decision: Decision) => void,
    bracket?: OrderRecord['bracket'],
  ): OrderRecord {
    const record = newRecord(order, bracket, decide);
    const { id, purpose } = record.request;
    this.records.add(record);
    this.#desk.intend(record.request, id, (failure) => {
      // It may have been refused while it waited.
      if (record.state !== 'intended') return;
      // What closes or protects goes out all the same: a position without its stop is worse than a gap in the journal.
      if (failure === undefined || purpose !== 'enter')
        this.#brackets.whenFree(record, () => this.#submit(record));
      else this.#answered(record, { outcome: 'rejected', code: 'JOURNAL_FAILED', detail: failure });
    });
    return record;
  }

  /** Sends the legs of a bracket as one pair: both intents are on record before the venue hears of either. */
  sendPair(stop: NewOrder, target: NewOrder, bracket: OrderRecord['bracket']): void {
    const records = [stop, target].map(({ order, decide }) => newRecord(order, bracket, decide));
    for (const record of records) this.records.add(record);
    this.#desk.log('out:intent', stop.order.request);
    this.#desk.intend(target.order.request, target.order.request.id, () => {
      let answer: Promise<CommandOutcome> | undefined;
      // One command of the venue's, and an answer for each of the two orders.
      const ask = (): Promise<CommandOutcome> => {
        answer ??= new Promise((resolve) => resolve(this.#pair(stop.order, target.order)));
        return answer;
      };
      for (const record of records) if (record.state === 'intended') this.#submit(record, ask);
    });
  }

  #pair(stop: ApprovedOrder, target: ApprovedOrder): MaybePromise<CommandOutcome> {
    const { adapter } = this.#desk;
    return (
      adapter.submitPair?.(stop, target) ?? {
        outcome: 'rejected',
        code: 'UNSUPPORTED_ORDER',
        detail: `${adapter.name} declares closingLocks and has no submitPair`,
      }
    );
  }

  /** An exit waited for a stop to go, and the stop traded first. */
  tooLate(record: OrderRecord): void {
    const code = 'NOTHING_TO_REDUCE';
    const detail = 'its stop or target closed the position first';
    const { id, symbol } = record.request;
    // No answer of the venue's tells of it, and where a halt has refused the reversal before, no decision either.
    this.#desk.log('out:order', { type: 'rejected', id, symbol, time: this.#now, code, detail });
    this.#answered(record, { outcome: 'rejected', code, detail });
  }

  /**
   * Asks the venue to cancel, until the order has ended: a cancel is safe to repeat, and a stop that is left behind would open a
   * position one day.
   */
  cancel(id: string, reason: string): void {
    const record = this.records.live(id);
    if (record === undefined) return;
    record.cancelling = reason;
    this.#cancel(record, 0);
  }

  #cancel(record: OrderRecord, attempt: number): void {
    const { id, symbol } = record.request;
    const { adapter, line, timers } = this.#desk;
    const reason = record.cancelling ?? '';
    this.#desk.intend({ command: 'cancel', id, reason }, id, () =>
      line.call(
        'cancel',
        id,
        () => adapter.cancel({ id, symbol, venueId: record.venueId }),
        () => {
          const pause = Math.min(LONGEST_CHASE, FIRST_CHASE * 2 ** attempt);
          timers.timer(pause, () => this.#chase(record, attempt + 1));
        },
      ),
    );
  }

  /** An order that was to be cancelled and has not ended: what became of it is asked, and if it works it is cancelled again. */
  #chase(record: OrderRecord, attempt: number): void {
    if (finalStates.has(record.state)) return;
    const { id, symbol } = record.request;
    if (attempt === CHASE_ALERT)
      this.#desk.issue(
        'CANCEL_FAILED',
        `order ${id} was to be cancelled (${record.cancelling}) and still works`,
        symbol,
      );
    this.#resolver.ask(record, true, () => {
      if (!finalStates.has(record.state)) this.#cancel(record, attempt);
    });
  }

  /** Cancels every entry of a scope that works. Protection stays. */
  cancelEntries(reason: string, scope: HaltScope = {}): void {
    for (const { request } of [...this.records.working()]) {
      const { id, purpose, symbol, owner } = request;
      if (purpose === 'enter' && within(scope, symbol, owner)) this.cancel(id, reason);
    }
  }

  /** Asks the venue for an order until it tells. @param soon - the first question at once */
  ask(id: string, soon = false): void {
    const record = this.records.live(id);
    if (record !== undefined) this.#resolver.ask(record, soon);
  }

  /** Asks for every order whose fate may have changed without our hearing of it. */
  askForAll(): void {
    for (const { request, state } of [...this.records.working()])
      if (state !== 'intended') this.ask(request.id, true);
  }

  /** Asks for the orders of a symbol that ended last: one of their trades may never have been told. */
  askForEnded(symbol: string): void {
    for (const record of this.records.finished(ENDED_ASKED))
      if (record.request.symbol === symbol && record.filled < record.quantity)
        this.#resolver.ask(record, true);
  }

  /** Takes up the orders of an earlier life: what protects first, then what nobody knows of. */
  resume(): void {
    const known = [...this.records.working()];
    this.#brackets.resume();
    for (const record of known) {
      if (record.cancelling === undefined) this.ask(record.request.id, true);
      else this.#cancel(record, 0);
    }
  }

  /** Takes an event of the venue. Returns the trades as booked: several when one closed what several ledgers held. */
  onEvent(event: OrderEvent): readonly Fill[] {
    const record = this.records.get(event.id);
    if (record === undefined) return this.#strange(event);
    record.venueId ??= event.venueId;
    if (provesWorking.has(event.type)) this.#brackets.onProof(record);
    if (event.type === 'fill') return this.#filled(record, event);
    if (event.type === 'triggered') return NO_FILLS;
    this.#proveAccepted(record, event.type);
    this.#become(record, event.type, event.type === 'rejected' && event.code === 'ABSENT');
    if (event.type === 'replaced') {
      record.quantity = event.quantity;
      this.#brackets.onReplaced(record, event.quantity, event.price);
    }
    return NO_FILLS;
  }

  /** Refuses an order that was approved but never sent, and gives its exposure back. */
  abandon(order: ApprovedOrder, code: string, limit: string | number, actual: string | number): Decision {
    const { request, first } = order;
    this.#desk.book.release(request.id);
    // Of a reversal the way out was reserved, too. One that was sent still closes, and its own end gives back what it did not.
    if (first && !this.records.get(first.request.id)) this.#desk.book.release(first.request.id);
    this.#tellEnd(request, 'rejected', 0);
    const refusal = { stage: 'execute', rule: 'order manager', code, limit, actual } as const;
    return refused(order.signal, this.#now, refusal, order.warrant.verdicts);
  }

  /** Takes note of a leg that the venue keeps with its entry. @returns false when the venue has ended it already */
  adopt(order: ApprovedOrder, bracket: NonNullable<OrderRecord['bracket']>, name: LegName): boolean {
    const known = this.records.get(order.request.id);
    if (known !== undefined && finalStates.has(known.state)) return false;
    this.bracketBook.adopted(bracket, name, order);
    if (known === undefined) this.records.add({ ...newRecord(order, bracket, undefined), state: 'accepted' });
    return true;
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

  /** Refuses the entries of a scope that the venue has not heard of yet. */
  #refuseWaiting(scope: HaltScope, why: string): void {
    this.#reversals.refuse(scope, why);
    for (const record of [...this.records.working()]) {
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

  #submit(
    record: OrderRecord,
    ask: () => MaybePromise<CommandOutcome> = () =>
      this.#desk.adapter.submit(this.#brackets.asSent(record.order)),
  ): void {
    const { id } = record.request;
    this.#become(record, 'submitted');
    const { policies } = this.#desk;
    if (policies.remembers) policies.tell({ type: 'submitted', order: record.request });
    this.#desk.line.call('submit', id, ask, (answer) => this.#answered(record, answer));
  }

  #answered(record: OrderRecord, answer: CommandOutcome): void {
    if (record.state !== 'submitted' && record.state !== 'intended' && record.state !== 'unknown') return;
    if (answer.outcome === 'accepted') {
      record.venueId ??= answer.venueId;
      this.#become(record, 'accepted');
      this.#decideExecuted(record);
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
    if (answer.outcome === 'found') this.#found(record, answer.report, answer.fills);
    else this.#absent(record);
  }

  #absent(record: OrderRecord): void {
    const { request, filled, state } = record;
    if (finalStates.has(state)) return;
    const partner = this.#brackets.partnerOf(record);
    const { id, symbol } = request;
    const base = { id, symbol, time: this.#now };
    const detail = 'the venue does not have it';
    this.#desk.inferOrder(
      filled > 0
        ? { ...base, type: 'cancelled', reason: detail }
        : { ...base, type: 'rejected', code: 'ABSENT', detail },
    );
    // A pair is taken as a whole or not at all, and its position is without a stop until both are known.
    if (partner?.state === 'unknown') this.#absent(partner);
  }

  #found(record: OrderRecord, report: OrderReport, fills: readonly FillEvent[]): void {
    const known = new Set(record.trades);
    for (const fill of fills) if (!known.has(fill.tradeId)) this.#desk.inferOrder(fill);
    // Where its trades are the whole order, its end is told with them.
    if (finalStates.has(record.state)) return;
    for (const event of eventsOf(record, report, this.#now)) this.#desk.inferOrder(event);
    if (!finalStates.has(record.state)) this.#brackets.onReport(record, report);
  }

  /** A venue that tells of an order has taken it, even when its answer to our command has not arrived. */
  #proveAccepted(record: OrderRecord, type: OrderEvent['type']): void {
    if (record.decide === undefined) return;
    if (type === 'rejected') this.#decide(record, this.#venueRefusal(record, 'REJECTED', undefined));
    else this.#decideExecuted(record);
  }

  /** An event of an order that is not remembered: somebody else's, or one of ours that ended long ago. */
  #strange(event: OrderEvent): readonly Fill[] {
    const { id, symbol, type } = event;
    if (this.#desk.owns(id)) {
      // Its trades may have been booked: what the venue holds is compared, and nothing is booked on a guess.
      this.#desk.issue('LATE_EVENT', `the venue told ${type} of order ${id}, which ended long ago`, symbol);
      this.#desk.reconcile(`a late ${type} of ${id}`);
      return NO_FILLS;
    }
    if (id !== RECONCILED)
      this.#desk.issue('UNKNOWN_ORDER', `the venue told of order ${id}, which is not ours`, symbol);
    return event.type === 'fill' ? this.foreign(event) : NO_FILLS;
  }

  /** A trade that the venue made by itself, as at a stop-out: it is real, so it is booked where it closes something. */
  foreign(event: FillEvent): readonly Fill[] {
    const { book, others, adopts } = this.#desk;
    const { symbol } = event;
    const { fills, others: left } = foreignTrade(event, {
      instrument: book.instrument(symbol),
      owners: book.owners(symbol),
      others: others.get(symbol) ?? 0,
      adopts,
    });
    setOthers(others, symbol, left);
    for (const fill of fills) {
      book.fill(fill);
      this.#desk.closeOuts.traded(fill);
      this.#brackets.onForeignFill(fill);
    }
    return fills;
  }

  #filled(record: OrderRecord, event: FillEvent): readonly Fill[] {
    const { id, symbol, tradeId } = event;
    const instrument = this.#desk.book.instrument(symbol);
    if (!addTrade(record, event, instrument)) {
      this.#desk.issue('DUPLICATE_FILL', `trade ${tradeId} of order ${id} was told twice`, symbol);
      return NO_FILLS;
    }
    const remaining = tidyLots(instrument, event.remaining);
    this.#proveAccepted(record, 'fill');
    const { owner, purpose } = record.request;
    const fill = bookedFill(event, owner, purpose, record.order.signal.id);
    const before = this.#desk.book.position(symbol, owner).quantity;
    this.#desk.book.fill(fill);
    this.#desk.closeOuts.traded(fill);
    this.#brackets.onFill(record, fill);
    this.#become(record, remaining > 0 ? 'partially-filled' : 'filled');
    if (purpose !== 'enter') this.#checkOverclosed(record, fill, before);
    // Less is open than can be: a trade before this one was never told.
    const missed = tidyLots(instrument, record.quantity - record.filled - remaining);
    if (missed > 0 && purpose !== 'protect') this.#resolver.ask(record, true);
    return [fill];
  }

  /** An exit and a stop can fill at once: what turned or deepened the position was wanted by nobody, and is closed. */
  #checkOverclosed({ state, request }: OrderRecord, { symbol, owner }: Fill, before: number): void {
    const after = this.#desk.book.position(symbol, owner).quantity;
    const lots = tidyLots(this.#desk.book.instrument(symbol), overclosed(before, after));
    if (lots <= 0) return;
    const why = `orders that closed the position filled together and brought it from ${before} to ${after}`;
    this.#desk.issue('OVERCLOSED', `${owner}: ${why}; ${lots} lots are closed`, symbol);
    if (!finalStates.has(state)) this.cancel(request.id, 'it closes more than is open');
    this.#desk.closeOut(symbol, owner, why, lots);
  }

  #become(record: OrderRecord, state: OrderState, absent = false): void {
    if (!mayFollow(record.state, state)) {
      if (record.state !== state) {
        const detail = `order ${record.request.id} cannot go from ${record.state} to ${state}`;
        this.#desk.issue('ODD_ORDER_EVENT', detail, record.request.symbol);
      }
      return;
    }
    record.state = state;
    if (!finalStates.has(state)) return;
    this.records.finish(record);
    this.#desk.book.release(record.request.id);
    // First what it left to close, in the order of the journal's lines: its end may let other exits out, which may end at once.
    this.#desk.closeOuts.ended(record);
    this.#brackets.onEnd(record, absent);
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

  #decideExecuted(record: OrderRecord): void {
    const { signal, warrant } = record.order;
    this.#decide(record, executed(signal, this.#now, record.request, warrant.verdicts));
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

  get #now(): number {
    return this.#desk.loop.now;
  }
}
