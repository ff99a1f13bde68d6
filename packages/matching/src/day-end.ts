import { nightsAt, swapOf } from './costs/swap.js';
import { nextRollOver } from './roll-over.js';
import type { VenueState } from './venue-state.js';
import type { WorkingOrder } from './working-order.js';

/** What time alone brings about: orders end, and the day rolls over what is held. */
export class DayEnd {
  readonly #state: VenueState;
  readonly #onBooking: () => void;
  #nextExpiry = Number.POSITIVE_INFINITY;
  #nextRoll = Number.NEGATIVE_INFINITY;

  /** @param onBooking - called after swap was booked */
  constructor(state: VenueState, onBooking: () => void) {
    this.#state = state;
    this.#onBooking = onBooking;
  }

  /** A new order may end by itself. */
  watch(order: WorkingOrder): void {
    this.#nextExpiry = Math.min(this.#nextExpiry, order.expiresAt);
  }

  /** When something is due next, epoch ms; Infinity when nothing is. */
  due(now: number): number {
    if (this.#state.book.open.length === 0) return this.#nextExpiry;
    if (this.#nextRoll <= now) this.#nextRoll = nextRollOver(now);
    return Math.min(this.#nextExpiry, this.#nextRoll);
  }

  /** Lets happen what is due by `now`, at the prices before the tick that brings this time. */
  pass(now: number): void {
    while (this.#state.book.open.length > 0 && this.#nextRoll <= now) {
      this.#bookSwap(this.#nextRoll);
      this.#nextRoll = nextRollOver(this.#nextRoll);
    }
    if (now < this.#nextExpiry) return;
    this.#nextExpiry = Number.POSITIVE_INFINITY;
    for (const order of this.#state.orders.all()) {
      if (order.expiresAt <= now) this.#state.orders.expire(order, now);
      else this.watch(order);
    }
  }

  #bookSwap(rollOver: number): void {
    let any = false;
    for (const { symbol, quantity } of this.#state.book.open) {
      const instrument = this.#state.instruments[symbol]!;
      const nights = nightsAt(rollOver, instrument.swap.tripleDay);
      const amount = swapOf(
        this.#state.costs.swap,
        instrument,
        quantity,
        this.#state.quotes.mid(symbol),
        nights,
      );
      if (amount === 0) continue;
      this.#state.account.ledger.bookSwap(amount * this.#state.account.rate(symbol)!); // held, so its rate was known
      any = true;
    }
    if (any) this.#onBooking();
  }
}
