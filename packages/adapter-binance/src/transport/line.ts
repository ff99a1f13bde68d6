import { Backoff, type Clock, type Random } from '@mikrobot/core';
import { EventEmitter } from 'eventemitter3';
import { BinanceLineError } from '../errors.js';
import { Twins } from './twins.js';
import { Wire } from './wire.js';

/** What a {@link Line} tells. */
export interface LineEvents {
  /** Open and prepared. `reconnected`: it was down before, so events may be missing. */
  open: (reconnected: boolean) => void;
  /** A message, and the socket that it came by. */
  message: (text: string, wire: Wire) => void;
  down: (reason: string) => void;
  /** An attempt to connect failed; the next follows. */
  trouble: (error: unknown) => void;
  /** Something was heard, a pong included; at most once a second, at the latest every few seconds while open. */
  alive: () => void;
  /** A socket is gone: what waits for its answers waits in vain. */
  gone: (wire: Wire) => void;
}

/** What a line is made of. Times in ms. */
export interface LineParts {
  readonly url: string | (() => string | Promise<string>);
  readonly clock: Clock;
  readonly random: Random;
  /** Names the line in errors and timers. */
  readonly name: string;
  /** Logs on and subscribes on each new socket before it counts as open. Its answers come as `message`. */
  readonly prepare?: ((wire: Wire) => Promise<void>) | undefined;
  /**
   * What makes an event the same on two sockets; undefined for what is an answer to its own socket and never held back.
   * Default: its text.
   */
  readonly keyOf?: ((text: string) => string | undefined) | undefined;
  /** The longest silence of a living socket. Default 15,000. */
  readonly silence?: number;
  /** Age at which a socket is replaced; the venue closes it at 24 h. Default 23.5 h. */
  readonly lifetime?: number;
  /** How long both sockets run side by side before the new one takes over. Default 1,000. */
  readonly overlap?: number;
}

const HOUR = 3_600_000;
/** Ms for opening and for preparing a socket, each. */
const PATIENCE = 10_000;
/** Events of the old socket are remembered so long after the new one took over, ms: it may run behind. */
const MEMORY = 10_000;
/** A socket is not left by itself before this age, ms. */
const YOUNG = 5_000;

interface Attempt {
  wire: Wire | undefined;
  ready: boolean;
  /** Events that came before it took over. */
  readonly held: string[];
  disarm: () => void;
}

/**
 * One websocket with its life: it connects again by itself with growing pauses and jitter, and a second socket takes over
 * before the venue ends the first, so that nothing is missed and nothing is told twice. There are never more than two sockets.
 */
export class Line extends EventEmitter<LineEvents> {
  readonly #parts: LineParts;
  readonly #backoff: Backoff;
  #current: Wire | undefined;
  #next: Attempt | undefined;
  #twins: Twins | undefined;
  readonly #timers = new Map<'retry' | 'age' | 'memory', () => void>();
  #opened = false;
  #closed = false;
  #sockets = 0;
  /** When the socket took over, epoch ms. */
  #since = 0;
  #told = Number.NEGATIVE_INFINITY;

  constructor(parts: LineParts) {
    super();
    this.#parts = parts;
    // The venue allows 300 attempts in five minutes.
    this.#backoff = new Backoff(parts.clock, parts.random, { first: 250, floor: 0.2 });
  }

  get up(): boolean {
    return this.#current !== undefined;
  }

  /** The socket that requests go by. @throws {@link BinanceLineError} when the line is down */
  get wire(): Wire {
    if (this.#current !== undefined) return this.#current;
    throw new BinanceLineError(`${this.#parts.name} is down.`, false);
  }

  /** Begins to connect, and does so until it is closed. */
  start(): void {
    if (!this.#closed && this.#current === undefined && this.#next === undefined) this.#attempt();
  }

  /** Connects, and closes for good when the first attempt fails. @throws what made it fail, or the signal's reason */
  connect(abort?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const finish = (end: () => void): void => {
        this.off('open', opened).off('trouble', failed);
        abort?.removeEventListener('abort', aborted);
        end();
      };
      const giveUp = (reason: unknown): void => {
        this.close();
        finish(() => reject(reason));
      };
      const opened = (): void => finish(resolve);
      const failed = (error: unknown): void => giveUp(error);
      const aborted = (): void => giveUp(abort?.reason);
      if (abort?.aborted) return reject(abort.reason);
      abort?.addEventListener('abort', aborted);
      this.on('open', opened).on('trouble', failed);
      this.start();
    });
  }

  /** @throws {@link BinanceLineError} when the line is down */
  send(text: string): void {
    this.wire.send(text);
  }

