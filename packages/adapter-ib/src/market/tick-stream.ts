import type { Tick } from '@mikrobot/core';
import type { Contract } from '@stoqey/ib';
import { isIndex, type MarketContract } from './market-contract.js';
import { Quote, type QuoteParts } from './quote.js';
import { type MarketDataAge, tickIds } from './tick-types.js';

/** How a subscription began: it is settled once, by the first sign of data or by a refusal. */
class Beginning {
  readonly done: Promise<void>;
  settled = false;
  #resolve: () => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;

  constructor() {
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // It may be refused when nobody waits any more.
    this.done.catch(() => undefined);
  }

  resolve(): void {
    this.settled = true;
    this.#resolve();
  }

  reject(error: unknown): void {
    this.settled = true;
    this.#reject(error);
  }
}

/** The ticks of one symbol, whoever listens to them, through all lines. */
export class TickStream {
  readonly market: MarketContract;
  /** Its prices; made with the stream's own way to tell them. */
  readonly quote: Quote;
  /** Who looks at ticks of a symbol that nobody else has asked for yet. */
  readonly peeks = new Set<(tick: Tick) => void>();
  readonly began = new Beginning();
  readonly tickByTick: boolean;
  readonly #index: boolean;
  /** What is asked for: TWS may send the asker to the underlying's contract. */
  contract: Contract;
  /** Request id on the present line; 0 while it is not asked for. */
  id = 0;
  users = 0;
  age: MarketDataAge | undefined;
  halted = false;
  /** Why no prices come, in TWS's words. */
  trouble: string | undefined;
  /** Something is missing, which matters only if no prices come. */
  partial: { readonly code: number; readonly text: string } | undefined;
  /** Whether a price has come on the present line. */
  heard = false;
  cancelTimer: () => void = () => undefined;

  constructor(market: MarketContract, { clock, emit, wait }: Omit<QuoteParts, 'symbol'>) {
    this.market = market;
    this.contract = market.contract;
    const told = (tick: Tick): void => {
      if (this.users > 0) emit(tick);
      if (this.peeks.size > 0) for (const peek of [...this.peeks]) peek(tick);
    };
    this.quote = new Quote({ symbol: market.symbol, clock, emit: told, wait });
    this.tickByTick = market.spec.tickByTick === true;
    this.#index = isIndex(market);
  }

  /** Why its prices are not to be trusted as those of this moment; undefined when they are. */
  get condition(): string | undefined {
    const { symbol } = this.market;
    if (this.trouble !== undefined) return `${symbol}: no market data: ${this.trouble}`;
    if (this.halted) return `${symbol} is halted`;
    if (this.age !== undefined && this.age !== 'live') return `market data of ${symbol} is ${this.age}`;
    return undefined;
  }

  /** A price tick. @returns whether it is one that is used */
  price(field: number, price: number): boolean {
    switch (field) {
      case tickIds.bid:
      case tickIds.delayedBid:
        if (!this.#index) this.quote.side('bid', price);
        return true;
      case tickIds.ask:
      case tickIds.delayedAsk:
        if (!this.#index) this.quote.side('ask', price);
        return true;
      case tickIds.last:
      case tickIds.delayedLast:
        if (this.#index) this.quote.both(price, price);
        return true;
      default:
        return false;
    }
  }
}
