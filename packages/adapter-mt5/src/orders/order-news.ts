import type { AccountMode, OrderEvent, Side } from '@mikrobot/core';
import type { DealRecord, OrderRecord, PositionEvent } from '../protocol/records.js';
import type { ResultBody } from '../protocol/replies.js';
import type { ServerTime } from '../server-time.js';
import { fillOf, sideOfDeal } from './fills.js';
import { endingOf, startOf } from './from-record.js';
import type { Guard } from './guard.js';
import { Guards } from './guards.js';
import { tidy } from './lots.js';
import { foreignId, type LegName } from './names.js';
import { SeenDeals } from './seen-deals.js';
import { openOf, owedBefore, type TrackedOrder, track } from './tracked-order.js';
import { TrackedOrders } from './tracked-orders.js';
import { endOf, isPlaced } from './words.js';

/** What a result says of an order that the server took. */
type TakenOrder = Pick<ResultBody, 'order' | 'orders' | 'volume'>;

/** What is made of the server's news. */
export interface NewsParts {
  readonly mode: AccountMode;
  readonly time: ServerTime;
  tell(event: OrderEvent): void;
}

/**
 * Tells core what the server says of our orders: each deal once, each end after its trades, and on hedging accounts the levels of our
 * positions as orders. News may come in any order, and again.
 */
export class OrderNews {
  readonly orders = new TrackedOrders();
  readonly guards: Guards;
  readonly #parts: NewsParts;
  readonly #seen = new SeenDeals();
  /** Which leg a deal was told of. */
  readonly #legOfDeal = new Map<string, string>();
  #latest = 0;

  constructor(parts: NewsParts) {
    this.#parts = parts;
    this.guards = new Guards({
      tell: parts.tell,
      now: () => parts.time.toUtc(this.#latest),
      askedBy: (entry) => this.orders.get(entry)?.levels,
    });
  }

  /** The latest moment that the server has told of, epoch ms of its clock. */
  get latest(): number {
    return this.#latest;
  }

  /** The server's clock has come so far. @param time - epoch ms of its clock */
  observe(time: number): void {
    if (time > this.#latest) this.#latest = time;
  }

  /** Client order id of the leg that a deal was told of. */
  legOfDeal(ticket: string): string | undefined {
    return this.#legOfDeal.get(ticket);
  }

  /** A deal of before: it is not told. */
  skip({ ticket, time }: DealRecord): void {
    this.#seen.add(ticket);
    this.observe(time);
  }

  deal(deal: DealRecord): void {
    const side = sideOfDeal(deal);
    if (!this.#seen.add(deal.ticket) || side === undefined) return;
    this.observe(deal.time);
    if (this.#parts.mode === 'netting') this.#netted(deal, side);
    else if (deal.entry === 'in') this.#opened(deal, side);
    else this.#closed(deal, side);
  }

  order(record: OrderRecord): void {
    if (record.coid === undefined) return;
    this.observe(Math.max(record.setup, record.done ?? 0));
    const end = endOf(record);
    const known = this.orders.heard(record.coid);
    if (known?.ended || (known === undefined && end !== undefined)) return;
    const order = known ?? this.orders.add(track(startOf(record, record.coid)));
    const { ticket, volume, left } = record;
    order.parts.set(ticket, { volume, left, ended: end !== undefined });
    if (end === undefined) this.#works(order, record);
    else if (end !== 'filled' && order.closing.size === 0)
      order.ending = { ...endingOf(end, record), time: record.done ?? record.setup };
    this.finish(order);
  }

  position(record: PositionEvent): void {
    if (this.#parts.mode === 'netting') return;
    this.observe(record.time);
    const known = this.guards.get(record.id);
    if (record.gone) {
      // What closed it is told by its deals; without lots it was never told at all.
      if (known?.open === 0) this.guards.forget(record.id);
      return;
    }
    const entry = known?.entry ?? record.coid;
    if (entry !== undefined) this.guards.settle(this.guards.seen(record, entry));
  }

  /** The server took an order, or what it could close of an exit. */
  taken(order: TrackedOrder, { order: ticket, orders, volume }: TakenOrder): void {
    const isExit = order.closing.size > 0;
    const quantity = isExit ? 0 : order.quantity;
    // It can be changed, and its end is waited for, before anything is told of it.
    for (const one of isExit ? orders : [ticket])
      if (one !== undefined && !order.parts.has(one))
        order.parts.set(one, { volume: quantity, left: quantity, ended: false });
    if (!isExit) return;
    order.taken = volume;
    this.finish(order);
  }

  /** Tells the end of an order whose trades are all told. */
  finish(order: TrackedOrder): void {
    if (order.ended) return;
    const { id, symbol, ending } = order;
    if (openOf(order) === 0) {
      this.orders.end(order);
      return;
    }
    if (ending !== undefined && order.filled >= owedBefore(order)) {
      const { time, ...what } = ending;
      this.orders.end(order);
      this.#tell({ ...what, id, symbol, time: this.#parts.time.toUtc(time) });
      return;
    }
    if (!isClosed(order)) return;
    this.orders.end(order);
    const reason = 'no more of it could be closed';
    this.#tell({ type: 'cancelled', reason, id, symbol, time: this.#parts.time.toUtc(this.#latest) });
  }

  #netted(deal: DealRecord, side: Side): void {
    if (deal.coid !== undefined) this.#traded(deal, side, deal.coid);
    else this.#foreign(deal, side);
  }

  #opened(deal: DealRecord, side: Side): void {
    const { coid, volume, position } = deal;
    if (coid === undefined || position === undefined) return;
    const guard = this.guards.opening({ ...deal, position }, coid, side);
    this.guards.resize(guard, volume);
    this.#traded(deal, side, coid);
    this.guards.settle(guard);
  }

  #closed(deal: DealRecord, side: Side): void {
    const { volume, position } = deal;
    const guard = position === undefined ? undefined : this.guards.get(position);
    // Whatever the comment says that a server gave it: no entry closes its own position.
    const coid = deal.coid === guard?.entry ? undefined : deal.coid;
    const name = coid === undefined ? legOf(deal) : undefined;
    const leg = guard && name && this.guards.isOurs(guard, name) ? name : undefined;
    if (guard !== undefined) this.guards.resize(guard, -volume, leg);
    if (coid !== undefined) this.#traded(deal, side, coid);
    else if (guard && leg) this.#legTraded(deal, side, guard, leg);
    else if (guard !== undefined) this.#foreign(deal, side);
    if (guard === undefined) return;
    this.guards.settle(guard);
    if (guard.open === 0) this.guards.forget(guard.position);
  }

  #traded(deal: DealRecord, side: Side, id: string): void {
    const { symbol, volume, position } = deal;
    const order =
      this.orders.heard(id) ?? this.orders.add(track({ id, symbol, side, type: 'market', quantity: volume }));
    order.filled = tidy(order.filled + volume);
    const left = position && order.closing.get(position);
    if (position && left) order.closing.set(position, Math.max(0, tidy(left - volume)));
    this.#tell(fillOf(deal, side, id, openOf(order), this.#parts.time));
    this.finish(order);
  }

  #legTraded(deal: DealRecord, side: Side, guard: Guard, name: LegName): void {
    const leg = this.guards.tradingLeg(guard, name, deal.price);
    leg.filled = tidy(leg.filled + deal.volume);
    this.#rememberLeg(deal.ticket, leg.id);
    this.#tell(fillOf(deal, side, leg.id, guard.open, this.#parts.time));
    if (guard.open === 0) this.guards.forgetLeg(guard, name);
  }

