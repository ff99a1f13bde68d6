import {
  type AccountState,
  type CommandOutcome,
  type Instrument,
  MikroBotError,
  type OrderEvent,
  type OrderRef,
  type OrderReport,
  type OrderRequest,
  type QueryOutcome,
  type Random,
  type Snapshot,
} from '@mikrobot/core';
import { Account, type AccountOptions } from './account.js';
import { applyAmendment, tradesAt } from './amendment.js';
import { Bands } from './bands.js';
import { Brackets } from './brackets.js';
import { type CostModel, resolveCosts } from './costs/cost-model.js';
import { latencyOf } from './costs/latency.js';
import type { CostPreset } from './costs/presets.js';
import { MOVE_WEIGHT } from './costs/slippage.js';
import { DayEnd } from './day-end.js';
import type { LedgerTotals } from './ledger.js';
import { MarginWatch } from './margin-watch.js';
import { Matcher, type TickKind, tickKinds } from './matcher.js';
import { type Rejection, reject } from './order-checks.js';
import { OrderEntry } from './order-entry.js';
import { OrderStore } from './order-store.js';
import { Outbox } from './outbox.js';
import { HedgingBook } from './positions/hedging-book.js';
import { NettingBook } from './positions/netting-book.js';
import type { PositionBook } from './positions/position-book.js';
import { QuoteColumns } from './quote-columns.js';
import { Trader } from './trader.js';
import type { VenueState } from './venue-state.js';
import { isWorking, reportOf, type WorkingOrder } from './working-order.js';

/** What an engine is made of. */
export interface EngineOptions {
  readonly instruments: readonly Instrument[];
  readonly account: AccountOptions;
  /** A preset's name or a model written out. There is no default: say `'none'` if you mean it. */
  readonly costs: CostModel | CostPreset;
  /** The only randomness, for cost models that draw. */
  readonly random: Random;
  readonly emit: (event: OrderEvent) => void;
  /** Told after every booking (a trade, a night's swap). */
  readonly onAccount?: ((state: AccountState) => void) | undefined;
}

/**
 * One account at one venue as a pure state machine: quotes and commands go in, order events and account states come out. It reads
 * no clock: time is what ticks and commands say. The same inputs give the same outputs.
 *
 * @throws `MikroBotError` `COSTS_REQUIRED` without a cost model, `BAD_CONFIG` for a balance that is no amount.
 */
export class MatchingEngine {
  readonly instruments: readonly Instrument[];
  readonly costs: CostModel;
  readonly #indices: ReadonlyMap<string, number>;
  readonly #random: Random;
  readonly #outbox: Outbox;
  readonly #quotes: QuoteColumns;
  readonly #book: PositionBook;
  readonly #account: Account;
  readonly #orders: OrderStore;
  readonly #entry: OrderEntry;
  readonly #matcher: Matcher;
  readonly #dayEnd: DayEnd;
  readonly #bands: Bands;
  readonly #watch: MarginWatch;
  readonly #tracksMoves: boolean;
  /** When time alone makes something happen: an order ends, the day rolls over a position. */
  #due = Number.POSITIVE_INFINITY;
  #now = 0;

