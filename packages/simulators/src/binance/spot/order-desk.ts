import { VenueError } from '../exchange.js';
import { checkCounts } from './count-filters.js';
import { canPay, checkEntry } from './engine-checks.js';
import { rejections, spotErrors } from './errors.js';
import { ListDesk } from './list-desk.js';
import type { SpotMarket } from './market.js';
import { newOrder } from './new-order.js';
import type { OrderTerms, SpotOrder } from './order.js';
import { checkSupport } from './order-checks.js';
import { checkFilters } from './order-filters.js';
import type { OrderList } from './order-list.js';
import { Trading } from './trading.js';
import type { SpotVenue } from './venue.js';

/** Takes what clients send, in two steps: what the API checks (-1013), then what the engine checks (-2010). */
export class OrderDesk {
  readonly venue: SpotVenue;
  readonly trading: Trading;
  readonly lists: ListDesk;
  readonly #refused = new Map<string, VenueError>();

  constructor(venue: SpotVenue) {
    this.venue = venue;
    this.trading = new Trading(venue);
    this.lists = new ListDesk(venue, this.trading);
  }

  /** The next placement of an account is refused with this error. */
  refuseNext(account: string, error: VenueError): void {
    this.#refused.set(account, error);
  }

  /**
   * Checks what can be said of orders before the engine sees them, and returns them ready for it: a market order by amount gets the
   * quantity that the book has for it.
   * @throws VenueError -1013, -2010 for an amount without a market
   */
  screen(
    account: string,
    market: SpotMarket,
    orders: readonly OrderTerms[],
    lists = 0,
  ): readonly OrderTerms[] {
    const sized = orders.map((terms) => this.#sized(market, terms));
    for (const terms of sized) {
      checkSupport(market, terms);
      checkFilters(market, terms, this.venue.now);
    }
    checkCounts(this.venue, market, { account, terms: sized, lists });
    return sized;
  }

  /**
   * Places one order that was screened. Its events are told; {@link SpotVenue.settle} ends the command.
   * @throws VenueError -2010
   */
  place(account: string, market: SpotMarket, terms: OrderTerms): SpotOrder {
    this.#refuse(account);
    checkEntry(this.venue, account, market, terms);
    const order = newOrder(this.venue, account, market, terms);
    if (!canPay(this.venue, order, market)) throw spotErrors.rejected(rejections.balance);
    this.trading.enter(order);
    this.trading.work(order);
    return order;
  }

  /** @throws VenueError -2010 */
  placeList(list: Parameters<ListDesk['place']>[0]): OrderList {
    this.#refuse(list.account);
    return this.lists.place(list);
  }

  /** Throws what {@link refuseNext} has put by. */
  #refuse(account: string): void {
    const error = this.#refused.get(account);
    if (error === undefined) return;
    this.#refused.delete(account);
    throw error;
  }

  #sized(market: SpotMarket, terms: OrderTerms): OrderTerms {
    if (terms.quoteOrderQty === 0n) return terms;
    if (!market.quoted) throw spotErrors.rejected(rejections.noLiquidity);
    const quantity = market.quantityFor(terms.quoteOrderQty, market.touch(terms.side));
    if (quantity === 0n) throw spotErrors.rejected(rejections.lessThanLot);
    return { ...terms, quantity };
  }
}

/** What an engine's refusal is as a `REJECTED` order. */
export const isEngineRejection = (error: unknown): error is VenueError =>
  error instanceof VenueError && error.code === -2010;
