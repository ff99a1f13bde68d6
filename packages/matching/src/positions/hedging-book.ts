import { type Instrument, type OrderRequest, tidyQuantity, type VenuePosition } from '@mikrobot/core';
import type { WorkingOrder } from '../working-order.js';
import { against, type Holding, type PositionBook, type TradeEffect } from './position-book.js';

/**
 * Separate positions: every entry opens a ticket of its own, named by its client order id. An order that does not enter closes,
 * and never opens: a bracket leg (`<entry id>s…`, `<entry id>t…`) its entry's ticket and no other, any other order its owner's
 * tickets on the other side, oldest first. Another owner's tickets are never touched.
 */
export class HedgingBook implements PositionBook {
  readonly #instruments: readonly Instrument[];
  readonly #tickets: Holding[][];
  #open: Holding[] = [];

  constructor(instruments: readonly Instrument[]) {
    this.#instruments = instruments;
    this.#tickets = instruments.map(() => []);
  }

  get open(): readonly Holding[] {
    return this.#open;
  }

  closable(order: WorkingOrder): number {
    return this.#candidates(order).reduce((sum, ticket) => sum + against(ticket, order.sign), 0);
  }

  added(order: WorkingOrder, quantity: number): number {
    return order.reducing ? -Math.min(quantity, this.closable(order)) : quantity;
  }

  apply(order: WorkingOrder, quantity: number, price: number, time: number): TradeEffect {
    const instrument = this.#instruments[order.symbol]!;
    return order.reducing
      ? this.#close(order, instrument, quantity, price)
      : { points: 0, holding: this.#enter(order, instrument, quantity, price, time) };
  }

  ticketOf(symbol: number, request: OrderRequest): Holding | undefined {
    if (request.purpose !== 'protect') return undefined;
    return this.#tickets[symbol]!.find(
      ({ ticket }) => request.id.startsWith(ticket) && /^[st]/.test(request.id.slice(ticket.length)),
    );
  }

  report(symbol: number, name: string): readonly VenuePosition[] {
    return this.#tickets[symbol]!.map(({ quantity, averagePrice, ticket }) => ({
      symbol: name,
      quantity,
      averagePrice,
      venueId: ticket,
    }));
  }

  #enter(
    order: WorkingOrder,
    instrument: Instrument,
    quantity: number,
    price: number,
    time: number,
  ): Holding {
    const tickets = this.#tickets[order.symbol]!;
    let ticket = tickets.find((t) => t.ticket === order.id);
    if (ticket === undefined) {
      const { symbol, request } = order;
      ticket = { symbol, owner: request.owner, ticket: order.id, quantity: 0, averagePrice: 0, since: time };
      tickets.push(ticket);
      this.#open = [...this.#open, ticket];
    }
    const before = Math.abs(ticket.quantity);
    ticket.averagePrice = (ticket.averagePrice * before + price * quantity) / (before + quantity);
    ticket.quantity = tidyQuantity(instrument, ticket.quantity + order.sign * quantity);
    return ticket;
  }

  #close(order: WorkingOrder, instrument: Instrument, quantity: number, price: number): TradeEffect {
    const candidates = this.#candidates(order);
    let rest = quantity;
    let points = 0;
    for (const ticket of candidates) {
      const taken = Math.min(against(ticket, order.sign), rest);
      if (taken === 0) continue;
      points -= order.sign * (price - ticket.averagePrice) * taken;
      ticket.quantity = tidyQuantity(instrument, ticket.quantity + order.sign * taken);
      rest = tidyQuantity(instrument, rest - taken);
    }
    const isOpen = (t: Holding): boolean => t.quantity !== 0;
    this.#tickets[order.symbol] = this.#tickets[order.symbol]!.filter(isOpen);
    this.#open = this.#open.filter(isOpen);
    return { points, holding: candidates[0]! };
  }

  #candidates(order: WorkingOrder): readonly Holding[] {
    if (order.protects !== undefined) return [order.protects];
    return this.#tickets[order.symbol]!.filter(
      (t) => t.owner === order.request.owner && against(t, order.sign) > 0,
    );
  }
}
