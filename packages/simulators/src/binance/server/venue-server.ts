import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { writeJson } from '../shared/json.js';
import type { BuiltVenue } from './build-venue.js';
import { answerRest } from './rest.js';
import { openerOf } from './sockets.js';

/** Serves both venues on one port of the loopback. */
export class VenueServer {
  /** While on, connections are refused, as by a host that is down. */
  refusing = false;
  readonly #spot: BuiltVenue | undefined;
  readonly #futures: BuiltVenue | undefined;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #upgrade = new WebSocketServer({ noServer: true, autoPong: false });
  readonly #failures: unknown[];
  readonly #onRefused: () => void;

  constructor(parts: {
    readonly spot: BuiltVenue | undefined;
    readonly futures: BuiltVenue | undefined;
    readonly failures: unknown[];
    readonly onRefused: () => void;
  }) {
    this.#spot = parts.spot;
    this.#futures = parts.futures;
    this.#failures = parts.failures;
    this.#onRefused = parts.onRefused;
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error) => {
        this.#failures.push(error);
        response.destroy();
      });
    });
    this.#server.on('connection', (socket) => this.#take(socket));
    this.#server.on('upgrade', (request, socket, head) => this.#open(request, socket, head));
  }

  /** @returns the port */
  async listen(port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', resolve);
    });
    return (this.#server.address() as AddressInfo).port;
  }

  /** How many connections are open, of all kinds. */
  get connections(): number {
    return this.#sockets.size;
  }

  /** Breaks all connections. */
  drop(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.drop();
    await closed;
  }

  #take(socket: Socket): void {
    if (this.refusing) {
      this.#onRefused();
      socket.destroy();
      return;
    }
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
  }

  async #answer(request: IncomingMessage, response: Parameters<typeof answerRest>[2]): Promise<void> {
    const [path = ''] = (request.url ?? '').split('?');
    if (path === '/sapi/v1/system/status') {
      const down = this.#spot?.desk.faults.maintenance === true;
      const status = { status: down ? 1 : 0, msg: down ? 'system_maintenance' : 'normal' };
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(writeJson(status));
      return;
    }
    const venue = path.startsWith('/fapi/') ? this.#futures : this.#spot;
    if (venue === undefined) response.writeHead(404).end();
    else await answerRest(venue, request, response);
  }

  #open(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const found = openerOf(this.#spot, this.#futures, request.url ?? '/');
    if (found === undefined || found.venue.desk.faults.maintenance) {
      found?.venue.desk.faults.count('maintenance');
      const status = found === undefined ? '404 Not Found' : '503 Service Unavailable';
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    this.#upgrade.handleUpgrade(request, socket, head, found.open);
  }
}
