import type { Observable } from 'rxjs';
import { MikroBotError } from '../errors/mikrobot-error.js';
import type { Desk } from '../execution/desk.js';
import type { Bar } from '../model/bar.js';
import type { Quote, Tick } from '../model/tick.js';
import type { BarBuilderOptions } from './bar-builder.js';
import { GapDetector } from './gap-detector.js';
import { hoursOf } from './market-hours.js';
import type { QuoteIssue } from './quote-guard.js';
import { StalenessWatchdog } from './staleness-watchdog.js';
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

/** What markets look out for. Times in ms; `Infinity` for never. */
export interface MarketsOptions {
  readonly tape: TickRecorder | undefined;
  /** A silence within trading hours that is told as a gap once it is over. */
  readonly gapAfter: number;
  /** A silence that is told while it lasts. */
  readonly staleAfter: number;
}

/** The instruments that a desk watches: routes each tick to its quote, its bars and its listeners. */
export class Markets {
  readonly #desk: Desk;
  readonly #tape: TickRecorder | undefined;
  readonly #gapAfter: number;
  readonly #staleAfter: number;
  readonly #bySymbol = new Map<string, SymbolMarket>();
  #last: SymbolMarket | undefined;

  constructor(desk: Desk, { tape, gapAfter, staleAfter }: MarketsOptions) {
    this.#desk = desk;
    this.#tape = tape;
    this.#gapAfter = gapAfter;
    this.#staleAfter = staleAfter;
  }

  /** Ticks of a symbol that were dropped, by what was wrong with them. */
  dropped(symbol: string): Readonly<Record<QuoteIssue, number>> {
    return this.#of(symbol).guard.counts;
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
    const market = new SymbolMarket(symbol, index, quote, timeframes, options);
    this.#bySymbol.set(symbol, market);
    if (this.#staleAfter < Number.POSITIVE_INFINITY) market.watchdog = this.#watchdog(symbol);
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
    this.#desk.book.moved++;
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
      this.#bad(market, bad, tick);
      return;
    }
    const { quote, bars, ticks } = market;
    if (time - quote.time > this.#gapAfter) this.#silence(market, time);
    quote.time = time;
    quote.bid = bid;
    quote.ask = ask;
    const { book, loop, orders, policies } = this.#desk;
    book.moved++;
    loop.tape++;
    if (this.#tape !== undefined) this.#tape.write(market.index, time, loop.now, bid, ask, volume);
    if (policies.watching > 0) policies.mark();
    if (bars !== undefined) bars.tick(time, bid, ask, volume);
    if (ticks.observed) ticks.next({ symbol: market.symbol, time, bid, ask, volume });
    if (orders.trailing) orders.onQuote(market.symbol);
    if (market.watchdog !== undefined) market.watchdog.heard(loop.now);
  }

  /** Ends what waits for time to pass. */
  close(): void {
    for (const { watchdog } of this.#bySymbol.values()) watchdog?.stop();
  }

  /** A feed can cross for minutes: the first is told, then the 10th, the 100th … */
  #bad({ guard, symbol }: SymbolMarket, issue: QuoteIssue, { bid, ask }: Tick): void {
    const count = guard.counts[issue];
    if (!Number.isInteger(Math.log10(count))) return;
    const so = count === 1 ? '' : ` (${count} of these so far)`;
    this.#desk.observe(issue, `bid ${bid}, ask ${ask}${so}`, symbol);
  }

  /** A long silence is a gap when the market was open meanwhile. */
  #silence({ symbol, quote }: SymbolMarket, time: number): void {
    if (quote.time === 0) return;
    const detector = new GapDetector({
      expectedMs: this.#gapAfter,
      open: hoursOf(this.#desk.book.instrument(symbol)),
    });
    detector.seen(quote.time);
    const gap = detector.seen(time);
    if (gap === undefined) return;
    const span = `${new Date(gap.from).toISOString()} to ${new Date(gap.to).toISOString()}`;
    this.#desk.observe('GAP', `no tick for ${Math.round(gap.ms / 1_000)} s of trading time, ${span}`, symbol);
  }

  #watchdog(symbol: string): StalenessWatchdog {
    const seconds = (from: number, to: number): number => Math.round((to - from) / 1_000);
    return new StalenessWatchdog({
      id: `stale.${symbol}`,
      clock: this.#desk.clock,
      maxSilence: this.#staleAfter,
      open: hoursOf(this.#desk.book.instrument(symbol)),
      onSilent: (since, now) => this.#desk.observe('STALE', `silent for ${seconds(since, now)} s`, symbol),
      onVoice: (since, now) =>
        this.#desk.observe('STALE', `speaks again after ${seconds(since, now)} s`, symbol),
    });
  }

  #of(symbol: string): SymbolMarket {
    const market = this.#bySymbol.get(symbol);
    if (market !== undefined) return market;
    throw new MikroBotError('UNKNOWN_INSTRUMENT', `${symbol} is not watched.`, {
      hint: `Watched are ${this.symbols().join(', ') || 'none'}; add a run for it.`,
    });
  }
}
