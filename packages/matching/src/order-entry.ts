import type { LegName, OrderRequest } from '@mikrobot/core';
import {
  checkBracket,
  checkGoodTill,
  checkPrices,
  checkQuantity,
  type Rejection,
  reject,
} from './order-checks.js';
import type { Holding } from './positions/position-book.js';
import { nextRollOver } from './roll-over.js';
import type { VenueState } from './venue-state.js';
import { createOrder, type WorkingOrder } from './working-order.js';

/** Turns requests into orders, and says which ones the venue does not take. */
export class OrderEntry {
  readonly #state: VenueState;
  #count = 0;
  #forced = 0;

  constructor(state: VenueState) {
    this.#state = state;
  }

  /** Why a new order is not taken, as far as the request alone tells; undefined when nothing speaks against it. */
  check(request: OrderRequest, symbol: number, now: number): Rejection | undefined {
    const instrument = this.#state.instruments[symbol]!;
    const { id, side } = request;
    if (this.#state.orders.wasUsed(id)) return reject('DUPLICATE_ORDER', id);
    if (!this.#state.quotes.quoted(symbol)) return reject('NO_QUOTE', request.symbol);
    if (this.#state.account.rate(symbol) === undefined) {
      return reject('NO_RATE', `${instrument.currency} into ${this.#state.account.options.currency}`);
    }
    const closing = side === 'buy' ? this.#state.quotes.bid[symbol]! : this.#state.quotes.ask[symbol]!;
    return (
      checkQuantity(instrument, request.quantity) ??
      checkPrices(instrument, request) ??
      checkGoodTill(request, now) ??
      checkBracket(instrument, request, request.limitPrice ?? request.price ?? closing)
    );
  }

  /** An order of a client. */
  create(request: OrderRequest, symbol: number, now: number): WorkingOrder {
    return this.#make(request, symbol, now, undefined, this.#state.book.ticketOf(symbol, request));
  }

  /** A leg that protects a holding; it rests from the start. */
  leg(request: OrderRequest, which: LegName, holding: Holding, now: number): WorkingOrder {
    const order = this.#make(request, holding.symbol, now, which, holding);
    order.fresh = false;
    return order;
  }

  /** The venue's own order that closes a holding. */
  closing(holding: Holding, now: number): WorkingOrder {
    this.#forced += 1;
    const request: OrderRequest = {
      id: `stop-out-${this.#forced}`,
      symbol: this.#state.instruments[holding.symbol]!.symbol,
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
    return this.#make(request, holding.symbol, now, undefined, holding.ticket === '' ? undefined : holding);
  }

  #make(
    request: OrderRequest,
    symbol: number,
    now: number,
    leg: LegName | undefined,
    protects: Holding | undefined,
  ): WorkingOrder {
    this.#count += 1;
    const isReduction = this.#state.account.options.mode === 'hedging' && request.purpose !== 'enter';
    return createOrder(request, {
      venueId: `V${this.#count}`,
      symbol,
      activeAt: now,
      expiresAt: endOf(request, now),
      reducing: request.reduceOnly || isReduction,
      protects,
      leg,
    });
  }
}

const endOf = ({ timeInForce, goodTill }: OrderRequest, now: number): number => {
  if (timeInForce === 'DAY') return nextRollOver(now);
  return (timeInForce === 'GTD' ? goodTill : undefined) ?? Number.POSITIVE_INFINITY;
};
