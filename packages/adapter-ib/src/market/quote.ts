import type { Clock, Tick } from '@mikrobot/core';

/** A tick that is written again and again: core reads it and never keeps it. */
type OwnTick = { -readonly [K in keyof Tick]: Tick[K] };

/** Ms after which a quote that still holds is told again: whoever looks at its age must not take it for a stale one. */
const CONFIRM = 500;

/** Side of the book whose change waits for the other's. */
type Half = 'none' | 'bid' | 'ask';

/** What quotes of a symbol become. */
export interface QuoteParts {
  readonly symbol: string;
  readonly clock: Clock;
  readonly emit: (tick: Tick) => void;
  /** A change was kept back: {@link Quote.flush} is wanted when all that has arrived was read. */
  readonly wait: (quote: Quote) => void;
}

/**
 * The best bid and ask of a symbol. TWS tells each side in a message of its own, both of a quote one after the other: a side that
 * was told is kept back until the other side or the end of what arrived together, so that no tick mixes the sides of two quotes.
 * Nothing is emitted before both sides are there. Makes no garbage.
 */
export class Quote {
  readonly #parts: QuoteParts;
  readonly #tick: OwnTick;
  /** 0: nobody bids. */
  #bid = 0;
  #ask = 0;
  #half: Half = 'none';
  #traded = 0;
  #dayVolume = -1;
  #crossed = 0;

  constructor(parts: QuoteParts) {
    this.#parts = parts;
    this.#tick = { symbol: parts.symbol, time: 0, bid: 0, ask: 0, volume: 0 };
  }

  /** How many quotes had a bid above the ask, and were dropped. */
  get crossed(): number {
    return this.#crossed;
  }

  /** What was told last; undefined while one side is missing. */
  get last(): Tick | undefined {
    return this.#bid > 0 && this.#ask >= this.#bid ? this.#tick : undefined;
  }

  /** The best price of one side, new or confirmed; -1 or 0 says that there is none. */
  side(side: 'bid' | 'ask', price: number): void {
    const value = price > 0 ? price : 0;
    const waits = this.#half;
    // Two of one side: the other one did not change with the first.
    if (waits === side) this.flush();
    if (side === 'bid') this.#bid = value;
    else this.#ask = value;
    if (waits !== 'none' && waits !== side) {
      this.flush();
      return;
    }
    this.#half = side;
    this.#parts.wait(this);
  }

  /** The size of one side changed, so that its price still holds: told as a tick when the last one is a while ago. */
  confirm(): void {
    if (this.#half !== 'none' || this.#bid > this.#ask) return;
    if (this.#parts.clock.now() - this.#tick.time >= CONFIRM) this.#tell();
  }

  /** Both sides at once. */
  both(bid: number, ask: number): void {
    this.flush();
    this.#bid = bid > 0 ? bid : 0;
    this.#ask = ask > 0 ? ask : 0;
    this.#tell();
  }

  /** Units traded today; the difference to before comes with the next tick. */
  dayVolume(volume: number): void {
    // A new day counts from 0 again.
    if (this.#dayVolume >= 0) this.#traded += volume >= this.#dayVolume ? volume - this.#dayVolume : volume;
    this.#dayVolume = volume;
  }

  /** Tells a side that waits for the other one. */
  flush(): void {
    if (this.#half === 'none') return;
    this.#half = 'none';
    this.#tell();
  }

  /** What is known is no longer true: another line, or none. */
  forget(): void {
    this.#bid = 0;
    this.#ask = 0;
    this.#half = 'none';
    this.#dayVolume = -1;
  }

  #tell(): void {
    if (this.#bid === 0 || this.#ask === 0) return;
    if (this.#bid > this.#ask) {
      this.#crossed += 1;
      return;
    }
    const tick = this.#tick;
    // A clock that is corrected may go back; ticks never do.
    tick.time = Math.max(tick.time, this.#parts.clock.now());
    tick.bid = this.#bid;
    tick.ask = this.#ask;
    tick.volume = this.#traded;
    this.#traded = 0;
    this.#parts.emit(tick);
  }
}
