import type { Clock, Random } from '@mikrobot/core';
import { EventEmitter } from 'eventemitter3';
import { BinanceError, BinanceLineError } from '../errors.js';
import type { Budget, Ticket } from './budget.js';
import { countsOfLimits } from './headers.js';
import type { KeyRing } from './keys.js';
import { Line } from './line.js';
import { signedParams } from './signing.js';
import { UserSubscription } from './user-subscription.js';
import type { VenueTime } from './venue-time.js';
import type { Wire } from './wire.js';
import { eventKey, readText, type WsAnswer, type WsText } from './ws-messages.js';

/** What the WebSocket API tells. */
export interface WsApiEvents {
  /** An event of the user stream, unwrapped from `{subscriptionId, event}`; integers beyond 2^53 are strings of digits. */
  event: (payload: Readonly<Record<string, unknown>>) => void;
  /** Open, and user data subscribed. `reconnected`: events may be missing. */
  up: (reconnected: boolean) => void;
  down: (reason: string) => void;
  /** Something was heard from the venue; at most once a second, at the latest every few seconds while up. */
  alive: () => void;
  /** A message made no sense: it may have been an event. */
  garbled: () => void;
  /** An attempt to connect or subscribe failed, or a message made no sense. */
  trouble: (error: unknown) => void;
}

/** What the WebSocket API is made of. */
export interface WsApiParts {
  /** Such as `wss://ws-api.binance.com/ws-api/v3`. */
  readonly url: string;
  readonly keys: KeyRing;
  readonly clock: Clock;
  readonly random: Random;
  /** Ms. */
  readonly recvWindow: number;
  /** Names it in errors and timers. */
  readonly name: string;
  /** Of the REST client: address and account are the same. */
  readonly budget: Budget;
  /** Of the REST client. */
  readonly time: VenueTime;
  /** Ms between two looks whether the user stream is still subscribed. Default 30,000. */
  readonly lookEvery?: number;
  /** The longest silence of a living socket, ms. Default 15,000. */
  readonly silence?: number;
  /** Age at which the socket is replaced, ms. Default 23.5 h; the venue closes it at 24 h. */
  readonly lifetime?: number;
}

interface Pending {
  readonly wire: Wire;
  readonly settle: (answer: WsAnswer) => void;
  readonly fail: (error: unknown) => void;
}

/** Ms that a request waits for its answer. */
const PATIENCE = 10_000;

/**
 * The WebSocket API of spot, for the user stream that it carries: orders go by REST, where none waits behind another. User data is
 * subscribed on each new socket before it counts as up, so that no order is placed whose fills would not be heard; and it is looked after
 * while it says nothing.
 */
export class WsApi extends EventEmitter<WsApiEvents> {
  readonly #parts: WsApiParts;
  readonly #line: Line;
  readonly #user: UserSubscription;
  readonly #pending = new Map<number, Pending>();
  #read: { readonly text: string; readonly is: WsText } | undefined;
  #ids = 0;

