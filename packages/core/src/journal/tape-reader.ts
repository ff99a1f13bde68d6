import { MikroBotError } from '../errors/mikrobot-error.js';
import { crc32 } from './crc32.js';
import {
  BLOCK_HEAD,
  GRID,
  MAGIC,
  MAX_MICROS,
  powerOf,
  RAW_PRICES,
  SAME,
  SEEN_SHIFT,
  type TapeSymbol,
  type TapeTick,
  TIME_SHIFT,
  VERSION,
  VOLUME_SHIFT,
} from './tape.js';

/** What {@link readTape} gives. */
export interface Tape {
  readonly symbols: readonly TapeSymbol[];
  /**
   * The ticks in the order they were written, fresh objects. Starts from the beginning at each call. A tape that a dying
   * process left gives the ticks of its whole blocks and then throws.
   * @throws {@link MikroBotError} `BAD_ROW` where a block is cut off, damaged or missing.
   */
  ticks(): Generator<TapeTick, void, undefined>;
}

/**
 * Opens a tape.
 * @param chunks - the whole tape, or its bytes in order in pieces of any size
 * @throws {@link MikroBotError} `BAD_ROW` when its head is cut off or damaged, or it is no tape of this version.
 */
export const readTape = (chunks: Uint8Array | readonly Uint8Array[]): Tape => {
  const bytes = chunks instanceof Uint8Array ? chunks : joined(chunks);
  const cursor = new Cursor(bytes);
  const symbols = readHead(cursor);
  const start = cursor.at;
  return { symbols, ticks: () => readBlocks(new Cursor(bytes, start), symbols) };
};

const joined = (chunks: readonly Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(chunks.reduce((sum, c) => sum + c.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
};

const damaged = (what: string, at: number): MikroBotError =>
  new MikroBotError('BAD_ROW', what, {
    where: `tape, byte ${at}`,
    hint: 'What was read up to here is sound; take the rest from another copy.',
  });

class Cursor {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  at: number;
  /** Where reading must stop. */
  end: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = at;
    this.end = bytes.length;
  }

  byte(): number {
    this.#need(1);
    return this.bytes[this.at++] as number;
  }

  uint32(): number {
    this.#need(4);
    this.at += 4;
    return this.#view.getUint32(this.at - 4, true);
  }

  float64(): number {
    this.#need(8);
    this.at += 8;
    return this.#view.getFloat64(this.at - 8, true);
  }

  varint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  zigzag(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  text(length: number): string {
    this.#need(length);
    this.at += length;
    return new TextDecoder().decode(this.bytes.subarray(this.at - length, this.at));
  }

  #need(count: number): void {
    if (this.at + count > this.end) throw damaged('The tape is cut off.', this.at);
  }
}

const readHead = (cursor: Cursor): readonly TapeSymbol[] => {
  if (cursor.uint32() !== MAGIC) throw damaged('This is not a tape.', 0);
  const version = cursor.byte();
  if (version !== VERSION) throw damaged(`Tapes of version ${version} are not known.`, 4);
  const symbols: TapeSymbol[] = [];
  for (let left = cursor.varint(); left > 0; left--) {
    const symbol = cursor.text(cursor.varint());
    symbols.push({ symbol, priceDecimals: cursor.byte(), volumeDecimals: cursor.byte() });
  }
  const end = cursor.at;
  if (cursor.uint32() !== crc32(cursor.bytes, 0, end)) throw damaged('The head of the tape is damaged.', 0);
  return symbols;
};

function* readBlocks(cursor: Cursor, symbols: readonly TapeSymbol[]): Generator<TapeTick, void, undefined> {
  const { bytes } = cursor;
  let position = 0;
  while (cursor.at < bytes.length) {
    const start = cursor.at;
    const length = cursor.uint32();
    const count = cursor.uint32();
    const first = cursor.uint32();
    const sum = cursor.uint32();
    const end = start + BLOCK_HEAD + length;
    if (end > bytes.length) throw damaged('The tape is cut off within a block.', start);
    if (crc32(bytes, start + BLOCK_HEAD, end, crc32(bytes, start, start + 12)) !== sum)
      throw damaged('A block of the tape is damaged.', start);
    if (first !== position)
      throw damaged(`Tick ${position} was to follow, the block begins with ${first}.`, start);
    cursor.end = end;
    yield* readTicks(cursor, symbols, count);
    if (cursor.at !== end) throw damaged('A block of the tape is longer than its ticks.', cursor.at);
    cursor.end = bytes.length;
    position += count;
  }
}

function* readTicks(
  cursor: Cursor,
  symbols: readonly TapeSymbol[],
  count: number,
): Generator<TapeTick, void, undefined> {
  const pricePower = symbols.map((s) => powerOf(s.priceDecimals, s.symbol));
  const volumePower = symbols.map((s) => powerOf(s.volumeDecimals, s.symbol));
  const lastBid = new Float64Array(symbols.length);
  const lastSpread = new Float64Array(symbols.length);
  let index = -1;
  let lastMicros = 0;
  for (let i = 0; i < count; i++) {
    const start = cursor.at;
    const flags = cursor.byte();
    if (flags & 1) index = cursor.varint();
    const symbol = symbols[index];
    if (symbol === undefined) throw damaged(`The tape has no symbol ${index}.`, start);

    const timeMode = (flags >> TIME_SHIFT) & 3;
    let time: number;
    if (timeMode === SAME) time = Math.floor(lastMicros / 1_000) + cursor.zigzag();
    else if (timeMode === GRID) time = (lastMicros + cursor.zigzag()) / 1_000;
    else time = cursor.float64();
    const micros = Math.round(time * 1_000);
    if (micros >= 0 && micros <= MAX_MICROS) lastMicros = micros;

    const seenMode = (flags >> SEEN_SHIFT) & 3;
    let seen: number;
    if (seenMode === SAME) seen = time;
    else if (seenMode === GRID) seen = (lastMicros + cursor.zigzag()) / 1_000;
    else seen = cursor.float64();

    let bid: number;
    let ask: number;
    if (flags & RAW_PRICES) {
      bid = cursor.float64();
      ask = cursor.float64();
    } else {
      const power = pricePower[index] as number;
      const steps = (lastBid[index] as number) + cursor.zigzag();
      const spread = (lastSpread[index] as number) + cursor.zigzag();
      lastBid[index] = steps;
      lastSpread[index] = spread;
      bid = steps / power;
      ask = (steps + spread) / power;
    }

    const volumeMode = (flags >> VOLUME_SHIFT) & 3;
    let volume = 0;
    if (volumeMode === GRID) volume = cursor.varint() / (volumePower[index] as number);
    else if (volumeMode !== SAME) volume = cursor.float64();

    yield { symbol: symbol.symbol, time, seen, bid, ask, volume };
  }
}
