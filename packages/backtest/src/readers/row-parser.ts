import { TextEncoder } from 'node:util';
import { earliest, latest } from './columns.js';
import { type Layout, slot, slotCount } from './layout.js';
import { fieldText, parseClock, parseDate, parseNumber, parseStamp } from './parse-field.js';
import { type FaultCode, fault } from './row-fault.js';

/** Told by {@link RowParser.parse} for a row of a contract that was not asked for. */
export const otherContract = -1;

const MICROS_FROM = 1e14;
const DAY = 86_400_000;

/** Reads the fields of one line into {@link RowParser.row}; allocates nothing while rows are good. */
export class RowParser {
  /** The present row by {@link slot}; NaN where a field is empty or the layout has none. */
  readonly row = new Float64Array(slotCount).fill(Number.NaN);
  readonly #layout: Layout;
  readonly #wanted: Uint8Array | undefined;
  #bid = Number.NaN;
  #ask = Number.NaN;
  #fault = '';

  /** @param contract - the contract month to keep; undefined keeps all */
  constructor(layout: Layout, contract: string | undefined) {
    this.#layout = layout;
    this.#wanted = contract === undefined ? undefined : new TextEncoder().encode(contract);
  }

  /** Why the last row could not be read. */
  get detail(): string {
    return this.#fault;
  }

  /**
   * Reads the line [start, end).
   * @param notBefore - time of the row above, to tell an autumn hour's first pass from its second (epoch ms)
   * @returns a fault, {@link otherContract}, or 0 when {@link row} holds the line
   */
  parse(bytes: Uint8Array, start: number, end: number, notBefore: number): FaultCode {
    const { separator, slots, zone } = this.#layout;
    const row = this.row;
    const columns = slots.length;
    let wall = 0;
    let from = start;
    for (let column = 0; column < columns; column++) {
      if (from > end) return this.#miss(`it has ${column} fields instead of ${columns}`);
      let to = from;
      while (to < end && bytes[to] !== separator) to++;
      const what = slots[column] as number;
      if (what >= 0) {
        const value = parseNumber(bytes, from, to);
        if (Number.isNaN(value) && !isBlank(bytes, from, to))
          return this.#unread(column, bytes, from, to, fault.text);
        row[what] = value;
      } else if (what === slot.contract) {
        if (this.#wanted !== undefined && !isText(bytes, from, to, this.#wanted)) return otherContract;
      } else if (what !== slot.skip) {
        const part =
          what === slot.date
            ? parseDate(bytes, from, to)
            : what === slot.clock
              ? parseClock(bytes, from, to)
              : parseStamp(bytes, from, to);
        if (Number.isNaN(part)) return this.#unread(column, bytes, from, to, fault.time);
        wall += part;
      }
      from = to + 1;
    }
    if (from <= end) return this.#miss(`it has more than ${columns} fields`);
    if (zone !== undefined) {
      const time = wall > earliest - DAY && wall < latest + DAY ? zone.toUtc(wall, notBefore) : Number.NaN;
      if (Number.isNaN(time)) return this.#nowhere(wall, zone.name);
      row[slot.time] = time;
    } else if (this.#layout.micros && (row[slot.time] as number) >= MICROS_FROM) {
      row[slot.time] = (row[slot.time] as number) / 1000;
    }
    if (this.#layout.carries) this.#carry();
    else if (this.#layout.trades) row[slot.ask] = row[slot.bid] as number;
    return fault.none;
  }

  #carry(): void {
    const row = this.row;
    const bid = row[slot.bid] as number;
    const ask = row[slot.ask] as number;
    if (!Number.isNaN(bid)) this.#bid = bid;
    else row[slot.bid] = this.#bid;
    if (!Number.isNaN(ask)) this.#ask = ask;
    else row[slot.ask] = this.#ask;
  }

  #nowhere(wall: number, zone: string): FaultCode {
    const local = new Date(wall).toISOString().slice(0, -1);
    this.#fault = `the time ${local} does not exist in the zone ${zone}, or lies outside 1973 to 2100`;
    return fault.time;
  }

  #miss(detail: string): FaultCode {
    this.#fault = detail;
    return fault.missing;
  }

  #unread(column: number, bytes: Uint8Array, from: number, to: number, code: FaultCode): FaultCode {
    const text = fieldText(bytes, from, Math.min(to, from + 40));
    const name = this.#layout.columns[column] as string;
    const kind = code === fault.time ? 'date or time' : 'number';
    this.#fault =
      text === '' ? `the field ${name} is empty` : `the field ${name} is "${text}", which is no ${kind}`;
    return text === '' ? fault.missing : code;
  }
}

const isBlank = (bytes: Uint8Array, from: number, to: number): boolean => {
  for (let i = from; i < to; i++) if (bytes[i] !== 32) return false;
  return true;
};

const isText = (bytes: Uint8Array, from: number, to: number, text: Uint8Array): boolean => {
  if (to - from !== text.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[from + i] !== text[i]) return false;
  return true;
};
