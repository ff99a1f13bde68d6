import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

/** A line of the bridge protocol, as it came. */
export interface BridgeMessage {
  readonly v: number;
  readonly t: string;
  readonly id?: number;
  readonly re?: number;
  readonly seq?: number;
  readonly ts: number;
  // biome-ignore lint/suspicious/noExplicitAny: the tests read whatever the expert advisor wrote.
  readonly d: any;
}

/** What a request was answered with. */
export interface BridgeAnswer {
  readonly t: string;
  readonly d: BridgeMessage['d'];
  readonly parts: readonly { readonly kind: string; readonly item: BridgeMessage['d'] }[];
  /** Whether `ack` came before the answer. */
  readonly acked: boolean;
}

/** How Node behaves in the handshake. */
export interface Greeting {
  readonly secret?: string;
  readonly protoMin?: number;
  readonly protoMax?: number;
  readonly resumeFrom?: number | null;
  /** Node's clock at the welcome, epoch ms. */
  readonly now?: number;
}

/** The secret of both sides, where a test does not say otherwise. */
export const bridgeSecret = 'a secret for tests, not for trading';

const mac = (secret: string, text: string): string => createHmac('sha256', secret).update(text).digest('hex');

/** Node's end of one connection, by hand: nothing is checked and nothing is sent that a test did not ask for. */
export class ScriptedLine {
  readonly messages: BridgeMessage[] = [];
  /** Raw lines, as they came. */
  readonly raw: string[] = [];
  readonly closed: Promise<void>;
  readonly nonce = randomBytes(16).toString('hex');
  readonly #socket: Socket;
  readonly #waiting = new Set<() => void>();
  #rest = '';
  #id = 0;
  #beats: NodeJS.Timeout | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
    socket.once('close', () => clearInterval(this.#beats));
    socket.setNoDelay(true).setEncoding('latin1');
    socket.on('error', () => undefined);
    socket.on('data', (text: string) => this.#take(text));
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      this.raw.push(line);
      this.messages.push(JSON.parse(line));
    }
    for (const wake of [...this.#waiting]) wake();
  }

  /** The first message from the given place on that fits, come already or to come. */
  async wait(fits: (message: BridgeMessage) => boolean, from = 0): Promise<BridgeMessage> {
    for (;;) {
      const found = this.messages.slice(from).find(fits);
      if (found) return found;
      await Promise.race([
        new Promise<void>((resolve) => {
          const wake = () => {
            this.#waiting.delete(wake);
            resolve();
          };
          this.#waiting.add(wake);
        }),
        this.closed.then(() => {
          if (!this.messages.slice(from).some(fits))
            throw new Error('the line closed while it was waited for');
        }),
      ]);
    }
  }

  /** The next message that fits, from now on. */
  next(fits: (message: BridgeMessage) => boolean): Promise<BridgeMessage> {
    return this.wait(fits, this.messages.length);
  }

  /** Asks once a beat until the answer is no longer that the fate of the order is unknown. */
  async askUntilKnown(coid: string): Promise<BridgeAnswer> {
    for (;;) {
      const answer = await this.ask('query', { coid });
      if (answer.t !== 'unknown') return answer;
      await this.next(({ t }) => t === 'beat');
    }
  }

  send(t: string, d: object, more: object = {}): void {
    this.write(JSON.stringify({ v: 1, t, ts: Date.now(), d, ...more }));
  }

  /** Sends a line of any bytes. */
  write(line: string | Buffer): void {
    this.#socket.write(Buffer.concat([Buffer.from(line), Buffer.from('\n')]));
  }

  async ask(t: string, d: object = {}): Promise<BridgeAnswer> {
    this.#id += 1;
    const id = this.#id;
    const from = this.messages.length;
    this.send(t, d, { id });
    const last = await this.wait(({ t, re }) => re === id && t !== 'part' && t !== 'ack', from);
    const before = this.messages.slice(from).filter(({ re }) => re === id);
    const parts = before
      .filter(({ t }) => t === 'part')
      .flatMap(({ d }) => d.items.map((item: unknown) => ({ kind: d.kind, item })));
    return { t: last.t, d: last.d, parts, acked: before[0]?.t === 'ack' };
  }

  /** Trade events so far, by their numbers. */
  get events(): readonly BridgeMessage[] {
    return this.messages.filter(({ seq }) => seq !== undefined);
  }

  /** Shakes hands and keeps beating. @returns the expert advisor's hello */
  async greet(greeting: Greeting = {}): Promise<BridgeMessage> {
    const { secret = bridgeSecret, protoMin = 1, protoMax = 1, resumeFrom = null } = greeting;
    this.send('challenge', { nonce: this.nonce, protoMin, protoMax });
    const hello = await this.wait(({ t }) => t === 'hello');
    const proof = mac(secret, `node|${this.nonce}|${hello.d.nonce}|${hello.d.account}`);
    this.send('welcome', { proto: 1, mac: proof, resumeFrom, now: greeting.now ?? Date.now() });
    this.#beats = setInterval(() => this.send('beat', { now: greeting.now ?? Date.now() }), 1_000);
    return hello;
  }

  /** Ends Node's beats: it is silent from now on. */
  fallSilent(): void {
    clearInterval(this.#beats);
  }

  /** The mac that a hello should have. */
  eaMac(hello: BridgeMessage, secret = bridgeSecret): string {
    return mac(secret, `ea|${this.nonce}|${hello.d.nonce}|${hello.d.account}`);
  }

  /** Stops reading, so that what the other side sends piles up. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** Ends the line in good order: what was sent arrives. */
  end(): void {
    this.#socket.end();
  }

  /** Ends the line at once. */
  cut(): void {
    this.#socket.destroy();
  }
}

/** A server that expert advisors connect to, one line after another. */
export class ScriptedNode {
  readonly #server: Server;
  readonly #lines: ScriptedLine[] = [];
  readonly #waiting: ((line: ScriptedLine) => void)[] = [];

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => {
      const line = new ScriptedLine(socket);
      const next = this.#waiting.shift();
      if (next) next(line);
      else this.#lines.push(line);
    });
  }

  static async listen(): Promise<ScriptedNode> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new ScriptedNode(server);
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** The next connection, made already or to come. */
  async line(): Promise<ScriptedLine> {
    return this.#lines.shift() ?? new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** The next connection with hands shaken. */
  async greeted(greeting: Greeting = {}): Promise<{ line: ScriptedLine; hello: BridgeMessage }> {
    const line = await this.line();
    return { line, hello: await line.greet(greeting) };
  }

  async close(): Promise<void> {
    this.#server.close();
    for (const line of this.#lines) line.cut();
  }
}
