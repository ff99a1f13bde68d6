import type { OrderEvent } from '@mikrobot/core';
import type { SimulatedContract } from '../contracts/contract.js';
import { zonedTime } from '../times.js';
import { type ExchangeHours, expiryOf, type TradingState } from './hours.js';
import type { Ledger, LedgerListener } from './ledger.js';
import { MatchingLine } from './matching-line.js';
import { shareReduced } from './oca.js';
import { isStop, type OrderTerms, stageAtMarket, type TwsOrder } from './order.js';
import { rejected, shutWarning, type TwsRefusal } from './refusal.js';
import { Schedule } from './schedule.js';
import type { ExchangeState } from './state.js';
import { carries } from './what-if.js';

/** Ends of an order that are told with error 202. */
const CANCELLED = 202;

/**
 * Where orders live, from their transmission to their end: families of parent and children, groups of which one cancels the others,
 * hours, and matching. Orders that come here were checked.
 */
export class Desk implements LedgerListener {
  readonly #state: ExchangeState;
  readonly #hours: ExchangeHours;
  readonly #ledger: Ledger;
  readonly #schedule: Schedule;
  /** Groups of which an order has filled: nothing more is taken into them. */
  readonly #filledGroups = new Set<string>();
  /** The order that is being put to the market: it takes, others rest. */
  #taking: TwsOrder | undefined;

  constructor(state: ExchangeState, hours: ExchangeHours, ledger: Ledger) {
    this.#state = state;
    this.#hours = hours;
    this.#ledger = ledger;
    this.#schedule = new Schedule('tws-orders', state.clock, () => this.pass());
  }

  /** Takes a new order in; one that is not transmitted waits, and nothing is told of it. */
  enter(order: TwsOrder, transmit: boolean): void {
    this.#state.orders.add(order);
    if (transmit) this.#transmitFamily(order);
    this.pass();
  }

