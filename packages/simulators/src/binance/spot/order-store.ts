import { isOpen, type SpotOrder } from './order.js';

const key = (account: string, symbol: string, clientId: string): string => `${account} ${symbol} ${clientId}`;

/** Every order that a venue ever took, by the names that it can be asked for. */
export class OrderStore {
  readonly #byId = new Map<bigint, SpotOrder>();
  readonly #byName = new Map<string, SpotOrder>();
  readonly #byAccount = new Map<string, SpotOrder[]>();
  readonly #open = new Map<string, Set<SpotOrder>>();

  add(order: SpotOrder): void {
    this.#byId.set(order.id, order);
    this.name(order);
    const all = this.#byAccount.get(order.account) ?? [];
    all.push(order);
    this.#byAccount.set(order.account, all);
    const open = this.#open.get(order.account) ?? new Set();
    this.#open.set(order.account, open.add(order));
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
    return (this.#byAccount.get(account) ?? []).filter((order) => order.symbol.symbol === symbol);
  }

  /** Orders of an account that have not ended, oldest first; of one symbol or of all. */
  open(account: string, symbol?: string): readonly SpotOrder[] {
    const open = this.#open.get(account);
    if (open === undefined) return [];
    for (const order of open) if (!isOpen(order)) open.delete(order);
    return [...open].filter((order) => symbol === undefined || order.symbol.symbol === symbol);
  }
}
