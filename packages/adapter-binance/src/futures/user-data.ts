import { type AccountState, BoundedMap, type OrderEvent } from '@mikrobot/core';
import type { EventEmitter } from 'eventemitter3';
import { readAlgoUpdate } from '../mapper/algo-orders.js';
import { readOrderTradeUpdate } from '../mapper/order-trade-update.js';
import { readVenue } from '../mapper/schemas.js';
import { toOrderEvent } from '../mapper/venue-order.js';
import type { FuturesAccount } from './account.js';
import type { Bookings } from './bookings.js';
import { ACCOUNT } from './echo-watch.js';
import type { KnownOrders } from './known-orders.js';
import type { FuturesNotices } from './notices.js';
import type { UserPayload } from './user-stream.js';
import { accountConfigUpdateSchema, accountUpdateSchema, marginCallSchema } from './wire.js';

const REMEMBERED = 10_000;

/** Where events of an account go to. */
export interface UserDataParts {
  readonly account: FuturesAccount;
  readonly known: KnownOrders;
  readonly bookings: Bookings;
  readonly notices: EventEmitter<FuturesNotices>;
  readonly onOrder: (event: OrderEvent) => void;
  readonly onAccount: (state: AccountState) => void;
  /** The venue told of an order, as it must after a command. */
  readonly onHeard: (id: string) => void;
  /** Something changed that is told only when asked for. */
  readonly onStale: () => void;
}

/**
 * The private events of an account, as the model has them. A conditional order and the order that it becomes are told as one, under
 * our id; orders that we did not place are told as well, for core to judge: a liquidation (`autoclose-…`) closes what we hold.
 */
export class UserData {
  readonly #parts: UserDataParts;
  /** Trades that were told. Core knows those of its own orders; one of a liquidation would close twice what it closed. */
  readonly #traded = new BoundedMap<string, true>(REMEMBERED);

  constructor(parts: UserDataParts) {
    this.#parts = parts;
  }

  /** @throws `MikroBotError` `BAD_DATA` for what cannot be read: an event is lost then */
  take(payload: UserPayload): void {
    switch (payload.e) {
      case 'ORDER_TRADE_UPDATE':
        this.#order(payload);
        return;
      case 'ALGO_UPDATE':
        this.#algo(payload);
        return;
      case 'ACCOUNT_UPDATE':
        this.#account(payload);
        return;
      case 'ACCOUNT_CONFIG_UPDATE':
        this.#config(payload);
        return;
      case 'MARGIN_CALL':
        this.#parts.notices.emit('marginCall', readVenue(marginCallSchema, payload, 'MARGIN_CALL').p);
        return;
      // TRADE_LITE tells some of ORDER_TRADE_UPDATE a little earlier; what else there is concerns other products.
      default:
    }
  }

  #order(payload: UserPayload): void {
    const { known, bookings, onOrder, onHeard } = this.#parts;
    const execution = readOrderTradeUpdate(payload);
    const { report } = execution.order;
    const id = known.idOf(report.id, report.venueId);
    onHeard(id);
    const { symbol, venueId } = report;
    if (execution.trade !== undefined) {
      // Where the venue closes by itself its trades can be without a number.
      const trade = `${execution.trade.tradeId} ${venueId} ${report.filled}`;
      if (this.#traded.has(trade)) return;
      this.#traded.set(trade, true);
      known.trigger(id);
      onOrder(bookings.fill(execution.trade, id, execution.remaining));
      return;
    }
    const event = toOrderEvent(execution);
    if (event === undefined) return;
    const expiry = event.type === 'expired' ? expiryOf(payload) : undefined;
    if (expiry === TRIGGERED) {
      if (known.trigger(id)) onOrder({ type: 'triggered', id, symbol, time: event.time, venueId });
      return;
    }
    if (expiry !== undefined && KNOCKED_OUT.has(expiry)) {
      known.knockOut(id);
      onOrder({ type: 'cancelled', id, symbol, time: event.time, venueId, reason: execution.reason });
      return;
    }
    if (event.type !== 'accepted' || !known.isConditional(id)) onOrder({ ...event, id });
    // The venue has taken a conditional order long ago: that it stands in the book now is its trigger.
    else if (known.trigger(id)) onOrder({ type: 'triggered', id, symbol, time: event.time, venueId });
  }

  #algo(payload: UserPayload): void {
    const { known, onOrder, onHeard } = this.#parts;
    const { order, status, actualOrderId: orderId, time, reason } = readAlgoUpdate(payload);
    const { id, symbol, venueId } = order.report;
    onHeard(id);
    if (orderId !== undefined) known.became(id, orderId);
    const base = { id, symbol, time, venueId };
    switch (status) {
      case 'NEW':
        onOrder({ type: 'accepted', ...base });
        return;
      case 'TRIGGERED':
        if (known.trigger(id)) onOrder({ type: 'triggered', ...base, venueId: orderId ?? venueId });
        return;
      case 'CANCELED':
        onOrder({ type: 'cancelled', ...base, reason: reason === '' ? 'cancelled at the venue' : reason });
        return;
      case 'EXPIRED':
        onOrder({ type: 'expired', ...base });
        return;
      case 'REJECTED':
        onOrder({ type: 'rejected', ...base, code: 'REJECTED_AT_TRIGGER', detail: reason });
        return;
      // TRIGGERING: on its way. FINISHED: its own order has told how it ended.
      default:
    }
  }

  #account(payload: UserPayload): void {
    const { account, notices, onAccount, onStale, onHeard } = this.#parts;
    const update = readVenue(accountUpdateSchema, payload, 'ACCOUNT_UPDATE');
    onHeard(ACCOUNT);
    if (account.update(update)) onAccount(account.state);
    else onStale();
    if (update.a.m !== 'ORDER') notices.emit('balance', update.a.m, account.state.balance);
  }

  #config(payload: UserPayload): void {
    const { account, notices, onAccount, onStale } = this.#parts;
    const { ac, ai } = readVenue(accountConfigUpdateSchema, payload, 'ACCOUNT_CONFIG_UPDATE');
    if (ac !== undefined) {
      account.setLeverage(ac.s, ac.l);
      notices.emit('leverage', ac.s, ac.l);
      onAccount(account.state);
    }
    if (ai === undefined) return;
    account.multiAssets = ai.j;
    notices.emit('multiAssets', ai.j);
    onStale();
  }
}

/**
 * Expiry reasons that have nothing to do with an order's own life: knocked out by another reduce-only order, or because the position
 * is gone; the account was liquidated; the symbol is delisted. Source: "Event: Order Update".
 */
const KNOCKED_OUT: ReadonlySet<string> = new Set(['4', '5', '6', '7']);

/** The order that waited has made room for the one that it triggered, which has its name: nothing has ended. Source: as above. */
const TRIGGERED = '8';

const expiryOf = ({ o }: UserPayload): string | undefined =>
  typeof o === 'object' && o !== null ? String((o as { readonly er?: unknown }).er) : undefined;
