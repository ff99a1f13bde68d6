import { writeJson } from '../shared/json.js';
import type { Line } from './lines.js';
import { type StreamAnswer, streamCommand } from './stream-commands.js';
import type { Venue } from './venue.js';
import { plainParams, readWsRequest, type WsRequest } from './ws-json.js';

/** A single connection can listen to so many streams (web-socket-streams.md, "WebSocket Limits"). */
const MOST_STREAMS = 1_024;

/** What a stream connection is opened with. */
export interface StreamOptions {
  readonly streams: readonly string[];
  /** Whether payloads are wrapped with the name of their stream. */
  readonly combined: boolean;
  /** Which streams reach this connection; others are taken and stay silent. */
  readonly carries: (stream: string) => boolean;
}

/** A connection that streams are subscribed on. */
export class StreamLine {
  combined: boolean;
  readonly #venue: Venue;
  readonly #line: Line;
  readonly #carries: (stream: string) => boolean;
  readonly #streams = new Set<string>();
  #second = 0;
  #frames = 0;

  constructor(venue: Venue, line: Line, options: StreamOptions) {
    this.#venue = venue;
    this.#line = line;
    this.combined = options.combined;
    this.#carries = options.carries;
    this.subscribe(options.streams);
    line.onText((text) => line.send(writeJson(this.#answer(text))));
    line.onFrame(() => this.#count());
    line.onNotice(() => this.shutdown());
    const unlisten = venue.users.onShutdown(() => this.shutdown());
    line.onClose(() => {
      unlisten();
      this.unsubscribe([...this.#streams]);
    });
  }

  /** Names of what is subscribed. */
  get streams(): readonly string[] {
    return [...this.#streams];
  }

  /** Adds streams. Returns false when they would be too many; then none is added. */
  subscribe(streams: readonly string[]): boolean {
    if (new Set([...this.#streams, ...streams]).size > MOST_STREAMS) return false;
    for (const stream of streams) {
      this.#streams.add(stream);
      if (this.#carries(stream)) this.#venue.streams.listen(stream, this.#tell);
    }
    return true;
  }

  unsubscribe(streams: readonly string[]): void {
    for (const stream of streams) {
      this.#streams.delete(stream);
      this.#venue.streams.unlisten(stream, this.#tell);
    }
  }

  /** Says that the server is about to shut down, as spot does. */
  shutdown(): void {
    if (this.#venue.style.name !== 'spot') return;
    this.#tell('!serverShutdown', writeJson({ e: 'serverShutdown', E: Math.floor(this.#venue.now()) }));
  }

  readonly #tell = (stream: string, payload: string): void => {
    this.#line.send(this.combined ? `{"stream":${JSON.stringify(stream)},"data":${payload}}` : payload);
  };

  #answer(text: string): StreamAnswer {
    let request: WsRequest;
    try {
      request = readWsRequest(text);
    } catch {
      return { code: 3, msg: 'Invalid JSON: expected value at line 1 column 1' };
    }
    return streamCommand(this, { ...request, params: plainParams(request.params) });
  }

  /** A connection that sends more messages in a second than it may is cut. */
  #count(): void {
    const second = Math.floor(this.#venue.clock.now() / 1_000);
    this.#frames = second === this.#second ? this.#frames + 1 : 1;
    this.#second = second;
    if (this.#frames > this.#venue.style.messages) this.#line.close(1008, 'Too many requests');
  }
}
