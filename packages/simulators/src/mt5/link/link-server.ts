import { createServer, type Server, type Socket } from 'node:net';
import type { SymbolMarket } from '../market/market.js';
import { lineOf, unescaped } from './fields.js';
import { LineReader } from './line-reader.js';
import { type LinkParts, TerminalSession } from './terminal-session.js';

/** Bytes that may wait for a terminal that does not read; then it is disconnected. */
const BACKLOG = 64 << 20;
const HOST = '127.0.0.1';

/** The door for terminals. */
export class LinkServer {
  readonly #parts: LinkParts;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #sessions = new Map<number, { readonly session: TerminalSession; readonly socket: Socket }>();
  /** While on, whoever connects is cut off at once. */
  refusing = false;
  /** Lines that were not understood. */
  ignored = 0;

  constructor(parts: LinkParts) {
    this.#parts = parts;
    this.#server = createServer((socket) => this.#welcome(socket));
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** Logins of the terminals that are connected. */
  get logins(): readonly number[] {
    return [...this.#sessions.keys()];
  }

  get sessions(): readonly TerminalSession[] {
    return [...this.#sessions.values()].map(({ session }) => session);
  }

  listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, HOST, () => resolve());
    });
  }

  quote(market: SymbolMarket): void {
    for (const { session } of this.#sessions.values()) session.quote(market);
  }

  /** Breaks the connections of a login, or all of them. */
  drop(login?: number): void {
    if (login === undefined) for (const socket of this.#sockets) socket.destroy();
    else this.#sessions.get(login)?.socket.destroy();
    for (const [who, { session }] of this.#sessions)
      if (login === undefined || who === login) {
        session.end();
        this.#sessions.delete(who);
      }
  }

  close(): Promise<void> {
    this.drop();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #welcome(socket: Socket): void {
    // The socket tells of its end by 'close' as well.
    socket.on('error', () => undefined);
    if (this.refusing) {
      socket.destroy();
      return;
    }
    socket.setNoDelay(true);
    this.#sockets.add(socket);
    const write = this.#writer(socket);
    let session: TerminalSession | undefined;
    const reader = new LineReader((line) => {
      const fields = line.split('\t');
      if (socket.destroyed) return;
      if (session === undefined) session = this.#logIn(socket, fields, write);
      else if (!session.take(fields)) this.ignored += 1;
    });
    socket.on('data', (chunk) => {
      if (reader.push(chunk)) return;
      this.ignored += 1;
      socket.destroy();
    });
    socket.on('close', () => {
      this.#sockets.delete(socket);
      session?.end();
      if (session === undefined) return;
      const { login } = session.account.terms;
      if (this.#sessions.get(login)?.session === session) this.#sessions.delete(login);
    });
  }

  #logIn(
    socket: Socket,
    [kind, login = '', password = '']: readonly string[],
    write: (line: string) => void,
  ): TerminalSession | undefined {
    const account = this.#parts.server.accounts.get(Number(login));
    const refuse = (code: string, text: string): undefined => {
      socket.end(lineOf('refused', code, text));
      return undefined;
    };
    if (kind !== 'login') {
      this.ignored += 1;
      return refuse('BAD_LOGIN', 'The first line must be a login.');
    }
    if (account === undefined) return refuse('INVALID_ACCOUNT', 'Invalid account');
    const expected = account.terms.password;
    if (expected !== undefined && expected !== unescaped(password))
      return refuse('INVALID_ACCOUNT', 'Invalid account');
    this.drop(account.terms.login);
    const session = new TerminalSession(account, this.#parts, write);
    this.#sessions.set(account.terms.login, { session, socket });
    return session;
  }

  /** Lines of one turn leave in one piece. */
  #writer(socket: Socket): (line: string) => void {
    let batch: string[] = [];
    const flush = (): void => {
      const piece = batch.join('');
      batch = [];
      if (socket.destroyed || !socket.writable) return;
      if (socket.writableLength > BACKLOG) socket.destroy();
      else socket.write(piece);
    };
    return (line) => {
      batch.push(line);
      if (batch.length === 1) queueMicrotask(flush);
    };
  }
}
