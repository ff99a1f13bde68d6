import { earliest, type Floor, latest, type TableOptions, type TickColumns } from './columns.js';
import { slot } from './layout.js';
import { type FaultCode, fault, timeText } from './row-fault.js';

/** Columns that take only ticks which do not contradict themselves or the tick before. */
export class TickTable implements TickColumns {
  length = 0;
  /** Crossed ticks that were kept. */
  crossed = 0;
  readonly time: Float64Array;
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  readonly volume: Float64Array;
  readonly #capacity: number;
  readonly #keepCrossed: boolean;
  readonly #floor: Floor;
  #previous: number;

  constructor({ capacity, keepCrossed, floor }: TableOptions) {
    this.time = new Float64Array(capacity);
    this.bid = new Float64Array(capacity);
    this.ask = new Float64Array(capacity);
    this.volume = new Float64Array(capacity);
    this.#capacity = capacity;
    this.#keepCrossed = keepCrossed;
    this.#floor = floor;
    this.#previous = floor.time;
  }

  get full(): boolean {
    return this.length === this.#capacity;
  }

  /** The least time that the next row may have, epoch ms. */
  get notBefore(): number {
    return this.#previous;
  }

  clear(): void {
    this.length = 0;
  }

  /** Takes a row, or tells its fault. */
  add(row: Float64Array): FaultCode {
    const bid = row[slot.bid] as number;
    const ask = row[slot.ask] as number;
    const volume = row[slot.volume] as number;
    const time = row[slot.time] as number;
    // The comparisons are written so that NaN, an empty field, fails them.
    if (!(bid > 0 && ask > 0)) return Number.isNaN(bid + ask) ? fault.missing : fault.price;
    if (ask < bid && !this.#keepCrossed) return fault.crossed;
    if (volume < 0) return fault.price;
    if (!(time >= earliest && time < latest)) return Number.isNaN(time) ? fault.missing : fault.time;
    const previous = this.#previous;
    if (previous === this.#floor.time ? time <= previous : time < previous) {
      return previous === this.#floor.time ? fault.overlap : fault.backwards;
    }
    if (ask < bid) this.crossed++;
    const i = this.length++;
    this.time[i] = time;
    this.bid[i] = bid;
    this.ask[i] = ask;
    this.volume[i] = Number.isNaN(volume) ? 0 : volume;
    this.#previous = time;
    return fault.none;
  }

  /** Why {@link add} did not take a row, as one sentence. */
  explain(row: Float64Array, code: FaultCode): string {
    const quote = `bid ${row[slot.bid]}, ask ${row[slot.ask]}`;
    const time = timeText(row[slot.time] as number);
    const previous = timeText(this.#previous);
    switch (code) {
      case fault.missing:
        return `a field is empty (NaN): time ${row[slot.time]}, ${quote}`;
      case fault.price:
        return `a price is not positive or the volume is negative: ${quote}, volume ${row[slot.volume]}`;
      case fault.crossed:
        return `the ask is below the bid: ${quote}`;
      case fault.time:
        return `the time ${row[slot.time]} is not in epoch ms between 1973 and 2100`;
      case fault.backwards:
        return `the time ${time} is before ${previous}, the tick above`;
      default:
        return `the time ${time} is not after ${previous}, up to where ${this.#floor.file} told the symbol`;
    }
  }
}
