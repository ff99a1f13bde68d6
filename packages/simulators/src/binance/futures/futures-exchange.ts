import { MikroBotError } from '@mikrobot/core';
import { EventEmitter } from 'eventemitter3';
import type { Exchange, ExchangeEvents, Route, SymbolRule, VenueError } from '../exchange.js';
import { futuresLimits } from '../server/limits.js';
import { FuturesAccount } from './account.js';
import { accountUpdate } from './account-events.js';
import { AlgoDesk } from './algo-desk.js';
import { amountOf, amountOfNumber, numberOf } from './amounts.js';
import { draftByHand } from './by-hand.js';
import { Desk } from './desk.js';
import { type ContractMarket, FuturesMarket } from './market.js';
import type { FuturesExchangeOptions } from './options.js';
import { OrderEntry } from './order-entry.js';
import { Risk } from './risk.js';
import { accountReadRoutes } from './routes/account-routes.js';
import { algoRoutes } from './routes/algo-routes.js';
import { infoRoutes } from './routes/info-routes.js';
import { orderReadRoutes } from './routes/order-read-routes.js';
import { orderRoutes } from './routes/order-routes.js';
import { settingRoutes } from './routes/setting-routes.js';
import { defaultFuturesSymbols, futuresSymbol } from './symbols.js';
import { bookIncome, type FuturesVenue } from './venue.js';

const counter = (first: bigint): (() => bigint) => {
  let next = first;
  return () => next++;
};

/**
 * The exchange of USD-M futures behind the simulator's door: accounts, orders, conditional orders, positions, margin, funding. It is
 * pure of sockets and clocks: time is what quotes, calls and {@link pass} say.
 *
 * Simplified: margin is crossed (isolated margin can be set, and is reckoned alike), a liquidation closes everything at the market,
 * multi-assets margin counts each asset one to one, and the latest price that conditional orders watch is the quote's.
 */
export class FuturesExchange extends EventEmitter<ExchangeEvents> implements Exchange {
  readonly routes: ReadonlyMap<string, Route>;
  readonly symbols: readonly SymbolRule[];
  readonly #venue: FuturesVenue;
  readonly #desk: Desk;
  readonly #algos: AlgoDesk;
  readonly #risk: Risk;

