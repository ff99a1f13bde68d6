import { VenueError } from '../exchange.js';
import type { FuturesAccount } from './account.js';
import { type AlgoDraft, type AlgoOrder, type AlgoStatus, becomesMarket } from './algo-orders.js';
import { abs } from './amounts.js';
import type { Desk } from './desk.js';
import { futuresErrors } from './errors.js';
import { checkNotional, checkQuantity, checkStopLimit, checkTriggerPrice } from './filters.js';
import type { OrderEntry } from './order-entry.js';
import { algoUpdate } from './order-events.js';
import { type FuturesOrder, isOpen, type OrderDraft, reduces } from './orders.js';
import type { FuturesSymbol } from './symbols.js';
import { follow, isReached, watchedPrice } from './triggers.js';
import type { FuturesVenue } from './venue.js';

/** Keeps conditional orders outside the book until the market reaches them. */
export class AlgoDesk {
  readonly #venue: FuturesVenue;
  readonly #entry: OrderEntry;
  readonly #desk: Desk;

  constructor(venue: FuturesVenue, entry: OrderEntry, desk: Desk) {
    this.#venue = venue;
    this.#entry = entry;
    this.#desk = desk;
  }

  /**
   * Takes a new conditional order. Margin and position are not asked for until it triggers.
   * @throws VenueError -2021, -40xx, -4116, -4130, -4135, -4164
   */
  place(account: FuturesAccount, draft: AlgoDraft): AlgoOrder {
    const { refusal } = account;
    account.refusal = undefined;
    if (refusal !== undefined) throw refusal;
    this.#check(account, draft);
    const { market, nextId } = this.#venue;
    const price = watchedPrice(market, market.contract(draft.symbol), draft);
    const isTrailing = draft.type === 'TRAILING_STOP_MARKET';
    const activatePrice = isTrailing && draft.activatePrice === 0n ? price : draft.activatePrice;
    const algoId = nextId.algo();
    const algo: AlgoOrder = {
      ...draft,
      activatePrice,
      algoId,
      clientAlgoId: draft.clientAlgoId ?? `simalgo${algoId}`,
      status: 'NEW',
      createTime: market.now,
      updateTime: market.now,
      triggerTime: 0,
      actual: undefined,
      reason: '',
      extreme: undefined,
    };
    account.addAlgo(algo);
    if (isTrailing) follow(algo, price);
    this.#move(account, algo, 'NEW');
    return algo;
  }

  /**
   * Ends a conditional order that has not triggered.
   * @throws VenueError -2011 when it is not open
   */
  cancel(account: FuturesAccount, algo: AlgoOrder | undefined): AlgoOrder {
    if (algo === undefined || !account.openAlgos.has(algo)) throw futuresErrors.unknownOrder();
    this.#move(account, algo, 'CANCELED');
    return algo;
  }

  /** The venue ends a conditional order by itself. */
  expire(account: FuturesAccount, algo: AlgoOrder): void {
    this.#move(account, algo, 'EXPIRED');
  }

  /** The market of a contract has moved: what it reaches triggers. */
  watch(symbol: FuturesSymbol): void {
    const { market, accounts } = this.#venue;
    const contract = market.contract(symbol);
    for (const account of accounts.values()) {
      for (const algo of account.openAlgoOrders(symbol)) {
        const price = watchedPrice(market, contract, algo);
        const isTrailing = algo.type === 'TRAILING_STOP_MARKET';
        const triggers = isTrailing ? follow(algo, price) : isReached(algo, price);
        if (triggers && account.openAlgos.has(algo)) this.#trigger(account, algo);
      }
    }
  }

  /** An order has traded or ended: its conditional order has finished with it, and what closes a position that is gone expires. */
  settle(account: FuturesAccount, order: FuturesOrder): void {
    const { algo, symbol } = order;
    if (algo !== undefined && algo.status === 'TRIGGERED' && !isOpen(order))
      this.#move(account, algo, 'FINISHED');
    for (const other of account.openAlgoOrders(symbol)) {
      const isGone = account.position(symbol, other.positionSide).size === 0n;
      if (other.closePosition && other.status === 'NEW' && isGone) this.expire(account, other);
    }
  }

