import { createServer, type Server, type Socket } from 'node:net';
import { MikroBotError } from '@mikrobot/core';
import { closeSoon } from './close-soon.js';

/** A TCP server that is there while somebody needs it, always at the same port. */
export class Listening {
  readonly #host: string;
  readonly #serve: (socket: Socket) => void;
  readonly #sockets = new Set<Socket>();
  #port: number;
  #server: Server | undefined;
  #users = 0;
  /** Starts and stops one after the other. */
  #work: Promise<void> = Promise.resolve();

  constructor(host: string, port: number, serve: (socket: Socket) => void) {
    this.#host = host;
    this.#port = port;
    this.#serve = serve;
  }

  /** Where it listens, or did; undefined before a port is known. */
  get port(): number | undefined {
    return this.#port === 0 ? undefined : this.#port;
  }

  /** Connections that are there. */
  get size(): number {
    return this.#sockets.size;
  }

  /** @throws `MikroBotError` `PREFLIGHT_FAILED` when it cannot listen */
  async use(): Promise<void> {
    this.#users += 1;
    try {
      await this.#adjust();
    } catch (error) {
      await this.release();
      throw error;
    }
  }

  async release(): Promise<void> {
    this.#users -= 1;
    await this.#adjust();
  }

  #adjust(): Promise<void> {
    const work = this.#work.then(() => {
      if (this.#users > 0 && this.#server === undefined) return this.#start();
      return this.#users === 0 && this.#server !== undefined ? this.#stop(this.#server) : undefined;
    });
    this.#work = work.catch(() => undefined);
    return work;
  }

  #start(): Promise<void> {
    return new Promise((resolve, reject) => {
      const server = createServer((socket) => {
        this.#sockets.add(socket);
        socket.once('close', () => this.#sockets.delete(socket));
        this.#serve(socket);
      });
      server.once('error', (cause) =>
        reject(
          new MikroBotError('PREFLIGHT_FAILED', `it cannot listen at ${this.#host}:${this.#port}.`, {
            where: 'mt5Bridge',
            hint: 'Is another program there? One bridge serves many accounts.',
            cause,
          }),
        ),
      );
      server.listen(this.#port, this.#host, () => {
        // A connection that could not be accepted comes again.
        server.on('error', () => undefined);
        this.#server = server;
        this.#port = (server.address() as { readonly port: number }).port;
        resolve();
      });
    });
  }

  #stop(server: Server): Promise<void> {
    this.#server = undefined;
    for (const socket of this.#sockets) closeSoon(socket);
    return new Promise((resolve) => server.close(() => resolve()));
  }
}
