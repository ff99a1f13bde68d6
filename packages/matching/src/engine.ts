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
import { Bands } from './bands.js';
import { Brackets } from './brackets.js';
import { type CostModel, resolveCosts } from './costs/cost-model.js';
import { latencyOf } from './costs/latency.js';
import type { CostPreset } from './costs/presets.js';
import { MOVE_WEIGHT } from './costs/slippage.js';
import { nightsAt, swapOf } from './costs/swap.js';
import type { LedgerTotals } from './ledger.js';
import { MarginWatch } from './margin-watch.js';
import { Matcher, type TickKind, tickKinds } from './matcher.js';
import {
  checkBracket,
  checkGoodTill,
  checkPrices,
  checkQuantity,
  type Rejection,
  reject,
} from './order-checks.js';
import { OrderStore } from './order-store.js';
import { Outbox } from './outbox.js';
import { HedgingBook } from './positions/hedging-book.js';
import { NettingBook } from './positions/netting-book.js';
import type { Holding, PositionBook } from './positions/position-book.js';
import { QuoteColumns } from './quote-columns.js';
import { nextRollOver } from './roll-over.js';
import { Trader } from './trader.js';
import { limitReached, stopReached, tighter } from './triggers.js';
import { createOrder, isWorking, reportOf, type WorkingOrder } from './working-order.js';

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
 * @throws {@link MikroBotError} `COSTS_REQUIRED` without a cost model, `BAD_CONFIG` for a balance that is no amount.
 */
