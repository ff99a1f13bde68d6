/** The longest message that is read, bytes; the official clients have the same limit. */
const LONGEST = 0xff_ff_ff;
const HEADER = 4;

/** Why a stream of bytes is no stream of messages; nothing behind that place can be trusted. */
export type FrameFault = 'empty frame' | 'frame too long' | 'frame without an end';

/**
 * Cuts bytes into messages: four bytes of length, then fields that each end with a zero byte. What it keeps is bounded by the longest
 * message, and each byte is copied at most once, however the stream is cut into packets.
 */
export class Frames {
  readonly #take: (frame: Buffer) => boolean;
  /** Bytes of an unfinished frame; the first `#filled` are there. */
  #rest: Buffer | undefined;
  #filled = 0;

  /** @param take - gets the fields of each message; answers whether to go on */
  constructor(take: (frame: Buffer) => boolean) {
    this.#take = take;
  }

  /** @returns what is wrong with the stream, after which nothing more may be pushed */
  push(data: Buffer): FrameFault | undefined {
    let at = 0;
    while (at < data.length) {
      if (this.#rest !== undefined) {
        const taken = Math.min(this.#rest.length - this.#filled, data.length - at);
        data.copy(this.#rest, this.#filled, at, at + taken);
        this.#filled += taken;
        at += taken;
        if (this.#filled < this.#rest.length) return undefined;
        const whole = this.#rest;
        this.#rest = undefined;
        if (whole.length === HEADER) {
          const length = whole.readUInt32BE(0);
          const fault = faultOf(length);
          if (fault !== undefined) return fault;
          this.#await(length + HEADER, whole, 0, HEADER);
          continue;
        }
        if (whole[whole.length - 1] !== 0) return 'frame without an end';
        if (!this.#take(whole.subarray(HEADER))) return undefined;
        continue;
      }
      const left = data.length - at;
      if (left < HEADER) {
        this.#await(HEADER, data, at, left);
        return undefined;
      }
      const length = data.readUInt32BE(at);
      const fault = faultOf(length);
      if (fault !== undefined) return fault;
      const end = at + HEADER + length;
      if (end > data.length) {
        this.#await(HEADER + length, data, at, left);
        return undefined;
      }
      if (data[end - 1] !== 0) return 'frame without an end';
      if (!this.#take(data.subarray(at + HEADER, end))) return undefined;
      at = end;
    }
    return undefined;
  }

  #await(size: number, from: Buffer, at: number, count: number): void {
    this.#rest = Buffer.allocUnsafe(size);
    this.#filled = from.copy(this.#rest, 0, at, at + count);
  }
}

const faultOf = (length: number): FrameFault | undefined => {
  if (length === 0) return 'empty frame';
  return length > LONGEST ? 'frame too long' : undefined;
};
