import { EventEmitter } from 'eventemitter3';
import type * as z from 'zod';
import type { AskOutcome, Terminal, TerminalEvents } from '../bridge/terminal.js';
import { accountFigures } from '../protocol/account-figures.js';
import { type Hello, hello as helloSchema } from '../protocol/from-ea.js';
import { dealRecord, orderRecord, positionEvent } from '../protocol/records.js';
import { type Parts, partItems, type ReplyType, replies } from '../protocol/replies.js';
import type { RequestType } from '../protocol/requests.js';
import { SERVER_NOW, type Wire, wireSymbol } from './wire-records.js';

/** An answer of the EA: the last line of a reply with the items before it, or that there is none. */
export type Answer =
  | {
      readonly t: ReplyType;
      readonly d: Wire;
      readonly parts?: Partial<Record<keyof Parts, readonly Wire[]>>;
    }
  | { readonly t: 'error'; readonly code: string }
  | 'lost'
  | 'down';

const figures = {
  balance: 10_000,
  credit: 0,
  equity: 10_000,
  margin: 0,
  freeMargin: 10_000,
  profit: 0,
  tradeAllowed: true,
};

const nothing: Parts = { symbol: [], position: [], order: [], deal: [], bar: [] };

/** A terminal without a socket: what it is made to say goes through the protocol's schemas, as over a line. */
export class StandInTerminal implements Terminal {
  readonly account = '5000001';
  readonly drops = {};
  state: 'up' | 'down' = 'down';
  hello: Hello | undefined;
  isClosed = false;
  /** What was asked, oldest first. */
  readonly asked: { readonly type: RequestType; readonly data: Wire }[] = [];
  /** What the account holds when a snapshot is asked for. */
  held: { position: Wire[]; order: Wire[]; deal: Wire[] } = { position: [], order: [], deal: [] };
  complete = true;
  /** Events that a snapshot says it holds; undefined: all so far. */
  asOfSeq: number | undefined;
  serverTime = SERVER_NOW;
  /** Answers what has no usual answer. */
  answer: (type: RequestType, data: Wire) => Answer | Promise<Answer> = () => 'lost';
  #seq = 0;
  readonly #events = new EventEmitter();

  up(hello: Wire = {}, resumed = false): void {
    this.hello = helloSchema.parse({
      protoMin: 1,
      protoMax: 1,
      ea: 'stand-in',
      build: 4_755,
      account: this.account,
      server: 'Demo',
      company: 'Nobody',
      currency: 'USD',
      currencyDigits: 2,
      leverage: 30,
      tradeMode: 'demo',
      marginMode: 'hedging',
      epoch: 'e1',
      firstSeq: 1,
      lastSeq: 0,
      offset: 7_200_000,
      nonce: '0'.repeat(32),
      mac: '0'.repeat(64),
      ...hello,
    });
    this.state = 'up';
    this.#events.emit('up', { hello: this.hello, resumed });
  }

  down(detail = 'the line broke'): void {
    this.state = 'down';
    this.#events.emit('down', detail);
  }

  reset(detail = 'a gap of events'): void {
    this.#events.emit('reset', detail);
  }

  beat(given: Wire = {}): void {
    this.#events.emit('beat', { connected: true, tradeAllowed: true, offset: 7_200_000, lag: 0, ...given });
  }

  tick(s: string, b: number, a: number, t = SERVER_NOW): void {
    this.#events.emit('tick', { s, t, b, a });
  }

  figures(given: Wire): void {
    this.#events.emit('account', accountFigures.parse({ ...figures, ...given }));
  }

  deal(wire: Wire): void {
    this.#events.emit('deal', dealRecord.parse(wire), ++this.#seq);
  }

  order(wire: Wire): void {
    this.#events.emit('order', orderRecord.parse(wire), ++this.#seq);
  }

  position(wire: Wire): void {
    this.#events.emit('position', positionEvent.parse(wire), ++this.#seq);
  }

  /** The number of the last event. */
  get seq(): number {
    return this.#seq;
  }

  async ask<T extends RequestType>(type: T, data: object): Promise<AskOutcome<T>> {
    this.asked.push({ type, data: data as Wire });
    if (this.state === 'down')
      return { outcome: 'not-sent', code: 'LINE_DOWN', detail: 'no terminal is connected' };
    const answer = this.#usual(type) ?? (await this.answer(type, data as Wire));
    if (answer === 'lost') return { outcome: 'lost', detail: 'no answer in time' };
    if (answer === 'down')
      return { outcome: 'not-sent', code: 'LINE_DOWN', detail: 'no terminal is connected' };
    if (answer.t === 'error')
      return { outcome: 'refused', code: (answer as { code: string }).code, detail: '' };
    const { t, d, parts = {} } = answer as Extract<Answer, { readonly d: Wire }>;
    const read: Record<string, unknown> = { ...nothing };
    for (const [kind, items] of Object.entries(parts))
      read[kind] = items?.map((item) => (partItems[kind as keyof Parts] as z.ZodType).parse(item));
    const reply = { type: t, data: replies[t].parse(d) };
    return {
      outcome: 'answer',
      answer: reply,
      parts: read as unknown as Parts,
      dropped: 0,
    } as unknown as AskOutcome<T>;
  }

  on<K extends keyof TerminalEvents>(name: K, listener: TerminalEvents[K]): () => void {
    this.#events.on(name, listener as () => void);
    return () => void this.#events.off(name, listener as () => void);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.state = 'down';
  }

  #usual(type: RequestType): Answer | undefined {
    if (type === 'symbols') return { t: 'done', d: {}, parts: { symbol: [wireSymbol()] } };
    if (type === 'subscribe' || type === 'unsubscribe') return { t: 'done', d: {} };
    if (type !== 'snapshot') return undefined;
    const { complete, serverTime } = this;
    return {
      t: 'snapshot',
      d: { asOfSeq: this.asOfSeq ?? this.#seq, complete, account: figures, serverTime },
      parts: { ...this.held },
    };
  }
}