  /** A person or the server closed what is ours: core books it where it closes something. */
  #foreign(deal: DealRecord, side: Side): void {
    this.#tell(fillOf(deal, side, foreignId(deal.order ?? deal.ticket), 0, this.#parts.time));
  }

  #works(order: TrackedOrder, record: OrderRecord): void {
    const { id, symbol, type } = order;
    if (type === 'market' || !isPlaced(record)) return;
    const base = { id, symbol, time: this.#parts.time.toUtc(record.setup), venueId: record.ticket };
    if (!order.accepted) {
      order.accepted = true;
      if (order.filled === 0) this.#tell({ type: 'accepted', ...base });
    }
    const now = this.#parts.time.toUtc(this.#latest);
    if (record.price !== undefined && record.price !== order.price) {
      order.price = record.price;
      this.#tell({ type: 'replaced', ...base, time: now, quantity: order.quantity, price: record.price });
    }
  }

  #rememberLeg(deal: string, leg: string): void {
    this.#legOfDeal.set(deal, leg);
    if (this.#legOfDeal.size <= LEG_DEALS_KEPT) return;
    for (const oldest of this.#legOfDeal.keys()) {
      this.#legOfDeal.delete(oldest);
      break;
    }
  }

  #tell(event: OrderEvent): void {
    this.#parts.tell(event);
  }
}

const LEG_DEALS_KEPT = 2_000;

const legOf = ({ reason }: DealRecord): LegName | undefined =>
  reason === 'sl' ? 'stop' : reason === 'tp' ? 'target' : undefined;

/** Whether all that the server took of an exit has ended, and its trades were told. */
const isClosed = (order: TrackedOrder): boolean => {
  const { taken, filled, parts } = order;
  if (taken === undefined) return false;
  // What an order placed on an exchange will trade its answer does not say.
  if (taken > 0 && filled >= taken) return true;
  return parts.size > 0 && [...parts.values()].every(({ ended }) => ended) && filled >= owedBefore(order);
};
