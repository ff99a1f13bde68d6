import type { Instrument } from '../model/instrument.js';
import type { Fill } from '../model/order.js';
import type { ApprovedOrder, LegName } from '../risk/approved-order.js';
import {
  type BracketState,
  LEGS,
  newBracket,
  openLots,
  tidy,
  trailedStop,
  trailOf,
} from './bracket-state.js';
import type { Capabilities } from './broker-adapter.js';
import type { OrderRecord } from './order-record.js';

/**
 * What every bracket has filled, what was closed again, and which legs the venue has for it. Takes what happened and sends
 * nothing: the keeper acts on it, and the same account is made again from a journal.
 */
export class BracketBook {
  #brackets: BracketState[] = [];

  list(): readonly BracketState[] {
    return this.#brackets;
  }

  /** A ledger's brackets, the oldest first. */
  of(symbol: string, owner: string): readonly BracketState[] {
    return this.#brackets.filter((b) => b.symbol === symbol && b.owner === owner);
  }

  /** The bracket of an entry; undefined when it guards nothing any more. @param entry - client order id */
  ofEntry(entry: string): BracketState | undefined {
    return this.#brackets.find((b) => b.entry.request.id === entry);
  }

  add(bracket: BracketState): void {
    this.#brackets.push(bracket);
  }

  /** An entry with a bracket has filled by so much. @returns its bracket; undefined when it has none */
  entered(
    record: OrderRecord,
    fill: Fill,
    instrument: Instrument | undefined,
    now: number,
  ): BracketState | undefined {
    if (record.request.bracket === undefined || instrument === undefined) return undefined;
    record.bracket ??= newBracket(record.order, instrument, now);
    const { bracket } = record;
    if (!this.#brackets.includes(bracket)) this.#brackets.push(bracket);
    const filled = bracket.filled + fill.quantity;
    bracket.price = (bracket.price * bracket.filled + fill.price * fill.quantity) / filled;
    bracket.filled = tidy(bracket, filled);
    const distance = trailOf(bracket);
    if (distance !== undefined && bracket.wanted.stop === undefined)
      bracket.wanted.stop = trailedStop(bracket, bracket.price, distance);
    return bracket;
  }

  /**
   * A leg did its work: what the venue has of it is less by as much. What it closed beyond what is known to have filled is somebody
   * else's to close again, and takes nothing of what the entry is found to have filled besides.
   */
  guarded(bracket: BracketState, fill: Fill): void {
    for (const name of LEGS) {
      const leg = bracket.legs[name];
      if (leg?.id !== fill.id) continue;
      leg.quantity = tidy(bracket, leg.quantity - fill.quantity);
      if (leg.quantity <= 0) delete bracket.legs[name];
    }
    bracket.closed = tidy(bracket, bracket.closed + Math.min(fill.quantity, openLots(bracket)));
  }

  /**
   * After a trade, brackets may guard no more than the ledger holds: what a trade closed is taken from the oldest first, and what
   * guards the other side of a position that was turned is over. What of a position no bracket guards is closed before.
   * @param position - the ledger's, signed lots, after the trade
   * @returns the brackets that now guard less
   */
  fit(symbol: string, owner: string, position: number): readonly BracketState[] {
    const touched: BracketState[] = [];
    const brackets = this.of(symbol, owner);
    let excess = -Math.abs(position);
    for (const bracket of brackets) if (bracket.long === position > 0) excess += openLots(bracket);
    for (const bracket of brackets) {
      const open = openLots(bracket);
      const part = bracket.long === position > 0 ? Math.min(tidy(bracket, excess), open) : open;
      if (part <= 0) continue;
      if (bracket.long === position > 0) excess -= part;
      bracket.closed = tidy(bracket, bracket.closed + part);
      touched.push(bracket);
    }
    return touched;
  }

  /**
   * Other prices and approvals for the legs of a ledger. The position may have turned since they were approved: they are for the side
   * that it had, and on the other one a stop would open more.
   * @returns the brackets that they are for
   */
  adjusted(order: ApprovedOrder): readonly BracketState[] {
    const { symbol, owner, side, bracket: wanted } = order.request;
    const brackets = this.of(symbol, owner).filter(({ long }) => long === (side === 'buy'));
    for (const bracket of brackets) {
      const { stop, target, trail } = wanted ?? {};
      if (target !== undefined) {
        bracket.wanted.target = target;
        bracket.approvals.target = order;
      }
      if (stop !== undefined) bracket.wanted.stop = stop;
      // A stop that trails goes on trailing from its new price.
      const trailsOn = trail === undefined && trailOf(bracket) !== undefined;
      if ((stop !== undefined && !trailsOn) || trail !== undefined) bracket.approvals.stop = order;
    }
    return brackets;
  }

  /** The venue keeps this leg with its entry: its id is used up, should core keep the leg one day. */
  adopted(bracket: BracketState, name: LegName, { request }: ApprovedOrder): void {
    const { id, quantity, price } = request;
    const leg = bracket.legs[name];
    bracket.attempts[name] = Math.max(1, bracket.attempts[name]);
    if (leg !== undefined) leg.quantity = quantity;
    else bracket.legs[name] = { id, attempt: 0, quantity, price, busy: false };
  }

  /** The venue told of a change of a leg. @param quantity - lots still open */
  replaced(record: OrderRecord, quantity: number, price: number | undefined): void {
    for (const leg of Object.values(record.bracket?.legs ?? {})) {
      if (leg.id !== record.request.id) continue;
      leg.quantity = quantity;
      leg.price = price ?? leg.price;
      // A venue that trails moves its stop itself: what it has is what is wanted.
      if (record.request.type === 'trailing-stop' && record.bracket) record.bracket.wanted.stop = leg.price;
    }
  }

  /** Which leg an order is, while it is one. */
  nameOf({ bracket, request }: OrderRecord): LegName | undefined {
    return bracket && LEGS.find((leg) => bracket.legs[leg]?.id === request.id);
  }

  /** Brackets that guard nothing and have no legs left are over. An entry that still fills has its bracket in its record. */
  forget(): void {
    const over = (b: BracketState): boolean =>
      openLots(b) === 0 && b.legs.stop === undefined && b.legs.target === undefined;
    if (this.#brackets.some(over)) this.#brackets = this.#brackets.filter((b) => !over(b));
  }
}

/** What of a leg's order depends on the venue. */
export interface LegTerms {
  readonly attempt: number;
  readonly reduceOnly: boolean;
  readonly capabilities: Capabilities;
}

/**
 * The leg as its approval gives it; an adjustment made before the entry had filled falls back to the entry's approval. Its id is
 * made of the entry's, so that a leg found at the venue tells which position it guards.
 */
export const legOrder = (
  bracket: BracketState,
  name: LegName,
  quantity: number,
  price: number | undefined,
  { attempt, reduceOnly, capabilities }: LegTerms,
): ApprovedOrder | undefined => {
  const trailing = name === 'stop' && capabilities.orderTypes['trailing-stop'] === 'native';
  const options = { price, attempt, reduceOnly, trailing, guards: bracket.entry.request.id };
  const { entry, approvals } = bracket;
  return approvals[name].leg(name, quantity, options) ?? entry.leg(name, quantity, options);
};