  constructor(parts: WsApiParts) {
    super();
    const { url, clock, random, name, silence, lifetime } = parts;
    this.#parts = parts;
    this.#user = new UserSubscription({
      ...parts,
      ask: (wire, method) => this.#request(wire, method),
    });
    this.#line = new Line({
      url,
      clock,
      random,
      name,
      ...(silence !== undefined && { silence }),
      ...(lifetime !== undefined && { lifetime }),
      prepare: (wire) => this.#prepare(wire),
      keyOf: (text) => eventKey(this.#understand(text), text),
    });
    this.#line
      .on('open', (reconnected) => this.#opened(reconnected))
      .on('message', (text, wire) => this.#take(this.#understand(text), wire))
      .on('down', (reason) => this.#fell(reason))
      .on('gone', (wire) => this.#lost(wire))
      .on('alive', () => this.emit('alive'))
      .on('trouble', (error) => this.emit('trouble', error));
  }

  /** Whether user data is subscribed. */
  get up(): boolean {
    return this.#line.up;
  }

  /**
   * Resolves once it is open and user data is subscribed; from then on it reconnects by itself.
   * @throws what made the first attempt fail; it is closed then
   */
  connect(abort?: AbortSignal): Promise<void> {
    return this.#line.connect(abort);
  }

  /** Throws the socket away and connects again, for a user stream that is found silent: `down`, later `up(true)`. */
  renew(reason: string): void {
    this.#line.reconnect(reason);
  }

  /** Closes it for good. What is under way fails with its outcome open. */
  close(): void {
    this.#user.stop();
    this.#line.close();
    for (const { wire } of this.#pending.values()) this.#lost(wire);
  }

  async #prepare(wire: Wire): Promise<void> {
    // A connection costs weight as well. Source: web-socket-api.md, "IP limits".
    this.#parts.budget.spend(2);
    await this.#user.subscribe(wire);
  }

  /** Not through the gate of REST: what belongs to the line itself shall not wait behind orders and reads. */
  async #request(wire: Wire, method: string): Promise<unknown> {
    const { keys, recvWindow, time, budget, clock, name } = this.#parts;
    const signed = method.endsWith('.signature');
    const params = signed ? signedParams({}, keys, time.now(), recvWindow) : undefined;
    const patience = new AbortController();
    const disarm = clock.arm(`${name} request.${this.#ids}`, clock.now() + PATIENCE, () =>
      patience.abort(new BinanceLineError(`${method} had no answer within ${PATIENCE} ms.`, true)),
    );
    const ticket = budget.reserve(2);
    try {
      return resultOf(await this.#ask(wire, { method, params }, ticket, patience.signal));
    } catch (error) {
      if (error instanceof BinanceError) {
        budget.heed(error);
        if (error.code === -1021) await time.sync().catch(() => undefined);
      }
      throw error;
    } finally {
      disarm();
      ticket.end();
    }
  }

  #ask(wire: Wire, request: object, ticket: Ticket, abort: AbortSignal): Promise<WsAnswer> {
    const id = this.#ids++;
    return new Promise<WsAnswer>((resolve, reject) => {
      const give = (): void => fail(abort.reason);
      const done = (): void => {
        this.#pending.delete(id);
        abort.removeEventListener('abort', give);
      };
      const fail = (error: unknown): void => {
        done();
        reject(error);
      };
      const settle = (answer: WsAnswer): void => {
        done();
        ticket.end(countsOfLimits(answer.rateLimits));
        this.#parts.budget.learn(answer.rateLimits);
        resolve(answer);
      };
      wire.send(JSON.stringify({ id, ...request }));
      this.#pending.set(id, { wire, settle, fail });
      abort.addEventListener('abort', give, { once: true });
    });
  }

  /** The line asks for the same text twice: for its key, and to have it taken. */
  #understand(text: string): WsText {
    if (this.#read?.text !== text) this.#read = { text, is: readText(text) };
    return this.#read.is;
  }

  #take(message: WsText, wire: Wire): void {
    if (message.kind === 'answer') this.#pending.get(message.answer.id)?.settle(message.answer);
    else if (message.kind === 'event') this.#hear(message, wire);
    else {
      this.emit('trouble', new BinanceLineError('A message makes no sense.', true));
      this.emit('garbled');
    }
  }

  #hear({ subscription, event }: WsText & { readonly kind: 'event' }, wire: Wire): void {
    this.emit('event', event);
    if (event.e === 'eventStreamTerminated') this.#user.terminated(wire, subscription);
  }

  #opened(reconnected: boolean): void {
    this.#watch();
    this.emit('up', reconnected);
  }

  /** The socket lives, but the user stream on it does not: subscribed again, and told as what it is, a gap. */
  #watch(): void {
    this.#user.watch(() => this.#line.wire, {
      onLost: (reason) => this.emit('down', reason),
      onBack: () => this.emit('up', true),
      onDeaf: (wire, reason) => wire.end(reason),
    });
  }

  #fell(reason: string): void {
    this.#user.stop();
    this.emit('down', reason);
  }

  #lost(wire: Wire): void {
    for (const pending of [...this.#pending.values()])
      if (pending.wire === wire)
        pending.fail(new BinanceLineError('The line broke before the answer.', true));
  }
}

const resultOf = ({ status, result, error }: WsAnswer): unknown => {
  if (error === undefined && status >= 200 && status < 300) return result;
  const { code, msg, data, retryAfter } = error ?? { code: 0, msg: `The answer has the status ${status}.` };
  throw new BinanceError(code, status, msg, { data, retryAfter });
};
