import { createServer, type Socket } from 'node:net';

/** A trade server that says exactly what a test tells it to. */
export interface ScriptedServer {
  readonly host: string;
  readonly port: number;
  /** Lines that terminals sent, oldest first. */
  readonly heard: readonly string[];
  /** Sends lines to all terminals. */
  say(...lines: readonly string[]): void;
  close(): Promise<void>;
}

/** Each terminal that logs in is told the greeting; nothing else is ever answered. */
export const startScriptedServer = async (greeting: readonly string[]): Promise<ScriptedServer> => {
  const sockets = new Set<Socket>();
  const heard: string[] = [];
  const write = (socket: Socket, lines: readonly string[]) =>
    socket.write(lines.map((line) => `${line}\n`).join(''));
  const server = createServer((socket) => {
    sockets.add(socket);
    let rest = '';
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    socket.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      heard.push(...lines);
      if (lines.some((line) => line.startsWith('login\t'))) write(socket, greeting);
    });
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return {
    host: '127.0.0.1',
    port,
    heard,
    say(...lines) {
      for (const socket of sockets) write(socket, lines);
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
