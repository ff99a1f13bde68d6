import { type Instrument, roundPrice, tidyQuantity } from '@mikrobot/core';
import { availableLots, volumeAfter } from './costs/liquidity.js';
import { slippageOf } from './costs/slippage.js';
import type { Trader } from './trader.js';
import { better, limitReached, type Sides, sidePrice, stopReached, trailedStop } from './triggers.js';
import type { VenueState } from './venue-state.js';
import { isWorking, type WorkingOrder } from './working-order.js';

/**
 * What a tick is: `QUOTE` a quote as the market showed it, so that a jump is a gap (a stop fills at the tick's price, a limit
 * at its price or better); `PATH` a step on an interpolated path from the tick before it, whose prices between traded (both fill
 * at their own price); `UNKNOWN` the worse of the two (stops as on a gap, limits at their price).
 */
export const tickKinds = { QUOTE: 0, PATH: 1, UNKNOWN: 2 } as const;
/** See {@link tickKinds}. */
export type TickKind = (typeof tickKinds)[keyof typeof tickKinds];

/** Decides which orders trade on a quote, how much, and at what price. */
export class Matcher {
  readonly #state: VenueState;
  readonly #trader: Trader;
  readonly #present: Sides = { bid: 0, ask: 0 };
  /** The market before the order's own tick: of the tick before, or on the path when the order arrived. */
  readonly #before: Sides = { bid: 0, ask: 0 };
  readonly #last = { bid: 0, ask: 0, time: 0 };
  #kind: TickKind = tickKinds.QUOTE;
  #now = 0;

  constructor(state: VenueState, trader: Trader) {
    this.#state = state;
    this.#trader = trader;
  }

  /** Remembers the quote that the next tick of `symbol` will replace. */
  leave(symbol: number): void {
    this.#last.bid = this.#state.quotes.bid[symbol]!;
    this.#last.ask = this.#state.quotes.ask[symbol]!;
    this.#last.time = this.#state.quotes.time[symbol]!;
  }

  /** Matches all orders of a symbol against its new quote, the oldest first. Legs that appear meanwhile wait for the next. */
  run(symbol: number, now: number, kind: TickKind): void {
    const working = this.#state.orders.working(symbol);
    for (const order of working) if (isWorking(order)) this.#match(order, now, kind);
  }

  /** Matches one order against the present quote. */
  meet(order: WorkingOrder, now: number): void {
    this.#match(order, now, tickKinds.QUOTE);
  }

  /** Trades all of an order at the present quote, whatever the volume: how a venue closes what it must. */
  force(order: WorkingOrder, now: number): void {
    const { symbol, sign } = order;
    const instrument = this.#state.instruments[symbol]!;
    this.#now = now;
    this.#kind = tickKinds.QUOTE;
    const quote = sign > 0 ? this.#state.quotes.ask[symbol]! : this.#state.quotes.bid[symbol]!;
    const price = this.#slipped(instrument, symbol, sign, quote, order.quantity, unbounded(order));
    this.#trader.trade(order, order.quantity, price, false, now);
  }

  #match(order: WorkingOrder, now: number, kind: TickKind): void {
    if (now < order.activeAt) return;
    const { sign, symbol } = order;
    const present = this.#present;
    present.bid = this.#state.quotes.bid[symbol]!;
    present.ask = this.#state.quotes.ask[symbol]!;
    this.#now = now;
    this.#kind = kind === tickKinds.PATH && !(this.#last.bid > 0) ? tickKinds.QUOTE : kind;
    if (this.#kind === tickKinds.PATH) this.#lookBack(order);
    switch (order.type) {
      case 'market':
        this.#atMarket(order, this.#arrivalPrice(order));
        return;
      case 'limit':
        this.#limit(order);
        return;
      case 'trailing-stop':
        if (Number.isNaN(order.price)) {
          order.price = trailedStop(
            this.#state.instruments[symbol]!,
            sign,
            order.price,
            order.trail,
            present,
          );
        }
        if (!this.#stop(order)) {
          order.price = trailedStop(
            this.#state.instruments[symbol]!,
            sign,
            order.price,
            order.trail,
            present,
          );
        }
        return;
      default:
        this.#stop(order);
    }
  }

  /** On a path the market moved in a straight line since the last tick; an order that arrived on the way saw part of it. */
  #lookBack(order: WorkingOrder): void {
    const { bid, ask, time } = this.#last;
    const part = order.fresh ? Math.max(0, order.activeAt - time) / Math.max(1e-9, this.#now - time) : 0;
    this.#before.bid = bid + (this.#present.bid - bid) * part;
    this.#before.ask = ask + (this.#present.ask - ask) * part;
  }

  #arrivalPrice(order: WorkingOrder): number {
    return sidePrice(order.sign, order.fresh && this.#kind === tickKinds.PATH ? this.#before : this.#present);
  }

