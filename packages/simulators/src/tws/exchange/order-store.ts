import { trimMap } from '../../past.js';
import type { SimulatedContract } from '../contracts/contract.js';
import type { TwsOrder } from './order.js';

/** First permanent id, of the size that TWS gives. */
const FIRST_PERM_ID = 1_438_599_001;

/** All orders, by their permanent ids and as their clients name them; those that ended long ago are forgotten. */
export class OrderStore {
  readonly #all = new Map<number, TwsOrder>();
  readonly #live = new Set<TwsOrder>();
  /** By client and order id: the latest order of that name. */
  readonly #named = new Map<string, TwsOrder>();
  /** By client: the highest order id that it has used. */
  readonly #highest = new Map<number, number>();
  #permId = FIRST_PERM_ID;
  #bound = 0;

  nextPermId(): number {
    return this.#permId++;
  }

  add(order: TwsOrder): void {
    this.#all.set(order.permId, order);
    if (order.stage !== 'ended') this.#live.add(order);
    if (order.orderId !== 0) this.name(order);
    const forgotten = trimMap(this.#all, ({ stage }) => stage === 'ended');
    if (forgotten)
      for (const [key, { permId }] of this.#named) if (!this.#all.has(permId)) this.#named.delete(key);
  }

  /** Lets an order be found by its present client and order id. */
  name(order: TwsOrder): void {
    this.#named.set(key(order.clientId, order.orderId), order);
    this.use(order.clientId, order.orderId);
  }

  /** Notes that an order id was used. */
  use(clientId: number, orderId: number): void {
    this.#highest.set(clientId, Math.max(this.highest(clientId), orderId));
  }

  ended(order: TwsOrder): void {
    this.#live.delete(order);
  }

  /** The order that a client knows by an id. */
  find(clientId: number, orderId: number): TwsOrder | undefined {
    return orderId === 0 ? undefined : this.#named.get(key(clientId, orderId));
  }

  byPermId(permId: number): TwsOrder | undefined {
    return this.#all.get(permId);
  }

  /** All that are remembered, the oldest first. */
  all(): readonly TwsOrder[] {
    return [...this.#all.values()];
  }

  /** Those that have not ended, the oldest first. */
  live(): readonly TwsOrder[] {
    return [...this.#live];
  }

  /** Whether any order could meet a quote: asked for at each of them. */
  get isIdle(): boolean {
    return this.#live.size === 0;
  }

  ofContract(contract: SimulatedContract): readonly TwsOrder[] {
    return this.live().filter((order) => order.contract === contract);
  }

  /** The other live orders of the group that an order is in. */
  neighbours(order: TwsOrder): readonly TwsOrder[] {
    const { ocaGroup } = order.terms;
    if (ocaGroup === '') return [];
    return this.live().filter(
      (other) => other !== order && other.terms.ocaGroup === ocaGroup && other.account === order.account,
    );
  }

  children(order: TwsOrder): readonly TwsOrder[] {
    return this.live().filter(({ parent }) => parent === order);
  }

  /** Highest order id that a client has used; 0 before any. */
  highest(clientId: number): number {
    return this.#highest.get(clientId) ?? 0;
  }

  /** Ids go back by so many, as after a restart of TWS: what was used above counts as unused. */
  rollBack(by: number): void {
    for (const [clientId, highest] of this.#highest) this.#highest.set(clientId, Math.max(0, highest - by));
  }

  /** Id for an order that was made by hand and is bound now. Source: IBKR Campus, "Use negative numbers to bind automatic orders". */
  nextBoundId(): number {
    this.#bound -= 1;
    return this.#bound;
  }
}

const key = (clientId: number, orderId: number): string => `${clientId}.${orderId}`;
