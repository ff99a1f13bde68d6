import type { Fill } from '../model/order.js';
import type { ApprovedOrder, LegName } from '../risk/approved-order.js';
import {
  type BracketState,
  isTighter,
  LEGS,
  type Leg,
  newBracket,
  openLots,
  tidy,
  trailedStop,
  trailOf,
} from './bracket-state.js';
import type { Desk } from './desk.js';
import type { OrderManager } from './order-manager.js';
import type { OrderRecord } from './order-record.js';

/** Ms in which a venue that keeps brackets should have ended the legs of a closed position. */
const GRACE = 5_000;

/**
 * Keeps every open position under the protection that its entry was approved with. Each bracket knows what its legs should be;
 * `#sync` brings the venue there, one command a leg at a time. Where the venue keeps brackets itself, only moves are sent.
 * One implementation for all adapters.
 */
export class BracketKeeper {
  readonly #desk: Desk;
  readonly #orders: OrderManager;
  #brackets: BracketState[] = [];
  /** Whether some stop must be moved by core as the market moves. */
  trailing = false;

  constructor(desk: Desk, orders: OrderManager) {
    this.#desk = desk;
    this.#orders = orders;
  }

  /** Where the ledger's stops are wanted. */
  stops(symbol: string, owner: string): readonly number[] {
    const stops: number[] = [];
    for (const bracket of this.#brackets) {
      const { stop } = bracket.wanted;
      if (bracket.owner === owner && bracket.symbol === symbol && stop !== undefined) stops.push(stop);
    }
    return stops;
  }

  /** Takes a trade into account, whatever its order was for. */
  onFill(record: OrderRecord, fill: Fill): void {
    const { purpose } = record.request;
    if (purpose === 'enter') this.#entered(record, fill);
    else if (record.bracket !== undefined) this.#guarded(record.bracket, fill);
    else this.#reduced(fill);
  }

  /** Takes a trade into account that no order of ours made. */
  onForeignFill(fill: Fill): void {
    if (fill.purpose !== 'enter') this.#reduced(fill);
  }

  /** A leg ended: what it still had to guard needs another one. */
  onEnd(record: OrderRecord): void {
    const { bracket, state } = record;
    const name = bracket && LEGS.find((leg) => bracket.legs[leg]?.id === record.request.id);
    if (bracket === undefined || name === undefined) return;
    delete bracket.legs[name];
    if (openLots(bracket) === 0) this.#forget();
    else if (state === 'rejected') this.#rejected(bracket, name);
    else if (state !== 'filled') this.#sync(bracket);
  }

  /** The venue told of a change of a leg. */
  onReplaced(record: OrderRecord, quantity: number, price: number | undefined): void {
    const legs = record.bracket?.legs ?? {};
    for (const leg of Object.values(legs)) {
      if (leg.id !== record.request.id) continue;
      leg.quantity = quantity;
      leg.price = price ?? leg.price;
      // A venue that trails moves its stop itself: what it has is what is wanted.
      if (record.request.type === 'trailing-stop' && record.bracket) record.bracket.wanted.stop = leg.price;
    }
  }

  /** Moves the legs of the ledger's brackets to what an approved adjustment says. */
  adjust(order: ApprovedOrder): void {
    const { symbol, owner, bracket: wanted } = order.request;
    for (const bracket of this.#of(symbol, owner)) {
      for (const name of LEGS) {
        const price = name === 'stop' ? wanted?.stop : wanted?.target;
        if (price !== undefined) bracket.wanted[name] = price;
        if (price !== undefined || (name === 'stop' && wanted?.trail !== undefined))
          bracket.approvals[name] = order;
      }
      this.#sync(bracket);
    }
    this.#watch();
  }

  /** Moves the stops that core trails. */
  trail(symbol: string): void {
    const quote = this.#desk.book.quote(symbol);
    if (quote === undefined) return;
    for (const bracket of this.#brackets) {
      const distance = trailOf(bracket);
      if (bracket.symbol !== symbol || distance === undefined || openLots(bracket) === 0) continue;
      const price = trailedStop(bracket, bracket.long ? quote.bid : quote.ask, distance);
      if (!isTighter(bracket, price, bracket.wanted.stop)) continue;
      bracket.wanted.stop = price;
      this.#sync(bracket);
    }
  }

