import { MikroBotError } from '../errors/mikrobot-error.js';
import type { Bar } from '../model/bar.js';

/** The numbers of a bar, each a column of a {@link BarWindow}. */
export const barFields = [
  'time',
  'closeTime',
  'open',
  'high',
  'low',
  'close',
  'askOpen',
  'askHigh',
  'askLow',
  'askClose',
  'volume',
  'ticks',
] as const;

/** See {@link barFields}. */
export type BarField = (typeof barFields)[number];

/** Which bars a look-back leaves out. */
export interface LookBack {
  /** The newest bars to leave out; 0 when left out. */
  readonly skip?: number | undefined;
}

/**
 * The last closed bars of one timeframe, in columns: a ring that forgets the oldest bar when it is full.
 * @example
 * ```ts
 * const breakout = bars.last.close > bars.highest('high', 20, { skip: 1 });
 * ```
 */
export class BarWindow {
  /** How many bars it can hold. */
  readonly capacity: number;
  readonly #columns: Readonly<Record<BarField, Float64Array>>;
  #newest: Bar | undefined;
  /** Bars held. */
  #length = 0;
  /** Where the next bar goes. */
  #next = 0;

  /** @throws {@link MikroBotError} `BAD_CONFIG` when the capacity is not a whole number from 1. */
  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1)
      throw new MikroBotError('BAD_CONFIG', `A window of ${capacity} bars cannot be made.`, {
        hint: 'Use 1 or more.',
      });
    this.capacity = capacity;
    this.#columns = Object.fromEntries(barFields.map((f) => [f, new Float64Array(capacity)])) as Record<
      BarField,
      Float64Array
    >;
  }

  /** Bars held: at most {@link capacity}. */
  get length(): number {
    return this.#length;
  }

  /**
   * The newest closed bar.
   * @throws {@link MikroBotError} `BAD_CONFIG` while there is none.
   */
  get last(): Bar {
    if (this.#newest === undefined) throw this.#short(1);
    return this.#newest;
  }

  /** Takes a closed bar. */
  push(bar: Bar): void {
    const columns = this.#columns;
    const at = this.#next;
    for (let i = 0; i < barFields.length; i++) {
      const field = barFields[i] as BarField;
      columns[field][at] = bar[field];
    }
    this.#newest = bar;
    this.#next = at + 1 === this.capacity ? 0 : at + 1;
    if (this.#length < this.capacity) this.#length++;
  }

  /**
   * One bar, counted as `Array.prototype.at` counts: -1 is the newest, 0 the oldest held.
   * @throws {@link MikroBotError} `BAD_CONFIG` when that many bars are not held.
   */
  at(index: number): Bar {
    const newest = this.last;
    const age = index < 0 ? -index : this.#length - index;
    this.#need(age, 1);
    const row = this.#row(age);
    const columns = this.#columns;
    const numbers = Object.fromEntries(barFields.map((f) => [f, columns[f][row]])) as Record<
      BarField,
      number
    >;
    return { symbol: newest.symbol, timeframe: newest.timeframe, ...numbers };
  }

  /**
   * The highest value of `field` in the last `count` bars.
   * @throws {@link MikroBotError} `BAD_CONFIG` when that many bars are not held.
   */
  highest(field: BarField, count: number, { skip = 0 }: LookBack = {}): number {
    const column = this.#columns[field];
    let row = this.#oldest(count, skip);
    let most = -Infinity;
    for (let i = 0; i < count; i++) {
      const value = column[row] as number;
      if (value > most) most = value;
      if (++row === this.capacity) row = 0;
    }
    return most;
  }

  /**
   * The lowest value of `field` in the last `count` bars.
   * @throws {@link MikroBotError} `BAD_CONFIG` when that many bars are not held.
   */
  lowest(field: BarField, count: number, { skip = 0 }: LookBack = {}): number {
    const column = this.#columns[field];
    let row = this.#oldest(count, skip);
    let least = Infinity;
    for (let i = 0; i < count; i++) {
      const value = column[row] as number;
      if (value < least) least = value;
      if (++row === this.capacity) row = 0;
    }
    return least;
  }

  /**
   * The arithmetic mean of `field` over the last `count` bars: the simple moving average.
   * @throws {@link MikroBotError} `BAD_CONFIG` when that many bars are not held.
   */
  mean(field: BarField, count: number, { skip = 0 }: LookBack = {}): number {
    const column = this.#columns[field];
    let row = this.#oldest(count, skip);
    let sum = 0;
    for (let i = 0; i < count; i++) {
      sum += column[row] as number;
      if (++row === this.capacity) row = 0;
    }
    return sum / count;
  }

  /**
   * The values of `field` in the last `count` bars, oldest first, in a fresh array.
   * @throws {@link MikroBotError} `BAD_CONFIG` when that many bars are not held.
   */
  values(field: BarField, count: number, { skip = 0 }: LookBack = {}): Float64Array {
    const column = this.#columns[field];
    let row = this.#oldest(count, skip);
    const values = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      values[i] = column[row] as number;
      if (++row === this.capacity) row = 0;
    }
    return values;
  }

  /** The row of the bar that came `age` bars ago (1: the newest). */
  #row(age: number): number {
    const row = this.#next - age;
    return row < 0 ? row + this.capacity : row;
  }

  #oldest(count: number, skip: number): number {
    this.#need(count, 1);
    this.#need(skip, 0);
    this.#need(count + skip, 1);
    return this.#row(count + skip);
  }

  #need(bars: number, least: number): void {
    if (!Number.isInteger(bars) || bars < least)
      throw new MikroBotError('BAD_CONFIG', `${bars} is not a number of bars.`, {
        hint: `Use ${least} or more.`,
      });
    if (bars > this.#length) throw this.#short(bars);
  }

  #short(bars: number): MikroBotError {
    return new MikroBotError('BAD_CONFIG', `${bars} bars are wanted and ${this.#length} are held.`, {
      hint: `Raise warmUp to ${bars} or more.`,
    });
  }
}