  /** @throws `MikroBotError` `BAD_CONFIG` for an amount that is none */
  constructor(options: FuturesExchangeOptions) {
    super();
    const { accounts, symbols = defaultFuturesSymbols, fundingRate = '0.0001', firstIds = {} } = options;
    const listed = symbols.map(futuresSymbol);
    const { maker, taker } = options.fees ?? { maker: '0.0002', taker: '0.0005' };
    this.symbols = listed.map(({ rule }) => rule);
    const market = new FuturesMarket(listed, fundingRate);
    this.#venue = {
      symbols: new Map(listed.map((symbol) => [symbol.name, symbol])),
      market,
      accounts: new Map(accounts.map(({ name }) => [name, new FuturesAccount(name, options.leverage ?? 20)])),
      fees: { maker: amountOf(maker), taker: amountOf(taker) },
      nextId: {
        order: counter(firstIds.order ?? 28_581_489_001n),
        algo: counter(firstIds.algo ?? 2_146_760n),
        trade: counter(firstIds.trade ?? 536_962_001n),
        other: counter(1n),
      },
      tell: (account, payload) => void this.emit('user', account.name, payload),
      print: (symbol, price, quantity, buyerIsMaker) =>
        void this.emit('print', symbol.name, market.now, numberOf(price), numberOf(quantity), buyerIsMaker),
    };
    this.#desk = new Desk(this.#venue, { changed: (account, order) => this.#algos.settle(account, order) });
    const entry = new OrderEntry(this.#venue, this.#desk);
    this.#algos = new AlgoDesk(this.#venue, entry, this.#desk);
    this.#risk = new Risk(this.#venue, this.#desk, this.#algos);
    for (const { name, balances = {}, dual = false } of accounts) {
      const account = this.#account(name);
      account.dual = dual;
      for (const [asset, amount] of Object.entries(balances)) account.wallets.set(asset, amountOf(amount));
    }
    this.routes = new Map(
      [
        ...infoRoutes(this.#venue, options.limits ?? futuresLimits),
        ...orderRoutes(this.#venue, entry, this.#desk),
        ...orderReadRoutes(this.#venue),
        ...algoRoutes(this.#venue, this.#algos),
        ...accountReadRoutes(this.#venue),
        ...settingRoutes(this.#venue),
      ].map(([path, route]) => [path, this.#onTime(route)]),
    );
  }

  quote(symbol: string, time: number, bid: number, ask: number): void {
    this.pass(time);
    const contract = this.#contract(symbol);
    // A crossed quote is no market.
    if (!(bid > 0 && ask >= bid && Number.isFinite(ask))) return;
    this.#venue.market.put(contract, bid, ask);
    for (const account of this.#venue.accounts.values())
      for (const book of account.books.values()) book.quote(contract, this.#venue.market.now);
    this.#moved(contract);
  }

  depth(symbol: string, quantity: number | undefined): void {
    this.#contract(symbol).depth = quantity;
  }

  /** Trades of the market at large change no account: what orders meet is told by quotes. */
  trade(symbol: string, time: number): void {
    this.#contract(symbol);
    this.pass(time);
  }

  /**
   * Sets the mark price by hand.
   * @param price - undefined: from now on the middle of the quote again
   */
  mark(symbol: string, price: number | undefined, time: number): void {
    this.pass(time);
    const contract = this.#contract(symbol);
    contract.setMark = price === undefined ? undefined : amountOfNumber(price);
    this.#moved(contract);
  }

  /** Sets what longs pay to shorts at the next funding, as a part of the position's value: 0.0001 is a hundredth of a percent. */
  setFundingRate(symbol: string, rate: number): void {
    this.#contract(symbol).fundingRate = amountOfNumber(rate);
  }

  /** Epoch ms of the next funding; 0 before the exchange was told any time. */
  get nextFunding(): number {
    return this.#venue.market.nextFunding;
  }

  /** Money comes in (positive) or goes out: exact decimal text. */
  transfer(account: string, asset: string, amount: string): void {
    const of = this.#account(account);
    const change = amountOf(amount);
    bookIncome(this.#venue, of, { type: 'TRANSFER', symbol: '', asset, amount: change, tradeId: '' });
    const reason = change < 0n ? 'WITHDRAW' : 'DEPOSIT';
    this.#venue.tell(of, accountUpdate(this.#venue, of, reason, { [asset]: change }, []));
  }

  refuseNext(account: string, error: VenueError): void {
    this.#account(account).refusal = error;
  }

  byHand(account: string, symbol: string, quantity: number): void {
    const of = this.#account(account);
    const id = `web_${this.#venue.nextId.other()}`;
    this.#desk.enter(of, draftByHand(of, this.#contract(symbol).symbol, amountOfNumber(quantity), id));
  }

  pass(now: number): void {
    const { market, accounts } = this.#venue;
    market.reach(now);
    while (market.now >= market.nextFunding) this.#risk.fund();
    for (const account of accounts.values()) {
      for (const order of account.open)
        if (isDue(order, market.now)) this.#desk.end(account, order, 'EXPIRED');
      for (const algo of account.openAlgos) if (isDue(algo, market.now)) this.#algos.expire(account, algo);
    }
  }

  #moved({ symbol }: ContractMarket): void {
    this.#algos.watch(symbol);
    this.#risk.check();
  }

  #onTime(route: Route): Route {
    return {
      ...route,
      handle: (call) => {
        this.pass(call.now);
        return route.handle(call);
      },
    };
  }

  #account(name: string): FuturesAccount {
    const account = this.#venue.accounts.get(name);
    if (account === undefined) throw unknown('account', name, this.#venue.accounts.keys());
    return account;
  }

  #contract(name: string): ContractMarket {
    const contract = this.#venue.market.contracts.get(name);
    if (contract === undefined) throw unknown('symbol', name, this.#venue.symbols.keys());
    return contract;
  }
}

const isDue = ({ goodTillDate }: { readonly goodTillDate: number }, now: number): boolean =>
  goodTillDate !== 0 && goodTillDate <= now;

const unknown = (what: string, name: string, known: Iterable<string>): MikroBotError =>
  new MikroBotError('BAD_CONFIG', `There is no ${what} ${name}.`, {
    where: 'the simulated futures exchange',
    hint: `There are ${[...known].join(', ')}.`,
  });
