import type { Clock, Random } from '@mikrobot/core';
import { EventEmitter } from 'eventemitter3';
import { BinanceError } from '../errors.js';
import { Line } from '../transport/line.js';
import { parseLossless } from '../transport/lossless-json.js';
import type { RestClient } from '../transport/rest-client.js';
import { listenKeySchema } from './wire.js';

const LISTEN_KEY = '/fapi/v1/listenKey';
/** The venue's advice: a key lives for 60 minutes, so one call in between may fail. */
const KEEP_ALIVE = 30 * 60_000;
/** After a keep-alive that failed. */
const TRY_AGAIN = 60_000;
const NO_SUCH_KEY = -1125;

/** An event of the venue, as it was parsed. */
export type UserPayload = Readonly<Record<string, unknown>>;

/** What a user stream tells. */
export interface UserStreamEvents {
  event: (payload: UserPayload) => void;
  /** Open, with a listen key that works. `reconnected`: events may be missing. */
  up: (reconnected: boolean) => void;
  down: (reason: string) => void;
  /** Something was heard from the venue, a pong included. */
  alive: () => void;
  /** A message cannot be read: what it told is lost. */
  garbled: () => void;
  /** A message that cannot be read, or a call that failed; it goes on by itself. */
  trouble: (error: unknown) => void;
}

/** What a user stream is made of. */
export interface UserStreamParts {
  readonly rest: RestClient;
  /** Before `/private`. */
  readonly streams: string;
  readonly clock: Clock;
  readonly random: Random;
}

/**
 * The private events of a futures account: one line whose address is a listen key. Every connection asks for the key anew, which
 * the venue answers with the one that lives (and prolongs) or with another one: so an expired key is never waited on.
 */
export class UserStream extends EventEmitter<UserStreamEvents> {
  readonly #parts: UserStreamParts;
  readonly #line: Line;
  #key = '';
  #stopKeeping: (() => void) | undefined;
  #closed = false;

  constructor(parts: UserStreamParts) {
    super();
    const { streams, clock, random } = parts;
    this.#parts = parts;
    this.#line = new Line({
      url: async () => `${streams}/private/ws/${await this.#askForKey()}`,
      clock,
      random,
      name: 'binance futures user stream',
    });
    this.#line.on('open', (reconnected) => {
      this.#keepAliveIn(KEEP_ALIVE);
      this.emit('up', reconnected);
    });
    this.#line.on('down', (reason) => this.emit('down', reason));
    this.#line.on('message', (text) => this.#message(text));
    this.#line.on('alive', () => this.emit('alive'));
    this.#line.on('trouble', (error) => this.emit('trouble', error));
  }

  /** Resolves when events arrive. Rejects when the first attempt fails; from then on it reconnects by itself. */
  connect(abort: AbortSignal): Promise<void> {
    return this.#line.connect(abort);
  }

  /** Whether events arrive. */
  get up(): boolean {
    return this.#line.up;
  }

  /** The stream is silent although it must not be: it is opened anew. */
  renew(reason: string): void {
    this.#drop(reason);
  }

  close(): void {
    this.#closed = true;
    this.#stopKeeping?.();
    // The key is left to die: it is one for the whole account, and another bot may listen by it.
    this.#line.close();
  }

  /** Ends the socket, so that the line connects anew and tells that events are missing. */
  #drop(reason: string): void {
    if (!this.#closed && this.#line.up) this.#line.reconnect(reason);
  }

  async #askForKey(): Promise<string> {
    const answer = await this.#parts.rest.request({
      method: 'POST',
      path: LISTEN_KEY,
      security: 'key',
      weight: 1,
      // The line has its own pauses; without it nothing of the account is known.
      priority: 'critical',
    });
    this.#key = listenKeySchema.parse(answer).listenKey;
    return this.#key;
  }

  #keepAliveIn(ms: number): void {
    this.#stopKeeping?.();
    if (this.#closed) return;
    const { clock } = this.#parts;
    this.#stopKeeping = clock.arm(
      'binance futures keep-alive',
      clock.now() + ms,
      () => void this.#keepAlive(),
    );
  }

  async #keepAlive(): Promise<void> {
    try {
      await this.#parts.rest.request({ method: 'PUT', path: LISTEN_KEY, security: 'key', weight: 1 });
      this.#keepAliveIn(KEEP_ALIVE);
    } catch (error) {
      if (this.#closed) return;
      this.emit('trouble', error);
      this.#keepAliveIn(TRY_AGAIN);
      if (error instanceof BinanceError && error.code === NO_SUCH_KEY) this.#drop('the listen key is dead');
    }
  }

  #message(text: string): void {
    let payload: UserPayload;
    try {
      payload = payloadOf(parseLossless(text));
    } catch (error) {
      this.emit('trouble', error);
      this.emit('garbled');
      return;
    }
    if (payload.e !== 'listenKeyExpired') this.emit('event', payload);
    // It may come twice, and the second copy when a new key is in use already.
    else if (payload.listenKey === undefined || payload.listenKey === this.#key)
      this.#drop('the listen key expired');
  }
}

/** Combined streams wrap a payload as `{stream, data}`. */
const payloadOf = (message: unknown): UserPayload => {
  if (typeof message !== 'object' || message === null)
    throw new Error('a message of the user stream is no object');
  const { data, stream } = message as UserPayload;
  return (typeof stream === 'string' && typeof data === 'object' ? data : message) as UserPayload;
};