export class MatchingEngine {
  readonly instruments: readonly Instrument[];
  readonly costs: CostModel;
  readonly #indices: ReadonlyMap<string, number>;
  readonly #quotes: QuoteColumns;
  readonly #random: Random;
  readonly #outbox: Outbox;
  readonly #book: PositionBook;
  readonly #account: Account;
  readonly #orders: OrderStore;
  readonly #brackets: Brackets;
  readonly #trader: Trader;
  readonly #matcher: Matcher;
  readonly #bands: Bands;
  readonly #watch: MarginWatch;
  readonly #tracksMoves: boolean;
  /** When time alone makes something happen: an order ends, the day rolls over a position. */
  #due = Number.POSITIVE_INFINITY;
  #nextExpiry = Number.POSITIVE_INFINITY;
  #nextRoll = Number.NEGATIVE_INFINITY;
  #orderNumber = 0;
  #stopOuts = 0;
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
    this.#quotes = new QuoteColumns(instruments.length);
    this.#random = random;
    this.#outbox = new Outbox(emit, onAccount);
    this.#book = account.mode === 'hedging' ? new HedgingBook(instruments) : new NettingBook(instruments);
    this.#account = new Account(account, instruments, this.#quotes, this.#book);
    this.#orders = new OrderStore(instruments.length, this.#outbox);
    this.#bands = new Bands(this.#quotes);
    this.#watch = new MarginWatch(
      instruments,
      this.#quotes,
      this.#account,
      this.#book,
      this.#bands,
      (holding, now) => this.#stopOut(holding, now),
    );
    this.#brackets = new Brackets(instruments, this.#orders, (request, leg, holding) => {
      const order = this.#create(request, holding.symbol, this.#now, { leg, protects: holding });
      order.fresh = false;
      this.#orders.add(order, this.#now);
      return order;
    });
    const { commission } = this.costs;
    this.#trader = new Trader(
      instruments,
      this.#account,
      this.#book,
      this.#orders,
      this.#outbox,
      this.#brackets,
      commission,
      () => this.#watch.touch(),
    );
    this.#matcher = new Matcher(
      instruments,
      this.#quotes,
      this.costs,
      this.#account,
      this.#book,
      this.#orders,
      this.#trader,
    );
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
    quotes.volume[symbol] = volume;
  }

  /** Takes a new order or says why not. Its events may be told before this returns. */
  submit(request: OrderRequest, now: number): CommandOutcome {
    this.#now = now;
    const symbol = this.indexOf(request.symbol);
    if (symbol < 0) return reject('UNKNOWN_SYMBOL', request.symbol);
    const refusal = this.#checkNew(request, symbol, now);
    if (refusal !== undefined) return refusal;
    const order = this.#create(request, symbol, now, { leg: undefined, protects: undefined });
    if (order.reducing) {
      if (this.#book.closable(order) === 0) return reject('NOTHING_TO_REDUCE', request.symbol);
    } else if (!this.#matcher.hasMargin(order, order.quantity, request.price ?? this.#quotes.mid(symbol))) {
      return reject('INSUFFICIENT_MARGIN', `${request.quantity} lots of ${request.symbol}`);
    }
    order.activeAt = now + latencyOf(this.costs.latency, this.#random);
    this.#orders.add(order, now);
    this.#nextExpiry = Math.min(this.#nextExpiry, order.expiresAt);
    if (order.activeAt <= now) this.#matcher.meet(order, now);
    this.#rest(symbol, now);
    return { outcome: 'accepted', venueId: order.venueId };
  }

  /**
   * Replaces price and quantity of a working order, which keeps its id. A price that would trade at once travels like a new
   * order first. A bracket leg keeps the size of what it protects.
   */
  amend(request: OrderRequest, replaces: OrderRef, now: number): CommandOutcome {
    this.#now = now;
    const order = this.#orders.find(replaces.id);
    if (order === undefined || !isWorking(order)) return this.#noSuchOrder(replaces.id);
    const { symbol } = order;
    const instrument = this.instruments[symbol]!;
    const type = order.leg === 'stop' && request.type === 'trailing-stop' ? 'trailing-stop' : order.type;
    const refusal = type === 'market' ? undefined : checkPrices(instrument, { ...request, type });
    if (refusal !== undefined) return refusal;
    if (order.leg === undefined) {
      const quantity = checkQuantity(instrument, request.quantity);
      if (quantity !== undefined) return quantity;
      if (request.quantity <= order.filled) {
        return reject('QUANTITY_RANGE', `${request.quantity} lots, ${order.filled} have filled`);
      }
      order.quantity = request.quantity;
      if (order.fills.length === 0 && request.bracket !== undefined) order.bracket = request.bracket;
    }
    order.type = type;
    const price = request.price ?? Number.NaN;
    // A trailing stop never goes back, whoever moves it.
    if (type === 'trailing-stop') order.price = tighter(order.sign, order.price, price);
    else if (type !== 'market') order.price = price;
    if (type === 'stop-limit') order.limitPrice = request.limitPrice ?? Number.NaN;
    if (type === 'trailing-stop') order.trail = request.trail ?? Number.NaN;
    const takes = !order.fresh && this.#tradesNow(order);
    if (takes) {
      order.activeAt = now + latencyOf(this.costs.latency, this.#random);
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

  /** What became of an order. Of orders that ended thousands of orders ago only the id is known: `unknown`. */
  query(id: string): QueryOutcome {
    const order = this.#orders.find(id);
    if (order !== undefined) {
      return { outcome: 'found', report: this.#report(order), fills: [...order.fills] };
    }
    if (this.#orders.forgot(id)) return { outcome: 'unknown', detail: 'it ended too long ago to be kept' };
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
    if (time >= this.#due) this.#passTime(time);
    const first = !quotes.quoted(symbol);
    if (!first && this.#tracksMoves) this.#trackMove(symbol, bid, ask);
    this.#matcher.leave(symbol);
    quotes.time[symbol] = time;
    quotes.bid[symbol] = bid;
    quotes.ask[symbol] = ask;
    quotes.volume[symbol] = volume;
    if (first) this.#account.rates.refresh();
    this.#matcher.run(symbol, time, kind);
    this.#rest(symbol, time);
  }

  /** After any change: margin, the bands of what was touched, the next due time; then everybody is told. */
  #rest(symbol: number, now: number): void {
    this.#watch.check(symbol, now);
    this.#bands.ofOrders(symbol, this.#orders.working(symbol), now);
    if (this.#book.open.length > 0 && this.#nextRoll <= now) this.#nextRoll = nextRollOver(now);
    this.#due = Math.min(
      this.#nextExpiry,
      this.#book.open.length > 0 ? this.#nextRoll : Number.POSITIVE_INFINITY,
    );
    this.#outbox.flush();
  }

  #passTime(now: number): void {
    while (this.#book.open.length > 0 && this.#nextRoll <= now) {
      this.#bookSwap(this.#nextRoll);
      this.#nextRoll = nextRollOver(this.#nextRoll);
    }
    if (now < this.#nextExpiry) return;
    this.#nextExpiry = Number.POSITIVE_INFINITY;
    for (const order of this.#orders.all()) {
      if (order.expiresAt <= now) this.#orders.expire(order, now);
      else this.#nextExpiry = Math.min(this.#nextExpiry, order.expiresAt);
    }
  }

  #bookSwap(rollOver: number): void {
    let booked = false;
    for (const { symbol, quantity } of this.#book.open) {
      const instrument = this.instruments[symbol]!;
      const nights = nightsAt(rollOver, instrument.swap.tripleDay);
      const amount = swapOf(this.costs.swap, instrument, quantity, this.#quotes.mid(symbol), nights);
      if (amount === 0) continue;
      this.#account.ledger.bookSwap(amount * (this.#account.rate(symbol) ?? 0));
      booked = true;
    }
    if (!booked) return;
    this.#watch.touch();
    this.#outbox.account(() => this.#account.state());
  }

  #stopOut(holding: Holding, now: number): void {
    const instrument = this.instruments[holding.symbol]!;
    this.#stopOuts += 1;
    const request: OrderRequest = {
      id: `stop-out-${this.#stopOuts}`,
      symbol: instrument.symbol,
      owner: holding.owner,
      purpose: 'flatten',
      side: holding.quantity > 0 ? 'sell' : 'buy',
      quantity: Math.abs(holding.quantity),
      type: 'market',
      price: undefined,
      limitPrice: undefined,
      trail: undefined,
      timeInForce: 'GTC',
      goodTill: undefined,
      bracket: undefined,
      reduceOnly: true,
    };
    const order = this.#create(request, holding.symbol, now, {
      leg: undefined,
      protects: holding.ticket === '' ? undefined : holding,
    });
    this.#orders.add(order, now);
    this.#matcher.force(order, now);
  }

  #checkNew(request: OrderRequest, symbol: number, now: number): Rejection | undefined {
    const instrument = this.instruments[symbol]!;
    const { id } = request;
    if (this.#orders.find(id) !== undefined || this.#orders.forgot(id)) return reject('DUPLICATE_ORDER', id);
    if (!this.#quotes.quoted(symbol)) return reject('NO_QUOTE', request.symbol);
    if (this.#account.rate(symbol) === undefined) {
      return reject('NO_RATE', `${instrument.currency} into ${this.#account.options.currency}`);
    }
    const closing = request.side === 'buy' ? this.#quotes.bid[symbol]! : this.#quotes.ask[symbol]!;
    return (
      checkQuantity(instrument, request.quantity) ??
      checkPrices(instrument, request) ??
      checkGoodTill(request, now) ??
      checkBracket(instrument, request, request.limitPrice ?? request.price ?? closing)
    );
  }

  #create(
    request: OrderRequest,
    symbol: number,
    activeAt: number,
    role: { readonly leg: WorkingOrder['leg']; readonly protects: Holding | undefined },
  ): WorkingOrder {
    const { timeInForce, goodTill, purpose, reduceOnly } = request;
    this.#orderNumber += 1;
    return createOrder(request, {
      venueId: `V${this.#orderNumber}`,
      symbol,
      activeAt,
      expiresAt:
        timeInForce === 'GTD'
          ? (goodTill ?? Number.POSITIVE_INFINITY)
          : timeInForce === 'DAY'
            ? nextRollOver(this.#now)
            : Number.POSITIVE_INFINITY,
      reducing: reduceOnly || (this.#account.options.mode === 'hedging' && purpose !== 'enter'),
      protects: role.protects ?? this.#book.ticketOf(symbol, request),
      leg: role.leg,
    });
  }

  /** Whether the present quote would trade an order. */
  #tradesNow(order: WorkingOrder): boolean {
    const quote = { bid: this.#quotes.bid[order.symbol]!, ask: this.#quotes.ask[order.symbol]! };
    if (order.type === 'limit') return limitReached(order.sign, order.price, quote);
    return order.type !== 'market' && stopReached(order.sign, order.price, quote);
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
    return this.#orders.find(id) !== undefined || this.#orders.forgot(id)
      ? reject('ORDER_FINISHED', id)
      : reject('UNKNOWN_ORDER', id);
  }
}
