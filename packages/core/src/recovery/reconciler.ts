import type { Subscription } from 'rxjs';
import { RECONCILED, setOthers } from '../execution/booked-fill.js';
import { legOrder } from '../execution/bracket-book.js';
import { openLots } from '../execution/bracket-state.js';
import type { Snapshot } from '../execution/broker-adapter.js';
import { legNamed } from '../execution/client-order-id.js';
import type { NoAnswer, SnapshotAnswer } from '../execution/command-line.js';
import type { Desk } from '../execution/desk.js';
import { newRecord } from '../execution/order-record.js';
import { tidyLots } from '../model/grid.js';
import type { OrderReport } from '../model/order.js';
import { sideOf } from '../model/side.js';
import { RecentMap } from '../runtime/recent-map.js';
import {
  type Difference,
  differencesOf,
  type OrderDifference,
  type PositionDifference,
} from './differences.js';

/**
 * What is done about orders and positions of the account that no bot of this journal made: nothing; told (the default); taken
 * into a ledger `venue`, so that limits count them and a kill or flatten closes them; or told, and trading is halted.
 */
export type ForeignPolicy = 'ignore' | 'alert' | 'adopt' | 'halt';

/** Ms between two looks while orders are in the air, doubled up to the longest. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5_000;
/** Ms after which the same difference, seen a second time, is no longer news on its way. */
const SECOND_LOOK = 500;
/** Looks without an answer in full after which a person is told. */
const ALERT_AFTER = 8;

/**
 * Compares the books with what the venue holds, after a start and whenever events may have been missed. Until they agree, or what
 * differs is explained, entries are refused. A snapshot that is not complete is no snapshot.
 */
export class Reconciler {
  readonly #desk: Desk;
  readonly #foreign: ForeignPolicy;
  readonly #foreignOrders = new Set<string>();
  /** Orders that work and that the venue's snapshot leaves out, as asking has shown. */
  readonly #unlisted = new RecentMap<true>(1_000);
  #pending: string | undefined;
  #last: string | undefined;
  #looks = 0;
  /** Number of the newest question for the venue's holdings: only its answer counts. */
  #question = 0;
  /** Whether that question waits for its answer. */
  #asked = false;
  /** The next look, where one is to come by itself. */
  #next: Subscription | undefined;
  #alerted = false;
  /** Whether what others hold was found to be something else. */
  #changed = false;

  constructor(desk: Desk, foreign: ForeignPolicy) {
    this.#desk = desk;
    this.#foreign = foreign;
  }

  /** Why entries are refused; undefined when the books agree with the venue. */
  get pending(): string | undefined {
    return this.#pending;
  }

  /**
   * Refuses entries until the books agree with the venue.
   * @param why - what may have been missed
   * @param asked - whether the venue was just asked for every order
   */
  begin(why: string, asked = false): void {
    this.#pending = why;
    this.#last = undefined;
    this.#looks = 0;
    // What the venue is telling just now is from before.
    this.#question++;
    this.#asked = false;
    this.#desk.issue('RECONCILING', why);
    if (!asked) this.#desk.orders.askForAll();
    this.#look();
  }