  #check(account: FuturesAccount, draft: AlgoDraft): void {
    const { symbol, side, type, price, quantity, triggerPrice, closePosition } = draft;
    const { market } = this.#venue;
    const isMarket = becomesMarket(type);
    if (!closePosition) checkQuantity(symbol, quantity, isMarket);
    if (type !== 'TRAILING_STOP_MARKET') checkTriggerPrice(symbol, triggerPrice);
    if (!isMarket) checkStopLimit(symbol, side, price, triggerPrice);
    const isExempt = closePosition || reduces(draft);
    const value = isMarket ? triggerPrice || market.mark(symbol) : price;
    if (!isExempt) checkNotional(symbol, quantity, value);
    const open = account.openAlgoOrders(symbol);
    if (draft.clientAlgoId !== undefined && open.some((o) => o.clientAlgoId === draft.clientAlgoId))
      throw futuresErrors.duplicateId();
    if (open.length >= symbol.options.maxAlgoOrders) throw futuresErrors.tooManyStops();
    if (closePosition && open.some((o) => o.closePosition && o.type === type && o.side === side))
      throw futuresErrors.sameCloseAll();
    const present = watchedPrice(market, market.contract(symbol), draft);
    if (type !== 'TRAILING_STOP_MARKET') {
      if (isReached(draft, present)) throw futuresErrors.wouldTrigger();
      return;
    }
    const { activatePrice } = draft;
    const isBehind = side === 'BUY' ? activatePrice >= present : activatePrice <= present;
    if (activatePrice !== 0n && present !== 0n && isBehind) throw futuresErrors.wouldTrigger();
  }

  #trigger(account: FuturesAccount, algo: AlgoOrder): void {
    const { symbol, positionSide } = algo;
    const { size } = account.position(symbol, positionSide);
    if (algo.closePosition && (algo.side === 'BUY' ? size >= 0n : size <= 0n)) {
      this.expire(account, algo);
      return;
    }
    algo.triggerTime = this.#venue.market.now;
    this.#move(account, algo, 'TRIGGERING');
    const draft = draftOf(algo, algo.closePosition ? abs(size) : algo.quantity);
    try {
      this.#entry.checkMatch(account, draft);
      algo.actual = this.#desk.enter(account, draft);
    } catch (error) {
      if (!(error instanceof VenueError)) throw error;
      algo.reason = error.code === -2022 ? 'Reduce Only reject' : error.message;
      this.#move(account, algo, 'REJECTED');
      return;
    }
    this.#move(account, algo, 'TRIGGERED');
    if (!isOpen(algo.actual)) this.#move(account, algo, 'FINISHED');
  }

  #move(account: FuturesAccount, algo: AlgoOrder, status: AlgoStatus): void {
    algo.status = status;
    algo.updateTime = this.#venue.market.now;
    if (status !== 'NEW') account.openAlgos.delete(algo);
    this.#venue.tell(account, algoUpdate(this.#venue, algo));
  }
}

const draftOf = (algo: AlgoOrder, quantity: OrderDraft['quantity']): OrderDraft => {
  const isMarket = becomesMarket(algo.type);
  return {
    symbol: algo.symbol,
    side: algo.side,
    positionSide: algo.positionSide,
    type: isMarket ? 'MARKET' : 'LIMIT',
    origType: algo.type,
    timeInForce: isMarket ? 'GTC' : algo.timeInForce,
    quantity,
    price: algo.price,
    reduceOnly: algo.reduceOnly && algo.positionSide === 'BOTH',
    closePosition: algo.closePosition,
    clientOrderId: algo.clientAlgoId,
    goodTillDate: algo.goodTillDate,
    priceMatch: algo.priceMatch,
    selfTradePreventionMode: algo.selfTradePreventionMode,
    workingType: algo.workingType,
    priceProtect: algo.priceProtect,
    stopPrice: algo.triggerPrice,
    algo,
  };
};