  /** Returns whether it was triggered. */
  #stop(order: WorkingOrder): boolean {
    const { sign, price } = order;
    const onPath = this.#kind === tickKinds.PATH;
    const already = onPath && stopReached(sign, price, this.#before);
    if (!already && !stopReached(sign, price, this.#present)) {
      order.fresh = false;
      return false;
    }
    this.#state.orders.triggered(order, this.#now);
    if (order.type === 'stop-limit') {
      order.type = 'limit';
      order.price = order.limitPrice;
      order.fresh = true;
      if (onPath && !already) {
        // It became a limit at its trigger, not at the step's beginning.
        this.#before.bid = sign > 0 ? price - (this.#present.ask - this.#present.bid) : price;
        this.#before.ask = sign > 0 ? price : price + (this.#present.ask - this.#present.bid);
      }
      this.#limit(order, true);
      return true;
    }
    order.type = 'market';
    this.#atMarket(
      order,
      already ? sidePrice(sign, this.#before) : onPath ? price : sidePrice(sign, this.#present),
    );
    return true;
  }

  #limit(order: WorkingOrder, justTriggered = false): void {
    const { sign, price, fresh, request } = order;
    const atArrival = this.#kind === tickKinds.PATH ? this.#before : this.#present;
    if (fresh && limitReached(sign, price, atArrival)) {
      const improves = justTriggered || this.#kind !== tickKinds.UNKNOWN;
      this.#execute(order, improves ? this.#arrivalPrice(order) : price, false, price);
    } else if (request.timeInForce === 'IOC' || request.timeInForce === 'FOK') {
      this.#state.orders.cancel(order, `${request.timeInForce}: the limit was not met`, this.#now);
    } else if (limitReached(sign, price, this.#present)) {
      const gap =
        this.#kind === tickKinds.QUOTE ? better(sign, price, sidePrice(sign, this.#present)) : price;
      this.#execute(order, gap, true, price);
    }
    order.fresh = false;
  }

  #atMarket(order: WorkingOrder, price: number): void {
    this.#execute(order, price, false, unbounded(order));
    order.fresh = false;
  }

  /** @param bound - the price that the order may not pass; infinite for a market order */
  #execute(order: WorkingOrder, price: number, maker: boolean, bound: number): void {
    const { symbol, sign, request } = order;
    const instrument = this.#state.instruments[symbol]!;
    const remaining = tidyQuantity(instrument, order.quantity - order.filled);
    const wanted = order.reducing ? Math.min(remaining, this.#state.book.closable(order)) : remaining;
    if (wanted <= 0) {
      this.#state.orders.cancel(order, 'nothing is left to reduce', this.#now);
      return;
    }
    const volume = this.#state.quotes.volume[symbol]!;
    const lots = Math.min(wanted, availableLots(this.#state.costs.liquidity, instrument, volume));
    if (request.timeInForce === 'FOK' && lots < remaining) {
      this.#state.orders.cancel(order, 'FOK: not all of it could trade', this.#now);
      return;
    }
    if (lots > 0) {
      const paid = maker ? price : this.#slipped(instrument, symbol, sign, price, lots, bound);
      if (!order.reducing && !this.hasMargin(order, lots, paid)) {
        this.#state.orders.cancel(order, 'INSUFFICIENT_MARGIN', this.#now);
        return;
      }
      this.#state.quotes.volume[symbol] = volumeAfter(this.#state.costs.liquidity, volume, lots);
      this.#trader.trade(order, lots, paid, maker, this.#now);
    }
    if (request.timeInForce === 'IOC')
      this.#state.orders.cancel(order, 'IOC: the rest could not trade', this.#now);
  }

  #slipped(
    instrument: Instrument,
    symbol: number,
    sign: 1 | -1,
    price: number,
    lots: number,
    bound: number,
  ): number {
    const { volume, move } = this.#state.quotes;
    const slip = slippageOf(
      this.#state.costs.slippage,
      instrument,
      price,
      lots,
      volume[symbol]!,
      move[symbol]!,
    );
    const onPath = this.#kind === tickKinds.PATH;
    if (slip === 0 && !onPath) return better(sign, price, bound);
    return better(sign, roundPrice(instrument, price + sign * slip, sign > 0 ? 'up' : 'down'), bound);
  }

  /** Whether the free margin carries what a trade would add. */
  hasMargin(order: WorkingOrder, quantity: number, price: number): boolean {
    const added = this.#state.book.added(order, quantity);
    if (added <= 0) return true;
    const account = this.#state.account;
    return account.marginFor(order.symbol, added, price) <= account.equity() - account.margin();
  }
}

const unbounded = (order: WorkingOrder): number => order.sign * Number.POSITIVE_INFINITY;