  get #native(): boolean {
    return this.#desk.capabilities.bracket === 'native';
  }

  get #venueTrails(): boolean {
    return this.#desk.capabilities.orderTypes['trailing-stop'] === 'native';
  }

  #of(symbol: string, owner: string): readonly BracketState[] {
    return this.#brackets.filter((b) => b.symbol === symbol && b.owner === owner);
  }

  #entered(record: OrderRecord, fill: Fill): void {
    const instrument = this.#desk.book.instrument(fill.symbol);
    if (record.request.bracket === undefined || instrument === undefined) return;
    let { bracket } = record;
    if (bracket === undefined) {
      bracket = newBracket(record.order, instrument, this.#desk.loop.now);
      record.bracket = bracket;
    }
    if (!this.#brackets.includes(bracket)) this.#brackets.push(bracket);
    const filled = bracket.filled + fill.quantity;
    bracket.price = (bracket.price * bracket.filled + fill.price * fill.quantity) / filled;
    bracket.filled = tidy(bracket, filled);
    const distance = trailOf(bracket);
    if (distance !== undefined && bracket.wanted.stop === undefined) {
      bracket.wanted.stop = trailedStop(bracket, bracket.price, distance);
    }
    if (this.#native) this.#adoptLegs(bracket);
    else this.#sync(bracket);
    this.#watch();
  }

  /** A leg did its work: what the venue has of it is less by as much. */
  #guarded(bracket: BracketState, fill: Fill): void {
    for (const name of LEGS) {
      const leg = bracket.legs[name];
      if (leg?.id !== fill.id) continue;
      leg.quantity = tidy(bracket, leg.quantity - fill.quantity);
      if (leg.quantity <= 0) delete bracket.legs[name];
    }
    this.#closed(bracket, fill.quantity);
  }

  /** A reduction closes the oldest brackets of its ledger first. */
  #reduced(fill: Fill): void {
    let left = fill.quantity;
    for (const bracket of this.#of(fill.symbol, fill.owner)) {
      const part = Math.min(left, openLots(bracket));
      if (part <= 0) continue;
      left = tidy(bracket, left - part);
      this.#closed(bracket, part);
    }
  }

  #closed(bracket: BracketState, quantity: number): void {
    bracket.closed = tidy(bracket, bracket.closed + quantity);
    if (openLots(bracket) === 0) this.#protected(bracket);
    // A venue that keeps brackets shrinks and ends its legs itself; what it forgot after a while is cancelled.
    if (this.#native) this.#cancelForgotten(bracket);
    else this.#sync(bracket);
    this.#forget();
  }

  /** The venue keeps the legs; their events come under the ids that the port agrees on. */
  #adoptLegs(bracket: BracketState): void {
    this.#protected(bracket);
    for (const name of LEGS) {
      const order = this.#legOrder(bracket, name, bracket.filled, bracket.wanted[name]);
      if (order === undefined) continue;
      const { id, quantity, price } = order.request;
      const leg = bracket.legs[name];
      if (leg !== undefined) leg.quantity = quantity;
      else bracket.legs[name] = { id, attempt: 0, quantity, price, busy: false };
      this.#orders.adopt(order, bracket);
    }
  }

  /** Brings the legs at the venue to what is wanted: places, resizes, moves, cancels. */
  #sync(bracket: BracketState): void {
    const open = openLots(bracket);
    if (open === 0) {
      this.#cancelIdle(bracket);
      return;
    }
    for (const name of LEGS) {
      const leg = bracket.legs[name];
      const price = bracket.wanted[name];
      if (leg === undefined) {
        if (!this.#native) this.#place(bracket, name, open, price);
      } else if (!leg.busy && (leg.price !== price || (!this.#native && leg.quantity !== open))) {
        this.#change(bracket, name, leg, open, price);
      }
    }
  }

  #cancelForgotten(bracket: BracketState): void {
    if (openLots(bracket) > 0 || Object.keys(bracket.legs).length === 0) return;
    this.#desk.timers.timer(GRACE, () => this.#cancelIdle(bracket));
  }

  #cancelIdle(bracket: BracketState): void {
    if (openLots(bracket) > 0) return;
    for (const leg of Object.values(bracket.legs)) {
      if (!leg.busy) this.#orders.cancel(leg.id, 'the position it protected is closed');
    }
  }

  #place(bracket: BracketState, name: LegName, open: number, price: number | undefined): void {
    const attempt = bracket.attempts[name];
    const order = this.#legOrder(bracket, name, open, price);
    if (order === undefined) return;
    bracket.attempts[name]++;
    const leg: Leg = {
      id: order.request.id,
      attempt,
      quantity: open,
      price: order.request.price,
      busy: true,
    };
    bracket.legs[name] = leg;
    if (name === 'stop') this.#boundNakedTime(bracket);
    this.#orders.send(
      order,
      (decision) => {
        leg.busy = false;
        if (decision.outcome !== 'executed') return;
        if (name === 'stop') this.#protected(bracket);
        if (bracket.legs[name] === leg) this.#sync(bracket);
      },
      bracket,
    );
  }

  #change(bracket: BracketState, name: LegName, leg: Leg, quantity: number, price: number | undefined): void {
    const { adapter, line, capabilities } = this.#desk;
    const order = this.#legOrder(bracket, name, quantity, price, leg.attempt);
    if (order === undefined) return;
    leg.busy = true;
    if (capabilities.amend === 'none') {
      // Without amendments a leg is cancelled, and its end makes room for the next attempt.
      this.#orders.cancel(leg.id, 'replaced by another size or price');
      return;
    }
    this.#desk.log('out:intent', { command: 'amend', id: leg.id, quantity, price });
    const ref = { id: leg.id, symbol: bracket.symbol };
    line.call(
      'amend',
      leg.id,
      () => adapter.amend(order, ref),
      (answer) => {
        leg.busy = false;
        if (answer.outcome === 'accepted') {
          leg.quantity = quantity;
          leg.price = price;
          if (bracket.legs[name] === leg) this.#sync(bracket);
        } else if (bracket.legs[name] === leg && openLots(bracket) > 0) {
          const why = answer.outcome === 'rejected' ? answer.code : answer.detail;
          this.#desk.issue(
            'AMEND_FAILED',
            `the ${name} of ${bracket.owner} could not be changed: ${why}`,
            bracket.symbol,
          );
          bracket.wanted[name] = leg.price;
        }
      },
    );
  }

  /** The leg as its approval gives it; an adjustment made before the entry had filled falls back to the entry's approval. */
  #legOrder(
    bracket: BracketState,
    name: LegName,
    quantity: number,
    price: number | undefined,
    attempt = bracket.attempts[name],
  ): ApprovedOrder | undefined {
    const reduceOnly = this.#desk.reducesNet(bracket.symbol);
    const options = { price, attempt, reduceOnly, trailing: name === 'stop' && this.#venueTrails };
    return bracket.approvals[name].leg(name, quantity, options) ?? bracket.entry.leg(name, quantity, options);
  }

  /** The time without a stop is over, and told. */
  #protected(bracket: BracketState): void {
    const { symbol, owner, nakedSince } = bracket;
    if (nakedSince === undefined) return;
    bracket.nakedSince = undefined;
    const { policies, loop } = this.#desk;
    if (policies.remembers) policies.tell({ type: 'protected', symbol, owner, naked: loop.now - nakedSince });
  }

  /** Time without protection is bounded: past the bound the position is closed. */
  #boundNakedTime(bracket: BracketState): void {
    if (bracket.nakedSince === undefined) return;
    this.#desk.timers.timer(this.#desk.protectionDeadline, () => {
      const { nakedSince } = bracket;
      if (nakedSince === undefined || openLots(bracket) === 0) return;
      this.#giveUp(bracket, `no working stop for ${Math.round(this.#desk.loop.now - nakedSince)} ms`);
    });
  }

  #rejected(bracket: BracketState, name: LegName): void {
    if (name === 'stop') this.#giveUp(bracket, 'the venue rejected the protective stop');
    else
      this.#desk.issue(
        'TARGET_REJECTED',
        `the venue rejected the target of ${bracket.owner}`,
        bracket.symbol,
      );
  }

  #giveUp(bracket: BracketState, why: string): void {
    this.#desk.issue('UNPROTECTED', `${bracket.owner}: ${why}; the position is closed`, bracket.symbol);
    this.#desk.closeOut(bracket.symbol, bracket.owner, why);
  }

  #watch(): void {
    this.trailing = !this.#venueTrails && this.#brackets.some((b) => trailOf(b) !== undefined);
  }

  /** Brackets that guard nothing and have no legs left are over. An entry that still fills has its bracket in its record. */
  #forget(): void {
    const over = (b: BracketState): boolean =>
      openLots(b) === 0 && b.legs.stop === undefined && b.legs.target === undefined;
    if (this.#brackets.some(over)) this.#brackets = this.#brackets.filter((b) => !over(b));
    this.#watch();
  }
}
