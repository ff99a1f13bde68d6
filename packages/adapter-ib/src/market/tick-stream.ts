import type { MikroBotError, Tick } from '@mikrobot/core';
import type { Contract } from '@stoqey/ib';
import { isIndex, type MarketContract } from './market-contract.js';
import { Quote, type QuoteParts } from './quote.js';
import { streamError } from './stream-errors.js';
import { type MarketDataAge, tickIds } from './tick-types.js';

/** Ms that a stream may be silent before it counts as begun: a closed market tells nothing. */
const QUIET = 3_000;
/** Ms until a stream that TWS ended is asked for again. */
const AGAIN = 30_000;

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

/** What the stream of one symbol is made of. */
export interface TickStreamParts extends Omit<QuoteParts, 'symbol'> {
  /** What is wrong with the data of a symbol; undefined: nothing any more. */
  readonly condition: (symbol: string, detail: string | undefined) => void;
}

/** The ticks of one symbol, whoever listens to them, through all lines: what TWS's messages mean for it. */
export class TickStream {
  readonly market: MarketContract;
  /** Its prices; made with the stream's own way to tell them. */
  readonly quote: Quote;
  /** Who looks at ticks of a symbol that nobody else has asked for yet. */
  readonly peeks = new Set<(tick: Tick) => void>();
  readonly began = new Beginning();
  readonly tickByTick: boolean;
  /** What is asked for: TWS may send the asker to the underlying's contract. */
  contract: Contract;
  /** Request id on the present line; 0 while it is not asked for. */
  id = 0;
  users = 0;
  readonly #parts: TickStreamParts;
  readonly #index: boolean;
  #age: MarketDataAge | undefined;
  #halted = false;
  /** Why no prices come, in TWS's words. */
  #trouble: string | undefined;
  /** Something is missing, which matters only if no prices come. */
  #partial: MikroBotError | undefined;
  /** Whether a price has come on the present line. */
  #heard = false;
  #cancelTimer: () => void = () => undefined;

  constructor(market: MarketContract, parts: TickStreamParts) {
    this.market = market;
    this.contract = market.contract;
    this.#parts = parts;
    const { clock, emit, wait } = parts;
    const told = (tick: Tick): void => {
      if (this.users > 0) emit(tick);
      if (this.peeks.size > 0) for (const peek of [...this.peeks]) peek(tick);
    };
    this.quote = new Quote({ symbol: market.symbol, clock, emit: told, wait });
    this.tickByTick = market.spec.tickByTick === true;
    this.#index = isIndex(market);
    // The market may be closed, unless TWS said that something is missing.
    this.#arm(QUIET, () => {
      if (this.#partial === undefined) this.began.resolve();
      else this.began.reject(this.#partial);
    });
  }

  /** How old its data is; undefined while TWS has not told. */
  get age(): MarketDataAge | undefined {
    return this.#age;
  }

  /** It is asked for under an id of the present line. */
  asked(id: number): void {
    this.id = id;
    this.#heard = false;
    this.#partial = undefined;
    this.quote.forget();
    // A halt that goes on is told again.
    this.halt(false);
  }

  /** TWS tells nothing of it any more: what it told is no longer true. */
  silenced(): void {
    this.id = 0;
    this.quote.forget();
  }

  /** A price tick. */
  price(field: number, price: number): void {
    switch (field) {
      case tickIds.bid:
      case tickIds.delayedBid:
        if (!this.#index) this.quote.side('bid', price);
        break;
      case tickIds.ask:
      case tickIds.delayedAsk:
        if (!this.#index) this.quote.side('ask', price);
        break;
      case tickIds.last:
      case tickIds.delayedLast:
        if (this.#index) this.quote.both(price, price);
        break;
      default:
        return;
    }
    if (price > 0) this.#hear();
  }

  /** Bid and ask of one moment. */
  both(bid: number, ask: number): void {
    this.quote.both(bid, ask);
    this.#hear();
  }

  /** Whether trading in it is halted. */
  halt(halted: boolean): void {
    if (halted === this.#halted) return;
    this.#halted = halted;
    this.#tell();
  }

  /** How old the data is from now on. */
  aged(age: MarketDataAge): void {
    if (age === this.#age) return;
    this.#age = age;
    this.#tell();
  }

  /** Something is missing. */
  lacks(code: number, text: string): void {
    this.#partial = streamError(this.market.symbol, code, text);
  }

  /**
   * TWS has ended it.
   * @param again - is called after a while, unless the one who subscribes is told of the refusal
   */
  refuse(code: number, text: string, again: () => void): void {
    this.silenced();
    if (!this.began.settled) {
      this.began.reject(streamError(this.market.symbol, code, text));
      return;
    }
    this.#trouble = `${text} (${code})`;
    this.#tell();
    this.#arm(AGAIN, again);
  }

  /** Nobody listens any more. */
  end(): void {
    this.#cancelTimer();
    this.quote.forget();
    this.began.resolve();
    if (this.#condition !== undefined) this.#parts.condition(this.market.symbol, undefined);
  }

  #hear(): void {
    if (this.#heard) return;
    this.#heard = true;
    this.#cancelTimer();
    this.began.resolve();
    if (this.#trouble === undefined) return;
    this.#trouble = undefined;
    this.#tell();
  }

  /** Why its prices are not to be trusted as those of this moment; undefined when they are. */
  get #condition(): string | undefined {
    const { symbol } = this.market;
    if (this.#trouble !== undefined) return `${symbol}: no market data: ${this.#trouble}`;
    if (this.#halted) return `${symbol} is halted`;
    if (this.#age !== undefined && this.#age !== 'live') return `market data of ${symbol} is ${this.#age}`;
    return undefined;
  }

  #tell(): void {
    this.#parts.condition(this.market.symbol, this.#condition);
  }

  #arm(wait: number, wake: () => void): void {
    const { clock } = this.#parts;
    this.#cancelTimer();
    this.#cancelTimer = clock.arm(`ib ticks ${this.market.symbol}`, clock.now() + wait, wake);
  }
}
