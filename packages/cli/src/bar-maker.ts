import { type Bar, BarBuilder, type Tick, type Timeframe } from '@mikrobot/core';

/** Makes bars of one timeframe for one symbol after the other. */
export class BarMaker {
  readonly #timeframe: Timeframe;
  readonly #tell: (bar: Bar) => void;
  #builder: BarBuilder | undefined;

  /** @param tell - gets every bar, also the unfinished one at the end of a symbol's data */
  constructor(timeframe: Timeframe, tell: (bar: Bar) => void) {
    this.#timeframe = timeframe;
    this.#tell = tell;
  }

  /** @throws `MikroBotError` `BAD_TIMEFRAME` when the bar is coarser than what is made */
  bar(bar: Bar): void {
    this.#of(bar.symbol).bar(bar);
  }

  tick({ symbol, time, bid, ask, volume }: Tick): void {
    this.#of(symbol).tick(time, bid, ask, volume);
  }

  finish(): void {
    this.#builder?.finish();
    this.#builder = undefined;
  }

  #of(symbol: string): BarBuilder {
    if (this.#builder?.symbol === symbol) return this.#builder;
    this.finish();
    const builder = new BarBuilder(symbol, [this.#timeframe]);
    builder.series(this.#timeframe).bars.observable.subscribe(this.#tell);
    this.#builder = builder;
    return builder;
  }
}
