import type { Decision } from '../model/decision.js';
import type { Fill, OrderReport } from '../model/order.js';
import type { ApprovedOrder, LegName } from '../risk/approved-order.js';
import { type BracketBook, legOrder } from './bracket-book.js';
import {
  attachedLots,
  type BracketState,
  isTighter,
  LEGS,
  type Leg,
  openLots,
  sleeps,
  takeOver,
  tidy,
  trailedStop,
  trailOf,
} from './bracket-state.js';
import { canAmend } from './can-amend.js';
import type { Desk } from './desk.js';
import type { OrderManager } from './order-manager.js';
import type { OrderRecord } from './order-record.js';
import { PairedLegs } from './paired-legs.js';

/** Ms in which a venue that keeps brackets should have ended the legs of a closed position. */
const GRACE = 5_000;
/** A stop that the venue took and did not keep is placed again, so often. */
const MOST_LOST = 5;
/** Ms that a venue that keeps brackets has to tell why it ended a leg: the trade that closed the position may come later. */
const LEG_GRACE = 1_000;
/** Ms that an entry has to fill whole where its stop sleeps till then; after that its rest is cancelled. */
const WHOLE_GRACE = 1_000;

/**
 * Keeps every open position under the protection that its entry was approved with. Each bracket knows what its legs should be;
 * `#sync` brings the venue there, one command a leg at a time. Where the venue keeps brackets itself, only moves are sent.
 * One implementation for all adapters.
 */
export class BracketKeeper {
  readonly #desk: Desk;
  readonly #orders: OrderManager;
  readonly #book: BracketBook;
  /** Whether some stop must be moved by core as the market moves. */
  trailing = false;
  readonly #pairs: PairedLegs;

