import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What came over the wire. */
export interface Posted {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A webhook of a test on loopback. */
export interface Webhook {
  readonly url: string;
  readonly posted: readonly Posted[];
  close(): Promise<void>;
}

/** How a request is answered: with a status, or by a connection that breaks. */
export type Answer = number | 'hang up';

/** Starts a webhook that gives these answers in turn, and 202 when they are used up. */
export const openWebhook = async (answers: readonly Answer[] = []): Promise<Webhook> => {
  const posted: Posted[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      const answer = answers[posted.length] ?? 202;
      const { method, url: path, headers } = request;
      posted.push({ method, path, headers, body: Buffer.concat(parts).toString() });
      if (answer === 'hang up') request.socket.destroy();
      else response.writeHead(answer, { 'content-type': 'application/json' }).end(`{"n":${posted.length}}`);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api/v1/pure-signal/`,
    posted,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
