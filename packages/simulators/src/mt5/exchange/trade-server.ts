import { MikroBotError } from '@mikrobot/core';
import { action, execution, reason, swapMode } from '../constants.js';
import type { Market, SymbolMarket } from '../market/market.js';
import { retcode } from '../retcodes.js';
import { accountTerms, type Mt5AccountOptions, TradeAccount } from './account.js';
import { answer } from './answer.js';
import { bookBalance } from './balance.js';
import { dealNow } from './deal.js';
import { type CommentRule, type Desk, Tickets } from './desk.js';
import { expireOrders, expiryOf } from './expiration.js';
import { modifyPending, placePending, removeOrder } from './pending.js';
import { closeBy, protect } from './position-requests.js';
import { Rates } from './rates.js';
import type { TradeRequest, TradeResult } from './records.js';
import { chargeSwaps } from './roll-over.js';
import { checkOrder, onQuote } from './working.js';

/** What the exchange side of the trade server is like. */
export interface TradeServerOptions {
  /** Fixed rates of pairs that are no symbols, such as `{ CHFUSD: 1.1 }`. */
  readonly rates?: Readonly<Record<string, number>> | undefined;
  /** Requests that an account may make within a second; more are refused with 10024. Default: any number. */
  readonly requestsPerSecond?: number | undefined;
  /** The code of a requote in instant and request execution. Default: 10004. */
  readonly requoteCode?: 10004 | 10020 | undefined;
}

/** Judges and executes what accounts ask for. */
export class TradeServer {
  readonly desk: Desk;
  readonly accounts: ReadonlyMap<number, TradeAccount>;
  /** Codes that the next requests get, whatever they ask. */
  readonly forced: number[] = [];
  readonly #options: TradeServerOptions;
  readonly #recent = new Map<TradeAccount, number[]>();
  #disarm: (() => void) | undefined;
  #stopRollOver: (() => void) | undefined;

  constructor(
    market: Market,
    accounts: readonly Mt5AccountOptions[],
    comment: CommentRule,
    options: TradeServerOptions,
  ) {
    this.#options = options;
    const rates = new Rates(market, options.rates);
    this.accounts = new Map(
      accounts.map((given) => [given.login, new TradeAccount(accountTerms(given))] as const),
    );
    this.desk = {
      market,
      time: market.time,
      rates,
      tickets: new Tickets(),
      comment,
    };
    for (const { login, balance = 10_000 } of accounts) {
      const account = this.account(login);
      rates.check(account.terms.currency);
      if (balance !== 0) bookBalance(this.desk, account, balance, undefined, 'Initial deposit');
    }
    market.onQuote((moved) => this.#move(moved));
    if ([...market.all].some(({ symbol }) => symbol.swapMode !== swapMode.DISABLED)) this.#armRollOver();
  }

  /** @throws `MikroBotError` `BAD_CONFIG` where no account has that login */
  account(login: number): TradeAccount {
    const found = this.accounts.get(login);
    if (found !== undefined) return found;
    throw new MikroBotError('BAD_CONFIG', `The trade server has no account ${login}.`);
  }

  /** Judges a request and executes it. @param by - ORDER_REASON_… of who asks */
  request(account: TradeAccount, request: TradeRequest, by: number): TradeResult {
    const quote = this.desk.market.find(request.symbol)?.quote;
    // A person's request is never meant by a test that has the next one refused.
    const forced = by === reason.EXPERT ? this.forced.shift() : undefined;
    if (forced !== undefined) return answer(forced, quote);
    if (!account.terms.tradeAllowed) return answer(retcode.TRADE_DISABLED, quote);
    if (!account.terms.expertAllowed && by === reason.EXPERT)
      return answer(retcode.SERVER_DISABLES_AT, quote);
    if (this.#isTooMany(account)) return answer(retcode.TOO_MANY_REQUESTS, quote);
    const result = this.#execute(account, request, by);
    this.rearm();
    return result;
  }

  /** Sets the timer of expirations anew: orders or the zone have changed. */
  rearm(): void {
    this.#armExpiry();
  }

  close(): void {
    this.#disarm?.();
    this.#stopRollOver?.();
  }

  #execute(account: TradeAccount, request: TradeRequest, by: number): TradeResult {
    const { desk } = this;
    const requote = this.#options.requoteCode ?? retcode.REQUOTE;
    switch (request.action) {
      case action.DEAL:
        return dealNow(desk, account, request, { reason: by, requote });
      case action.PENDING: {
        const result = placePending(desk, account, request, by);
        this.#cross(account, result.order);
        return result;
      }
      case action.SLTP:
        return protect(desk, account, request);
      case action.MODIFY:
        return modifyPending(desk, account, request);
      case action.REMOVE:
        return removeOrder(desk, account, request);
      case action.CLOSE_BY:
        return closeBy(desk, account, request, by);
      default:
        return answer(retcode.INVALID, undefined);
    }
  }

  /** On an exchange a limit order may be placed beyond the market: it trades at once. */
  #cross(account: TradeAccount, ticket: number): void {
    const order = account.orders.get(ticket);
    if (order === undefined) return;
    const market = this.desk.market.get(order.symbol);
    if (market.symbol.execution === execution.EXCHANGE) checkOrder(this.desk, account, market, order);
  }

  #move(market: SymbolMarket): void {
    for (const account of this.accounts.values()) onQuote(this.desk, account, market);
  }

  #isTooMany(account: TradeAccount): boolean {
    const most = this.#options.requestsPerSecond;
    if (most === undefined) return false;
    const now = this.desk.time.clock.now();
    const recent = (this.#recent.get(account) ?? []).filter((at) => at > now - 1_000);
    this.#recent.set(account, [...recent, now]);
    return recent.length >= most;
  }

  /** One timer stands for the order that expires next. */
  #armExpiry(): void {
    this.#disarm?.();
    this.#disarm = undefined;
    let next = Number.POSITIVE_INFINITY;
    for (const account of this.accounts.values())
      for (const order of account.orders.values()) next = Math.min(next, expiryOf(order) ?? next);
    if (next === Number.POSITIVE_INFINITY) return;
    this.#disarm = this.desk.time.clock.arm('mt5-expiry', this.desk.time.toUtc(next), () => {
      for (const account of this.accounts.values()) expireOrders(this.desk, account);
      this.#armExpiry();
    });
  }

  #armRollOver(): void {
    const midnight = this.desk.time.midnight();
    this.#stopRollOver = this.desk.time.clock.arm('mt5-roll-over', this.desk.time.toUtc(midnight), () => {
      for (const account of this.accounts.values()) chargeSwaps(this.desk, account, midnight);
      this.#armRollOver();
    });
  }
}
