import { trimMap } from '../../past.js';
import { canPay, checkEntry, checkName } from './engine-checks.js';
import { rejections, spotErrors } from './errors.js';
import { spentAsset } from './holds.js';
import type { SpotMarket } from './market.js';
import { newOrder } from './new-order.js';
import { type Hold, isOpen, type OrderTerms, type SpotOrder } from './order.js';
import { wouldMatch, wouldTrigger } from './order-checks.js';
import { isDone, listStatus, type OrderList, rivalOf } from './order-list.js';
import type { ListHooks, Trading } from './trading.js';
import type { SpotVenue } from './venue.js';

/** A list that is to be placed. */
export interface NewList {
  readonly account: string;
  readonly market: SpotMarket;
  readonly clientId: string;
  /** Of an OTO or OTOCO: the order that must fill first. */
  readonly working: OrderTerms | undefined;
  /** The two of an OCO in the order of their ids to be, or the one that an OTO places later. */
  readonly others: readonly OrderTerms[];
}

/** Orders that belong together: one cancels the other, one triggers the others. */
export class ListDesk implements ListHooks {
  readonly #venue: SpotVenue;
  readonly #trading: Trading;

  constructor(venue: SpotVenue, trading: Trading) {
    this.#venue = venue;
    this.#trading = trading;
    trading.hooks = this;
  }

  /**
   * Takes a list as a whole.
   * @throws VenueError -2010
   */
  place({ account, market, clientId, working, others }: NewList): OrderList {
    this.#checkNames(account, market, clientId, [...(working === undefined ? [] : [working]), ...others]);
    const first = working === undefined ? others : [working];
    for (const terms of first) checkEntry(this.#venue, account, market, terms);
    const listId = this.#venue.nextListId();
    const hold: Hold = {
      asset: spentAsset({ symbol: market.symbol, terms: others[0]! }),
      amount: 0n,
      owners: [],
    };
    const status = working === undefined ? 'NEW' : 'PENDING_NEW';
    const lead =
      working === undefined
        ? undefined
        : newOrder(this.#venue, account, market, working, { listId, status: 'NEW', hold: undefined });
    const rest = others.map((terms) =>
      newOrder(this.#venue, account, market, terms, { listId, status, hold }),
    );
    if (!canPay(this.#venue, lead ?? rest[0]!, market)) throw spotErrors.rejected(rejections.balance);
    const list: OrderList = {
      id: listId,
      account,
      symbol: market.symbol.symbol,
      contingencyType: lead === undefined ? 'OCO' : 'OTO',
      clientId,
      time: this.#venue.now,
      orders: lead === undefined ? rest : [lead, ...rest],
      working: lead,
      others: rest,
      told: false,
    };
    this.#venue.lists.set(listId, list);
    trimMap(this.#venue.lists, isDone);
    for (const order of list.orders) this.#trading.enter(order);
    this.#tell(list, 'EXEC_STARTED');
    for (const order of lead === undefined ? rest : [lead]) if (isOpen(order)) this.#trading.work(order);
    return list;
  }

  /** Cancels what is open of a list; all of it gets the cancel's id. */
  cancel(list: OrderList, cancelId: string): void {
    list.told = true; // once, at the end
    for (const order of list.orders) if (isOpen(order)) this.#trading.cancel(order, cancelId);
    this.#tell(list, 'ALL_DONE');
  }

  begins(order: SpotOrder): void {
    const list = this.#venue.lists.get(order.listId);
    const rival = list === undefined ? undefined : rivalOf(list, order);
    if (rival !== undefined) this.#trading.expire(rival, 'OCO_TRIGGER');
  }

  ended(order: SpotOrder): void {
    const list = this.#venue.lists.get(order.listId);
    if (list === undefined) return;
    if (order === list.working && order.status === 'FILLED') this.#venue.later(() => this.#activate(list));
    else if (order.status === 'EXPIRED') this.#followDown(list, order);
    this.#finish(list);
  }

  /** Tells that an order of a list goes by another name. */
  renamed(order: SpotOrder): void {
    const list = this.#venue.lists.get(order.listId);
    if (list !== undefined) this.#tell(list, 'UPDATED');
  }

  /** The working order has filled: what waited for it is placed, or expires where the engine does not take it. */
  #activate(list: OrderList): void {
    const pending = list.others.filter(({ status }) => status === 'PENDING_NEW');
    const market = this.#venue.market(list.symbol);
    for (const order of pending) order.status = 'NEW';
    const refused = pending.some(
      (order) =>
        !canPay(this.#venue, order, market) ||
        (order.terms.type === 'LIMIT_MAKER' && wouldMatch(order.terms, market)) ||
        wouldTrigger(order.terms, market),
    );
    if (refused) {
      for (const order of pending) if (isOpen(order)) this.#trading.expire(order, 'REJECTED');
      return;
    }
    for (const order of pending) this.#trading.activate(order);
    for (const order of pending) if (isOpen(order)) this.#trading.work(order);
  }

  /** An order expired, and takes with it what depends on it. */
  #followDown(list: OrderList, order: SpotOrder): void {
    if (order === list.working) {
      for (const other of list.others)
        if (isOpen(other)) this.#trading.expire(other, 'OTO_PHASE_ONE_EXPIRED');
    } else if (order.expiryReason !== 'OCO_TRIGGER') {
      const rival = rivalOf(list, order);
      if (rival !== undefined) this.#trading.expire(rival, 'OCO_TRIGGER');
    }
  }

  #finish(list: OrderList): void {
    if (list.told || !isDone(list)) return;
    list.told = true;
    this.#tell(list, 'ALL_DONE');
  }

  #tell(list: OrderList, type: 'EXEC_STARTED' | 'UPDATED' | 'ALL_DONE'): void {
    this.#venue.listener.user(list.account, listStatus(list, type, this.#venue.now));
  }

  #checkNames(account: string, market: SpotMarket, clientId: string, terms: readonly OrderTerms[]): void {
    for (const { clientOrderId } of terms) checkName(this.#venue, account, market, clientOrderId);
    const twice = new Set(terms.map(({ clientOrderId }) => clientOrderId)).size < terms.length;
    const taken = [...this.#venue.lists.values()].some(
      (list) => list.account === account && list.clientId === clientId && !isDone(list),
    );
    if (twice || taken) throw spotErrors.rejected(rejections.duplicate);
  }
}
