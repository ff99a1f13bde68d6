import { bookTrade } from './booking.js';
import { canPay } from './engine-checks.js';
import type { ExecutionType } from './execution-report.js';
import { adjustHold } from './holds.js';
import type { SpotMarket } from './market.js';
import type { BookEvent, BookOrder } from './matching-line.js';
import { type ExpiryReason, isAtMarket, isContingent, isOpen, type SpotOrder } from './order.js';
import { followMarket } from './trailing.js';
import type { SpotVenue } from './venue.js';

/** What order lists want to know of their orders. */
export interface ListHooks {
  /** Before an order of a list trades for the first time, or is triggered. */
  begins(order: SpotOrder): void;
  /** After an order of a list has ended. */
  ended(order: SpotOrder): void;
}

/** The life of orders: taken, on the book, traded, ended. Every step books money and is told to the account. */
export class Trading {
  readonly #venue: SpotVenue;
  /** Orders that rest though there is no market yet. */
  readonly #early = new Set<SpotOrder>();
  hooks: ListHooks | undefined;

  constructor(venue: SpotVenue) {
    this.#venue = venue;
  }

  /** Takes an order: from now on it is known and locks what it needs. Where it does not wait for a price, {@link work} follows. */
  enter(order: SpotOrder): void {
    this.#venue.orders.add(order);
    if (order.status === 'NEW') this.#begin(order);
    this.#venue.report(order, 'NEW');
  }

  /** A pending order is placed. */
  activate(order: SpotOrder): void {
    order.status = 'NEW';
    order.updateTime = this.#venue.now;
    this.#begin(order);
    this.#venue.report(order, 'NEW');
  }

  /** Puts an order on the book, where it may trade at once. A contingent order waits instead. */
  work(order: SpotOrder): void {
    if (isContingent(order.terms.type) && order.workingTime < 0) return;
    const market = this.#venue.market(order.symbol.symbol);
    const { type, timeInForce } = order.terms;
    if (!market.quoted) {
      if (isAtMarket(type) || timeInForce !== 'GTC') this.#endUnfilled(order);
      else this.#early.add(order);
      return;
    }
    this.handle(this.#venue.line(order.account).submit(this.#onBook(order), market, this.#venue.now));
  }

  /** The price that an order waited for has come. */
  trigger(order: SpotOrder): void {
    if (!isOpen(order)) return;
    this.hooks?.begins(order);
    order.workingTime = this.#venue.now;
    order.updateTime = this.#venue.now;
    const market = this.#venue.market(order.symbol.symbol);
    if (isAtMarket(order.terms.type) && !canPay(this.#venue, order, market)) {
      this.expire(order, 'REJECTED');
      return;
    }
    this.#venue.report(order, 'NEW');
    this.work(order);
  }

  /** The market has its first quote: what rested without one meets it. */
  open(market: SpotMarket): void {
    for (const order of this.#early) {
      if (order.symbol.symbol !== market.symbol.symbol) continue;
      this.#early.delete(order);
      if (isOpen(order)) this.work(order);
    }
  }

  /** Books what the matching engine did. */
  handle(events: readonly BookEvent[]): void {
    for (const event of events) {
      const order = this.#venue.orders.get(event.id);
      if (order === undefined || !isOpen(order)) continue;
      if (event.type === 'fill') this.#fill(order, event.quantity, event.price, event.isMaker);
      else this.#endUnfilled(order);
    }
  }

  /** Ends an order by the venue's rules. */
  expire(order: SpotOrder, reason: ExpiryReason): void {
    this.#withdraw(order);
    order.expiryReason = reason;
    this.#end(order, 'EXPIRED', 'EXPIRED', {});
  }

  /** Ends an order by its client's wish; the cancel's own id takes the place of the order's. */
  cancel(order: SpotOrder, cancelId: string): void {
    this.#withdraw(order);
    const origClientOrderId = order.clientOrderId;
    order.clientOrderId = cancelId;
    this.#venue.orders.name(order);
    this.#end(order, 'CANCELED', 'CANCELED', { origClientOrderId });
  }

  /** Shrinks an order that keeps its place. Returns the execution's id. */
  amend(order: SpotOrder, quantity: bigint, clientOrderId: string): bigint {
    const origClientOrderId = order.clientOrderId;
    const origQty = order.quantity;
    order.quantity = quantity;
    order.clientOrderId = clientOrderId;
    order.openName = clientOrderId;
    order.updateTime = this.#venue.now;
    this.#venue.orders.name(order);
    adjustHold(order.hold, this.#venue.account(order.account));
    const executionId = this.#venue.report(order, 'REPLACED', { origClientOrderId });
    order.amendments.push({
      executionId,
      origClientOrderId,
      newClientOrderId: clientOrderId,
      origQty,
      newQty: quantity,
      time: this.#venue.now,
    });
    if (order.workingTime >= 0) {
      const market = this.#venue.market(order.symbol.symbol);
      this.handle(this.#venue.line(order.account).resize(this.#onBook(order), market, this.#venue.now));
    }
    return executionId;
  }

  #begin(order: SpotOrder): void {
    this.#lock(order);
    if (!isContingent(order.terms.type)) order.workingTime = this.#venue.now;
    followMarket(order, this.#venue.market(order.symbol.symbol), this.#venue.now);
  }

  #lock(order: SpotOrder): void {
    adjustHold(order.hold, this.#venue.account(order.account));
  }

  #onBook(order: SpotOrder): BookOrder {
    const { side, type, price, timeInForce } = order.terms;
    const atMarket = isAtMarket(type);
    return {
      id: order.id,
      side,
      quantity: order.quantity,
      price: atMarket ? 0n : price,
      // What a market order can not trade at once expires; it never waits for more.
      timeInForce: atMarket ? 'IOC' : timeInForce,
    };
  }

  #withdraw(order: SpotOrder): void {
    this.#early.delete(order);
    if (order.workingTime < 0) return;
    this.#venue
      .line(order.account)
      .cancel(order.id, this.#venue.market(order.symbol.symbol), this.#venue.now);
  }

  #fill(order: SpotOrder, quantity: bigint, price: bigint, isMaker: boolean): void {
    if (order.executed === 0n) this.hooks?.begins(order);
    const { now } = this.#venue;
    const trade = bookTrade(this.#venue, order, quantity, price, isMaker);
    order.executed += quantity;
    order.cumulativeQuote += trade.quoteQuantity;
    order.status = order.executed === order.quantity ? 'FILLED' : 'PARTIALLY_FILLED';
    order.updateTime = now;
    order.trades.push(trade);
    this.#lock(order);
    this.#venue.report(order, 'TRADE', { trade });
    const buyerIsMaker = (order.terms.side === 'BUY') === isMaker;
    this.#venue.listener.print(order.symbol.symbol, now, price, quantity, buyerIsMaker);
    if (order.status === 'FILLED') this.hooks?.ended(order);
  }

  #endUnfilled(order: SpotOrder): void {
    const { type, timeInForce } = order.terms;
    const byTime = timeInForce === 'FOK' ? 'UNFILLED_FOK_ORDER_EXPIRED' : 'UNFILLED_IOC_QUANTITY_EXPIRED';
    this.expire(order, isAtMarket(type) ? 'INSUFFICIENT_LIQUIDITY' : byTime);
  }

  #end(
    order: SpotOrder,
    status: 'CANCELED' | 'EXPIRED',
    type: ExecutionType,
    details: { readonly origClientOrderId?: string },
  ): void {
    order.status = status;
    order.updateTime = this.#venue.now;
    this.#lock(order);
    this.#venue.report(order, type, details);
    this.hooks?.ended(order);
  }
}
