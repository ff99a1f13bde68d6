/** A line longer than this cannot be market data; it is told as too long instead of filling the memory. */
export const longestLine = 16_384;

const NEWLINE = 10;
const RETURN = 13;

/**
 * Cuts chunks of bytes into lines without copying, save for lines that lie across chunks. Tells the same lines however the
 * bytes were cut: `\n` or `\r\n`, with or without one at the end, a UTF-8 byte order mark left out, empty lines passed over
 * (but counted).
 */
export class LineCutter {
  /** Holds the present line. */
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  /** One past the line's last byte. */
  end = 0;
  /** Number of the present line, from 1. */
  line = 0;
  /** The present line is longer than {@link longestLine}; its bytes are not told. */
  tooLong = false;

  #chunk: Uint8Array = new Uint8Array(0);
  #at = 0;
  readonly #carry = new Uint8Array(longestLine + 1);
  #carried = 0;

  /** Gives the next bytes; the ones before must have been cut by `while (next())`. */
  push(chunk: Uint8Array): void {
    this.#chunk = chunk;
    this.#at = 0;
  }

  /** Moves to the next whole line of the chunk; false when the chunk has no more. */
  next(): boolean {
    for (;;) {
      const chunk = this.#chunk;
      const from = this.#at;
      const found = chunk.indexOf(NEWLINE, from);
      if (found < 0) {
        if (from < chunk.length) this.#keep(chunk, from, chunk.length);
        this.#at = chunk.length;
        return false;
      }
      this.#at = found + 1;
      if (this.#carried > 0) {
        this.#keep(chunk, from, found);
        this.#take(this.#carry, 0, this.#carried);
        this.#carried = 0;
      } else this.#take(chunk, from, found);
      if (this.tooLong || this.end > this.start) return true;
    }
  }

  /** After the last chunk: moves to the last line when it has no newline; false when there is none. */
  last(): boolean {
    if (this.#carried === 0) return false;
    this.#take(this.#carry, 0, this.#carried);
    this.#carried = 0;
    return this.tooLong || this.end > this.start;
  }

  #keep(bytes: Uint8Array, from: number, to: number): void {
    const room = this.#carry.length - this.#carried;
    const length = Math.min(room, to - from);
    this.#carry.set(bytes.subarray(from, from + length), this.#carried);
    this.#carried += length;
  }

  #take(bytes: Uint8Array, from: number, to: number): void {
    this.line++;
    this.bytes = bytes;
    this.start = from;
    this.end = to;
    if (this.line === 1 && startsWithMark(bytes, from, to)) this.start += 3;
    this.tooLong = to - from > longestLine;
    if (to > this.start && bytes[to - 1] === RETURN) this.end = to - 1;
  }
}

const startsWithMark = (bytes: Uint8Array, from: number, to: number): boolean =>
  to - from >= 3 && bytes[from] === 0xef && bytes[from + 1] === 0xbb && bytes[from + 2] === 0xbf;