  constructor(desk: Desk, orders: OrderManager, book: BracketBook) {
    this.#desk = desk;
    this.#orders = orders;
    this.#book = book;
    this.#pairs = new PairedLegs(desk, orders, book, {
      order: (bracket, name, quantity) => this.#legOrder(bracket, name, quantity, bracket.wanted[name]),
      begin: (bracket, name, order) => this.#begin(bracket, name, order),
      sync: (bracket) => this.#sync(bracket),
    });
  }

  /** Where the ledger's stops are wanted. */
  stops(symbol: string, owner: string): readonly number[] {
    const stops: number[] = [];
    for (const bracket of this.#book.list()) {
      const { stop } = bracket.wanted;
      if (bracket.owner === owner && bracket.symbol === symbol && stop !== undefined) stops.push(stop);
    }
    return stops;
  }

  /** Takes a trade into account, whatever its order was for. */
  onFill(record: OrderRecord, fill: Fill): void {
    const { bracket } = record;
    if (record.request.purpose === 'enter') {
      this.#entered(record, fill);
      return;
    }
    if (bracket !== undefined) {
      this.#book.guarded(bracket, fill);
      this.#closed(bracket);
    }
    this.#fit(fill);
  }

  /** Takes a trade into account that no order of ours made. */
  onForeignFill(fill: Fill): void {
    this.#fit(fill);
  }

  /** An order ended: what a leg still had to guard needs another one. @param absent - the venue never had it */
  onEnd(record: OrderRecord, absent: boolean): void {
    const { bracket } = record;
    const name = this.#book.nameOf(record);
    if (bracket !== undefined && name !== undefined) this.#legEnded(record, bracket, name, absent);
    else if (bracket !== undefined) this.#entryEnded(record, bracket);
    this.#pairs.ended(record);
  }

  /** Calls back when an order may go out: at once, unless it is an exit that legs stand in the way of. */
  whenFree(record: OrderRecord, go: () => void): void {
    this.#pairs.whenFree(record, go);
  }

  /** The order that the venue was given in one command with a leg: it took both or neither. */
  partnerOf(record: OrderRecord): OrderRecord | undefined {
    return this.#pairs.partnerOf(record);
  }

  #legEnded(record: OrderRecord, bracket: BracketState, name: LegName, absent: boolean): void {
    const { state } = record;
    delete bracket.legs[name];
    this.#pairs.legEnded(record, bracket);
    if (openLots(bracket) === 0) {
      this.#forget();
      return;
    }
    if (state === 'filled') return;
    if (name === 'stop') {
      bracket.nakedSince ??= this.#desk.loop.now;
      // Nothing may be placed in its stead for now, as while an exit works.
      this.#boundNakedTime(bracket);
    }
    const isLost = record.cancelling === undefined && !this.#pairs.targetTrades(bracket);
    if (name === 'stop' && isLost && ++bracket.lost >= MOST_LOST) {
      bracket.refused = true;
      this.#giveUp(bracket, `the venue lost its stop ${bracket.lost} times`);
      return;
    }
    if (state === 'rejected' && !absent) {
      this.#rejected(bracket, name);
      return;
    }
    if (this.#kept(bracket)) this.#desk.timers.timer(LEG_GRACE, () => this.#takeOver(bracket));
    else if (this.#pairs.stopMayTrade(bracket, name))
      this.#desk.timers.timer(LEG_GRACE, () => this.#sync(bracket));
    else this.#sync(bracket);
  }

  /** The venue told something of an order that it has: a stop that nobody knew of works. */
  onProof(record: OrderRecord): void {
    const { bracket } = record;
    if (bracket === undefined || sleeps(bracket, this.#desk.capabilities)) return;
    if (this.#book.nameOf(record) === 'stop') this.#protected(bracket);
  }

  /** The venue told of a change of a leg. */
  onReplaced(record: OrderRecord, quantity: number, price: number | undefined): void {
    this.#book.replaced(record, tidyOf(record, quantity - record.filled), price);
    if (record.bracket !== undefined) this.#watchSize(record.bracket);
  }

  /** The venue was asked for an order and has it: a leg is as the report says, whatever command for it had no answer. */
  onReport(record: OrderRecord, { quantity, filled, price }: OrderReport): void {
    const { bracket } = record;
    const name = this.#book.nameOf(record);
    const leg = name && bracket?.legs[name];
    if (bracket === undefined || leg === undefined) return;
    this.#book.replaced(record, tidyOf(record, quantity - filled), price);
    leg.busy = false;
    if (name === 'stop' && !sleeps(bracket, this.#desk.capabilities)) this.#protected(bracket);
    this.#pairs.working(bracket);
  }

  /** The order as the venue gets it: without its bracket where core keeps the legs although the venue could. */
  asSent(order: ApprovedOrder): ApprovedOrder {
    const { bracket, symbol } = order.request;
    const able = this.#desk.capabilities.bracket !== 'none';
    return able && bracket !== undefined && !this.#desk.venueKeepsBrackets(symbol) ? order.bare() : order;
  }

  /** Moves the legs of the ledger's brackets to what an approved adjustment says. */
  adjust(order: ApprovedOrder): void {
    for (const bracket of this.#book.adjusted(order)) this.#sync(bracket);
    this.#watch();
  }

  /** Moves the stops that core trails. */
  trail(symbol: string): void {
    const quote = this.#desk.book.quote(symbol);
    if (quote === undefined) return;
    for (const bracket of this.#book.list()) {
      const distance = trailOf(bracket);
      if (bracket.symbol !== symbol || distance === undefined || openLots(bracket) === 0) continue;
      const price = trailedStop(bracket, bracket.long ? quote.bid : quote.ask, distance);
      if (!isTighter(bracket, price, bracket.wanted.stop)) continue;
      bracket.wanted.stop = price;
      this.#sync(bracket);
    }
  }

  /** Takes up the brackets of an earlier life: what is missing is placed at once, what is in doubt is being asked for. */
  resume(): void {
    for (const bracket of [...this.#book.list()]) {
      const naked = bracket.legs.stop === undefined && bracket.wanted.stop !== undefined;
      if (this.#kept(bracket) && naked) this.#takeOver(bracket);
      else this.#sync(bracket);
      this.#boundNakedTime(bracket);
    }
    this.#watch();
  }

  get #venueTrails(): boolean {
    return this.#desk.capabilities.orderTypes['trailing-stop'] === 'native';
  }

  /** Whether the venue keeps the legs of a bracket. */
  #kept(bracket: BracketState): boolean {
    return this.#desk.venueKeepsBrackets(bracket.symbol) && !bracket.own;
  }

  #entered(record: OrderRecord, fill: Fill): void {
    const { book, loop } = this.#desk;
    const bracket = this.#book.entered(record, fill, book.instrument(fill.symbol), loop.now);
    // An entry against its ledger's own position closes first: what it guards is what it opened.
    this.#fit(fill);
    if (bracket === undefined) return;
    if (this.#kept(bracket)) {
      // The venue has made its legs, whatever the ledger holds by now.
      this.#adoptLegs(bracket);
      this.#cancelForgotten(bracket);
      if (fill.remaining > 0 && sleeps(bracket, this.#desk.capabilities)) this.#wantWhole(record, bracket);
    } else if (openLots(bracket) > 0) this.#sync(bracket);
    this.#watch();
  }

  #fit({ symbol, owner }: Fill): void {
    const { quantity } = this.#desk.book.position(symbol, owner);
    for (const bracket of this.#book.fit(symbol, owner, quantity)) this.#closed(bracket);
  }

  #closed(bracket: BracketState): void {
    if (openLots(bracket) === 0) this.#protected(bracket);
    // A venue that keeps brackets shrinks and ends its legs itself; what it forgot after a while is cancelled.
    if (this.#kept(bracket)) this.#cancelForgotten(bracket);
    else this.#sync(bracket);
    this.#forget();
  }

  /** Legs that sleep until the entry has filled whole do not guard its parts: that time is bounded as any without a stop. */
  #wantWhole({ request: { id } }: OrderRecord, bracket: BracketState): void {
    const { timers } = this.#desk;
    this.#boundNakedTime(bracket);
    timers.timer(WHOLE_GRACE, () => {
      if (sleeps(bracket, this.#desk.capabilities))
        this.#orders.cancel(id, 'its stop works only when all of it has filled');
    });
  }

  /** Legs that came with an entry are core's from its end on. Of an entry that ended early the venue has a moment to end them. */
  #entryEnded({ state }: OrderRecord, bracket: BracketState): void {
    if (!sleeps(bracket, this.#desk.capabilities)) return;
    takeOver(bracket);
    if (state === 'filled') {
      this.#protected(bracket);
      this.#sync(bracket);
    } else this.#desk.timers.timer(LEG_GRACE, () => this.#sync(bracket));
  }

  /** The venue keeps the legs; their events come under the ids that the port agrees on. */
  #adoptLegs(bracket: BracketState): void {
    const { capabilities } = this.#desk;
    if (!sleeps(bracket, capabilities)) this.#protected(bracket);
    const terms = { attempt: 0, reduceOnly: false, capabilities };
    let ended = false;
    for (const name of LEGS) {
      const order = legOrder(bracket, name, attachedLots(bracket, capabilities), bracket.wanted[name], terms);
      if (order !== undefined && !this.#orders.adopt(order, bracket, name)) ended = true;
    }
    // It filled on after the venue had ended its legs.
    if (ended) this.#takeOver(bracket);
  }

  /** A venue that keeps brackets has ended a leg and the position is still open: from here on core keeps it. */
  #takeOver(bracket: BracketState): void {
    if (openLots(bracket) === 0 || bracket.own) return;
    takeOver(bracket);
    this.#sync(bracket);
  }

  /** Whether the venue guards less than is open, because something else closed a part of the net that the bracket stands for. */
  #isShort(bracket: BracketState): boolean {
    const open = openLots(bracket);
    return this.#kept(bracket) && Object.values(bracket.legs).some(({ quantity }) => quantity < open);
  }

  /** A venue that keeps its legs too small has a moment to explain it by a trade; then core keeps them. */
  #watchSize(bracket: BracketState): void {
    if (!this.#isShort(bracket)) return;
    this.#desk.timers.timer(LEG_GRACE, () => {
      if (!this.#isShort(bracket)) return;
      takeOver(bracket);
      for (const leg of Object.values(bracket.legs)) {
        leg.busy = true;
        this.#orders.cancel(leg.id, 'the venue guards less than is open');
      }
    });
  }

  /** Brings the legs at the venue to what is wanted: places, resizes, moves, cancels. */
  #sync(bracket: BracketState): void {
    const open = openLots(bracket);
    if (open === 0) {
      this.#cancelIdle(bracket);
      return;
    }
    if (this.#pairs.used) {
      this.#pairs.sync(bracket, open);
      return;
    }
    const kept = this.#kept(bracket);
    for (const name of LEGS) {
      const leg = bracket.legs[name];
      const price = bracket.wanted[name];
      if (leg === undefined) {
        if (!kept) this.#place(bracket, name, open, price);
      } else if (!leg.busy && (leg.price !== price || (!kept && leg.quantity !== open))) {
        this.#change(bracket, name, leg, open, price);
      }
    }
  }

  #cancelForgotten(bracket: BracketState): void {
    if (openLots(bracket) > 0 || Object.keys(bracket.legs).length === 0) return;
    this.#desk.timers.timer(GRACE, () => this.#cancelIdle(bracket));
  }

  #cancelIdle(bracket: BracketState): void {
    if (openLots(bracket) > 0) return;
    for (const leg of Object.values(bracket.legs)) {
      if (!leg.busy && this.#orders.records.live(leg.id)?.cancelling === undefined)
        this.#orders.cancel(leg.id, 'the position it protected is closed');
    }
  }

  #place(bracket: BracketState, name: LegName, open: number, price: number | undefined): void {
    const order = this.#legOrder(bracket, name, open, price);
    if (order !== undefined) this.#orders.send(order, this.#begin(bracket, name, order), bracket);
  }

  /** Takes note of a leg that is about to be sent. @returns what is done when the venue has answered */
  #begin(bracket: BracketState, name: LegName, { request }: ApprovedOrder): (decision: Decision) => void {
    const { id, quantity, price } = request;
    const leg: Leg = { id, attempt: bracket.attempts[name]++, quantity, price, busy: true };
    bracket.legs[name] = leg;
    if (name === 'stop') this.#boundNakedTime(bracket);
    return ({ outcome }) => {
      // An order that nobody knows of is being asked for; the answer ends the wait.
      if (outcome === 'unknown') return;
      leg.busy = false;
      if (outcome !== 'executed') return;
      if (name === 'stop') this.#protected(bracket);
      if (bracket.legs[name] === leg) this.#pairs.working(bracket);
    };
  }

  #change(bracket: BracketState, name: LegName, leg: Leg, quantity: number, price: number | undefined): void {
    const { adapter, line, capabilities } = this.#desk;
    const record = this.#orders.records.live(leg.id);
    // The venue counts what has filled of an order in its quantity.
    const total = tidy(bracket, quantity + (record?.filled ?? 0));
    const order = this.#legOrder(bracket, name, total, price, leg.attempt);
    if (order === undefined || record === undefined) return;
    leg.busy = true;
    if (!canAmend(capabilities, name, quantity === leg.quantity)) {
      // Without amendments a leg is cancelled, and its end makes room for the next attempt.
      this.#orders.cancel(leg.id, 'replaced by another size or price');
      return;
    }
    const ref = { id: leg.id, symbol: bracket.symbol };
    this.#desk.intend({ command: 'amend', id: leg.id, quantity, price }, leg.id, () =>
      line.call(
        'amend',
        leg.id,
        () => adapter.amend(order, ref),
        (answer) => {
          if (bracket.legs[name] !== leg) return;
          if (answer.outcome === 'unknown') {
            this.#orders.ask(leg.id);
            return;
          }
          leg.busy = false;
          if (answer.outcome === 'accepted') {
            leg.quantity = quantity;
            leg.price = price;
            record.quantity = total;
            this.#sync(bracket);
          } else if (openLots(bracket) > 0) {
            const why = `the ${name} of ${bracket.owner} could not be changed: ${answer.code}`;
            this.#desk.issue('AMEND_FAILED', why, bracket.symbol);
            bracket.wanted[name] = leg.price;
          } else this.#cancelIdle(bracket);
        },
      ),
    );
  }

  #legOrder(
    bracket: BracketState,
    name: LegName,
    quantity: number,
    price: number | undefined,
    attempt = bracket.attempts[name],
  ): ApprovedOrder | undefined {
    const { capabilities } = this.#desk;
    const reduceOnly = this.#desk.reducesNet(bracket.symbol);
    return legOrder(bracket, name, quantity, price, { attempt, reduceOnly, capabilities });
  }

  /** The time without a stop is over, and told. */
  #protected(bracket: BracketState): void {
    const { symbol, owner, nakedSince } = bracket;
    bracket.refused = false;
    if (nakedSince === undefined) return;
    bracket.nakedSince = undefined;
    const { policies, loop } = this.#desk;
    if (policies.remembers) policies.tell({ type: 'protected', symbol, owner, naked: loop.now - nakedSince });
  }

  /** Time without protection is bounded: past the bound the position is closed. */
  #boundNakedTime(bracket: BracketState): void {
    const { nakedSince } = bracket;
    if (nakedSince === undefined) return;
    this.#desk.timers.timer(this.#desk.protectionDeadline, () => {
      // Protected meanwhile, and perhaps lost again: that has a time of its own.
      if (bracket.nakedSince !== nakedSince || openLots(bracket) === 0) return;
      this.#giveUp(bracket, `no working stop for ${Math.round(this.#desk.loop.now - nakedSince)} ms`);
    });
  }

  #rejected(bracket: BracketState, name: LegName): void {
    if (name === 'stop' || bracket.wanted.stop === undefined) bracket.refused = true;
    if (name === 'stop') this.#giveUp(bracket, 'the venue rejected the protective stop');
    else
      this.#desk.issue(
        'TARGET_REJECTED',
        `the venue rejected the target of ${bracket.owner}`,
        bracket.symbol,
      );
  }

  #giveUp(bracket: BracketState, why: string): void {
    this.#desk.issue('UNPROTECTED', `${bracket.owner}: ${why}; the position is closed`, bracket.symbol);
    this.#desk.closeOut(bracket.symbol, bracket.owner, why);
  }

  #watch(): void {
    this.trailing = !this.#venueTrails && this.#book.list().some((b) => trailOf(b) !== undefined);
  }

  #forget(): void {
    this.#book.forget();
    this.#watch();
  }
}

const tidyOf = ({ bracket }: OrderRecord, quantity: number): number =>
  bracket === undefined ? quantity : tidy(bracket, quantity);
