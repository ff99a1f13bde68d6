import type { OrderEvent, Side } from '@mikrobot/core';
import type { DealRecord, PositionRecord } from '../protocol/records.js';
import { type Guard, type Leg, type Level, levelsOf } from './guard.js';
import { tidy } from './lots.js';
import { LEGS, type LegName, legId } from './names.js';

/** What the book of positions works with. */
export interface GuardParts {
  tell(event: OrderEvent): void;
  /** Epoch ms UTC: the latest moment of the server that is known. */
  now(): number;
  /** What an entry of this process asked for. */
  askedBy(entry: string): Guard['asked'];
}

/**
 * The positions of our entries on a hedging account, and their levels as orders: a leg appears with the first fill, is as large as the
 * position, and ends with it.
 */
export class Guards {
  readonly #guards = new Map<string, Guard>();
  readonly #parts: GuardParts;

  constructor(parts: GuardParts) {
    this.#parts = parts;
  }

  get(position: string): Guard | undefined {
    return this.#guards.get(position);
  }

  all(): IterableIterator<Guard> {
    return this.#guards.values();
  }

  /** The position that an entry opened, while it is open. */
  ofEntry(entry: string): Guard | undefined {
    for (const guard of this.#guards.values()) if (guard.entry === entry && guard.open > 0) return guard;
    return undefined;
  }

  /** An owner's open positions of one side, the oldest first. */
  ofOwner(symbol: string, magic: string, side: Side): readonly Guard[] {
    return [...this.#guards.values()]
      .filter((g) => g.symbol === symbol && g.magic === magic && g.side === side && g.open > 0)
      .sort((a, b) => a.opened - b.opened || Number(a.position) - Number(b.position));
  }

  /** The leg of this name and its position. */
  legNamed(id: string): { readonly guard: Guard; readonly name: LegName; readonly leg: Leg } | undefined {
    for (const guard of this.#guards.values())
      for (const name of LEGS) {
        const leg = guard.legs[name];
        if (leg?.id === id) return { guard, name, leg };
      }
    return undefined;
  }

  /** The position that a deal of an entry opens or adds to. */
  opening(deal: DealRecord & { readonly position: string }, entry: string, side: Side): Guard {
    const { position, symbol, magic, time } = deal;
    const known = this.#guards.get(position);
    if (known !== undefined) return known;
    return this.#add({ position, ticket: position, entry, symbol, side, magic, opened: time, open: 0 });
  }

  /** Takes the levels of a position as the server has them. @param entry - client order id of its entry */
  seen(record: PositionRecord, entry: string): Guard {
    const { id: position, ticket, symbol, side, magic, time: opened } = record;
    const guard =
      this.#guards.get(position) ??
      this.#add({ position, ticket, entry, symbol, side, magic, opened, open: 0 });
    guard.ticket = ticket;
    guard.levels = levelsOf(record, guard.entry, guard.asked);
    return guard;
  }

  /** A level has another name, or is found to be gone, without a change at the server. */
  named(guard: Guard, name: LegName, level: Level | undefined): void {
    if (guard.levels === undefined) return;
    guard.levels = { ...guard.levels, [name]: level };
    this.settle(guard);
  }

  /** Takes a position over as it is: what of it core knows, it knew before. */
  adopt(record: PositionRecord, entry: string): void {
    const guard = this.seen(record, entry);
    guard.open = record.volume;
    for (const name of LEGS) {
      const level = guard.levels?.[name];
      if (level !== undefined) guard.legs[name] = { ...level, quantity: record.volume, filled: 0 };
    }
  }

  /**
   * A deal opens or closes so many lots. Its legs' new sizes are told before the deal is, so that core never finds a leg of the wrong
   * size.
   * @param trading - the leg that the deal is of
   */
  resize(guard: Guard, lots: number, trading?: LegName): void {
    guard.open = Math.max(0, tidy(guard.open + lots));
    if (guard.open === 0) return;
    for (const name of LEGS) if (name !== trading) this.#fit(guard, guard.legs[name]);
  }

  /** Brings what is told of the legs to what the server has. */
  settle(guard: Guard): void {
    if (guard.open === 0) {
      for (const name of LEGS) this.#end(guard, name, 'its position is closed');
      return;
    }
    if (guard.levels === undefined) return;
    for (const name of LEGS) this.#settleLeg(guard, name, guard.levels);
  }

  /** The server holds so many lots of it, whatever deals were told. */
  correct(position: string, lots: number): void {
    const guard = this.#guards.get(position);
    if (guard === undefined || guard.open === lots) return;
    this.resize(guard, lots - guard.open);
    this.settle(guard);
  }

  /** Whether a level is a leg of ours, and not one that a person has set. */
  isOurs({ legs, levels, asked }: Guard, name: LegName): boolean {
    if (legs[name] !== undefined || levels?.[name] !== undefined) return true;
    return asked === undefined || asked[name] !== undefined;
  }

  /** The leg that a level's deal is of. */
  tradingLeg(guard: Guard, name: LegName, price: number): Leg {
    guard.legs[name] ??= {
      id: guard.levels?.[name]?.id ?? legId(guard.entry, name),
      price,
      quantity: guard.open,
      filled: 0,
    };
    return guard.legs[name];
  }

  /** It traded whole: nothing more is told of it. */
  forgetLeg(guard: Guard, name: LegName): void {
    delete guard.legs[name];
  }

  /** The server has the position no longer. */
  forget(position: string): void {
    this.#guards.delete(position);
  }

  #add(start: Omit<Guard, 'levels' | 'asked' | 'legs' | 'missing' | 'placed'>): Guard {
    const asked = this.#parts.askedBy(start.entry);
    const guard: Guard = {
      ...start,
      levels: undefined,
      asked,
      legs: {},
      missing: new Set(),
      placed: new Map(),
    };
    this.#guards.set(guard.position, guard);
    return guard;
  }

  #settleLeg(guard: Guard, name: LegName, levels: NonNullable<Guard['levels']>): void {
    const level = levels[name];
    const leg = guard.legs[name];
    if (leg !== undefined && leg.id !== level?.id)
      this.#end(guard, name, level === undefined ? 'its level was removed' : 'another leg took its level');
    if (level === undefined) {
      this.#tellMissing(guard, name);
      return;
    }
    const have = guard.legs[name];
    if (have === undefined) {
      const fresh = { ...level, quantity: guard.open, filled: 0 };
      guard.legs[name] = fresh;
      this.#tell(guard, { type: 'accepted', id: fresh.id });
      // Core takes it to be as it was sent.
      const { price, quantity } = guard.placed.get(fresh.id) ?? {
        price: guard.asked?.[name],
        quantity: fresh.quantity,
      };
      if (price !== fresh.price || quantity !== fresh.quantity) this.#tellReplaced(guard, fresh);
      return;
    }
    if (have.price === level.price) this.#fit(guard, have);
    else {
      have.price = level.price;
      have.quantity = tidy(have.filled + guard.open);
      this.#tellReplaced(guard, have);
    }
  }

  #fit(guard: Guard, leg: Leg | undefined): void {
    if (leg === undefined) return;
    const quantity = tidy(leg.filled + guard.open);
    if (leg.quantity === quantity) return;
    leg.quantity = quantity;
    this.#tellReplaced(guard, leg);
  }

  /** Core counts on the levels that it sent with an entry: what the server did not keep is told. */
  #tellMissing(guard: Guard, name: LegName): void {
    if (guard.asked?.[name] === undefined || guard.missing.has(name)) return;
    guard.missing.add(name);
    const reason = 'the position has no such level';
    this.#tell(guard, { type: 'cancelled', id: legId(guard.entry, name), reason });
  }

  #end(guard: Guard, name: LegName, reason: string): void {
    const leg = guard.legs[name];
    if (leg === undefined) return;
    delete guard.legs[name];
    guard.missing.add(name);
    this.#tell(guard, { type: 'cancelled', id: leg.id, reason });
  }

  #tellReplaced(guard: Guard, { id, quantity, price }: Leg): void {
    this.#tell(guard, { type: 'replaced', id, quantity, price });
  }

  #tell({ symbol, ticket }: Guard, what: LegNews): void {
    this.#parts.tell({ ...what, symbol, time: this.#parts.now(), venueId: ticket });
  }
}

type LegNews =
  | { readonly type: 'accepted'; readonly id: string }
  | { readonly type: 'cancelled'; readonly id: string; readonly reason: string }
  | { readonly type: 'replaced'; readonly id: string; readonly quantity: number; readonly price: number };
