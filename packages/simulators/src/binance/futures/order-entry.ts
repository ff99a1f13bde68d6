import type { FuturesAccount } from './account.js';
import { type Amount, short, times } from './amounts.js';
import type { Desk } from './desk.js';
import { futuresErrors } from './errors.js';
import { checkNotional, checkPrice, checkQuantity } from './filters.js';
import { carries } from './margin.js';
import type { FuturesMarket } from './market.js';
import { type FuturesOrder, isOpen, type OrderDraft, reduces } from './orders.js';
import type { FuturesVenue } from './venue.js';

const MOST_AMENDMENTS = 10_000;

/** What an order is judged by that is not an order yet. */
type Candidate = Pick<
  OrderDraft,
  'symbol' | 'side' | 'positionSide' | 'type' | 'price' | 'quantity' | 'reduceOnly' | 'timeInForce'
>;

/** Whether a limit would trade against the present quote. */
const wouldTake = (market: FuturesMarket, { symbol, side, price }: Candidate): boolean => {
  const { quote } = market.contract(symbol);
  return quote !== undefined && (side === 'BUY' ? price >= quote.ask : price <= quote.bid);
};

/** What an order is worth where it is expected to trade. */
const expectedPrice = (market: FuturesMarket, { symbol, side, type, price }: Candidate): Amount => {
  if (type === 'LIMIT') return price;
  const { quote } = market.contract(symbol);
  return quote === undefined ? 0n : side === 'BUY' ? quote.ask : quote.bid;
};

/** Checks orders against the market, the filters and the account, and gives those that pass to the desk. */
export class OrderEntry {
  readonly #venue: FuturesVenue;
  readonly #desk: Desk;

  constructor(venue: FuturesVenue, desk: Desk) {
    this.#venue = venue;
    this.#desk = desk;
  }

  /**
   * Takes a new order of a client.
   * @throws VenueError what the venue says no with
   */
  place(account: FuturesAccount, draft: OrderDraft): FuturesOrder {
    this.check(account, draft);
    return this.#desk.enter(account, draft);
  }

  /**
   * Everything that speaks against a new order.
   * @throws VenueError -2019, -2022, -2025, -40xx, -4116, -4131, -4164, -5022
   */
  check(account: FuturesAccount, draft: OrderDraft): void {
    const { refusal } = account;
    account.refusal = undefined;
    if (refusal !== undefined) throw refusal;
    const { symbol, side, type, quantity, price, clientOrderId } = draft;
    const { market } = this.#venue;
    checkQuantity(symbol, quantity, type === 'MARKET');
    if (type === 'LIMIT') checkPrice(market, symbol, side, price);
    else this.#checkCounterparty(draft);
    if (!reduces(draft)) checkNotional(symbol, quantity, type === 'LIMIT' ? price : market.mark(symbol));
    if (this.#named(account, clientOrderId)) throw futuresErrors.duplicateId();
    if (account.openOrders(symbol).length >= symbol.options.maxOrders) throw futuresErrors.tooManyOpen();
    this.checkMatch(account, draft);
  }

  /**
   * What speaks against an order when it meets the book: this is asked again when a conditional order triggers.
   * @throws VenueError -2019, -2022, -4131, -5022
   */
  checkMatch(account: FuturesAccount, draft: Candidate): void {
    const { market } = this.#venue;
    if (draft.type === 'MARKET') this.#checkCounterparty(draft);
    if (draft.timeInForce === 'GTX' && wouldTake(market, draft)) throw futuresErrors.postOnly();
    if (reduces(draft)) {
      const { size } = account.position(draft.symbol, draft.positionSide);
      const isAgainst = draft.side === 'BUY' ? size < 0n : size > 0n;
      if (!isAgainst) throw futuresErrors.reduceOnly();
      return;
    }
    const value = times(draft.quantity, expectedPrice(market, draft));
    if (!carries(account, market, { ...draft, value, instead: undefined })) throw futuresErrors.margin();
  }

  /**
   * Changes a limit order. It is cancelled where the change leaves nothing to trade, or would make a post-only order take.
   * @throws VenueError -2019, -40xx, -5025, -5026, -5027, -5029, -5047; the order then stays as it is
   */
  modify(
    account: FuturesAccount,
    order: FuturesOrder,
    change: { readonly price: Amount; readonly quantity: Amount; readonly reduceOnly: boolean },
  ): void {
    const { market } = this.#venue;
    const { symbol, side } = order;
    const { price, quantity, reduceOnly } = change;
    if (order.type !== 'LIMIT') throw futuresErrors.limitOnly();
    if (reduceOnly && !order.reduceOnly) throw futuresErrors.notReduceOnly();
    if (order.amendments.length >= MOST_AMENDMENTS) throw futuresErrors.tooManyAmendments();
    checkQuantity(symbol, quantity, false);
    checkPrice(market, symbol, side, price);
    if (!reduceOnly && !reduces(order) && times(price, quantity) < symbol.minNotional)
      throw futuresErrors.amendedNotional(short(symbol.minNotional));
    if (price === order.price && quantity === order.quantity) throw futuresErrors.sameOrder();
    const candidate = { ...order, type: 'LIMIT' as const, price, quantity };
    const isUsedUp = quantity <= order.executed;
    if (isUsedUp || (order.timeInForce === 'GTX' && wouldTake(market, candidate))) {
      this.#desk.end(account, order, 'CANCELED');
      return;
    }
    const value = times(quantity - order.executed, price);
    if (!reduces(order) && !carries(account, market, { ...candidate, value, instead: order }))
      throw futuresErrors.margin();
    this.#desk.amend(account, order, quantity, price);
  }

  /**
   * Ends an open order on its owner's wish.
   * @throws VenueError -2011 when it is not open
   */
  cancel(account: FuturesAccount, order: FuturesOrder | undefined): FuturesOrder {
    if (order === undefined || !isOpen(order)) throw futuresErrors.unknownOrder();
    this.#desk.end(account, order, 'CANCELED');
    return order;
  }

  #checkCounterparty({ symbol, side }: Candidate): void {
    const { market } = this.#venue;
    const { quote } = market.contract(symbol);
    const mark = market.mark(symbol);
    const isFar =
      quote === undefined ||
      (side === 'BUY'
        ? quote.ask > times(mark, symbol.multiplierUp)
        : quote.bid < times(mark, symbol.multiplierDown));
    if (isFar) throw futuresErrors.noCounterparty();
  }

  #named(account: FuturesAccount, id: string | undefined): boolean {
    if (id === undefined) return false;
    for (const order of account.open) if (order.clientOrderId === id) return true;
    return false;
  }
}
