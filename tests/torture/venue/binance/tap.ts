import { Agent, createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** A request as it came from a bot. */
export interface TappedRequest {
  readonly method: string;
  readonly path: string;
  readonly params: URLSearchParams;
}

/** What the venue said to it. */
export interface TappedAnswer {
  readonly status: number;
  readonly body: string;
}

/** What becomes of a request. */
export interface Fate {
  /** Ms that it travels. */
  readonly travels: number;
  /** What gets lost: the request, its answer, or (`timeout`) the answer, for which the venue's gate says so. */
  readonly lost: 'nothing' | 'request' | 'answer' | 'timeout';
}

/** Whom a {@link Tap} asks and tells. */
export interface TapListener {
  fate(request: TappedRequest): Fate;
  /** The venue answered, whether the bot hears of it or not. */
  answered(request: TappedRequest, answer: TappedAnswer): void;
  /** A bot opened a line on which it hears of its orders. */
  met(): void;
}

/** The venue's own words when it does not know what became of a request: errors.md, -1007; rest-api.md, HTTP return codes 5XX. */
const TIMEOUT: TappedAnswer = {
  status: 503,
  body: '{"code":-1007,"msg":"Timeout waiting for response from backend server. Send status unknown; execution status unknown."}',
};

/** Lines that tell an account's events: a listen key's, and those of the WebSocket API. */
const PRIVATE = /^\/(private|ws-api)/;

/**
 * Stands between the bots and the venue's door. It sees every request as it arrived, whatever the venue or the bot make of it, and
 * loses what is to be lost; it changes nothing.
 */
export class Tap {
  readonly #port: number;
  readonly #listener: TapListener;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  readonly #sockets = new Set<Socket>();
  readonly #private = new Set<Duplex>();

  /** @param port - the venue's */
  constructor(port: number, listener: TapListener) {
    this.#port = port;
    this.#listener = listener;
    this.#server.on('connection', (socket) => {
      socket.setNoDelay(true);
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    this.#server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  /** Whether a bot hears of its orders. */
  get connected(): boolean {
    return this.#private.size > 0;
  }

  /** @returns the port */
  listen(): Promise<number> {
    return new Promise((resolve) => {
      this.#server.listen(0, '127.0.0.1', () => {
        const address = this.#server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  }

  /** Breaks every line of the bots. What is on its way to the venue arrives. */
  hangUp(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://localhost');
    const request = { method: incoming.method ?? '', path: pathname, params: searchParams };
    const { travels, lost } = this.#listener.fate(request);
    if (lost === 'request') return;
    if (travels > 0) await new Promise((resolve) => setTimeout(resolve, travels));
    const answer = await this.#forward(incoming);
    this.#listener.answered(request, answer);
    if (lost === 'answer' || response.destroyed) return;
    const { status, body } = lost === 'timeout' ? TIMEOUT : answer;
    // What was used of the limits is not passed on: the judge asks from the same address.
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(body);
  }

  /** All parameters are in the address. */
  #forward({ method, url, headers }: IncomingMessage): Promise<TappedAnswer> {
    return new Promise((resolve, reject) => {
      const { host: _host, connection: _connection, ...rest } = headers;
      send(
        { host: '127.0.0.1', port: this.#port, agent: this.#agent, method, path: url, headers: rest },
        (answer) => {
          let body = '';
          answer.setEncoding('utf8');
          answer.on('data', (chunk: string) => {
            body += chunk;
          });
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
        },
      )
        .on('error', reject)
        .end();
    });
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const venue = connect({ host: '127.0.0.1', port: this.#port, noDelay: true });
    const lines = [`${request.method} ${request.url} HTTP/1.1`];
    for (let i = 0; i < request.rawHeaders.length; i += 2)
      lines.push(`${request.rawHeaders[i]}: ${request.rawHeaders[i + 1]}`);
    venue.write(`${lines.join('\r\n')}\r\n\r\n`);
    venue.write(head);
    venue.pipe(socket).pipe(venue);
    if (PRIVATE.test(request.url ?? '')) {
      this.#private.add(socket);
      this.#listener.met();
    }
    const end = (): void => {
      this.#private.delete(socket);
      socket.destroy();
      venue.destroy();
    };
    socket.on('error', end).on('close', end);
    venue.on('error', end).on('close', end);
  }
}
