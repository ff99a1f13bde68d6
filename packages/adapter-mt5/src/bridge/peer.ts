import type { Socket } from 'node:net';
import type { Clock } from '@mikrobot/core';
import { type Envelope, readEnvelope } from '../protocol/envelope.js';
import { LineSplitter } from '../protocol/line-splitter.js';
import type { RefusalReason } from '../protocol/refusals.js';
import { writeLine } from '../protocol/write-line.js';
import { closeSoon } from './close-soon.js';

/** Bytes that may wait for a terminal that does not read: what 16 requests of the longest kind have. */
const WRITE_LIMIT = 1_048_576;
/** Ms that the other side has to read why it is refused. */
const LINGER = 1_000;

/** Whom a {@link Peer} tells. */
export interface PeerListener {
  take(message: Envelope): void;
  /** The connection is over. */
  ended(detail: string): void;
}

/** What a {@link Peer} is made of. */
export interface PeerParts {
  readonly socket: Socket;
  readonly clock: Clock;
  /** Bytes that a line may have at first. */
  readonly lineLimit: number;
  /** Called when it is closed by us, with a reason that was said to the other side. */
  readonly refused: (reason: RefusalReason, detail: string) => void;
}

/** One connection: lines in, lines out, an end. */
export class Peer {
  readonly remote: string;
  /** The account that it says to be of; proven once it is handed to a terminal. */
  account: string | undefined;
  listener: PeerListener | undefined;
  /** When the last whole message came, ms of the clock. */
  heardAt: number;
  readonly #socket: Socket;
  readonly #clock: Clock;
  readonly #lines: LineSplitter;
  readonly #refused: (reason: RefusalReason, detail: string) => void;
  #isOpen = true;

  constructor({ socket, clock, lineLimit, refused }: PeerParts) {
    this.remote = `${socket.remoteAddress ?? '?'}:${socket.remotePort ?? 0}`;
    this.#socket = socket;
    this.#clock = clock;
    this.#refused = refused;
    this.heardAt = clock.now();
    this.#lines = new LineSplitter(lineLimit, (line) => this.#read(line));
    socket.setNoDelay(true);
    socket.on('data', (data) => {
      const fault = this.#isOpen ? this.#lines.push(data) : undefined;
      if (fault !== undefined) this.refuse(fault);
    });
    // What broke is told by `close`, which always follows.
    socket.on('error', () => undefined);
    socket.on('close', () => this.#end('the terminal closed the connection'));
  }

  /** Bytes that a line may have from now on. */
  set lineLimit(bytes: number) {
    this.#lines.limit = bytes;
  }

  /** @returns why nothing was sent; undefined when it was handed to the socket */
  send(t: string, d: object, id?: number): 'LINE_DOWN' | 'BUSY' | 'TOO_LONG' | undefined {
    if (!this.#isOpen) return 'LINE_DOWN';
    const line = writeLine({ t, id, ts: this.#clock.now(), d });
    if (line === undefined) return 'TOO_LONG';
    if (this.#socket.writableLength + line.length > WRITE_LIMIT) return 'BUSY';
    this.#socket.write(line);
    return undefined;
  }

  /** Says why, and closes. Lines that come meanwhile are thrown away. */
  refuse(reason: RefusalReason, detail = ''): void {
    if (!this.#isOpen) return;
    this.send('bye', { code: reason, detail });
    this.#end(detail === '' ? reason : `${reason}: ${detail}`);
    this.#refused(reason, detail);
    // Closing at once while lines come in would reset the connection, and the reason would never be read.
    this.#socket.end();
    const disarm = this.#clock.arm(`mt5 linger ${this.remote}`, this.#clock.now() + LINGER, () =>
      this.#socket.destroy(),
    );
    this.#socket.once('close', disarm);
  }

  /** Takes leave, and closes as soon as that has left. */
  leave(): void {
    if (!this.#isOpen) return;
    this.send('bye', { code: 'CLOSING' satisfies RefusalReason, detail: '' });
    this.#end('CLOSING');
    closeSoon(this.#socket);
  }

  /** Closes at once, without a word. */
  hangUp(detail: string): void {
    this.#end(detail);
    this.#socket.destroy();
  }

  #read(line: string): boolean {
    const message = readEnvelope(line);
    if (typeof message === 'string') this.refuse(message);
    else {
      this.heardAt = this.#clock.now();
      this.listener?.take(message);
    }
    return this.#isOpen;
  }

  #end(detail: string): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.listener?.ended(detail);
  }
}
