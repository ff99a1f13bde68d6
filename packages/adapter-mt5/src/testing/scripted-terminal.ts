import { createHmac, randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { until } from './until.js';

/** A line as it came from Node. */
export interface NodeLine {
  readonly t: string;
  readonly id?: number;
  // Fields differ by type, and a test knows which it looks at.
  readonly d: Record<string, never> & Readonly<Record<string, unknown>>;
}

/** What a {@link ScriptedTerminal} says of itself. */
export interface Script {
  readonly account?: string;
  readonly secret?: string;
  readonly epoch?: string;
  readonly firstSeq?: number;
  readonly lastSeq?: number;
  /** Fields of the hello that are another than usual. */
  readonly hello?: Readonly<Record<string, unknown>>;
}

/** An EA that does what a test says: for what a real one would not do, or not now. Its JSON is written by hand. */
export class ScriptedTerminal {
  /** Lines that came, and were not taken by {@link next}. */
  readonly received: NodeLine[] = [];
  readonly socket: Socket;
  isClosed = false;
  /** Bytes that came. */
  text = '';
  readonly #script: Script;
  #rest = '';

  private constructor(socket: Socket, script: Script) {
    this.socket = socket;
    this.#script = script;
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.isClosed = true;
    });
    socket.on('data', (data) => {
      this.text += data;
      const lines = (this.#rest + data).split('\n');
      this.#rest = lines.pop() as string;
      for (const line of lines) this.received.push(JSON.parse(line));
    });
  }

  /** Connects, and says nothing. */
  static async connect(port: number, script: Script = {}): Promise<ScriptedTerminal> {
    const socket = connect(port, '127.0.0.1');
    const terminal = new ScriptedTerminal(socket, script);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return terminal;
  }

  /**
   * Connects, proves the secret, and answers the welcome as an EA whose ring holds `firstSeq` to `lastSeq`.
   * @param again - sends an event again, by its number
   */
  static async up(
    port: number,
    script: Script = {},
    again?: (seq: number) => void,
  ): Promise<ScriptedTerminal> {
    const terminal = await ScriptedTerminal.connect(port, script);
    const { firstSeq = 1, lastSeq = 0 } = script;
    const { resumeFrom } = await terminal.hello();
    if (resumeFrom === null || Number(resumeFrom) < firstSeq || Number(resumeFrom) > lastSeq + 1)
      terminal.say('reset', { lastSeq });
    else {
      for (let seq = Number(resumeFrom); seq <= lastSeq; seq++) again?.call(terminal, seq);
      terminal.say('resumed', { from: resumeFrom, to: lastSeq });
    }
    return terminal;
  }

  /** Answers the challenge. @returns what the welcome says */
  async hello(nonce = randomBytes(16).toString('hex')): Promise<NodeLine['d']> {
    const challenge = await this.next('challenge');
    this.say('hello', this.helloTo(String(challenge.d.nonce), nonce));
    return (await this.next('welcome')).d;
  }

  /** What an EA says to a challenge. */
  helloTo(nonceS: string, nonceC: string): Readonly<Record<string, unknown>> {
    const {
      account = '5000001',
      secret = SECRET,
      epoch = 'e1',
      firstSeq = 1,
      lastSeq = 0,
      hello,
    } = this.#script;
    return {
      protoMin: 1,
      protoMax: 1,
      ea: 'scripted 1.0',
      build: 4_755,
      account,
      server: 'Scripted-Demo',
      company: 'Scripted Ltd',
      currency: 'USD',
      currencyDigits: 2,
      leverage: 30,
      tradeMode: 'demo',
      marginMode: 'hedging',
      epoch,
      firstSeq,
      lastSeq,
      offset: 7_200_000,
      nonce: nonceC,
      mac: createHmac('sha256', secret).update(`ea|${nonceS}|${nonceC}|${account}`).digest('hex'),
      ...hello,
    };
  }

  /** Sends a message. @param more - `re` or `seq` */
  say(t: string, d: object, more: { readonly re?: number; readonly seq?: number } = {}): void {
    this.raw(`${JSON.stringify({ v: 1, t, ...more, ts: 1_704_888_000_000, d })}\n`);
  }

  /** Sends bytes as they are. */
  raw(bytes: string | Uint8Array): void {
    this.socket.write(bytes);
  }

  /** Waits for a line of a type, and takes it and all before it from {@link received}. */
  async next(t: string): Promise<NodeLine> {
    let at = -1;
    await until(`a line ${t}`, () => {
      at = this.received.findIndex((line) => line.t === t);
      return at !== -1;
    });
    return this.received.splice(0, at + 1)[at] as NodeLine;
  }

  /** Waits for the reason that it is refused with, and for the end of the connection. */
  async refused(): Promise<string> {
    const { d } = await this.next('bye');
    this.socket.end();
    await until('the end of the connection', () => this.isClosed);
    return String(d.code);
  }

  close(): void {
    this.socket.destroy();
  }
}

/** What scripted terminals and the bridges of tests share. */
export const SECRET = 'only-for-tests-0123456789';
