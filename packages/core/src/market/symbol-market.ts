import type { LiveQuote } from '../execution/portfolio.js';
import type { Tick } from '../model/tick.js';
import { BarBuilder, type BarBuilderOptions } from './bar-builder.js';
import { QuoteGuard } from './quote-guard.js';
import type { StalenessWatchdog } from './staleness-watchdog.js';
import { Tap } from './tap.js';
import type { Timeframe } from './timeframe.js';

/** Everything that the ticks of one instrument touch, so that the tick path finds it with one look. */
export class SymbolMarket {
  readonly symbol: string;
  /** Position on the tape's list of symbols. */
  readonly index: number;
  readonly quote: LiveQuote;
  readonly guard = new QuoteGuard();
  readonly ticks = new Tap<Tick>();
  readonly bars: BarBuilder | undefined;
  watchdog: StalenessWatchdog | undefined;

  constructor(
    symbol: string,
    index: number,
    quote: LiveQuote,
    timeframes: readonly Timeframe[],
    options: BarBuilderOptions,
  ) {
    this.symbol = symbol;
    this.index = index;
    this.quote = quote;
    this.bars = timeframes.length === 0 ? undefined : new BarBuilder(symbol, timeframes, options);
  }
}
