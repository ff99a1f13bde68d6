import type { Socket } from 'node:net';
import { countUp, type ServerParts } from './parts.js';

/** Bytes that may wait for a client that does not read; then the connection is broken. */
const BACKLOG = 64 << 20;

/** One socket of a client. What is written in one turn leaves in one piece, in order. */
export class Line {
  readonly #socket: Socket;
  readonly #parts: Pick<ServerParts, 'clock' | 'faults' | 'ignored'>;
  readonly #id: string;
  #onChunk: (chunk: Buffer) => void = () => undefined;
  readonly #onEnd: (() => void)[] = [];
  #batch: Buffer[] = [];
  #gathering = false;
  /** Pieces that come late, in order, with the time that each must not come before. */
  readonly #late: { readonly at: number; readonly piece: Buffer }[] = [];
  #disarm: (() => void) | undefined;
  #stalled = false;
  /** What came and went while the line stood still. */
  readonly #heard: Buffer[] = [];
  readonly #unsaid: Buffer[] = [];
  #waiting = 0;
  #gone = false;
  /** Ends once what is late was said. */
  #ending = false;
  #ended = false;

  constructor(socket: Socket, parts: Pick<ServerParts, 'clock' | 'faults' | 'ignored'>, id: string) {
    this.#socket = socket;
    this.#parts = parts;
    this.#id = id;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#hear(chunk));
    // The socket tells of its end by 'close' as well.
    socket.on('error', () => undefined);
    socket.on('close', () => this.#close());
  }

  get open(): boolean {
    return !this.#ended;
  }

  /** Calls for each chunk that is heard. */
  listen(onChunk: (chunk: Buffer) => void): void {
    this.#onChunk = onChunk;
  }

  /** Calls once when it has ended, by whomever. */
  onEnd(listener: () => void): void {
    this.#onEnd.push(listener);
  }

  write(piece: Buffer): void {
    if (this.#ended) return;
    this.#batch.push(piece);
    if (this.#gathering) return;
    this.#gathering = true;
    queueMicrotask(() => this.#flush());
  }

  /** Ends it once what was written has left. */
  end(): void {
    this.#flush();
    if (this.#stalled) this.break();
    else if (this.#late.length > 0) this.#ending = true;
    else this.#socket.end(() => this.#socket.destroy());
  }

  /** Breaks it. */
  break(): void {
    this.#socket.destroy();
    this.#finish();
  }

  /** Stands still: nothing is heard, nothing is said, not even its end, as behind a cable that was cut. */
  stall(): void {
    this.#stalled = true;
  }

  /** Goes on; all that was in the cable arrives. */
  heal(): void {
    if (!this.#stalled) return;
    this.#stalled = false;
    for (const piece of this.#unsaid.splice(0)) this.#say(piece);
    for (const chunk of this.#heard.splice(0)) this.#onChunk(chunk);
    this.#waiting = 0;
    if (this.#gone) this.#finish();
  }

  #hear(chunk: Buffer): void {
    if (this.#ended) return;
    if (!this.#stalled) this.#onChunk(chunk);
    else if (this.#fits(chunk)) this.#heard.push(chunk);
  }

  #flush(): void {
    this.#gathering = false;
    if (this.#batch.length === 0) return;
    const piece = this.#batch.length === 1 ? (this.#batch[0] as Buffer) : Buffer.concat(this.#batch);
    this.#batch = [];
    const { clock, faults } = this.#parts;
    const { delay } = faults;
    if (delay === 0 && this.#late.length === 0) {
      this.#say(piece);
      return;
    }
    faults.count('delayed-message');
    this.#late.push({ at: clock.now() + delay, piece });
    if (this.#late.length === 1) this.#armLate();
  }

  #armLate(): void {
    const next = this.#late[0];
    if (next === undefined) {
      if (this.#ending) this.end();
      return;
    }
    this.#disarm = this.#parts.clock.arm(`${this.#id}-late`, next.at, () => {
      this.#late.shift();
      this.#say(next.piece);
      this.#armLate();
    });
  }

  #say(piece: Buffer): void {
    if (this.#ended || this.#socket.destroyed) return;
    if (this.#stalled) {
      if (this.#fits(piece)) this.#unsaid.push(piece);
    } else if (this.#socket.writableLength + piece.length > BACKLOG) this.#overflow();
    else this.#socket.write(piece);
  }

  /** Whether the cable holds that much more; it breaks otherwise. */
  #fits(piece: Buffer): boolean {
    this.#waiting += piece.length;
    if (this.#waiting <= BACKLOG) return true;
    this.#overflow();
    return false;
  }

  #overflow(): void {
    countUp(this.#parts.ignored, 'slow-client');
    this.break();
  }

  #close(): void {
    this.#gone = true;
    if (!this.#stalled) this.#finish();
  }

  #finish(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#disarm?.();
    this.#late.length = 0;
    this.#batch = [];
    for (const listener of this.#onEnd.splice(0)) listener();
  }
}
