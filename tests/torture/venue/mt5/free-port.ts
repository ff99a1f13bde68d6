import { createServer } from 'node:net';

/** Below the ports that systems give to outgoing connections: between two bots nobody else takes it. */
const FIRST = 20_000;
const SPAN = 10_000;

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** A port that the bots of one venue can listen on, one after the other. */
export const freePort = async (): Promise<number> => {
  for (let i = 0; i < SPAN; i++) {
    const port = FIRST + ((process.pid + i) % SPAN);
    if (await isFree(port)) return port;
  }
  throw new Error('No port is free.');
};
