import type { Decision } from '../model/decision.js';
import type { ApprovedOrder, LegName } from '../risk/approved-order.js';
import type { BracketBook } from './bracket-book.js';
import { type BracketState, LEGS } from './bracket-state.js';
import type { Desk } from './desk.js';
import { ExitGate } from './exit-gate.js';
import type { OrderManager } from './order-manager.js';
import type { OrderRecord } from './order-record.js';

/** Ms that the venue has to end the other leg of a pair that was withdrawn. */
const GRACE = 1_000;
const IN_THE_WAY = 'it locks what an exit is to sell';

/** What the keeper of brackets does for its pairs. */
export interface LegMaker {
  order(bracket: BracketState, name: LegName, quantity: number): ApprovedOrder | undefined;
  /** Takes note of a leg that is about to be sent. @returns what is done when the venue has answered */
  begin(bracket: BracketState, name: LegName, order: ApprovedOrder): (decision: Decision) => void;
  /** Brings the legs at the venue to what is wanted. */
  sync(bracket: BracketState): void;
}

/**
 * Legs at a venue where a closing order locks what it would sell: stop and target go as one pair of which nothing can be changed
 * alone, and an exit needs both gone.
 */
export class PairedLegs {
  readonly #desk: Desk;
  readonly #orders: OrderManager;
  readonly #book: BracketBook;
  readonly #make: LegMaker;
  readonly #gate: ExitGate;

  constructor(desk: Desk, orders: OrderManager, book: BracketBook, make: LegMaker) {
    this.#desk = desk;
    this.#orders = orders;
    this.#book = book;
    this.#make = make;
    this.#gate = new ExitGate(desk, orders.records);
  }

  /** Whether the venue is one of these. */
  get used(): boolean {
    return this.#desk.capabilities.closingLocks === true;
  }

  /** Calls back when an order may go out: at once, unless it is an exit that legs stand in the way of. */
  whenFree(record: OrderRecord, go: () => void): void {
    const { symbol, owner } = record.request;
    if (!this.#gate.stops(record) || this.#isClear(symbol, owner)) {
      go();
      return;
    }
    this.#gate.wait(record, go);
    for (const bracket of this.#book.of(symbol, owner)) this.#withdraw(bracket, IN_THE_WAY);
  }

  /** Brings a pair to what is wanted: places it, or withdraws both, and their end makes room for the next pair. */
  sync(bracket: BracketState, open: number): void {
    const { legs, wanted, symbol, owner } = bracket;
    if (legs.stop === undefined && legs.target === undefined) {
      if (!this.#gate.exits(symbol, owner)) this.#place(bracket, open);
      return;
    }
    const isRight = (name: LegName): boolean => {
      const leg = legs[name];
      return leg === undefined
        ? wanted[name] === undefined
        : leg.price === wanted[name] && leg.quantity === open;
    };
    if (!LEGS.every(isRight)) this.#withdraw(bracket, 'replaced by another size or price');
  }

  /** The venue has a leg: an exit that waits for it to go comes first. */
  working(bracket: BracketState): void {
    const { symbol, owner } = bracket;
    if (this.#gate.waits(symbol, owner)) this.#withdraw(bracket, IN_THE_WAY);
    else this.#make.sync(bracket);
  }

  /** An order has ended: lets exits out that no leg stands in the way of any more, and legs back in after the last exit. */
  ended(record: OrderRecord): void {
    if (!this.used) return;
    const { symbol, owner } = record.request;
    this.#gate.forget(record);
    if (this.#isClear(symbol, owner)) this.#gate.open(symbol, owner, (exit) => this.#orders.tooLate(exit));
    // Also beside another bracket that has its legs back already. Not legs that the venue would not have: their own end, or that
    // of an exit that it refuses, too, would bring them back for ever.
    for (const bracket of this.#book.of(symbol, owner))
      if (hasNoLegs(bracket) && !bracket.refused) this.#make.sync(bracket);
  }

  /** A leg has ended. The other one of a pair that was withdrawn ends with it; a venue that forgets that is reminded. */
  legEnded({ cancelling }: OrderRecord, { legs }: BracketState): void {
    const other = legs.stop ?? legs.target;
    if (!this.used || cancelling === undefined || other === undefined) return;
    this.#desk.timers.timer(GRACE, () => {
      if (this.#orders.records.live(other.id)?.cancelling === undefined)
        this.#orders.cancel(other.id, 'the other leg of its pair has ended');
    });
  }

  /** The other order of the pair that a leg was placed in. */
  partnerOf({ bracket, request }: OrderRecord): OrderRecord | undefined {
    const { stop, target } = bracket?.legs ?? {};
    if (!this.used || stop === undefined || target === undefined) return undefined;
    if (request.id !== stop.id && request.id !== target.id) return undefined;
    return this.#orders.records.live(request.id === stop.id ? target.id : stop.id);
  }

  /** Whether the target of a pair trades: the venue has ended its stop for that. */
  targetTrades(bracket: BracketState): boolean {
    return this.used && (this.#recordOf(bracket, 'target')?.filled ?? 0) > 0;
  }

  /** Whether the venue ended the target of a pair by itself: its stop may be trading, and the news of that on its way. */
  stopMayTrade(bracket: BracketState, ended: LegName): boolean {
    const stop = this.#recordOf(bracket, 'stop');
    return this.used && ended === 'target' && stop !== undefined && stop.cancelling === undefined;
  }

  /**
   * Ends both legs: the venue ends the one with the other, and has done so when one of them began to trade. What is on its way is
   * withdrawn when it has arrived.
   */
  #withdraw(bracket: BracketState, reason: string): void {
    const { stop, target } = bracket.legs;
    const leg = this.targetTrades(bracket) ? target : (stop ?? target);
    if (leg === undefined || stop?.busy === true || target?.busy === true) return;
    for (const each of [stop, target]) if (each !== undefined) each.busy = true;
    this.#orders.cancel(leg.id, reason);
  }

  #place(bracket: BracketState, open: number): void {
    const [stop, target] = LEGS.flatMap((name) => {
      const order = this.#make.order(bracket, name, open);
      return order === undefined ? [] : [{ order, decide: this.#make.begin(bracket, name, order) }];
    });
    if (stop === undefined) return;
    if (target === undefined) this.#orders.send(stop.order, stop.decide, bracket);
    else this.#orders.sendPair(stop, target, bracket);
  }

  #recordOf({ legs }: BracketState, name: LegName): OrderRecord | undefined {
    const leg = legs[name];
    return leg && this.#orders.records.live(leg.id);
  }

  /** Whether no leg of a ledger works. */
  #isClear(symbol: string, owner: string): boolean {
    return this.#book.of(symbol, owner).every(hasNoLegs);
  }
}

const hasNoLegs = ({ legs }: BracketState): boolean => LEGS.every((name) => legs[name] === undefined);
