import type { OrderEvent } from '@mikrobot/core';
import type { FuturesAccount } from './account.js';
import { accountUpdate } from './account-events.js';
import { type Amount, amountOfNumber, times } from './amounts.js';
import { futuresErrors } from './errors.js';
import { MatchingBook } from './matching-book.js';
import { type ExecutionType, orderTradeUpdate, tradeLite } from './order-events.js';
import { type FuturesOrder, type FuturesTrade, isOpen, type OrderDraft, reduces, signOf } from './orders.js';
import { bookTrade, type PositionSide } from './positions.js';
import { bookIncome, type FuturesVenue } from './venue.js';

/** What the desk tells others of an order. */
export interface DeskListener {
  /** It has traded, or it has ended. */
  changed(account: FuturesAccount, order: FuturesOrder): void;
}

/**
 * Where orders meet the book: it takes orders that were checked, books their trades, and tells the user what becomes of them. The
 * order of events is the venue's: a new order, then for each trade the light message, the account, the order.
 */
export class Desk {
  readonly #venue: FuturesVenue;
  readonly #listener: DeskListener;
  /** The order that is being put into the book: it takes, others rest. */
  #taking: FuturesOrder | undefined;

  constructor(venue: FuturesVenue, listener: DeskListener) {
    this.#venue = venue;
    this.#listener = listener;
  }

  /**
   * Puts an order into the book.
   * @throws VenueError -2022 when nothing is there to reduce, -5021 when it must fill at once and cannot
   */
  enter(account: FuturesAccount, draft: OrderDraft): FuturesOrder {
    const { now } = this.#venue.market;
    const orderId = this.#venue.nextId.order();
    const order: FuturesOrder = {
      ...draft,
      orderId,
      clientOrderId: draft.clientOrderId ?? `sim${orderId}`,
      executed: 0n,
      cost: 0n,
      status: 'NEW',
      time: now,
      updateTime: now,
      announced: false,
      ending: undefined,
      expiryReason: '0',
      amendments: [],
    };
    const undo = account.add(order);
    const { outcome } = this.#takes(order, () => this.#book(account, order.positionSide).submit(order, now));
    const wasKilled = !order.announced && !isOpen(order);
    if (outcome === 'accepted' && !wasKilled) this.#announce(account, order);
    else {
      undo();
      throw wasKilled
        ? futuresErrors.fillOrKill()
        : reduces(order)
          ? futuresErrors.reduceOnly()
          : futuresErrors.rejected();
    }
    return order;
  }

  /** Gives a resting order another price and quantity, which were checked. */
  amend(account: FuturesAccount, order: FuturesOrder, quantity: Amount, price: Amount): void {
    const { now } = this.#venue.market;
    order.amendments.push({
      id: this.#venue.nextId.other(),
      time: now,
      price: [order.price, price],
      quantity: [order.quantity, quantity],
    });
    order.price = price;
    order.quantity = quantity;
    order.updateTime = now;
    this.#tell(account, order, 'AMENDMENT');
    this.#takes(order, () => this.#book(account, order.positionSide).amend(order, now));
  }

  /** Ends an open order. */
  end(account: FuturesAccount, order: FuturesOrder, status: 'CANCELED' | 'EXPIRED', reason = '0'): void {
    order.ending = { status, reason };
    this.#book(account, order.positionSide).cancel(order, this.#venue.market.now);
  }

  /** A position side's book; orders of an account meet only the market, never each other. */
  #book(account: FuturesAccount, side: PositionSide): MatchingBook {
    let book = account.books.get(side);
    if (book === undefined) {
      book = new MatchingBook(this.#venue.market, (event) => this.#on(account, event));
      account.books.set(side, book);
    }
    return book;
  }

  #takes<T>(order: FuturesOrder, work: () => T): T {
    const before = this.#taking;
    this.#taking = order;
    try {
      return work();
    } finally {
      this.#taking = before;
    }
  }

  #on(account: FuturesAccount, event: OrderEvent): void {
    if (event.type !== 'fill' && event.type !== 'cancelled') return;
    const order = account.orders.get(BigInt(event.id))!;
    if (event.type === 'fill') {
      this.#announce(account, order);
      this.#trade(account, order, amountOfNumber(event.quantity), amountOfNumber(event.price));
    } else {
      this.#ended(account, order, event.reason);
    }
  }

  #trade(account: FuturesAccount, order: FuturesOrder, quantity: Amount, price: Amount): void {
    const venue = this.#venue;
    const { now } = venue.market;
    const maker = order !== this.#taking;
    const isLiquidation = order.type === 'LIQUIDATION';
    const asset = order.symbol.options.quote;
    const position = account.position(order.symbol, order.positionSide);
    const fee = isLiquidation ? order.symbol.liquidationFee : venue.fees[maker ? 'maker' : 'taker'];
    const realised = bookTrade(position, signOf(order.side) * quantity, price, fee, now);
    const commission = times(times(price, quantity), fee);
    const trade: FuturesTrade = {
      id: venue.nextId.trade(),
      order,
      price,
      quantity,
      maker,
      commission,
      realised,
      time: now,
    };
    order.executed += quantity;
    order.cost += price * quantity;
    order.updateTime = now;
    order.status = order.executed === order.quantity ? 'FILLED' : 'PARTIALLY_FILLED';
    if (order.status === 'FILLED') account.open.delete(order);
    account.addTrade(trade);
    const income = { symbol: order.symbol.name, asset, tradeId: trade.id.toString() };
    bookIncome(venue, account, { ...income, type: 'REALIZED_PNL', amount: realised });
    bookIncome(venue, account, { ...income, type: 'COMMISSION', amount: -commission });
    venue.print(order.symbol, price, quantity, maker === (order.side === 'BUY'));
    if (!isLiquidation) venue.tell(account, tradeLite(venue, trade));
    const changed = account.positionsOf(order.symbol);
    venue.tell(account, accountUpdate(venue, account, 'ORDER', { [asset]: 0n }, changed));
    this.#tell(account, order, isLiquidation ? 'CALCULATED' : 'TRADE', trade);
    this.#listener.changed(account, order);
  }

  #ended(account: FuturesAccount, order: FuturesOrder, detail: string): void {
    const { status, reason } = order.ending ?? { status: 'EXPIRED', reason: expiryReason(order, detail) };
    order.status = status;
    order.expiryReason = reason;
    order.updateTime = this.#venue.market.now;
    account.open.delete(order);
    // An order that must fill at once and did not was never there: its answer is an error, and no event tells of it.
    if (order.timeInForce === 'FOK' && order.executed === 0n && order === this.#taking) return;
    this.#announce(account, order, 'NEW');
    this.#tell(account, order, status);
    this.#listener.changed(account, order);
  }

  /** @param as - the status that it had when it was new */
  #announce(account: FuturesAccount, order: FuturesOrder, as = order.status): void {
    if (order.announced) return;
    order.announced = true;
    const { status, expiryReason: reason } = order;
    order.status = as;
    order.expiryReason = '0';
    this.#tell(account, order, 'NEW');
    order.status = status;
    order.expiryReason = reason;
  }

  #tell(account: FuturesAccount, order: FuturesOrder, execution: ExecutionType, trade?: FuturesTrade): void {
    this.#venue.tell(account, orderTradeUpdate(this.#venue, account, order, execution, trade));
  }
}

/** The number that the venue gives a reason. Source: page "Event: Order Update", expiry reason. */
const expiryReason = (order: FuturesOrder, detail: string): string => {
  if (detail === 'nothing is left to reduce') return '4';
  return order.type === 'MARKET' ? '9' : order.timeInForce === 'IOC' ? '2' : '0';
};
