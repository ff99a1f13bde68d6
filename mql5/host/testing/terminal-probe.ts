import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { type RunningTerminal, startTerminal, type TerminalOptions } from '../run/start-terminal.js';

/** TerminalProbe.mq5 in a terminal, doing what a test asks. */
export interface TerminalProbe {
  readonly terminal: RunningTerminal;
  /** Sends a command. @returns what the program printed for it, without the program's name */
  ask(command: string): Promise<readonly string[]>;
  /** Sends a command whose end the test does not wait for. */
  tell(command: string): void;
  /** The events that the program printed so far. */
  readonly events: readonly string[];
  close(): Promise<void>;
}

const text = (line: string): string => line.slice(line.indexOf('\t') + 1);

/** Starts the probe and waits until it is connected to the test. */
export const startTerminalProbe = async (options: TerminalOptions): Promise<TerminalProbe> => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.setNoDelay(true).on('error', () => undefined));
  });
  const connected = once(server, 'connection');
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  const terminal = await startTerminal({
    ...options,
    inputs: { ...options.inputs, InpPort: port },
    allowUrls: ['127.0.0.1'],
  });
  await terminal.waitFor(/ready/);
  const [socket] = (await connected) as [Socket];
  let asked = 0;
  const send = (command: string): number => {
    asked += 1;
    socket.write(`${asked} ${command}\n`);
    return asked;
  };
  return {
    terminal,
    tell: (command) => void send(command),
    async ask(command) {
      const number = send(command);
      await terminal.waitFor(new RegExp(`\\tdone ${number}$`));
      const lines = terminal.lines.map(text);
      return lines.slice(lines.indexOf(`begin ${number}`) + 1, lines.indexOf(`done ${number}`));
    },
    get events() {
      return terminal.lines
        .map(text)
        .filter((line) => line.startsWith('event '))
        .map((line) => line.slice('event '.length));
    },
    async close() {
      await terminal.stop();
      for (const each of sockets) each.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
