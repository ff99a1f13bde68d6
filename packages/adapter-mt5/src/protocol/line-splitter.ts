import { isUtf8 } from 'node:buffer';

const NEWLINE = 0x0a;
const FIRST_SIZE = 512;

/** Why a stream of bytes is no stream of lines; nothing behind that place can be trusted. */
export type LineFault = 'LINE_TOO_LONG' | 'BAD_UTF8';

/**
 * Cuts bytes into lines. What it keeps is an unfinished line, at most `limit` bytes of it, in a buffer that doubles: each byte is looked
 * at once and copied a few times at most, however the stream is cut into packets.
 */
export class LineSplitter {
  /** Bytes of a line without its end. */
  limit: number;
  readonly #take: (line: string) => boolean;
  #rest = Buffer.alloc(0);
  #filled = 0;

  /** @param take - gets each line, without its end; answers whether to go on */
  constructor(limit: number, take: (line: string) => boolean) {
    this.limit = limit;
    this.#take = take;
  }

  /** Bytes that are kept, or could be without growing. */
  get size(): number {
    return this.#rest.length;
  }

  /** @returns what is wrong with the stream, after which nothing more may be pushed */
  push(data: Buffer): LineFault | undefined {
    let at = 0;
    for (let end = data.indexOf(NEWLINE); end !== -1; end = data.indexOf(NEWLINE, at)) {
      if (this.#filled + end - at > this.limit) return 'LINE_TOO_LONG';
      let line = data.subarray(at, end);
      if (this.#filled > 0) {
        this.#keep(line);
        line = this.#rest.subarray(0, this.#filled);
        this.#filled = 0;
      }
      at = end + 1;
      if (!isUtf8(line)) return 'BAD_UTF8';
      if (!this.#take(line.toString('utf8'))) return undefined;
    }
    if (this.#filled + data.length - at > this.limit) return 'LINE_TOO_LONG';
    if (at < data.length) this.#keep(data.subarray(at));
    else if (this.#filled === 0) this.#rest = this.#rest.length > FIRST_SIZE ? Buffer.alloc(0) : this.#rest;
    return undefined;
  }

  #keep(bytes: Buffer): void {
    const needed = this.#filled + bytes.length;
    if (needed > this.#rest.length) {
      const grown = Buffer.allocUnsafe(
        Math.max(FIRST_SIZE, needed, Math.min(this.limit, 2 * this.#rest.length)),
      );
      this.#rest.copy(grown, 0, 0, this.#filled);
      this.#rest = grown;
    }
    bytes.copy(this.#rest, this.#filled);
    this.#filled = needed;
  }
}