  constructor({ instruments, account, costs, random, emit, onAccount }: EngineOptions) {
    this.costs = resolveCosts(costs);
    if (!(account.leverage > 0) || !(account.stopOut >= 0)) {
      throw new MikroBotError('BAD_CONFIG', `Leverage ${account.leverage}, stop-out ${account.stopOut}.`, {
        where: `account ${account.id}`,
        hint: 'Give a leverage above 0, as in 30, and a stop-out level of at least 0, as in 0.5.',
      });
    }
    this.instruments = instruments;
    this.#indices = new Map(instruments.map((instrument, index) => [instrument.symbol, index]));
    this.#random = random;
    this.#outbox = new Outbox(emit, onAccount);
    this.#quotes = new QuoteColumns(instruments.length);
    this.#book = account.mode === 'hedging' ? new HedgingBook(instruments) : new NettingBook(instruments);
    this.#account = new Account(account, instruments, this.#quotes, this.#book);
    this.#orders = new OrderStore(instruments.length, this.#outbox);
    const state: VenueState = {
      instruments,
      costs: this.costs,
      quotes: this.#quotes,
      book: this.#book,
      account: this.#account,
      orders: this.#orders,
    };
    const onBooking = (): void => {
      this.#watch.touch();
      this.#outbox.account(() => this.#account.state());
    };
    this.#entry = new OrderEntry(state);
    const brackets = new Brackets(state, (request, which, holding) => {
      const leg = this.#entry.leg(request, which, holding, this.#now);
      this.#orders.add(leg, this.#now);
      return leg;
    });
    this.#matcher = new Matcher(state, new Trader(state, brackets, onBooking));
    this.#dayEnd = new DayEnd(state, onBooking);
    this.#bands = new Bands(this.#quotes);
    this.#watch = new MarginWatch(state, this.#bands, (holding) => {
      const order = this.#entry.closing(holding, this.#now);
      this.#orders.add(order, this.#now);
      this.#matcher.force(order, this.#now);
    });
    this.#tracksMoves = this.costs.slippage.kind === 'volatility';
  }

  /** Position of a symbol in `instruments`, by which ticks name it; -1 when it is not listed. */
  indexOf(symbol: string): number {
    return this.#indices.get(symbol) ?? -1;
  }

  /** Everything booked so far, in minor units of the account's currency. */
  get totals(): LedgerTotals {
    return this.#account.ledger.totals;
  }

  /** Account figures at the present quotes. */
  account(): AccountState {
    return this.#account.state();
  }

  /**
   * A new quote. Where nothing waits for it, it costs a few comparisons and makes no garbage. A crossed or non-finite quote is
   * no market: it changes nothing.
   * @param symbol - position in `instruments`
   * @param time - epoch ms, never falling
   * @param volume - lots that came with the tick; 0 when unknown
   */
  tick(
    symbol: number,
    time: number,
    bid: number,
    ask: number,
    volume: number,
    kind: TickKind = tickKinds.QUOTE,
  ): void {
    if (!(bid > 0 && ask >= bid && ask < Number.POSITIVE_INFINITY)) return;
    const quotes = this.#quotes;
    if (bid <= quotes.low[symbol]! || ask >= quotes.high[symbol]! || time >= this.#due) {
      this.#attend(symbol, time, bid, ask, volume, kind);
      return;
    }
    if (this.#tracksMoves) this.#trackMove(symbol, bid, ask);
    quotes.time[symbol] = time;
    quotes.bid[symbol] = bid;
    quotes.ask[symbol] = ask;
    quotes.volume[symbol] = volume > 0 ? volume : 0;
  }

  /**
   * Takes a new order or says why not. Its events may be told before this returns.
   * @param now - epoch ms, not before the last tick
   */
  submit(request: OrderRequest, now: number): CommandOutcome {
    this.#now = now;
    const symbol = this.indexOf(request.symbol);
    if (symbol < 0) return reject('UNKNOWN_SYMBOL', request.symbol);
    const refusal = this.#entry.check(request, symbol, now);
    if (refusal !== undefined) return refusal;
    const order = this.#entry.create(request, symbol, now);
    if (order.reducing) {
      if (this.#book.closable(order) === 0) return reject('NOTHING_TO_REDUCE', request.symbol);
    } else if (!this.#matcher.hasMargin(order, order.quantity, request.price ?? this.#quotes.mid(symbol))) {
      return reject('INSUFFICIENT_MARGIN', `${request.quantity} lots of ${request.symbol}`);
    }
    order.activeAt = now + latencyOf(this.costs.latency, this.#random, now);
    this.#orders.add(order, now);
    this.#dayEnd.watch(order);
    if (order.activeAt <= now) this.#matcher.meet(order, now);
    this.#rest(symbol, now);
    return { outcome: 'accepted', venueId: order.venueId };
  }

  /**
   * Replaces price and quantity of a working order, which keeps its id. It acts at once, unless the new price would trade: then
   * it travels first, like a new order. A bracket leg keeps the size of what it protects.
   * @param now - epoch ms
   */
  amend(request: OrderRequest, replaces: OrderRef, now: number): CommandOutcome {
    this.#now = now;
    const order = this.#orders.find(replaces.id);
    if (order === undefined || !isWorking(order)) return this.#noSuchOrder(replaces.id);
    const { symbol } = order;
    const refusal = applyAmendment(order, request, this.instruments[symbol]!);
    if (refusal !== undefined) return refusal;
    const quote = { bid: this.#quotes.bid[symbol]!, ask: this.#quotes.ask[symbol]! };
    const takes = !order.fresh && tradesAt(order, quote);
    if (takes) {
      order.activeAt = now + latencyOf(this.costs.latency, this.#random, now);
      order.fresh = true;
    }
    this.#orders.replaced(order, now);
    if (takes && order.activeAt <= now) this.#matcher.meet(order, now);
    this.#rest(symbol, now);
    return { outcome: 'accepted', venueId: order.venueId };
  }

  /** Ends a working order at once. */
  cancel(ref: OrderRef, now: number): CommandOutcome {
    this.#now = now;
    const order = this.#orders.find(ref.id);
    if (order === undefined || !isWorking(order)) return this.#noSuchOrder(ref.id);
    this.#orders.cancel(order, 'cancelled by the client', now);
    this.#rest(order.symbol, now);
    return { outcome: 'accepted', venueId: order.venueId };
  }

  /** What became of an order. Of orders that ended hundreds of orders ago only the id is known: `unknown`. */
  query(id: string): QueryOutcome {
    const order = this.#orders.find(id);
    if (order !== undefined) {
      return { outcome: 'found', report: this.#report(order), fills: [...order.fills] };
    }
    if (this.#orders.isForgotten(id))
      return { outcome: 'unknown', detail: 'it ended too long ago to be kept' };
    return { outcome: 'absent' };
  }

  /** Account, working orders and positions as of `now`. */
  snapshot(now: number): Snapshot {
    return {
      complete: true,
      asOf: now,
      account: this.account(),
      orders: this.#orders.all().map((order) => this.#report(order)),
      positions: this.instruments.flatMap(({ symbol }, index) => this.#book.report(index, symbol)),
    };
  }

  #attend(symbol: number, time: number, bid: number, ask: number, volume: number, kind: TickKind): void {
    const quotes = this.#quotes;
    this.#now = time;
    // What is due happened before this quote, at the prices of then.
    if (time >= this.#due) this.#dayEnd.pass(time);
    const first = !quotes.quoted(symbol);
    if (!first && this.#tracksMoves) this.#trackMove(symbol, bid, ask);
    this.#matcher.leave(symbol);
    quotes.time[symbol] = time;
    quotes.bid[symbol] = bid;
    quotes.ask[symbol] = ask;
    quotes.volume[symbol] = volume > 0 ? volume : 0;
    if (first) {
      this.#account.rates.refresh();
      this.#watch.touch();
    }
    this.#matcher.run(symbol, time, kind);
    this.#rest(symbol, time);
  }

  /** After any change: margin, the band of what was touched, the next due time; then everybody is told. */
  #rest(symbol: number, now: number): void {
    this.#watch.check(symbol);
    this.#bands.ofOrders(symbol, this.#orders.working(symbol), now);
    const due = this.#dayEnd.due(now);
    // Should a listener throw, the next tick is attended and tells the rest.
    this.#due = Number.NEGATIVE_INFINITY;
    this.#due = this.#outbox.flush() ? this.#dayEnd.due(now) : due;
  }

  #trackMove(symbol: number, bid: number, ask: number): void {
    const { move } = this.#quotes;
    const now = Math.abs((bid + ask) / 2 - this.#quotes.mid(symbol));
    move[symbol] = move[symbol]! + MOVE_WEIGHT * (now - move[symbol]!);
  }

  #report(order: WorkingOrder): OrderReport {
    return reportOf(order, this.instruments[order.symbol]!.priceDecimals + 4);
  }

  #noSuchOrder(id: string): Rejection {
    return this.#orders.find(id) !== undefined || this.#orders.isForgotten(id)
      ? reject('ORDER_FINISHED', id)
      : reject('UNKNOWN_ORDER', id);
  }
}
