import type { IncomingMessage } from 'node:http';
import { type Clock, StalenessWatchdog } from '@mikrobot/core';
import { WebSocket } from 'ws';
import { BinanceLineError } from '../errors.js';
import { retryAfterOf } from './answers.js';

/** Whom a {@link Wire} tells. */
export interface WireListener {
  onOpen(): void;
  onText(text: string): void;
  /** Something came, a ping or pong included. */
  onHeard(): void;
  /** The socket is dead; told once, and never after {@link Wire.close}. `retryAfter`: ms, where the venue said so. */
  onGone(reason: string, retryAfter: number | undefined): void;
}

/** What a {@link Wire} is made of. */
export interface WireParts {
  readonly url: string;
  readonly clock: Clock;
  /** Names its timers; unique on the clock. */
  readonly id: string;
  /** The longest silence of a living socket, ms. It is asked by a ping after a third of it. */
  readonly silence: number;
  /** The longest that opening may take, ms. */
  readonly handshake: number;
}

/** A closed socket has so many ms to say goodbye. */
const GOODBYE = 1_000;

/**
 * One websocket from its opening to its end. A half-open one, whose other end is gone without a word, is found by pings: any
 * frame is a sign of life, and after a time without one the socket is torn down.
 */
export class Wire {
  readonly #parts: WireParts;
  readonly #listener: WireListener;
  readonly #socket: WebSocket;
  #disarm: () => void;
  #quiet: StalenessWatchdog | undefined;
  #dead: StalenessWatchdog | undefined;
  #ended = false;

  /** Begins to open it. @throws {@link BinanceLineError} when the URL is none; it is not quoted, as it may hold a listen key */
  constructor(parts: WireParts, listener: WireListener) {
    const { url, clock, id, handshake } = parts;
    this.#parts = parts;
    this.#listener = listener;
    try {
      this.#socket = new WebSocket(url, { perMessageDeflate: false, followRedirects: false });
    } catch {
      throw new BinanceLineError(`${id}: the URL is none of a websocket.`, false);
    }
    this.#disarm = clock.arm(`${id} handshake`, clock.now() + handshake, () =>
      this.end(`It did not open within ${handshake} ms.`),
    );
    this.#socket
      .on('open', () => this.#opened())
      .on('message', (data, isBinary) => this.#said(isBinary ? undefined : String(data)))
      .on('ping', () => this.#heard())
      .on('pong', () => this.#heard())
      .on('unexpected-response', (_request, response) => this.#refused(response))
      .on('error', (error) => this.end(`It broke: ${(error as NodeJS.ErrnoException).code ?? error.name}.`))
      .on('close', (code) => this.end(`The venue closed it with ${code}.`));
  }

  /** @throws {@link BinanceLineError} when it is not open */
  send(text: string): void {
    if (this.#ended || this.#socket.readyState !== WebSocket.OPEN)
      throw new BinanceLineError('The socket is not open.', false);
    this.#socket.send(text);
  }

  /** Tears it down and tells why. */
  end(reason: string, retryAfter?: number): void {
    if (!this.#finish()) return;
    this.#socket.terminate();
    this.#listener.onGone(reason, retryAfter);
  }

  /** Closes it in good manners; nothing is told any more. */
  close(): void {
    if (!this.#finish()) return;
    const { clock, id } = this.#parts;
    this.#socket.close(1000);
    const disarm = clock.arm(`${id} goodbye`, clock.now() + GOODBYE, () => this.#socket.terminate());
    this.#socket.once('close', disarm);
  }

  #opened(): void {
    if (this.#ended) return;
    const { clock, id, silence } = this.#parts;
    this.#disarm();
    const onVoice = (): void => undefined;
    this.#quiet = new StalenessWatchdog({
      id: `${id} quiet`,
      clock,
      maxSilence: silence / 3,
      onSilent: () => this.#socket.ping(),
      onVoice,
    });
    this.#dead = new StalenessWatchdog({
      id: `${id} silence`,
      clock,
      maxSilence: silence,
      onSilent: () => this.end(`Nothing was heard for ${silence} ms.`),
      onVoice,
    });
    this.#listener.onOpen();
  }

  /** Binary frames are not asked for; they only show that somebody is there. */
  #said(text: string | undefined): void {
    if (this.#ended) return;
    this.#heard();
    if (text !== undefined) this.#listener.onText(text);
  }

  #heard(): void {
    if (this.#ended) return;
    const now = this.#parts.clock.now();
    this.#quiet?.heard(now);
    this.#dead?.heard(now);
    this.#listener.onHeard();
  }

  #refused(response: IncomingMessage): void {
    const { statusCode = 0, headers } = response;
    response.destroy();
    this.end(
      `The venue refused it with the status ${statusCode}.`,
      retryAfterOf(headers['retry-after'], this.#parts.clock.now()),
    );
  }

  #finish(): boolean {
    if (this.#ended) return false;
    this.#ended = true;
    this.#disarm();
    this.#quiet?.stop();
    this.#dead?.stop();
    return true;
  }
}
