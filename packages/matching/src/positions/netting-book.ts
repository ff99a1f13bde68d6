import { type Instrument, tidyQuantity, type VenuePosition } from '@mikrobot/core';
import type { WorkingOrder } from '../working-order.js';
import { against, type Holding, type PositionBook, type TradeEffect } from './position-book.js';

/**
 * One net position a symbol. Beside it each owner's part is kept, so that a bracket protects what its own ledger holds: a
 * neighbour that enters the other way leaves it alone. A reduction takes its owner's part first, then the others', oldest first.
 */
export class NettingBook implements PositionBook {
  readonly #instruments: readonly Instrument[];
  readonly #net: Holding[];
  readonly #parts: Holding[][];
  #open: Holding[] = [];

  constructor(instruments: readonly Instrument[]) {
    this.#instruments = instruments;
    this.#net = instruments.map((_, symbol) => flat(symbol, ''));
    this.#parts = instruments.map(() => []);
  }

  get open(): readonly Holding[] {
    return this.#open;
  }

  closable(order: WorkingOrder): number {
    return against(order.protects ?? this.#net[order.symbol]!, order.sign);
  }

  added(order: WorkingOrder, quantity: number): number {
    const net = this.#net[order.symbol]!.quantity;
    return Math.abs(net + order.sign * quantity) - Math.abs(net);
  }

  apply(order: WorkingOrder, quantity: number, price: number, time: number): TradeEffect {
    const { symbol, sign } = order;
    const instrument = this.#instruments[symbol]!;
    const net = this.#net[symbol]!;
    const held = net.quantity;
    const closing = Math.min(against(net, sign), quantity);
    const opening = quantity - closing;
    const points = closing > 0 ? -sign * (price - net.averagePrice) * closing : 0;
    net.quantity = tidyQuantity(instrument, held + sign * quantity);
    if (net.quantity === 0) {
      net.averagePrice = 0;
      net.since = 0;
    } else if (closing > 0 && opening > 0) {
      net.averagePrice = price;
      net.since = time;
    } else if (opening > 0) {
      const before = Math.abs(held);
      net.averagePrice = (net.averagePrice * before + price * opening) / (before + opening);
      if (held === 0) net.since = time;
    }
    if ((held === 0) !== (net.quantity === 0)) {
      this.#open = held === 0 ? [...this.#open, net] : this.#open.filter((h) => h !== net);
    }
    return { points, holding: this.#attribute(order, instrument, quantity) };
  }

  ticketOf(): undefined {
    return undefined;
  }

  report(symbol: number, name: string): readonly VenuePosition[] {
    const { quantity, averagePrice } = this.#net[symbol]!;
    return quantity === 0 ? [] : [{ symbol: name, quantity, averagePrice }];
  }

  #attribute(order: WorkingOrder, instrument: Instrument, quantity: number): Holding {
    const { sign } = order;
    const own = order.protects ?? this.#part(order.symbol, order.request.owner);
    let rest = quantity;
    if (order.request.purpose !== 'enter') {
      for (const part of [own, ...this.#parts[order.symbol]!]) {
        const taken = Math.min(against(part, sign), rest);
        part.quantity = tidyQuantity(instrument, part.quantity + sign * taken);
        rest -= taken;
      }
    }
    own.quantity = tidyQuantity(instrument, own.quantity + sign * rest);
    return own;
  }

  #part(symbol: number, owner: string): Holding {
    const parts = this.#parts[symbol]!;
    let part = parts.find((p) => p.owner === owner);
    if (part === undefined) {
      part = flat(symbol, owner);
      parts.push(part);
    }
    return part;
  }
}

const flat = (symbol: number, owner: string): Holding => ({
  symbol,
  owner,
  ticket: '',
  quantity: 0,
  averagePrice: 0,
  since: 0,
});
