import { crc32 } from './crc32.js';
import {
  BLOCK_HEAD,
  GRID,
  MAGIC,
  MAX_MICROS,
  MAX_STEPS,
  powerOf,
  RAW,
  RAW_PRICES,
  SAME,
  SEEN_SHIFT,
  type TapeSymbol,
  TIME_SHIFT,
  VERSION,
  VOLUME_SHIFT,
} from './tape.js';

/** A block is closed at this size: small enough to lose little, large enough that its 16 bytes do not count. */
const BLOCK_BYTES = 1 << 16;
/** More than the longest tick takes. */
const SLACK = 80;

const encoder = /* @__PURE__ */ new TextEncoder();

/**
 * Writes ticks to a tape, in chunks that the sink may keep: first the head, then blocks. What is not yet in a block is lost when
 * the process dies, so {@link flush} whenever the journal is committed.
 */
export class TapeWriter {
  readonly #sink: (chunk: Uint8Array) => void;
  readonly #bytes = new Uint8Array(BLOCK_BYTES + SLACK);
  readonly #view = new DataView(this.#bytes.buffer);
  readonly #pricePower: Float64Array;
  readonly #volumePower: Float64Array;
  readonly #lastBid: Float64Array;
  readonly #lastSpread: Float64Array;
  #lastSymbol = -1;
  /** Time of the last tick in us; in whole numbers, as every reader works it out again. */
  #lastMicros = 0;
  #at = BLOCK_HEAD;
  #first = 0;
  #ticks = 0;

  /** @throws {@link MikroBotError} `BAD_CONFIG` for decimals that are none. */
  constructor(symbols: readonly TapeSymbol[], sink: (chunk: Uint8Array) => void) {
    this.#sink = sink;
    this.#pricePower = Float64Array.from(symbols, (s) => powerOf(s.priceDecimals, s.symbol));
    this.#volumePower = Float64Array.from(symbols, (s) => powerOf(s.volumeDecimals, s.symbol));
    this.#lastBid = new Float64Array(symbols.length);
    this.#lastSpread = new Float64Array(symbols.length);
    sink(headOf(symbols));
  }

  /** Ticks written so far: the tape's position. */
  get ticks(): number {
    return this.#ticks;
  }

  /**
   * Writes one tick.
   * @param symbol - index into the symbols given at the start
   * @param time - the tick's, epoch ms
   * @param seen - the clock's when the bot took it in, epoch ms
   */
  write(symbol: number, time: number, seen: number, bid: number, ask: number, volume: number): void {
    const flagsAt = this.#at++;
    let flags = 0;
    if (symbol !== this.#lastSymbol) {
      flags = 1;
      this.#lastSymbol = symbol;
      this.#varint(symbol);
    }
    flags |= this.#time(time) << TIME_SHIFT;
    flags |= this.#seen(seen, time) << SEEN_SHIFT;
    flags |= this.#prices(symbol, bid, ask);
    flags |= this.#volume(symbol, volume) << VOLUME_SHIFT;
    this.#bytes[flagsAt] = flags;
    this.#ticks++;
    if (this.#at >= BLOCK_BYTES) this.flush();
  }

  /** Hands what was written to the sink as a block; does nothing when there is nothing. */
  flush(): void {
    const count = this.#ticks - this.#first;
    if (count === 0) return;
    const view = this.#view;
    view.setUint32(0, this.#at - BLOCK_HEAD, true);
    view.setUint32(4, count, true);
    view.setUint32(8, this.#first, true);
    view.setUint32(12, crc32(this.#bytes, BLOCK_HEAD, this.#at, crc32(this.#bytes, 0, 12)), true);
    const block = this.#bytes.slice(0, this.#at);
    this.#first = this.#ticks;
    this.#at = BLOCK_HEAD;
    this.#lastSymbol = -1;
    this.#lastMicros = 0;
    this.#lastBid.fill(0);
    this.#lastSpread.fill(0);
    this.#sink(block);
  }

  #time(time: number): number {
    const last = this.#lastMicros;
    const micros = Math.round(time * 1_000);
    // False for NaN; what is no usable time leaves the last as it is.
    if (micros >= 0 && micros <= MAX_MICROS) {
      this.#lastMicros = micros;
      if (Math.floor(time) === time) {
        this.#zigzag(time - Math.floor(last / 1_000));
        return SAME;
      }
      if (micros / 1_000 === time) {
        this.#zigzag(micros - last);
        return GRID;
      }
    }
    this.#raw(time);
    return RAW;
  }

  #seen(seen: number, time: number): number {
    if (seen === time) return SAME;
    const micros = Math.round(seen * 1_000);
    if (micros >= 0 && micros <= MAX_MICROS && micros / 1_000 === seen) {
      this.#zigzag(micros - this.#lastMicros);
      return GRID;
    }
    this.#raw(seen);
    return RAW;
  }

  #prices(symbol: number, bid: number, ask: number): number {
    const power = this.#pricePower[symbol] as number;
    const bidSteps = Math.round(bid * power);
    const askSteps = Math.round(ask * power);
    const small = Math.abs(bidSteps) <= MAX_STEPS && Math.abs(askSteps) <= MAX_STEPS;
    if (!small || bidSteps / power !== bid || askSteps / power !== ask) {
      this.#raw(bid);
      this.#raw(ask);
      return RAW_PRICES;
    }
    const spread = askSteps - bidSteps;
    this.#zigzag(bidSteps - (this.#lastBid[symbol] as number));
    this.#zigzag(spread - (this.#lastSpread[symbol] as number));
    this.#lastBid[symbol] = bidSteps;
    this.#lastSpread[symbol] = spread;
    return 0;
  }

  #volume(symbol: number, volume: number): number {
    if (volume === 0) return SAME;
    const power = this.#volumePower[symbol] as number;
    const steps = Math.round(volume * power);
    if (steps > 0 && steps <= MAX_STEPS && steps / power === volume) {
      this.#varint(steps);
      return GRID;
    }
    this.#raw(volume);
    return RAW;
  }

  #raw(value: number): void {
    this.#view.setFloat64(this.#at, value, true);
    this.#at += 8;
  }

  #zigzag(value: number): void {
    this.#varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  #varint(value: number): void {
    const bytes = this.#bytes;
    let at = this.#at;
    let rest = value;
    // Bit operations see 32 bits only.
    while (rest >= 0x80000000) {
      bytes[at++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    let small = rest | 0;
    while (small >= 128) {
      bytes[at++] = (small & 127) | 128;
      small >>>= 7;
    }
    bytes[at++] = small;
    this.#at = at;
  }
}

const headOf = (symbols: readonly TapeSymbol[]): Uint8Array => {
  const bytes: number[] = [];
  const varint = (value: number): void => {
    let rest = value;
    for (; rest >= 128; rest >>>= 7) bytes.push((rest & 127) | 128);
    bytes.push(rest);
  };
  for (let i = 0; i < 4; i++) bytes.push((MAGIC >>> (8 * i)) & 0xff);
  bytes.push(VERSION);
  varint(symbols.length);
  for (const { symbol, priceDecimals, volumeDecimals } of symbols) {
    const name = encoder.encode(symbol);
    varint(name.length);
    bytes.push(...name, priceDecimals, volumeDecimals);
  }
  const head = new Uint8Array(bytes.length + 4);
  head.set(bytes);
  new DataView(head.buffer).setUint32(bytes.length, crc32(head, 0, bytes.length), true);
  return head;
};