  /** Has a second socket take over from this one, without a gap. Nothing to do while it connects anyway. */
  replace(): void {
    if (this.#current !== undefined && this.#next === undefined) this.#attempt();
  }

  /** Throws the socket away and connects again: what it should have told is lost. */
  reconnect(reason: string): void {
    // One that is about to take over may be as bad: its URL and its subscriptions are as old.
    if (this.#current !== undefined) this.#abandon();
    this.#current?.end(reason);
  }

  /** Closes it for good; nothing is told any more. */
  close(): void {
    this.#closed = true;
    for (const disarm of this.#timers.values()) disarm();
    this.#abandon();
    this.#current?.close();
    this.#current = undefined;
  }

  #attempt(): void {
    this.#cancel('retry');
    const attempt: Attempt = { wire: undefined, ready: false, held: [], disarm: () => undefined };
    this.#next = attempt;
    this.#open(attempt).catch((error: unknown) => this.#fail(attempt, error));
  }

  async #open(attempt: Attempt): Promise<void> {
    const { url, clock, name, silence = 15_000 } = this.#parts;
    const target = typeof url === 'string' ? url : await url();
    if (this.#next !== attempt) return;
    const id = `${name}.${this.#sockets++}`;
    const wire: Wire = new Wire(
      { url: target, clock, id, silence, handshake: PATIENCE },
      {
        onOpen: () => this.#prepare(attempt, wire, id),
        onText: (text) => this.#take(text, wire),
        onHeard: () => this.#heard(wire),
        onGone: (reason, retryAfter) => this.#gone(wire, reason, retryAfter),
      },
    );
    attempt.wire = wire;
  }

  #prepare(attempt: Attempt, wire: Wire, id: string): void {
    const { clock, prepare } = this.#parts;
    // From here on both sockets may carry the same events.
    this.#twins = this.#current === undefined ? undefined : new Twins();
    this.#cancel('memory');
    attempt.disarm = clock.arm(`${id} prepare`, clock.now() + PATIENCE, () =>
      wire.end(`It was not prepared within ${PATIENCE} ms.`),
    );
    // Not in the turn of the socket's event, so that a prepare that throws at once fails like one that fails late.
    Promise.resolve(wire)
      .then(prepare ?? (() => undefined))
      .then(
        () => this.#ready(attempt, wire, id),
        (error: unknown) => this.#fail(attempt, error),
      );
  }

  #ready(attempt: Attempt, wire: Wire, id: string): void {
    if (this.#next !== attempt) return;
    const { clock, overlap = 1_000 } = this.#parts;
    attempt.disarm();
    attempt.ready = true;
    if (this.#current === undefined) {
      this.#promote(attempt, wire);
      return;
    }
    // What the venue sent by the old socket before it subscribed the new one is still on its way.
    attempt.disarm = clock.arm(`${id} overlap`, clock.now() + overlap, () => this.#promote(attempt, wire));
  }

  #promote(attempt: Attempt, wire: Wire): void {
    const { clock, name, random, lifetime = 23.5 * HOUR } = this.#parts;
    const reconnected = this.#opened;
    const old = this.#current;
    this.#next = undefined;
    this.#current = wire;
    this.#opened = true;
    this.#backoff.succeeded();
    this.#since = clock.now();
    // Lines that were opened together shall not be replaced together.
    const age = lifetime * (1 - 0.05 * random());
    this.#arm('age', `${name} age`, age, () => this.replace());
    this.#arm('memory', `${name} memory`, MEMORY, () => {
      this.#twins = undefined;
    });
    if (old === undefined) this.emit('open', reconnected);
    else {
      old.close();
      this.emit('gone', old);
    }
    for (const text of attempt.held) if (this.#current === wire) this.#deliver(text, wire);
  }

  #take(text: string, wire: Wire): void {
    // Both venues announce their end this way, whatever the socket carries.
    if (text.length < 200 && text.includes('"serverShutdown"')) this.#leave(wire);
    const { keyOf = same } = this.#parts;
    const key = keyOf(text);
    if (key === undefined) this.emit('message', text, wire);
    else if (wire === this.#current) this.#deliver(text, wire);
    else if (wire === this.#next?.wire) this.#next.held.push(text);
  }

  /** A server that announces its end to whoever has just come is left when it ends, or sockets would follow each other at once. */
  #leave(wire: Wire): void {
    if (wire === this.#current && this.#parts.clock.now() - this.#since >= YOUNG) this.replace();
  }

  #deliver(text: string, wire: Wire): void {
    const twins = this.#twins;
    if (twins !== undefined) {
      const { keyOf = same } = this.#parts;
      const key = keyOf(text) as string;
      if (this.#next?.wire !== undefined) twins.note(key);
      else if (twins.isTwin(key)) return;
    }
    this.emit('message', text, wire);
  }

  #heard(wire: Wire): void {
    if (wire !== this.#current) return;
    const now = this.#parts.clock.now();
    if (now - this.#told < 1_000) return;
    this.#told = now;
    this.emit('alive');
  }

  #gone(wire: Wire, reason: string, retryAfter: number | undefined): void {
    this.emit('gone', wire);
    const next = this.#next;
    if (next !== undefined && wire === next.wire) {
      this.#fail(next, new BinanceLineError(reason, false), retryAfter);
    }
    if (wire !== this.#current) return;
    this.#current = undefined;
    this.#cancel('age');
    this.emit('down', reason);
    if (this.#closed) return;
    if (next?.ready) {
      next.disarm();
      this.#promote(next, next.wire as Wire);
    } else if (next === undefined) this.#retry(undefined);
  }

  #fail(attempt: Attempt, error: unknown, retryAfter?: number): void {
    if (this.#next !== attempt) return;
    this.#abandon();
    this.#twins = undefined;
    this.#retry(retryAfter);
    this.emit('trouble', error);
  }

  #abandon(): void {
    const attempt = this.#next;
    this.#next = undefined;
    attempt?.disarm();
    if (attempt?.wire === undefined) return;
    attempt.wire.close();
    this.emit('gone', attempt.wire);
  }

  #retry(retryAfter: number | undefined): void {
    const pause = Math.max(retryAfter ?? 0, this.#backoff.next());
    this.#arm('retry', `${this.#parts.name} retry`, pause, () => this.#attempt());
  }

  #arm(timer: 'retry' | 'age' | 'memory', id: string, ms: number, wake: () => void): void {
    this.#cancel(timer);
    const { clock } = this.#parts;
    this.#timers.set(timer, clock.arm(id, clock.now() + ms, wake));
  }

  #cancel(timer: 'retry' | 'age' | 'memory'): void {
    this.#timers.get(timer)?.();
    this.#timers.delete(timer);
  }
}

const same = (text: string): string => text;
