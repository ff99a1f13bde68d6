import type { Clock, Random } from '@mikrobot/core';
import { EventEmitter } from 'eventemitter3';

/** What a hub tells. */
export interface StreamHubEvents {
  /** A line is open and its streams are subscribed. `reconnected`: messages may be missing. */
  up: (reconnected: boolean, streams: readonly string[]) => void;
  down: (reason: string, streams: readonly string[]) => void;
  /** A stream said nothing for too long although its line is open. */
  silent: (stream: string, since: number) => void;
  /** The venue refused a subscription, or a connection failed. */
  trouble: (error: unknown) => void;
  /** Something was heard from the venue, a pong included. */
  alive: () => void;
}

/** What a hub is made of. */
export interface StreamHubParts {
  /** Of combined streams, such as `wss://stream.binance.com/stream`. */
  readonly url: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly name: string;
  /** Streams of one connection. Default 200. */
  readonly streamsPerLine?: number;
}

/** @param data - the payload, parsed; integers beyond 2^53 are strings of digits. @param text - the payload as it came */
export type StreamListener = (data: unknown, text: string) => void;

/** How one stream is watched. */
export interface StreamOptions {
  /** Ms without a message after which `silent` is told. Default: not watched. */
  readonly maxSilence?: number;
}

/** Market streams over as few connections as it takes. */
export class StreamHub extends EventEmitter<StreamHubEvents> {
  constructor(_parts: StreamHubParts) {
    super();
  }
  /** @returns the way to end it */
  subscribe(_stream: string, _listener: StreamListener, _options?: StreamOptions): () => void {
    throw new Error('being written');
  }
  close(): void {}
}
