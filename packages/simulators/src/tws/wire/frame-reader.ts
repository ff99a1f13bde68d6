/** What came over the wire is no message: the stream cannot be trusted any more. */
export class WireError extends Error {
  constructor(text: string) {
    super(text);
    this.name = 'WireError';
  }
}

/** Longest message that is taken, in bytes. What clients send is far shorter. */
export const MAX_FRAME = 1 << 20;

const HEADER = 4;

/**
 * Cuts a byte stream into frames: each is led by its length, four bytes, the highest first. Takes chunks of any size; holds one frame
 * at most.
 */
export class FrameReader {
  readonly #onFrame: (payload: Buffer) => void;
  readonly #greeting: Buffer;
  /** Bytes of the greeting that have come. */
  #greeted = 0;
  readonly #header = Buffer.alloc(HEADER);
  #headed = 0;
  #body: Buffer | undefined;
  #filled = 0;
  #stopped = false;

  /**
   * @param onFrame - takes each frame without its length; it may {@link stop} the reader
   * @param greeting - what the stream must begin with, before the first frame
   */
  constructor(onFrame: (payload: Buffer) => void, greeting = '') {
    this.#onFrame = onFrame;
    this.#greeting = Buffer.from(greeting, 'latin1');
  }

  /** Bytes that it keeps of a frame whose end has not come. */
  get held(): number {
    return this.#body?.length ?? 0;
  }

  /** Nothing is read any more. */
  stop(): void {
    this.#stopped = true;
    this.#body = undefined;
  }

  /**
   * Gives the frames that are complete now.
   * @throws WireError for another greeting, a frame of no length or of more than {@link MAX_FRAME}; the reader has stopped then
   */
  push(chunk: Buffer): void {
    let at = this.#greet(chunk);
    while (at < chunk.length && !this.#stopped) {
      if (this.#headed < HEADER) at = this.#head(chunk, at);
      else at = this.#fill(chunk, at);
    }
  }

  #greet(chunk: Buffer): number {
    let at = 0;
    while (this.#greeted < this.#greeting.length && at < chunk.length && !this.#stopped)
      if (chunk[at++] !== this.#greeting[this.#greeted++]) this.#fail('The client does not greet.');
    return at;
  }

  #head(chunk: Buffer, from: number): number {
    const taken = Math.min(HEADER - this.#headed, chunk.length - from);
    chunk.copy(this.#header, this.#headed, from, from + taken);
    this.#headed += taken;
    if (this.#headed === HEADER) {
      const length = this.#header.readUInt32BE();
      if (length === 0 || length > MAX_FRAME) this.#fail(`A frame of ${length} bytes.`);
    }
    return from + taken;
  }

  #fill(chunk: Buffer, from: number): number {
    const length = this.#header.readUInt32BE();
    if (this.#body === undefined && chunk.length - from >= length) {
      this.#done(chunk.subarray(from, from + length));
      return from + length;
    }
    this.#body ??= Buffer.alloc(length);
    const taken = chunk.copy(this.#body, this.#filled, from);
    this.#filled += taken;
    if (this.#filled === length) this.#done(this.#body);
    return from + taken;
  }

  #done(payload: Buffer): void {
    this.#headed = 0;
    this.#filled = 0;
    this.#body = undefined;
    this.#onFrame(payload);
  }

  #fail(text: string): never {
    this.stop();
    throw new WireError(text);
  }
}
