import { connect, type Socket } from 'node:net';
import { lineCutter } from './lines.js';
import { type Message, messageSchema, type Question } from './wire.js';

/** A question without its number. */
type Asked = Question extends infer Q ? (Q extends Question ? Omit<Q, 'n'> : never) : never;

/** Ms before a lost line is opened again. */
const PAUSE = 30;

/** What a {@link VenueClient} tells. */
export interface ClientEvents {
  readonly message: (message: Exclude<Message, { say: 'answer' }>) => void;
  readonly line: (state: 'up' | 'down') => void;
}

/** The line to the venue: questions with answers, and streams. It comes back by itself when it is cut. */
export class VenueClient {
  readonly #port: number;
  readonly #events: ClientEvents;
  readonly #waiting = new Map<number, (data: unknown) => void>();
  #socket: Socket | undefined;
  #up = false;
  #closed = false;
  #count = 0;

  constructor(port: number, events: ClientEvents) {
    this.#port = port;
    this.#events = events;
  }

  get up(): boolean {
    return this.#up;
  }

  /** Opens the line. */
  open(): Promise<void> {
    return new Promise((resolve) => this.#open(resolve));
  }

  /** Sends a question. Resolves to undefined when no answer comes in time: then nobody knows. */
  ask(question: Asked, within: number): Promise<unknown> {
    const n = this.#count++;
    this.#socket?.write(`${JSON.stringify({ ...question, n })}\n`);
    return new Promise((resolve) => {
      const done = (data: unknown): void => {
        clearTimeout(timer);
        this.#waiting.delete(n);
        resolve(data);
      };
      const timer = setTimeout(() => done(undefined), within);
      this.#waiting.set(n, done);
    });
  }

  close(): void {
    this.#closed = true;
    this.#socket?.destroy();
  }

  #open(first?: () => void): void {
    if (this.#closed) return;
    const socket = connect({ host: '127.0.0.1', port: this.#port });
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.setEncoding('utf8');
    const cut = lineCutter((line) => this.#take(messageSchema.parse(JSON.parse(line))));
    socket.on('connect', () => {
      this.#up = true;
      this.#events.line('up');
      first?.();
    });
    socket.on('data', (chunk: string) => cut(chunk));
    socket.on('error', () => {});
    socket.on('close', () => {
      if (this.#up) this.#events.line('down');
      this.#up = false;
      setTimeout(() => this.#open(first), PAUSE);
    });
  }

  #take(message: Message): void {
    if (message.say === 'answer') this.#waiting.get(message.n)?.(message.data);
    else this.#events.message(message);
  }
}
