import { type Clock, MikroBotError, zoneOf } from '@mikrobot/core';
import type { ContractBook } from '../contracts/contract-book.js';
import type { Handlers } from '../handler.js';
import type { TwsSession, TwsSessions } from '../session.js';
import { SimulatedAccount } from './account.js';
import { AccountFeed } from './account-feed.js';
import { type ExchangeControls, exchangeControls } from './controls.js';
import { Desk } from './desk.js';
import { accountHandlers } from './handlers/account-handlers.js';
import { type AutoBind, orderHandlers, tellOpenOrder } from './handlers/order-handlers.js';
import { pnlHandlers } from './handlers/pnl-handlers.js';
import { positionHandlers } from './handlers/position-handlers.js';
import { reportHandlers } from './handlers/report-handlers.js';
import { ExchangeHours } from './hours.js';
import { Ledger } from './ledger.js';
import { ExchangeMarket } from './market.js';
import type { TwsExchangeOptions } from './options.js';
import { OrderEntry } from './order-entry.js';
import { OrderStore } from './order-store.js';
import type { ExchangeState } from './state.js';
import { Teller } from './teller.js';

/** What the exchange is put into: the contracts that are listed, who is connected, and time. */
export interface TwsExchangeSurroundings {
  readonly contracts: ContractBook;
  readonly sessions: TwsSessions;
  readonly clock: Clock;
}

/**
 * The exchange side of the simulated TWS: orders of all clients, executions, accounts.
 *
 * Simplified: an account keeps one currency. Stocks, options and crypto are paid for in it; futures, CFDs and currency pairs only settle
 * their profit, so a pair is a position and no exchange of one currency for another. Margin is a fraction of the notional value by
 * contract, maintenance nine tenths of it, and nobody is liquidated. Orders of an account meet the market, never each other. Only
 * stocks and options tell regular hours from others.
 */
export class TwsExchange {
  /** Answers to messages 3 to 7, 15, 16, 58, 61 to 64, 74 to 77, 92 to 95 and 99. */
  readonly handlers: Handlers;
  readonly controls: ExchangeControls;
  readonly #state: ExchangeState;
  readonly #desk: Desk;
  readonly #feed: AccountFeed;

  /** @throws `MikroBotError` `BAD_CONFIG` without an account, for a balance that is no amount, and for an unknown zone */
  constructor(options: TwsExchangeOptions, { contracts, sessions, clock }: TwsExchangeSurroundings) {
    if (options.accounts.length === 0)
      throw new MikroBotError('BAD_CONFIG', 'The simulated TWS has no account.', {
        where: 'option accounts',
        hint: "Name at least one, as in accounts: [{ id: 'DU1' }].",
      });
    const zone = zoneOf(options.timeZone ?? 'US/Eastern');
    const state: ExchangeState = {
      options,
      clock,
      zone,
      contracts,
      sessions,
      accounts: new Map(options.accounts.map((account) => [account.id, new SimulatedAccount(account)])),
      market: new ExchangeMarket(options.rates ?? {}),
      orders: new OrderStore(),
      teller: new Teller(sessions, clock, zone, options.masterClientId),
    };
    const feed = new AccountFeed(clock);
    const ledger = new Ledger(state, (account, contract) => feed.booked(account, contract));
    const desk = new Desk(state, new ExchangeHours(options.keepHours ?? false), ledger);
    ledger.listener = desk;
    const entry = new OrderEntry(state, desk);
    const autoBind: AutoBind = { session: undefined };
    this.#state = state;
    this.#desk = desk;
    this.#feed = feed;
    this.controls = exchangeControls({ state, desk, entry, ledger, autoBind });
    this.handlers = {
      ...orderHandlers(state, entry, desk, autoBind),
      ...reportHandlers(state),
      ...positionHandlers(state, feed),
      ...accountHandlers(state, feed),
      ...pnlHandlers(state, feed),
    };
  }

  /** Ids of the accounts, in their order. */
  get accounts(): readonly string[] {
    return [...this.#state.accounts.keys()];
  }

  /** The order id that TWS tells a client to go on with. */
  nextOrderId(clientId: number): number {
    return this.#state.orders.highest(clientId) + 1;
  }

  /** Order ids go back by so many, as after a restart of TWS; live orders stay. */
  rollBackOrderIds(by: number): void {
    this.#state.orders.rollBack(by);
  }

  /** A client has started: it is told its own open orders, as TWS does where it is set to. */
  onStart(session: TwsSession): void {
    for (const order of this.#state.orders.live())
      if (order.clientId === session.clientId && order.orderId !== 0 && order.stage !== 'untransmitted')
        tellOpenOrder(session, order);
  }

  /**
   * The market moves. A quote that is crossed or not above zero changes nothing. How much it trades is set by
   * {@link ExchangeControls.depth}, not by its sizes.
   */
  onQuote(contractId: number, bid: number, ask: number): void {
    const contract = this.#state.contracts.byId(contractId);
    if (contract === undefined || !(bid > 0 && ask >= bid && ask < Number.POSITIVE_INFINITY)) return;
    this.#state.market.put(contract, { bid, ask });
    this.#desk.quote(contract);
  }

  /** Units of one currency for one of another; undefined where no quoted pair and no given rate tells it. */
  rate(from: string, to: string): number | undefined {
    return this.#state.market.rate(from, to);
  }

  /** Ends all timers. */
  close(): void {
    this.#desk.close();
    this.#feed.close();
  }
}
