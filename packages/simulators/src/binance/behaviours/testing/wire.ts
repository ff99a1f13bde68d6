import { WebSocket } from 'ws';
import { at, type Json } from './json.js';
import type { Key } from './signer.js';

/** One WebSocket whose messages wait until they are asked for. */
export class Wire {
  readonly #socket: WebSocket;
  readonly #inbox: Json[] = [];
  readonly #waiting: { readonly wanted: (json: Json) => boolean; readonly give: (json: Json) => void }[] = [];
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
  /** Resolves when the venue sends its first ping. */
  readonly pinged: Promise<void>;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    this.pinged = new Promise((resolve) => socket.once('ping', () => resolve()));
    socket.on('message', (data) => this.#take(JSON.parse(String(data))));
    socket.on('error', () => undefined);
  }

  static open(url: string): Promise<Wire> {
    const socket = new WebSocket(url);
    const wire = new Wire(socket);
    return new Promise((resolve, reject) => {
      socket.once('open', () => resolve(wire));
      socket.once('error', reject);
    });
  }

  send(message: Json | string): void {
    this.#socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** The first message not yet taken that is wanted; waits for it. */
  next(wanted: (json: Json) => boolean = () => true): Promise<Json> {
    const index = this.#inbox.findIndex(wanted);
    if (index >= 0) return Promise.resolve(this.#inbox.splice(index, 1)[0] as Json);
    return new Promise((give) => this.#waiting.push({ wanted, give }));
  }

  /** The next event of a type, unwrapped from its subscription or stream. */
  async event(type: string): Promise<Json> {
    const message = await this.next((json) => at(unwrapped(json), 'e') === type);
    return unwrapped(message);
  }

  /** Types of the events that came and were not taken, in their order. */
  get untaken(): string[] {
    return this.#inbox.map((json) => String(at(unwrapped(json), 'e')));
  }

  /** Sends a request and waits for the answer with its id. */
  ask(request: { readonly [name: string]: Json }): Promise<Json> {
    this.send(request);
    return this.next((json) => at(json, 'id') === request.id);
  }

  close(): void {
    this.#socket.terminate();
  }

  #take(json: Json): void {
    const index = this.#waiting.findIndex(({ wanted }) => wanted(json));
    if (index < 0) this.#inbox.push(json);
    else this.#waiting.splice(index, 1)[0]?.give(json);
  }
}

const unwrapped = (json: Json): Json => at(json, 'event') ?? at(json, 'data') ?? json;

/** Parameters of a signed WebSocket API request: sorted by name, signed as they stand. */
export function signedParams(
  key: Key,
  params: Readonly<Record<string, string | number>>,
): Readonly<Record<string, string | number>> {
  const all = { ...params, apiKey: key.apiKey };
  const payload = Object.entries(all)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  return { ...all, signature: key.sign(payload) };
}
