import { connect, type Socket } from 'node:net';

/** A line of the link, as its fields. */
export type Line = readonly string[];

/** What a test asks for; what is left out is empty on the wire. */
export interface Asked {
  readonly action?: number;
  readonly magic?: number | string;
  readonly order?: number;
  readonly symbol?: string;
  readonly volume?: number | string;
  readonly price?: number;
  readonly stoplimit?: number;
  readonly sl?: number;
  readonly tp?: number;
  readonly deviation?: number;
  readonly type?: number;
  readonly type_filling?: number;
  readonly type_time?: number;
  readonly expiration?: number;
  readonly comment?: string;
  readonly position?: number;
  readonly position_by?: number;
}

/** The answer to a request, by the names of MqlTradeResult. */
export interface Result {
  readonly retcode: number;
  readonly deal: number;
  readonly order: number;
  readonly volume: number;
  readonly price: number;
  readonly bid: number;
  readonly ask: number;
  readonly comment: string;
}

const order = [
  'action',
  'magic',
  'order',
  'symbol',
  'volume',
  'price',
  'stoplimit',
  'sl',
  'tp',
  'deviation',
  'type',
  'type_filling',
  'type_time',
  'expiration',
  'comment',
  'position',
  'position_by',
] as const;

/** Speaks the terminal link line by line, with no code of the simulator. */
export class RawTerminal {
  /** Everything that came. */
  readonly lines: Line[] = [];
  /** Resolves when the connection has gone. */
  readonly closed: Promise<void>;
  readonly #socket: Socket;
  readonly #waiting = new Set<() => void>();
  #rest = '';
  #requestId = 0;
  #ping = 0;
  #isClosed = false;

  constructor(port: number) {
    this.#socket = connect(port, '127.0.0.1');
    this.#socket.setEncoding('utf8');
    this.#socket.on('error', () => undefined);
    this.#socket.on('data', (text: string) => this.#hear(text));
    this.closed = new Promise((resolve) => {
      this.#socket.on('close', () => {
        this.#isClosed = true;
        for (const look of this.#waiting) look();
        resolve();
      });
    });
  }

  /** A terminal that has logged in and was told everything. */
  static async logIn(port: number, login = 5_000_001, password = ''): Promise<RawTerminal> {
    const terminal = new RawTerminal(port);
    terminal.write('login', login, password, 4000);
    await terminal.waitFor(([kind]) => kind === 'synced' || kind === 'refused');
    return terminal;
  }

  write(...fields: readonly (string | number)[]): void {
    this.#socket.write(`${fields.join('\t')}\n`);
  }

  writeRaw(text: string | Buffer): void {
    this.#socket.write(text);
  }

  /** The first line from an index on that fits. Rejects when the connection ends before. */
  waitFor(fits: (line: Line) => boolean, from = 0): Promise<Line> {
    return new Promise((resolve, reject) => {
      let at = from;
      const look = (): void => {
        for (; at < this.lines.length; at++) {
          const line = this.lines[at] ?? [];
          if (!fits(line)) continue;
          this.#waiting.delete(look);
          resolve(line);
          return;
        }
        if (!this.#isClosed) return;
        this.#waiting.delete(look);
        reject(new Error('The connection has ended.'));
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** Sends a request and does not wait. @returns its id */
  send(asked: Asked): number {
    this.#requestId += 1;
    this.write('request', this.#requestId, 0, ...order.map((name) => asked[name] ?? ''));
    return this.#requestId;
  }

  /** Sends a request and waits for its result. */
  async ask(asked: Asked): Promise<Result> {
    const from = this.lines.length;
    const id = this.send(asked);
    const line = await this.waitFor(([kind, of]) => kind === 'result' && of === String(id), from);
    const [retcode = 0, deal = 0, ticket = 0, volume = 0, price = 0, bid = 0, ask = 0] = line
      .slice(2, 9)
      .map(Number);
    return { retcode, deal, order: ticket, volume, price, bid, ask, comment: line[9] ?? '' };
  }

  /** All that came before the answer to a ping, and after the lines that were read already. */
  async news(from = 0): Promise<readonly Line[]> {
    this.#ping += 1;
    const n = `${this.#ping}`;
    this.write('ping', n);
    await this.waitFor(([kind, of]) => kind === 'pong' && of === n, from);
    return this.lines.slice(from).filter(([kind]) => kind !== 'pong' && kind !== 'time');
  }

  close(): void {
    this.#socket.destroy();
  }

  #hear(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.lines.push(line.split('\t'));
    for (const look of [...this.#waiting]) look();
  }
}
