import { type BarColumns, earliest, type Floor, latest, type TableOptions } from './columns.js';
import { slot } from './layout.js';
import { type FaultCode, fault, timeText } from './row-fault.js';

const HOUR = 3_600_000;

/** Columns that take only bars which do not contradict themselves or the bar before. */
export class BarTable implements BarColumns {
  length = 0;
  /** Crossed bars that were kept. */
  crossed = 0;
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly askOpen: Float64Array;
  readonly askHigh: Float64Array;
  readonly askLow: Float64Array;
  readonly askClose: Float64Array;
  readonly volume: Float64Array;
  readonly #capacity: number;
  readonly #keepCrossed: boolean;
  readonly #floor: Floor;
  readonly #length: number;
  #previous: number;

  /** @param barLength - ms; 0 while it is not known */
  constructor({ capacity, keepCrossed, floor }: TableOptions, barLength: number) {
    const column = () => new Float64Array(capacity);
    this.time = column();
    this.open = column();
    this.high = column();
    this.low = column();
    this.close = column();
    this.askOpen = column();
    this.askHigh = column();
    this.askLow = column();
    this.askClose = column();
    this.volume = column();
    this.#capacity = capacity;
    this.#keepCrossed = keepCrossed;
    this.#floor = floor;
    this.#previous = floor.time;
    this.#length = barLength;
  }

  get full(): boolean {
    return this.length === this.#capacity;
  }

  /** The least time that the next row may have, epoch ms. */
  get notBefore(): number {
    return this.#previous + 1;
  }

  clear(): void {
    this.length = 0;
  }

  /** Takes a row, or tells its fault. */
  add(row: Float64Array): FaultCode {
    const open = row[slot.open] as number;
    const high = row[slot.high] as number;
    const low = row[slot.low] as number;
    const close = row[slot.close] as number;
    const askOpen = row[slot.askOpen] as number;
    const askHigh = row[slot.askHigh] as number;
    const askLow = row[slot.askLow] as number;
    const askClose = row[slot.askClose] as number;
    const volume = row[slot.volume] as number;
    const time = row[slot.time] as number;
    // The comparisons are written so that NaN, an empty field, fails them.
    if (!(low > 0 && open > 0 && close > 0 && high > 0)) return absent(open, high, low, close);
    if (high < open || high < close || low > open || low > close) return fault.range;
    let crossed = false;
    const quoted = !(
      Number.isNaN(askOpen) &&
      Number.isNaN(askHigh) &&
      Number.isNaN(askLow) &&
      Number.isNaN(askClose)
    );
    if (quoted) {
      if (!(askLow > 0 && askOpen > 0 && askClose > 0 && askHigh > 0)) {
        return absent(askOpen, askHigh, askLow, askClose);
      }
      if (askHigh < askOpen || askHigh < askClose || askLow > askOpen || askLow > askClose)
        return fault.range;
      crossed = askOpen < open || askHigh < high || askLow < low || askClose < close;
      if (crossed && !this.#keepCrossed) return fault.crossed;
    }
    if (volume < 0) return fault.price;
    const late = this.#timeFault(time);
    if (late !== fault.none) return late;
    if (crossed) this.crossed++;
    const i = this.length++;
    this.time[i] = time;
    this.open[i] = open;
    this.high[i] = high;
    this.low[i] = low;
    this.close[i] = close;
    this.askOpen[i] = askOpen;
    this.askHigh[i] = askHigh;
    this.askLow[i] = askLow;
    this.askClose[i] = askClose;
    this.volume[i] = Number.isNaN(volume) ? 0 : volume;
    this.#previous = time;
    return fault.none;
  }

  #timeFault(time: number): FaultCode {
    if (!(time >= earliest && time < latest)) return Number.isNaN(time) ? fault.missing : fault.time;
    const previous = this.#previous;
    const step = time - previous;
    if (previous === this.#floor.time) return step > 0 ? fault.none : fault.overlap;
    // Where clocks go forward a day has 23 hours, so that one bar of more than an hour ends an hour early.
    const least = this.#length > HOUR ? this.#length - HOUR : this.#length;
    if (step >= least && step > 0) return fault.none;
    return step < 0 ? fault.backwards : step === 0 ? fault.duplicate : fault.overlap;
  }

  /** Why {@link add} did not take a row, as one sentence. */
  explain(row: Float64Array, code: FaultCode): string {
    const bid = `open ${row[slot.open]}, high ${row[slot.high]}, low ${row[slot.low]}, close ${row[slot.close]}`;
    const ask = `open ${row[slot.askOpen]}, high ${row[slot.askHigh]}, low ${row[slot.askLow]}, close ${row[slot.askClose]}`;
    const both = Number.isNaN(row[slot.askOpen]) ? bid : `bid ${bid}; ask ${ask}`;
    const time = timeText(row[slot.time] as number);
    const previous = timeText(this.#previous);
    switch (code) {
      case fault.missing:
        return `a field is empty (NaN): time ${row[slot.time]}, ${both}`;
      case fault.price:
        return `a price is not positive or the volume is negative: ${both}; volume ${row[slot.volume]}`;
      case fault.range:
        return `the high or the low does not enclose the other prices: ${both}`;
      case fault.crossed:
        return `the ask is below the bid: ${both}`;
      case fault.time:
        return `the time ${row[slot.time]} is not in epoch ms between 1973 and 2100`;
      case fault.backwards:
        return `the time ${time} is before ${previous}, the bar above`;
      case fault.duplicate:
        return `the time ${time} is that of the bar above`;
      default:
        return this.#previous === this.#floor.time
          ? `the time ${time} is not after ${previous}, up to where ${this.#floor.file} told the symbol`
          : `the time ${time} lies within the bar above, which began at ${previous} and lasts ${this.#length / 1000} s`;
    }
  }
}

const absent = (open: number, high: number, low: number, close: number): FaultCode => {
  const sum = open + high + low + close;
  return Number.isNaN(sum) ? fault.missing : fault.price;
};
