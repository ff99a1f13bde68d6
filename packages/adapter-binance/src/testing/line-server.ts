import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** Ends of the test's wait for a state: it looks again after each turn of the loop in which sockets may speak. */
export const until = async (is: () => boolean): Promise<void> => {
  while (!is()) await new Promise((turn) => setImmediate(turn));
};

/** A websocket server on loopback that counts its connections and remembers what it was told. */
export class LineServer {
  /** Every connection that there ever was, in order. */
  readonly sockets: WebSocket[] = [];
  readonly heard: string[] = [];
  readonly url: string;
  readonly #server: WebSocketServer;
  readonly #answer: (text: string, socket: WebSocket) => void;
  /** The most connections at once. */
  most = 0;

  private constructor(server: WebSocketServer, answer: (text: string, socket: WebSocket) => void) {
    this.#server = server;
    this.url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.#answer = answer;
    server.on('connection', (socket) => {
      this.sockets.push(socket);
      this.most = Math.max(this.most, server.clients.size);
      socket.on('message', (data) => {
        this.heard.push(String(data));
        this.#answer(String(data), socket);
      });
    });
  }

  /** @param answer - what it does with a message */
  static async open(
    answer: (text: string, socket: WebSocket) => void = () => undefined,
    options: { readonly autoPong?: boolean } = {},
  ): Promise<LineServer> {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', ...options });
    await once(server, 'listening');
    return new LineServer(server, answer);
  }

  /** Connections that are open now. */
  get open(): number {
    return this.#server.clients.size;
  }

  /** The youngest connection. */
  get last(): WebSocket {
    return this.sockets.at(-1) as WebSocket;
  }

  close(): void {
    for (const socket of this.#server.clients) socket.terminate();
    this.#server.close();
  }
}
