import { type Bar, type Timeframe, timeframeMs } from '@mikrobot/core';

/** A bar of which TWS tells news. */
export interface BarUpdate {
  readonly bar: Bar;
  /** Whether it is over; until then it is told again and again. */
  readonly closed: boolean;
}

/** The prices of one side of a bar, as TWS tells them. */
export interface SideBar {
  /** Its begin, epoch ms. */
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  /** Number of trades. */
  readonly count: number;
}

/** Whose prices: of trades or of the middle there is one for both sides. */
export type BarSide = 'both' | 'bid' | 'ask';

const isBar = ({ time, open, high, low, close }: SideBar): boolean =>
  Number.isFinite(time) &&
  low > 0 &&
  high < Number.POSITIVE_INFINITY &&
  low <= open &&
  low <= close &&
  high >= open &&
  high >= close;

const counted = (value: number): number => (value > 0 && value < Number.POSITIVE_INFINITY ? value : 0);

/**
 * Makes bars of what TWS tells of one or two sides: a bar is told when both sides of the same time are known, and as closed once the next
 * one has begun.
 */
export class BarJoin {
  readonly #symbol: string;
  readonly #timeframe: Timeframe;
  /** Whether bars come only when they are over. */
  readonly #whole: boolean;
  readonly #tell: (update: BarUpdate) => void;
  #bid: SideBar | undefined;
  #ask: SideBar | undefined;
  #told: Bar | undefined;
  #malformed = 0;

  constructor(symbol: string, timeframe: Timeframe, whole: boolean, tell: (update: BarUpdate) => void) {
    this.#symbol = symbol;
    this.#timeframe = timeframe;
    this.#whole = whole;
    this.#tell = tell;
  }

  /** Bars whose prices contradict each other, and were dropped. */
  get malformed(): number {
    return this.#malformed;
  }

  take(side: BarSide, bar: SideBar): void {
    if (!isBar(bar)) {
      this.#malformed += 1;
      return;
    }
    if (side !== 'ask') this.#bid = bar;
    if (side !== 'bid') this.#ask = bar;
    const [bid, ask] = [this.#bid, this.#ask];
    if (bid === undefined || ask === undefined || bid.time !== ask.time) return;
    const before = this.#told;
    if (before !== undefined && (bid.time < before.time || (this.#whole && bid.time === before.time))) return;
    if (!this.#whole && before !== undefined && bid.time > before.time)
      this.#tell({ bar: before, closed: true });
    const joined = this.#join(bid, ask);
    this.#told = joined;
    this.#tell({ bar: joined, closed: this.#whole });
  }

  /** Another line: a bar that was forming is not known to its end. */
  forget(): void {
    this.#bid = undefined;
    this.#ask = undefined;
    if (!this.#whole) this.#told = undefined;
  }

  #join(bid: SideBar, ask: SideBar): Bar {
    const { time } = bid;
    return {
      symbol: this.#symbol,
      timeframe: this.#timeframe,
      time,
      closeTime: time + timeframeMs(this.#timeframe),
      open: bid.open,
      high: bid.high,
      low: bid.low,
      close: bid.close,
      askOpen: ask.open,
      askHigh: ask.high,
      askLow: ask.low,
      askClose: ask.close,
      volume: counted(bid.volume),
      ticks: counted(bid.count),
    };
  }
}
