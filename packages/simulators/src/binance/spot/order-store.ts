import { trimMap } from '../../past.js';
import { isOpen, type SpotOrder } from './order.js';

const key = (account: string, symbol: string, clientId: string): string => `${account} ${symbol} ${clientId}`;

/** The orders of a venue, by the names that they can be asked for; those that ended long ago are forgotten. */
export class OrderStore {
  readonly #byId = new Map<bigint, SpotOrder>();
  readonly #byName = new Map<string, SpotOrder>();
  readonly #byAccount = new Map<string, Set<SpotOrder>>();
  readonly #open = new Map<string, Set<SpotOrder>>();

  add(order: SpotOrder): void {
    this.#byId.set(order.id, order);
    this.name(order);
    const all = this.#byAccount.get(order.account) ?? new Set();
    this.#byAccount.set(order.account, all.add(order));
    const open = this.#open.get(order.account) ?? new Set();
    this.#open.set(order.account, open.add(order));
    if (trimMap(this.#byId, (one) => !isOpen(one))) this.#forget();
  }

  /** From now on the order is also found by its present client order id; what it was called before still finds it. */
  name(order: SpotOrder): void {
    this.#byName.set(key(order.account, order.symbol.symbol, order.clientOrderId), order);
  }

  get(id: bigint): SpotOrder | undefined {
    return this.#byId.get(id);
  }

  byId(account: string, symbol: string, id: bigint): SpotOrder | undefined {
    const order = this.#byId.get(id);
    return order?.account === account && order.symbol.symbol === symbol ? order : undefined;
  }

  /** The latest order that went by this name. */
  byName(account: string, symbol: string, clientId: string): SpotOrder | undefined {
    return this.#byName.get(key(account, symbol, clientId));
  }

  /** Orders of an account in the order of their ids. */
  all(account: string, symbol: string): readonly SpotOrder[] {
    return [...(this.#byAccount.get(account) ?? [])].filter((order) => order.symbol.symbol === symbol);
  }

  /** Orders of an account that have not ended, oldest first; of one symbol or of all. */
  open(account: string, symbol?: string): readonly SpotOrder[] {
    const open = this.#open.get(account);
    if (open === undefined) return [];
    for (const order of open) if (!isOpen(order)) open.delete(order);
    return [...open].filter((order) => symbol === undefined || order.symbol.symbol === symbol);
  }

  /** Drops every other trace of the orders that are no longer found by their ids. */
  #forget(): void {
    const isGone = ({ id }: SpotOrder): boolean => !this.#byId.has(id);
    for (const [name, order] of this.#byName) if (isGone(order)) this.#byName.delete(name);
    for (const orders of [...this.#byAccount.values(), ...this.#open.values()])
      for (const order of orders) if (isGone(order)) orders.delete(order);
  }
}
