import { connect, type Socket } from 'node:net';
import type { Line, Speaker } from './reading.js';

/** What becomes of a line. */
export type Fate = 'pass' | 'cut-before' | 'cut-within' | 'cut-after';

/** Whom a {@link Joint} asks and tells. */
export interface JointListener {
  /** Ms that the next piece of the bot travels. */
  travels(): number;
  /** What becomes of a line that has just arrived. @param joint - which connection it came by */
  passes(line: Line, speaker: Speaker, joint: Joint): Fate;
  ended(joint: Joint): void;
}

/** Ms between two looks whether a bot listens. */
const KNOCK = 10;

/**
 * One connection of the terminal's, carried on to the bot; it waits for a bot that does not listen yet. What the bot sends takes its
 * time, and arrives although its sender has died meanwhile; what the terminal says passes at once.
 */
export class Joint {
  /** Whether the terminal has answered the welcome: from here on the bot knows it to be there. */
  isUp = false;
  readonly #terminal: Socket;
  readonly #listener: JointListener;
  readonly #port: number;
  /** What travels, in order: timers of different lengths would let pieces overtake each other. */
  readonly #travelling: { readonly due: number; readonly then: () => void }[] = [];
  readonly #rest: Record<Speaker, string> = { bot: '', terminal: '' };
  #bot: Socket | undefined;
  #isOver = false;

  constructor(terminal: Socket, port: number, listener: JointListener) {
    this.#terminal = terminal;
    this.#port = port;
    this.#listener = listener;
    terminal.setNoDelay(true);
    terminal.setEncoding('utf8');
    terminal.pause();
    terminal.on('data', (text: string) => this.#take(text, 'terminal'));
    terminal.on('error', () => undefined).on('close', () => this.cut());
    this.#knock();
  }

  /** Breaks both sides. */
  cut(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#terminal.destroy();
    this.#bot?.destroy();
    this.#listener.ended(this);
  }

  /** Nothing passes for a while. @param ms - how long */
  stall(ms: number): void {
    this.#terminal.pause();
    this.#bot?.pause();
    setTimeout(() => {
      this.#terminal.resume();
      this.#bot?.resume();
    }, ms);
  }

  #knock(): void {
    if (this.#isOver) return;
    const bot = connect({ host: '127.0.0.1', port: this.#port, noDelay: true });
    let isOpen = false;
    bot.setEncoding('utf8');
    bot.on('connect', () => {
      isOpen = true;
      if (this.#isOver) bot.destroy();
      this.#bot = bot;
      this.#terminal.resume();
    });
    bot.on('data', (text: string) => this.#arrive(() => this.#take(text, 'bot')));
    bot
      .on('error', () => undefined)
      .on('close', () => {
        if (isOpen) this.#arrive(() => this.cut());
        else setTimeout(() => this.#knock(), KNOCK);
      });
  }

  #arrive(then: () => void): void {
    const due = Math.max(this.#travelling.at(-1)?.due ?? 0, performance.now() + this.#listener.travels());
    this.#travelling.push({ due, then });
    setTimeout(() => this.#pass(), Math.ceil(due - performance.now()) + 1);
  }

  #pass(): void {
    for (
      let [next] = this.#travelling;
      next !== undefined && next.due <= performance.now();
      [next] = this.#travelling
    ) {
      this.#travelling.shift();
      next.then();
    }
  }

  #take(text: string, speaker: Speaker): void {
    const lines = (this.#rest[speaker] + text).split('\n');
    this.#rest[speaker] = lines.pop() ?? '';
    for (const line of lines) if (!this.#isOver) this.#takeLine(line, speaker);
  }

  #takeLine(line: string, speaker: Speaker): void {
    const read = JSON.parse(line) as Line;
    const fate = this.#listener.passes(read, speaker, this);
    if (read.t === 'reset' || read.t === 'resumed') this.isUp = true;
    const to = speaker === 'bot' ? this.#terminal : this.#bot;
    if (fate === 'cut-within') to?.write(line.slice(0, line.length / 2));
    else if (fate !== 'cut-before') to?.write(`${line}\n`);
    if (fate !== 'pass') this.cut();
  }
}
