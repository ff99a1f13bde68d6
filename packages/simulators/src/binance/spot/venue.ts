import { type Random, seededRandom } from '@mikrobot/core';
import type { VenueLimits } from '../server/limits.js';
import { SpotAccount, type SpotAccountOptions } from './account.js';
import { spotErrors } from './errors.js';
import { type Execution, executionReport } from './execution-report.js';
import { SpotMarket } from './market.js';
import { MatchingLine } from './matching-line.js';
import type { SpotOrder } from './order.js';
import type { OrderList } from './order-list.js';
import { OrderStore } from './order-store.js';
import { defaultSpotSymbols, type ExchangeFilter, type SpotSymbol } from './symbols.js';

/** What a simulated spot exchange is made of. */
export interface SpotOptions {
  /** What is listed. Default: a few large symbols. */
  readonly symbols?: readonly SpotSymbol[];
  readonly exchangeFilters?: readonly ExchangeFilter[];
  /** Accounts with what they own; others are opened empty when they are first named. */
  readonly accounts?: readonly SpotAccountOptions[];
  /** Default 1. Set it above 2^53 to see who rounds ids. */
  readonly firstOrderId?: bigint;
  /** Default 1. */
  readonly firstTradeId?: bigint;
  /** Limits that exchangeInfo tells; the door keeps them. Default: those of the documentation. */
  readonly limits?: Pick<VenueLimits, 'weight' | 'orders'> | undefined;
  /** For the ids that the venue makes. Default 1. */
  readonly seed?: number;
}

/** Who hears of what happens at a venue. */
export interface VenueListener {
  user(account: string, payload: Readonly<Record<string, unknown>>): void;
  print(symbol: string, time: number, price: bigint, quantity: bigint, buyerIsMaker: boolean): void;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** Length of the client order ids that the venue makes. */
const MADE_ID = 22;

/** What the rooms of the spot exchange share: accounts, markets, orders, lists, ids, and the way to tell what happened. */
export class SpotVenue {
  readonly markets: readonly SpotMarket[];
  readonly exchangeFilters: readonly ExchangeFilter[];
  readonly orders = new OrderStore();
  readonly lists = new Map<bigint, OrderList>();
  readonly listener: VenueListener;
  /** The venue's time, epoch ms. */
  now = 0;
  readonly #accounts = new Map<string, SpotAccount>();
  readonly #lines = new Map<string, MatchingLine>();
  readonly #bySymbol: ReadonlyMap<string, SpotMarket>;
  readonly #random: Random;
  readonly #later: (() => void)[] = [];
  #orderId: bigint;
  #tradeId: bigint;
  #executionId = 0n;
  #listId = 0n;

  constructor(options: SpotOptions, listener: VenueListener) {
    this.markets = (options.symbols ?? defaultSpotSymbols).map(
      (symbol, index) => new SpotMarket(symbol, index),
    );
    this.#bySymbol = new Map(this.markets.map((market) => [market.symbol.symbol, market]));
    this.exchangeFilters = options.exchangeFilters ?? [];
    this.listener = listener;
    this.#orderId = options.firstOrderId ?? 1n;
    this.#tradeId = options.firstTradeId ?? 1n;
    this.#random = seededRandom(options.seed ?? 1);
    for (const account of options.accounts ?? []) this.#accounts.set(account.name, new SpotAccount(account));
  }

  get accounts(): Iterable<SpotAccount> {
    return this.#accounts.values();
  }

  /** A number of its own for each account. */
  uidOf(account: SpotAccount): number {
    return 1 + [...this.#accounts.values()].indexOf(account);
  }

  /** All assets that are listed. */
  get assets(): readonly string[] {
    return [...new Set(this.markets.flatMap(({ symbol }) => [symbol.baseAsset, symbol.quoteAsset]))];
  }

  /** @throws VenueError -1121 */
  market(symbol: string): SpotMarket {
    const market = this.#bySymbol.get(symbol);
    if (market === undefined) throw spotErrors.symbol();
    return market;
  }

  account(name: string): SpotAccount {
    let account = this.#accounts.get(name);
    if (account === undefined) {
      account = new SpotAccount({ name });
      this.#accounts.set(name, account);
    }
    return account;
  }

  line(account: string): MatchingLine {
    let line = this.#lines.get(account);
    if (line === undefined) {
      line = new MatchingLine(account, this.markets);
      for (const market of this.markets) if (market.quoted) line.tick(market, this.now);
      this.#lines.set(account, line);
    }
    return line;
  }

  nextOrderId(): bigint {
    return this.#orderId++;
  }

  nextTradeId(): bigint {
    return this.#tradeId++;
  }

  nextExecutionId(): bigint {
    this.#executionId += 1n;
    return this.#executionId;
  }

  nextListId(): bigint {
    return this.#listId++;
  }

  readonly newClientId = (): string => {
    let id = '';
    for (let i = 0; i < MADE_ID; i++) id += LETTERS[Math.floor(this.#random() * LETTERS.length)];
    return id;
  };

  /** Tells the order's account what happened to it. Returns the execution's id. */
  report(order: SpotOrder, type: Execution['type'], details: Partial<Execution> = {}): bigint {
    const id = this.nextExecutionId();
    this.listener.user(order.account, executionReport(order, { ...details, type, id, now: this.now }));
    return id;
  }

  /** Has something done once the present command is answered, before time moves on. */
  later(work: () => void): void {
    this.#later.push(work);
  }

  /** Ends a command: what was put off is done, and each account is told what it now owns. */
  settle(): void {
    this.#tellBalances();
    for (let work = this.#later.shift(); work !== undefined; work = this.#later.shift()) {
      work();
      this.#tellBalances();
    }
  }

  #tellBalances(): void {
    for (const account of this.#accounts.values()) {
      const changes = account.takeChanges();
      if (changes.length === 0) continue;
      account.updateTime = this.now;
      this.listener.user(account.name, {
        e: 'outboundAccountPosition',
        E: this.now,
        u: this.now,
        B: changes,
      });
    }
  }
}
