import type { Observable } from 'rxjs';
import { MikroBotError } from '../errors/mikrobot-error.js';
import type { Desk } from '../execution/desk.js';
import type { Bar } from '../model/bar.js';
import type { Quote, Tick } from '../model/tick.js';
import type { BarBuilderOptions } from './bar-builder.js';
import { SymbolMarket } from './symbol-market.js';
import type { Timeframe } from './timeframe.js';

/** Records every tick that the bot took, in its order: what a replay needs to run strategies again. */
export interface TickRecorder {
  /**
   * @param symbol - position on the desk's list of watched symbols
   * @param time - the tick's own time, epoch ms
   * @param seen - the turn's clock reading, epoch ms
   */
  write(symbol: number, time: number, seen: number, bid: number, ask: number, volume: number): void;
}

/** The instruments that a desk watches: routes each tick to its quote, its bars and its listeners. */
export class Markets {
  readonly #desk: Desk;
  readonly #tape: TickRecorder | undefined;
  readonly #bySymbol = new Map<string, SymbolMarket>();
  #last: SymbolMarket | undefined;

  constructor(desk: Desk, tape: TickRecorder | undefined) {
    this.#desk = desk;
    this.#tape = tape;
  }

  symbols(): readonly string[] {
    return [...this.#bySymbol.keys()];
  }

  /** Begins to watch a symbol. Called after the book knows its instruments. */
  watch(symbol: string, timeframes: readonly Timeframe[], options: BarBuilderOptions = {}): void {
    const quote = this.#desk.book.liveQuote(symbol);
    if (quote === undefined) {
      throw new MikroBotError(
        'UNKNOWN_INSTRUMENT',
        `${this.#desk.adapter.name} has no instrument ${symbol}.`,
        {
          hint: 'Check the spelling, or give the adapter the instrument.',
        },
      );
    }
    const index = this.#bySymbol.size;
    this.#bySymbol.set(symbol, new SymbolMarket(symbol, index, quote, timeframes, options));
  }

  /** Ticks of a symbol, a fresh object each. */
  ticks(symbol: string): Observable<Tick> {
    return this.#of(symbol).ticks.observable;
  }

  /** Closed bars of a symbol. @throws `MikroBotError` `BAD_TIMEFRAME` when the timeframe was not declared. */
  bars(symbol: string, timeframe: Timeframe): Observable<Bar> {
    const { bars } = this.#of(symbol);
    if (bars !== undefined) return bars.series(timeframe).bars.observable;
    throw new MikroBotError('BAD_TIMEFRAME', `${timeframe} was not declared.`, { where: symbol });
  }

  /** Puts a quote in place without a tick: how a replay without market data knows what a signal saw. */
  setQuote(symbol: string, { time, bid, ask }: Quote): void {
    const quote = this.#bySymbol.get(symbol)?.quote;
    if (quote !== undefined) Object.assign(quote, { time, bid, ask });
  }

  /** The tick path. Quote first, then the bars that this tick closes, then the tick itself. */
  tick(tick: Tick): void {
    let market = this.#last;
    if (market === undefined || market.symbol !== tick.symbol) {
      market = this.#bySymbol.get(tick.symbol);
      if (market === undefined) {
        this.#desk.observe('UNKNOWN_TICK', 'nobody subscribed this instrument', tick.symbol);
        return;
      }
      this.#last = market;
    }
    const { time, bid, ask, volume } = tick;
    const bad = market.guard.check(time, bid, ask);
    if (bad !== undefined) {
      this.#desk.observe(bad, `bid ${bid}, ask ${ask}`, tick.symbol);
      return;
    }
    const { quote, bars, ticks } = market;
    quote.time = time;
    quote.bid = bid;
    quote.ask = ask;
    const { loop, orders } = this.#desk;
    loop.tape++;
    if (this.#tape !== undefined) this.#tape.write(market.index, time, loop.now, bid, ask, volume);
    if (bars !== undefined) bars.tick(time, bid, ask, volume);
    if (ticks.observed) ticks.next({ symbol: market.symbol, time, bid, ask, volume });
    if (orders.trailing) orders.onQuote(market.symbol);
  }

  #of(symbol: string): SymbolMarket {
    const market = this.#bySymbol.get(symbol);
    if (market !== undefined) return market;
    throw new MikroBotError('UNKNOWN_INSTRUMENT', `${symbol} is not watched.`, {
      hint: `Watched are ${this.symbols().join(', ') || 'none'}; add a run for it.`,
    });
  }
}