  /** An order that the venue does not take: it ends as Inactive, and its children with it. */
  reject(order: TwsOrder, refusal: TwsRefusal): void {
    if (this.#state.orders.byPermId(order.permId) === undefined) this.#state.orders.add(order);
    this.#state.teller.notice(order, refusal);
    this.#end(order, 'Inactive', refusal.text);
  }

  /** Gives a live order new terms, which were checked. */
  amend(order: TwsOrder, terms: OrderTerms, transmit: boolean): void {
    const before = order.terms;
    order.terms = terms;
    if (order.stage === 'untransmitted') {
      if (transmit) this.#transmitFamily(order);
      this.pass();
      return;
    }
    order.expiresAt = this.#expiryOf(order);
    this.#state.teller.order(order);
    if (order.stage === 'working') {
      if (terms.timeInForce === before.timeInForce) this.#take(order, () => order.line?.amend(this.#now));
      else this.#activate(order);
    }
    this.pass();
  }

  /** Ends an order on somebody's wish. */
  cancel(order: TwsOrder): void {
    if (order.stage === 'untransmitted') this.#end(order, 'ApiCancelled', '');
    else {
      this.#state.teller.status(order, 'PendingCancel');
      this.#end(order, 'Cancelled', '');
    }
    this.pass();
  }

  /** The market of a contract has moved: its orders meet the new quote, the oldest first. */
  quote(contract: SimulatedContract): void {
    const { orders, market } = this.#state;
    const quote = market.quote(contract);
    if (orders.isIdle || quote === undefined) return;
    let { depth } = market;
    for (const order of orders.ofContract(contract)) {
      // An order before it may have ended it.
      if (order.stage === 'waiting') this.#activateIfReady(order);
      else if (order.stage === 'working' && this.#isOpen(order)) {
        const { filled } = order;
        order.line?.quote(quote, depth, this.#now);
        if (depth !== undefined) depth = Math.max(0, depth - (order.filled - filled));
      }
    }
    this.pass();
  }

  /** The closing auction of a contract: orders at the close trade once, at the present quote, and what cannot ends. */
  auction(contract: SimulatedContract): void {
    for (const order of this.#state.orders.ofContract(contract)) {
      if (order.stage !== 'auction') continue;
      if (this.#state.market.quote(contract) === undefined) this.#end(order, 'Cancelled', '');
      else this.#activate(order);
    }
    this.pass();
  }

  /** Lets happen what is due: orders end, and markets open. */
  pass(): void {
    const now = this.#now;
    let next = Number.POSITIVE_INFINITY;
    for (const order of this.#state.orders.live()) {
      if (order.stage === 'ended') continue;
      if (order.expiresAt <= now) this.#end(order, 'Cancelled', '');
      else if (order.stage === 'waiting') this.#activateIfReady(order);
    }
    for (const order of this.#state.orders.live()) {
      next = Math.min(next, order.expiresAt);
      if (order.stage === 'waiting') next = Math.min(next, this.#tradingState(order).until);
    }
    this.#schedule.wakeAt(next);
  }

  /** Ends all timers. */
  close(): void {
    this.#schedule.stop();
  }

  /** @see LedgerListener */
  traded(order: TwsOrder, share: number): void {
    for (const other of this.#state.orders.neighbours(order)) this.#reduce(other, order.terms.ocaType, share);
    if (order.end !== 'Filled') return;
    if (order.terms.ocaGroup !== '') this.#filledGroups.add(groupOf(order));
    this.#parentEnded(order);
  }

  get #now(): number {
    return this.#state.clock.now();
  }

  #transmitFamily(order: TwsOrder): void {
    const { parent } = order;
    const family =
      parent?.stage === 'untransmitted'
        ? [parent, ...this.#state.orders.children(parent).filter(({ stage }) => stage === 'untransmitted')]
        : [order];
    for (const one of family) if (one.stage === 'untransmitted') this.#transmit(one);
  }

  #transmit(order: TwsOrder): void {
    const { parent, terms } = order;
    const waitsForParent = parent !== undefined && parent.stage !== 'ended';
    const refusal = this.#filledGroups.has(groupOf(order))
      ? 'OCA group is already filled.'
      : waitsForParent
        ? undefined
        : carries(this.#state, order);
    if (refusal !== undefined) {
      this.reject(order, rejected(refusal));
      return;
    }
    order.stage = waitsForParent ? 'child' : stageAtMarket(terms);
    order.expiresAt = this.#expiryOf(order);
    this.#warnIfShut(order);
    this.#state.teller.order(order);
    if (order.stage === 'waiting') this.#activateIfReady(order);
  }

  #warnIfShut(order: TwsOrder): void {
    const { open, until } = this.#tradingState(order);
    if (!open && order.stage === 'waiting')
      this.#state.teller.notice(order, shutWarning(order, zonedTime(this.#state.zone, until)));
  }

  #activateIfReady(order: TwsOrder): void {
    if (this.#state.market.quote(order.contract) !== undefined && this.#isOpen(order)) this.#activate(order);
  }

  /** Puts an order to the market. */
  #activate(order: TwsOrder): void {
    const { market, teller } = this.#state;
    const { contract, terms } = order;
    const wasWorking = order.stage === 'working';
    order.stage = 'working';
    const line = new MatchingLine(order, (event) => this.#on(order, event));
    order.line = line;
    const rests = terms.type === 'LMT' && !wasWorking;
    if (rests) teller.order(order);
    const taken = this.#take(order, () => line.begin(market.quote(contract)!, market.depth, this.#now));
    if (taken.outcome === 'rejected') this.reject(order, rejected(taken.code));
    // A market order that trades at once is told as filled only.
    if (order.end === undefined && !rests && !isStop(terms) && order.filled === 0) teller.order(order);
  }

  #take<T>(order: TwsOrder, work: () => T): T {
    const before = this.#taking;
    this.#taking = order;
    try {
      return work();
    } finally {
      this.#taking = before;
    }
  }

  #on(order: TwsOrder, event: OrderEvent): void {
    if (event.type === 'triggered') {
      order.triggered = true;
      this.#state.teller.order(order);
    } else if (event.type === 'fill') {
      this.#ledger.trade(order, event.quantity, event.price, order !== this.#taking);
    } else if (event.type === 'cancelled') {
      this.#end(order, 'Cancelled', '');
    }
  }

  #end(order: TwsOrder, end: 'Cancelled' | 'ApiCancelled' | 'Inactive', reason: string): void {
    const { orders, teller } = this.#state;
    if (order.end !== undefined) return;
    order.stage = 'ended';
    order.end = end;
    order.endedAt = this.#now;
    order.endReason = end === 'Inactive' ? reason : 'Cancelled by Trader';
    orders.ended(order);
    if (end !== 'Inactive')
      teller.notice(order, { code: CANCELLED, text: `Order Canceled - reason:${reason}` });
    teller.order(order);
    this.#parentEnded(order);
  }

  /** Children begin when their parent has filled, and end when it ended otherwise. */
  #parentEnded(order: TwsOrder): void {
    for (const child of this.#state.orders.children(order)) {
      if (order.end !== 'Filled') this.#end(child, 'Cancelled', '');
      else if (child.stage === 'child') {
        child.stage = stageAtMarket(child.terms);
        this.#state.teller.order(child);
        if (child.stage === 'waiting') this.#activateIfReady(child);
      }
    }
  }

  #reduce(order: TwsOrder, ocaType: number, share: number): void {
    const left = ocaType === 1 ? 0 : shareReduced(order, share);
    if (left === 0) {
      this.#end(order, 'Cancelled', '');
      return;
    }
    order.terms = { ...order.terms, quantity: order.filled + left };
    order.line?.amend(this.#now);
    this.#state.teller.order(order);
  }

  #isOpen(order: TwsOrder): boolean {
    return this.#tradingState(order).open;
  }

  #tradingState({ contract, terms }: TwsOrder): TradingState {
    return this.#hours.stateFor(contract, terms, this.#now);
  }

  #expiryOf(order: TwsOrder): number {
    return expiryOf(order.terms, this.#tradingState(order));
  }
}

const groupOf = ({ account, terms }: TwsOrder): string => `${account.id} ${terms.ocaGroup}`;
