import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a test answers: a status, headers and a body; or it handles the response itself. */
export type Answer =
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | ((request: IncomingMessage, response: ServerResponse) => void);

/** An HTTP server on loopback that answers as the test says, request by request, and remembers what it was asked. */
export class RestServer {
  readonly asked: { readonly method: string; readonly url: URL; readonly key: string | undefined }[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** @param answer - by the number of the request, from 0, and its URL */
  static async open(answer: (n: number, url: URL) => Answer): Promise<RestServer> {
    const http = createServer((request, response) => {
      const url = new URL(request.url as string, 'http://venue');
      const given = answer(server.asked.length, url);
      const key = request.headers['x-mbx-apikey'];
      server.asked.push({ method: request.method as string, url, key: key as string | undefined });
      if (typeof given === 'function') given(request, response);
      else response.writeHead(given.status ?? 200, given.headers).end(given.body);
    });
    const server = new RestServer(http);
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** How often a path was asked. */
  count(path: string): number {
    return this.asked.filter(({ url }) => url.pathname === path).length;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
