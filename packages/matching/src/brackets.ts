import { type Bracket, type LegName, type OrderRequest, opposite, tidyQuantity } from '@mikrobot/core';
import type { Holding } from './positions/position-book.js';
import type { VenueState } from './venue-state.js';
import { isWorking, type WorkingOrder } from './working-order.js';

/** The stop and target of one entry. */
interface Group {
  readonly entry: WorkingOrder;
  readonly holding: Holding;
  /** Lots under protection. */
  open: number;
  stop: WorkingOrder | undefined;
  target: WorkingOrder | undefined;
}

const legNames: readonly LegName[] = ['stop', 'target'];
const suffix: Readonly<Record<LegName, string>> = { stop: 's', target: 't' };

/** A leg as a request of its own, for the lots that are open. */
const legRequest = (
  entry: WorkingOrder,
  bracket: Bracket,
  which: LegName,
  quantity: number,
): OrderRequest | undefined => {
  const price = which === 'stop' ? bracket.stop : bracket.target;
  const trail = which === 'stop' ? bracket.trail : undefined;
  if (price === undefined && trail === undefined) return undefined;
  return {
    id: entry.id + suffix[which],
    symbol: entry.request.symbol,
    owner: entry.request.owner,
    purpose: 'protect',
    side: opposite(entry.request.side),
    quantity,
    type: which === 'target' ? 'limit' : trail !== undefined ? 'trailing-stop' : 'stop',
    price,
    limitPrice: undefined,
    trail,
    timeInForce: 'GTC',
    goodTill: undefined,
    bracket: undefined,
    reduceOnly: true,
  };
};

/**
 * Keeps the stop and target of every entry the size of what is open: they appear with the first fill, grow with the next, shrink when
 * one of them or another order closes lots, and end together. An entry whose protection has begun to close works no longer.
 */
export class Brackets {
  readonly #state: VenueState;
  readonly #place: (request: OrderRequest, leg: LegName, holding: Holding) => WorkingOrder;
  readonly #groups: Group[][];

  /** @param place - puts a leg on the book */
  constructor(
    state: VenueState,
    place: (request: OrderRequest, leg: LegName, holding: Holding) => WorkingOrder,
  ) {
    this.#state = state;
    this.#place = place;
    this.#groups = state.instruments.map(() => []);
  }

  /** An order traded; protection is brought in line with what is held now. */
  traded(order: WorkingOrder, quantity: number, holding: Holding, time: number): void {
    const { symbol } = order;
    const groups = this.#groups[symbol]!;
    const instrument = this.#state.instruments[symbol]!;
    if (order.leg !== undefined) {
      const group = groups.find((g) => g.stop === order || g.target === order);
      if (group !== undefined) {
        group.open = tidyQuantity(instrument, group.open - quantity);
        this.#state.orders.cancel(group.entry, 'its bracket has traded', time);
      }
    } else if (order.bracket !== undefined && order.request.purpose === 'enter') {
      let group = groups.find((g) => g.entry === order);
      if (group === undefined) {
        group = { entry: order, holding, open: 0, stop: undefined, target: undefined };
        groups.push(group);
      }
      group.open = tidyQuantity(instrument, group.open + quantity);
    }
    if (groups.length > 0) this.#settle(symbol, order, time);
  }

  /** No group may protect more than its holding has, the oldest giving way first. */
  #settle(symbol: number, cause: WorkingOrder, time: number): void {
    const groups = this.#groups[symbol]!;
    const room = new Map<Holding, number>();
    for (let i = groups.length - 1; i >= 0; i--) {
      const { holding, entry } = groups[i]!;
      if (!room.has(holding)) room.set(holding, Math.abs(holding.quantity));
      const onItsSide = holding.quantity * entry.sign > 0;
      const left = onItsSide ? room.get(holding)! : 0;
      const group = groups[i]!;
      group.open = Math.min(group.open, left);
      if (onItsSide) room.set(holding, tidyQuantity(this.#state.instruments[symbol]!, left - group.open));
      this.#align(group, cause, time);
    }
    this.#groups[symbol] = groups.filter((g) => g.open > 0);
  }

  #align(group: Group, cause: WorkingOrder, time: number): void {
    const { entry, holding, open } = group;
    if (open === 0) {
      const reason =
        cause === group.stop || cause === group.target ? 'the other leg traded' : 'its position is closed';
      for (const name of legNames) {
        const leg = group[name];
        if (leg !== undefined && leg !== cause) this.#state.orders.cancel(leg, reason, time);
      }
      this.#state.orders.cancel(entry, reason, time);
      return;
    }
    for (const name of legNames) {
      const leg = group[name];
      if (leg === undefined) {
        const request = entry.bracket && legRequest(entry, entry.bracket, name, open);
        if (request !== undefined) group[name] = this.#place(request, name, holding);
        continue;
      }
      const wanted = tidyQuantity(this.#state.instruments[entry.symbol]!, leg.filled + open);
      if (isWorking(leg) && leg.quantity !== wanted) this.#state.orders.resize(leg, wanted, time);
    }
  }
}
