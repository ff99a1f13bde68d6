import type { Clock } from '@mikrobot/core';
import { BinanceError, BinanceLineError } from '../errors.js';
import type { ControlAnswer } from './stream-messages.js';
import type { Wire } from './wire.js';

/** What a {@link ControlChannel} is made of. */
export interface ControlChannelParts {
  readonly wire: Wire;
  readonly clock: Clock;
  /** Names its timers; unique on the clock. */
  readonly name: string;
}

/**
 * The venue drops a connection that sends it more than 5 messages a second, pings and pongs included.
 * Source: web-socket-streams.md, "WebSocket Limits". So there is one each 250 ms at most.
 */
const SPACING = 250;
/** The longest that the venue may take to answer, ms. */
const PATIENCE = 10_000;

interface Asked {
  readonly id: number;
  readonly method: 'SUBSCRIBE' | 'UNSUBSCRIBE';
  readonly streams: readonly string[];
  readonly disarm: () => void;
}

/**
 * Keeps what one socket is subscribed to equal to what is wanted. It knows what the venue has confirmed and asks for the
 * difference, one message at a time; so nothing is subscribed twice, however often and fast wishes change.
 */
export class ControlChannel {
  readonly #parts: ControlChannelParts;
  readonly #onRefused: (error: unknown) => void;
  /** Confirmed by the venue, or asked for and refused: not asked for again on this socket. */
  readonly #settled = new Set<string>();
  #wanted: ReadonlySet<string> = new Set();
  #asked: Asked | undefined;
  #waiting: { readonly resolve: () => void; readonly reject: (error: unknown) => void }[] = [];
  #earliest = 0;
  #disarm: (() => void) | undefined;
  #ids = 1;
  #closed = false;

  constructor(parts: ControlChannelParts, onRefused: (error: unknown) => void) {
    this.#parts = parts;
    this.#onRefused = onRefused;
  }

  /** Says what is wanted from now on. Resolves once it is so. */
  want(streams: Iterable<string>): Promise<void> {
    this.#wanted = new Set(streams);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#next();
    });
  }

  answered({ id, error }: ControlAnswer): void {
    const asked = this.#asked;
    if (asked === undefined || asked.id !== id) return;
    asked.disarm();
    this.#asked = undefined;
    for (const stream of asked.streams) {
      if (asked.method === 'SUBSCRIBE') this.#settled.add(stream);
      else this.#settled.delete(stream);
    }
    if (error !== undefined)
      this.#onRefused(
        new BinanceError(error.code, 400, `${asked.method} ${asked.streams.join(', ')}: ${error.msg}`),
      );
    this.#next();
  }

  /** The socket is gone. */
  close(): void {
    this.#closed = true;
    this.#disarm?.();
    this.#asked?.disarm();
    for (const { reject } of this.#waiting.splice(0))
      reject(new BinanceLineError('The socket is gone.', false));
  }

  #next(): void {
    if (this.#closed || this.#asked !== undefined || this.#disarm !== undefined) return;
    const missing = [...this.#wanted].filter((stream) => !this.#settled.has(stream));
    const surplus = [...this.#settled].filter((stream) => !this.#wanted.has(stream));
    if (missing.length === 0 && surplus.length === 0) {
      for (const { resolve } of this.#waiting.splice(0)) resolve();
      return;
    }
    const { clock, name } = this.#parts;
    const now = clock.now();
    if (now < this.#earliest) {
      this.#disarm = clock.arm(`${name} spacing`, this.#earliest, () => {
        this.#disarm = undefined;
        this.#next();
      });
      return;
    }
    this.#earliest = now + SPACING;
    if (missing.length > 0) this.#ask('SUBSCRIBE', missing);
    else this.#ask('UNSUBSCRIBE', surplus);
  }

  #ask(method: Asked['method'], streams: readonly string[]): void {
    const { wire, clock, name } = this.#parts;
    const id = this.#ids++;
    const disarm = clock.arm(`${name} answer`, clock.now() + PATIENCE, () =>
      wire.end(`${method} had no answer within ${PATIENCE} ms.`),
    );
    this.#asked = { id, method, streams, disarm };
    try {
      wire.send(JSON.stringify({ method, params: streams, id }));
    } catch {
      // It is closing, and this may be a timer's turn, where nobody would catch.
      wire.end('It closed while something was to be said.');
    }
  }
}
