import { MikroBotError } from '@mikrobot/core';
import { tickFlag } from '../constants.js';
import { lots, pointsAbove, rounded } from '../exchange/numbers.js';
import type { ServerTime } from '../server-time.js';
import { BarBook } from './bar-book.js';
import type { Mt5Symbol } from './symbol.js';

/** The best prices of a symbol. `time` is the server's, epoch ms of its own zone. */
export interface Quote {
  readonly time: number;
  readonly bid: number;
  readonly ask: number;
  readonly last: number;
  readonly volume: number;
  /** TICK_FLAG_… of what changed. */
  readonly flags: number;
}

/** What can be told of a quote beside its prices. */
export interface QuoteDetail {
  /** Epoch ms UTC; default: now. */
  readonly time?: number | undefined;
  readonly last?: number | undefined;
  readonly volume?: number | undefined;
}

/** One symbol with its prices. */
export interface SymbolMarket {
  readonly symbol: Mt5Symbol;
  readonly bars: BarBook;
  quote: Quote | undefined;
  /** What a test said; undefined: by the sessions. */
  open: boolean | undefined;
  /** Lots that can still be bought and sold at the present quote. */
  buyable: number;
  sellable: number;
}

const SUNDAY = 0;
const SATURDAY = 6;

/** All symbols of the broker. */
export class Market {
  readonly time: ServerTime;
  readonly #symbols = new Map<string, SymbolMarket>();
  readonly #keepSessions: boolean;
  readonly #listeners: ((market: SymbolMarket) => void)[] = [];
  #depth = Number.POSITIVE_INFINITY;

  constructor(symbols: readonly Mt5Symbol[], time: ServerTime, keepSessions: boolean) {
    this.time = time;
    this.#keepSessions = keepSessions;
    const prices = { quote: undefined, open: undefined };
    for (const symbol of symbols)
      this.#symbols.set(symbol.name, { symbol, bars: new BarBook(), ...prices, ...this.#fresh() });
  }

  get all(): Iterable<SymbolMarket> {
    return this.#symbols.values();
  }

  find(name: string): SymbolMarket | undefined {
    return this.#symbols.get(name);
  }

  /** @throws `MikroBotError` `UNKNOWN_INSTRUMENT` */
  get(name: string): SymbolMarket {
    const found = this.#symbols.get(name);
    if (found !== undefined) return found;
    throw new MikroBotError('UNKNOWN_INSTRUMENT', `The trade server has no symbol ${name}.`, {
      hint: `It has ${[...this.#symbols.keys()].join(', ')}.`,
    });
  }

  /** Calls after each quote, in the order of listening. */
  onQuote(listener: (market: SymbolMarket) => void): void {
    this.#listeners.push(listener);
  }

  /** Moves the prices. @throws `MikroBotError` `BAD_CONFIG` for prices that are none */
  quote(name: string, bid: number, ask: number, detail: QuoteDetail = {}): void {
    const market = this.get(name);
    const { digits, point } = market.symbol;
    if (!(bid > 0 && ask >= bid && ask < 1e12))
      throw new MikroBotError('BAD_CONFIG', `No quote: bid ${bid}, ask ${ask}.`, { where: name });
    const before = market.quote;
    const at = detail.time === undefined ? this.time.now() : this.time.of(detail.time);
    const next = { bid: rounded(bid, digits), ask: rounded(ask, digits), last: detail.last ?? 0 };
    const changed = (flag: number, side: 'bid' | 'ask' | 'last'): number =>
      before?.[side] === next[side] ? 0 : flag;
    const prices = changed(tickFlag.BID, 'bid') | changed(tickFlag.ASK, 'ask');
    const trade = next.last === 0 ? 0 : tickFlag.LAST | tickFlag.VOLUME;
    market.quote = {
      ...next,
      // Ticks of the same price are told as a change of both, as MT5 does at a reconnection.
      flags: prices | trade || tickFlag.BID | tickFlag.ASK,
      time: Math.max(at, before?.time ?? 0),
      volume: detail.volume ?? 0,
    };
    Object.assign(market, this.#fresh());
    market.bars.tick(market.quote.time, next.bid, pointsAbove(next.ask, next.bid, point));
    for (const listener of this.#listeners) listener(market);
  }

  /** From now on each quote trades at most so many lots a side; undefined: any. */
  depth(volume: number | undefined): void {
    this.#depth = volume ?? Number.POSITIVE_INFINITY;
    for (const market of this.#symbols.values()) Object.assign(market, this.#fresh());
  }

  /** Takes at most so many lots of what is there. @returns lots */
  take(market: SymbolMarket, buys: boolean, volume: number): number {
    const side = buys ? 'buyable' : 'sellable';
    const taken = Math.min(volume, market[side]);
    market[side] = lots(market[side] - taken);
    return taken;
  }

  /** Whether the symbol trades now. */
  isOpen({ symbol, open }: SymbolMarket): boolean {
    if (open !== undefined) return open;
    if (!this.#keepSessions) return true;
    const now = new Date(this.time.now());
    const day = now.getUTCDay();
    if (day === SUNDAY || day === SATURDAY) return false;
    const second = now.getUTCHours() * 3600 + now.getUTCMinutes() * 60 + now.getUTCSeconds();
    return second >= symbol.sessionFrom && second < symbol.sessionTo;
  }

  #fresh(): { readonly buyable: number; readonly sellable: number } {
    return { buyable: this.#depth, sellable: this.#depth };
  }
}
