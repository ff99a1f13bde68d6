import type { Clock, Random } from '@mikrobot/core';
import { EventEmitter } from 'eventemitter3';
import { HubLine, type HubLineListener } from './hub-line.js';

/** What a hub tells. */
export interface StreamHubEvents {
  /** A connection is open and its streams are subscribed. `reconnected`: messages may be missing. */
  up: (reconnected: boolean, streams: readonly string[]) => void;
  down: (reason: string, streams: readonly string[]) => void;
  /** A stream said nothing for too long although its connection is open. `since`: epoch ms of its last word. */
  silent: (stream: string, since: number) => void;
  /** A connection failed, a subscription was refused, or a message made no sense. */
  trouble: (error: unknown) => void;
  /** Something was heard from the venue, a pong included; at most once a second by each connection. */
  alive: () => void;
}

/** What a hub is made of. */
export interface StreamHubParts {
  /** Of combined streams, such as `wss://stream.binance.com/stream`. */
  readonly url: string;
  readonly clock: Clock;
  readonly random: Random;
  /** Names it in errors and timers. */
  readonly name: string;
  /** Streams of one connection. Default 200. */
  readonly streamsPerLine?: number;
  /** The longest silence of a living socket, ms. Default 15,000. */
  readonly silence?: number;
  /** Age at which a socket is replaced, ms. Default 23.5 h; the venue closes it at 24 h. */
  readonly lifetime?: number;
}

/**
 * Takes a message of a stream.
 * @param data - the payload, parsed; integers beyond 2^53 are strings of digits
 * @param text - the payload as it came
 */
export type StreamListener = (data: unknown, text: string) => void;

/** How one stream is watched. */
export interface StreamOptions {
  /** Ms without a message after which `silent` is told. Default: not watched. */
  readonly maxSilence?: number;
}

/** Market streams over as few connections as it takes; several listeners of one stream share it. */
export class StreamHub extends EventEmitter<StreamHubEvents> {
  readonly #parts: StreamHubParts;
  readonly #lines = new Set<HubLine>();
  readonly #listener: HubLineListener = {
    onUp: (reconnected, streams) => this.emit('up', reconnected, streams),
    onDown: (reason, streams) => this.emit('down', reason, streams),
    onSilent: (stream, since) => this.emit('silent', stream, since),
    onTrouble: (error) => this.emit('trouble', error),
    onAlive: () => this.emit('alive'),
  };
  #count = 0;
  #closed = false;

  constructor(parts: StreamHubParts) {
    super();
    this.#parts = parts;
  }

  /** Connections that are open or being opened. */
  get connections(): number {
    return this.#lines.size;
  }

  /**
   * Subscribes. It outlives reconnects; messages that come while the line is down are missing, which `up` tells.
   * @param stream - such as `btcusdt@trade`
   * @returns the way to end it
   */
  subscribe(stream: string, listener: StreamListener, options: StreamOptions = {}): () => void {
    if (this.#closed) return () => undefined;
    const line = this.#lineFor(stream);
    const end = line.listen(stream, listener, options.maxSilence);
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      end();
      if (line.empty && this.#lines.delete(line)) line.close();
    };
  }

  /** Closes every connection for good. */
  close(): void {
    this.#closed = true;
    for (const line of this.#lines) line.close();
    this.#lines.clear();
  }

  #lineFor(stream: string): HubLine {
    const { streamsPerLine = 200, name } = this.#parts;
    const lines = [...this.#lines];
    const known = lines.find((line) => line.has(stream)) ?? lines.find((line) => line.size < streamsPerLine);
    if (known !== undefined) return known;
    const line = new HubLine({ ...this.#parts, name: `${name} streams.${this.#count++}` }, this.#listener);
    this.#lines.add(line);
    return line;
  }
}
