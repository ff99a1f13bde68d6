import { type Clock, MikroBotError } from '@mikrobot/core';
import type { SimulatedContract } from '../contracts/contract.js';
import type { ContractBook } from '../contracts/contract-book.js';
import { RequestPacing } from '../history/request-pacing.js';
import { type HistoryBar, pastBar } from './base-bar.js';
import { ContractMarket, type Permission } from './contract-market.js';
import { FiveSeconds } from './five-seconds.js';
import { Subscriptions } from './subscriptions.js';

/** Where quotes go to be traded on. */
export interface QuoteSink {
  onQuote(contractId: number, bid: number, ask: number, bidSize?: number, askSize?: number): void;
}

/** What the market of a simulator is like. */
export interface MarketOptions {
  /** Subscriptions of market data and real-time bars that a login may hold at once. Default: 100. */
  readonly lines?: number | undefined;
  /** Subscriptions of tick-by-tick data at once. Default: 3, as for logins with fewer than 400 lines. */
  readonly tickByTickLines?: number | undefined;
  /** Ms until a request for history is answered, by the clock. Default: 0, at once. */
  readonly historyDelay?: number | undefined;
  /** The past: by a contract's name (see {@link ContractBook.named}). */
  readonly history?: Readonly<Record<string, readonly HistoryBar[]>> | undefined;
}

/** What a market is made of. */
export interface MarketParts extends MarketOptions {
  readonly book: ContractBook;
  readonly clock: Clock;
  /** Hears of each quote. */
  readonly exchange?: QuoteSink | undefined;
}

/** Sizes of a quote, in lots. */
export interface QuoteSizes {
  readonly bidSize?: number | undefined;
  readonly askSize?: number | undefined;
}

/** How a market is named: by its contract's id, or as {@link ContractBook.named} takes it. */
export type MarketName = string | number;

/** Lots at a quote where nobody says how many. */
const SIZE = 100;

/** The markets of all contracts: what moves them, and who listens. */
export class Market {
  readonly book: ContractBook;
  readonly clock: Clock;
  readonly subscriptions = new Subscriptions();
  readonly fiveSeconds: FiveSeconds;
  readonly pacing: RequestPacing;
  readonly lines: number;
  readonly tickByTickLines: number;
  readonly historyDelay: number;
  readonly #exchange: QuoteSink | undefined;
  readonly #markets = new Map<number, ContractMarket>();

  /** @throws `MikroBotError` `UNKNOWN_INSTRUMENT` for history of a contract that is not there */
  constructor(parts: MarketParts) {
    this.book = parts.book;
    this.clock = parts.clock;
    this.lines = parts.lines ?? 100;
    this.tickByTickLines = parts.tickByTickLines ?? 3;
    this.historyDelay = parts.historyDelay ?? 0;
    this.#exchange = parts.exchange;
    this.fiveSeconds = new FiveSeconds(parts.clock);
    this.pacing = new RequestPacing(parts.clock);
    for (const [name, bars] of Object.entries(parts.history ?? {})) this.history(name, bars);
  }

  /** The market of a contract. */
  of(contract: SimulatedContract): ContractMarket {
    let market = this.#markets.get(contract.contractId);
    if (market === undefined) {
      market = new ContractMarket(contract);
      this.#markets.set(contract.contractId, market);
    }
    return market;
  }

  /**
   * The best prices change: clients are told, then what they reach trades. Sizes in lots (default: 100).
   * @throws `MikroBotError` `BAD_CONFIG` for prices that are none, or a bid above the ask
   */
  quote(name: MarketName, bid: number, ask: number, sizes: QuoteSizes = {}): void {
    const { bidSize = SIZE, askSize = SIZE } = sizes;
    const contract = this.book.named(name);
    if (!(bid > 0 && ask >= bid && ask < Number.POSITIVE_INFINITY))
      throw new MikroBotError('BAD_CONFIG', `${bid} / ${ask} is no quote.`, {
        where: `market of ${contract.localSymbol}`,
      });
    this.of(contract).quote(this.clock.now(), bid, ask, bidSize, askSize);
    this.#exchange?.onQuote(contract.contractId, bid, ask, bidSize, askSize);
  }

  /**
   * A trade of the market at large, in lots.
   * @throws `MikroBotError` `BAD_CONFIG` for a price or size that is none
   */
  trade(name: MarketName, price: number, size: number): void {
    const contract = this.book.named(name);
    if (!(price > 0 && price < Number.POSITIVE_INFINITY && size > 0))
      throw new MikroBotError('BAD_CONFIG', `${size} at ${price} is no trade.`, {
        where: `market of ${contract.localSymbol}`,
      });
    this.of(contract).trade(this.clock.now(), price, size);
  }

  /** Trading is halted, or goes on. Clients are told; orders are the exchange's affair. */
  halt(name: MarketName, halted = true): void {
    this.of(this.book.named(name)).halt(halted);
  }

  /** What the login may see of a contract from the next request on. */
  permission(name: MarketName, permission: Permission): void {
    this.of(this.book.named(name)).permission = permission;
  }

  /** Price at which the day before ended. */
  previousClose(name: MarketName, price: number): void {
    this.of(this.book.named(name)).close = price;
  }

  /** The market had these bars. */
  history(name: MarketName, bars: readonly HistoryBar[]): void {
    const contract = this.book.named(name);
    this.of(contract).bars.preset(bars.map((bar) => pastBar(bar, contract.minTick)));
  }

  /** Ends all subscriptions and timers. */
  close(): void {
    this.subscriptions.close();
  }
}
