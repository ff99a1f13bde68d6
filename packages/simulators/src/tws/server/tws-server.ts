import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { Door } from './door.js';
import { Line } from './line.js';
import type { ServerParts } from './parts.js';

/** Takes clients on a port of the loopback. */
export class TwsServer {
  /** While on, connections are refused, as by a TWS that is not up. */
  refusing = false;
  readonly #parts: ServerParts;
  readonly #lines = new Set<Line>();
  #server: Server;
  #sequence = 0;

  constructor(parts: ServerParts) {
    this.#parts = parts;
    this.#server = this.#make();
  }

  /** Where it listens. */
  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Connections that are open, also those that have not started. */
  get connections(): number {
    return this.#lines.size;
  }

  async listen(port: number): Promise<void> {
    const server = this.#server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
  }

  /** Listens at another port from now on; connections stay. */
  async move(): Promise<void> {
    const before = this.#server;
    this.#server = this.#make();
    await this.listen(0);
    before.close();
  }

  /** Breaks all connections. */
  drop(): void {
    for (const line of [...this.#lines]) line.break();
  }

  /** The connections that are open. */
  get lines(): readonly Line[] {
    return [...this.#lines];
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.drop();
    await closed;
  }

  #make(): Server {
    return createServer((socket) => this.#take(socket));
  }

  #take(socket: Socket): void {
    if (this.refusing) {
      this.#parts.faults.count('refused-connection');
      socket.on('error', () => undefined);
      socket.resetAndDestroy();
      return;
    }
    const id = `tws-${this.#sequence++}`;
    const line = new Line(socket, this.#parts, id);
    this.#lines.add(line);
    line.onEnd(() => this.#lines.delete(line));
    new Door(line, this.#parts, id);
  }
}