  /** Compares without refusing anything; what differs begins a {@link begin}. */
  check(): void {
    const { orders } = this.#desk;
    if (this.#pending !== undefined || this.#asked || orders.inFlight) return;
    this.#ask((answer) => {
      if (this.#pending !== undefined || answer.outcome !== 'snapshot' || !answer.snapshot.complete) return;
      if (orders.inFlight) return;
      if (this.#differences(answer.snapshot).length === 0) this.#desk.closeOuts.retry();
      else this.begin('the venue holds something else than the books');
    });
  }

  #look(): void {
    this.#next?.unsubscribe();
    if (this.#pending === undefined) return;
    const { orders } = this.#desk;
    if (orders.inFlight || orders.asking) {
      this.#again('an order is in the air');
      return;
    }
    this.#ask((answer) => {
      if (answer.outcome !== 'snapshot') this.#again(answer.detail);
      else if (!answer.snapshot.complete) this.#again('the snapshot is not complete');
      else this.#compare(answer.snapshot);
    });
  }

  #ask(take: (answer: SnapshotAnswer | NoAnswer) => void): void {
    const { adapter, line } = this.#desk;
    const question = ++this.#question;
    this.#asked = true;
    line.call<SnapshotAnswer>(
      'snapshot',
      '',
      () => {
        const snapshot = adapter.snapshot();
        return snapshot instanceof Promise
          ? snapshot.then((each) => ({ outcome: 'snapshot', snapshot: each }))
          : { outcome: 'snapshot', snapshot };
      },
      (answer) => {
        if (!this.#asked || question !== this.#question) return;
        this.#asked = false;
        take(answer);
      },
    );
  }

  #again(why: string): void {
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.#looks);
    this.#looks++;
    if (this.#looks === ALERT_AFTER) {
      this.#alerted = true;
      this.#desk.issue('RECONCILE_STALLED', `${this.#pending}: ${why}`);
    }
    this.#lookIn(pause);
  }

  #lookIn(pause: number): void {
    this.#next?.unsubscribe();
    this.#next = this.#desk.timers.timer(pause, () => this.#look());
  }

  /** Orders of others are found once; where they are to be ignored they hold up nothing at all. */
  #isForeign(id: string): boolean {
    return this.#foreignOrders.has(id) || (this.#foreign === 'ignore' && !this.#desk.owns(id));
  }

  #forgetEnded(snapshot: Snapshot): void {
    const listed = new Set(snapshot.orders.map(({ id }) => id));
    for (const id of this.#foreignOrders) {
      if (listed.has(id)) continue;
      this.#foreignOrders.delete(id);
      this.#desk.foreignOrders.delete(id);
    }
  }

  #differences(snapshot: Snapshot): readonly Difference[] {
    this.#forgetEnded(snapshot);
    const { book, orders } = this.#desk;
    const symbols = book.ledgers().map(({ position }) => position.symbol);
    return differencesOf(
      {
        instrument: (symbol) => book.instrument(symbol),
        ledgers: (symbol) => book.owners(symbol).map(({ position }) => position.quantity),
        symbols: [...new Set([...symbols, ...this.#desk.others.keys()])],
        working: [...orders.working()],
        unlisted: (id) => this.#unlisted.has(id),
        foreignLots: (symbol) => this.#desk.others.get(symbol) ?? 0,
        foreignOrder: (id) => this.#isForeign(id),
      },
      snapshot,
    );
  }

  #compare(snapshot: Snapshot): void {
    const found = this.#differences(snapshot);
    // The same difference over other books is another one: what made the first was booked meanwhile.
    const seen = JSON.stringify([found, this.#desk.book.ledgers()]);
    if (found.length > 0 && seen !== this.#last) {
      // News of it may be on its way: asked for once more before anybody is blamed.
      this.#last = seen;
      const { orders } = this.#desk;
      orders.askForAll();
      for (const each of found) if (each.kind === 'position') orders.askForEnded(each.symbol);
      this.#lookIn(SECOND_LOOK);
      return;
    }
    for (const difference of found) {
      if (difference.kind === 'position') this.#position(difference);
      else if (difference.kind === 'order') this.#order(difference);
      else if (!this.#unlisted.has(difference.id)) this.#unlisted.set(difference.id, true);
    }
    // What is somebody else's is on record only in the books.
    if (this.#changed) this.#desk.saveBooks();
    this.#changed = false;
    this.#desk.book.setAccount(snapshot.account);
    this.#done();
  }

  #done(): void {
    const why = this.#pending;
    this.#pending = undefined;
    this.#last = undefined;
    const late = this.#alerted ? ' at last' : '';
    this.#alerted = false;
    this.#desk.issue('RECONCILED', `the books agree with the venue${late}: ${why}`);
    this.#desk.closeOuts.retry();
  }

  #position({ symbol, lots, price, gone: most = Number.POSITIVE_INFINITY }: PositionDifference): void {
    const { book, others, adopts } = this.#desk;
    const theirs = others.get(symbol) ?? 0;
    const net = book.position(symbol).quantity;
    // What others held went first. What the ledgers hold and the venue does not was closed by somebody, too: trading it on would
    // open the opposite.
    const off = lots * theirs < 0 ? Math.sign(lots) * Math.min(Math.abs(lots), Math.abs(theirs)) : 0;
    const left = lots - off;
    const gone = left * net < 0 ? Math.sign(left) * Math.min(Math.abs(left), Math.abs(net), most) : 0;
    const foreign = left - gone;
    if (gone !== 0) {
      this.#desk.issue(
        'POSITION_GONE',
        `the venue holds ${Math.abs(gone)} lots less than the ledgers`,
        symbol,
      );
      this.#trade(symbol, gone, price);
    }
    if (off === 0 && foreign === 0) return;
    const instrument = book.instrument(symbol);
    const adopted = adopts && instrument !== undefined ? foreign : 0;
    const sum = theirs + off + foreign;
    const beyond = tidyLots(instrument, sum);
    this.#told('POSITION_NOT_OURS', `the account holds ${beyond} lots that no ledger accounts for`, symbol);
    this.#trade(symbol, adopted, price);
    setOthers(others, symbol, beyond - adopted);
    this.#changed = true;
  }

  /** Books what must have been traded, at the best price that is known, without profit: the account's figures are the venue's. */
  #trade(symbol: string, lots: number, price: number | undefined): void {
    const side = sideOf(lots);
    if (side === undefined) return;
    const { book, loop } = this.#desk;
    const quote = book.quote(symbol);
    const known = price ?? (side === 'buy' ? quote?.ask : quote?.bid) ?? book.position(symbol).averagePrice;
    this.#desk.inferOrder({
      type: 'fill',
      id: RECONCILED,
      symbol,
      time: loop.now,
      tradeId: `${RECONCILED} ${loop.now} ${symbol}`,
      side,
      quantity: Math.abs(lots),
      price: known,
      remaining: 0,
      commission: 0,
      profit: 0,
    });
  }

  #order({ report }: OrderDifference): void {
    const { id, symbol, venueId } = report;
    if (!this.#desk.owns(id)) {
      this.#foreignOrders.add(id);
      const { side, quantity, type } = report;
      this.#told('FOREIGN_ORDER', `order ${id} (${side} ${quantity} lots, ${type}) is not ours`, symbol);
      if (this.#foreign === 'adopt') this.#desk.foreignOrders.set(id, { id, symbol, venueId });
      return;
    }
    if (this.#takeLeg(report)) return;
    this.#desk.issue('ORPHAN_ORDER', `order ${id} is of this journal, which does not know it`, symbol);
    this.#desk.cancelStray({ id, symbol, venueId }, 'the journal does not know it');
  }

  /** Whether an order that nobody knows guards one of our positions: its id tells which. */
  #takeLeg(report: OrderReport): boolean {
    const { id, quantity, filled, price } = report;
    const { orders, capabilities } = this.#desk;
    const named = legNamed(id);
    const bracket = named && orders.bracketBook.ofEntry(named.entry);
    if (named === undefined || bracket === undefined) return false;
    const { name, attempt } = named;
    if (openLots(bracket) === 0 || bracket.legs[name] !== undefined) return false;
    const terms = { attempt, reduceOnly: false, capabilities };
    const order = legOrder(bracket, name, openLots(bracket), price, terms);
    if (order === undefined || order.request.id !== id) return false;
    bracket.legs[name] = { id, attempt, quantity: quantity - filled, price, busy: true };
    bracket.attempts[name] = Math.max(bracket.attempts[name], attempt + 1);
    orders.records.add({ ...newRecord(order, bracket, undefined), state: 'accepted', filled });
    orders.ask(id, true);
    return true;
  }

  #told(code: 'POSITION_NOT_OURS' | 'FOREIGN_ORDER', detail: string, symbol: string): void {
    if (this.#foreign !== 'ignore') this.#desk.issue(code, detail, symbol);
    if (this.#foreign === 'halt') this.#desk.order({ do: 'halt', by: 'reconciler', reason: detail });
  }
}
