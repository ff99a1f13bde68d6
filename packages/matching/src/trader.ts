import { type FillEvent, fromMinor, type Instrument, tidyQuantity, toMinor } from '@mikrobot/core';
import type { Brackets } from './brackets.js';
import { commissionOf, feeCurrency, minimumCommission } from './costs/commission.js';
import type { VenueState } from './venue-state.js';
import { isWorking, type WorkingOrder } from './working-order.js';

/** What trading an order changes: the position, the ledger, the order, its bracket. One trade is booked once and told once. */
export class Trader {
  readonly #state: VenueState;
  readonly #brackets: Brackets;
  readonly #onBooking: () => void;
  #trades = 0;

  /** @param onBooking - called after every trade */
  constructor(state: VenueState, brackets: Brackets, onBooking: () => void) {
    this.#state = state;
    this.#brackets = brackets;
    this.#onBooking = onBooking;
  }

  /**
   * Books one trade of an order.
   * @param quantity - lots, at most what the order has open
   * @param maker - the order rested before
   */
  trade(order: WorkingOrder, quantity: number, price: number, maker: boolean, time: number): void {
    const { symbol } = order;
    const instrument = this.#state.instruments[symbol]!;
    const effect = this.#state.book.apply(order, quantity, price, time);
    const rate = this.#state.account.rate(symbol)!; // an order is taken only where a rate is known
    const profit = this.#state.account.ledger.bookProfit(effect.points * instrument.contractSize * rate);
    const commission = this.#charge(order, instrument, quantity, price, maker, rate);
    order.filled = tidyQuantity(instrument, order.filled + quantity);
    order.notional += quantity * price;
    const remaining = tidyQuantity(instrument, order.quantity - order.filled);
    if (remaining === 0) this.#state.orders.finish(order, 'filled');
    else order.state = 'partially-filled';
    this.#trades += 1;
    const fill: FillEvent = {
      type: 'fill',
      id: order.id,
      symbol: instrument.symbol,
      time,
      venueId: order.venueId,
      tradeId: `T${this.#trades}`,
      side: order.request.side,
      quantity,
      price,
      remaining,
      arrived: order.activeAt,
      commission,
      profit,
    };
    order.fills.push(fill);
    this.#state.orders.tell(fill);
    this.#onBooking();
    this.#brackets.traded(order, quantity, effect.holding, time);
    this.#dropIdle(symbol, time);
  }

  /** Commission of this fill: what the order owes so far, with its minimum, less what is booked. */
  #charge(
    order: WorkingOrder,
    instrument: Instrument,
    quantity: number,
    price: number,
    maker: boolean,
    rate: number,
  ): number {
    const model = this.#state.costs.commission;
    if (model.kind === 'none') return 0;
    const { currency } = this.#state.account.options;
    const toAccount = feeCurrency(model) === 'account' ? 1 : rate;
    order.rawCommission += commissionOf(model, instrument, quantity, price, maker) * toAccount;
    const owed = toMinor(Math.max(order.rawCommission, minimumCommission(model) * toAccount), currency);
    const now = owed > order.bookedCommission ? owed - order.bookedCommission : 0n;
    order.bookedCommission += now;
    this.#state.account.ledger.bookCommission(now);
    return fromMinor(now, currency);
  }

  /** A reduce-only order that can reduce nothing any more ends. */
  #dropIdle(symbol: number, time: number): void {
    for (const order of this.#state.orders.working(symbol)) {
      if (
        order.reducing &&
        order.leg === undefined &&
        isWorking(order) &&
        this.#state.book.closable(order) === 0
      ) {
        this.#state.orders.cancel(order, 'nothing is left to reduce', time);
      }
    }
  }
}
