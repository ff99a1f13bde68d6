import type { Clock } from '@mikrobot/core';
import type { RawData, WebSocket } from 'ws';
import { afterTurn } from '../../turn.js';
import type { VenueStyle } from './venue.js';

/** What a line is used for. */
export type LineKind = 'market' | 'user' | 'api';

const DAY = 86_400_000;
/** `serverShutdown` is sent so many ms before the disconnect (CHANGELOG.md of spot, 2026). */
const NOTICE = 600_000;
/** Pings that must have had the time to be answered before a line is cut. */
const CHANCES = 3;

const textOf = (data: RawData): string =>
  Array.isArray(data)
    ? Buffer.concat(data).toString('utf8')
    : Buffer.isBuffer(data)
      ? data.toString('utf8')
      : Buffer.from(data).toString('utf8');

/** One WebSocket to a client, with the pings and the end that the venue gives it. */
export class Line {
  readonly openedAt: number;
  kind: LineKind;
  /** Stands still: nothing is heard and nothing is said, as behind a cable that was cut. */
  halfOpen = false;
  readonly #socket: WebSocket;
  readonly #clock: Clock;
  readonly #id: string;
  readonly #disarm = new Map<string, () => void>();
  #heardAt: number;
  #onFrame: () => void = () => undefined;
  /** Pings that were not answered. */
  #owed = 0;
  /** How often the other side could have answered since it was heard: a virtual clock may jump over hours in no time. */
  #chances = 0;
  #turning = false;

  constructor(socket: WebSocket, kind: LineKind, style: VenueStyle, clock: Clock, id: string) {
    this.kind = kind;
    this.#socket = socket;
    this.#clock = clock;
    this.#id = id;
    this.openedAt = clock.now();
    this.#heardAt = this.openedAt;
    socket.on('pong', () => this.#heard());
    socket.on('ping', (data) => {
      if (!this.halfOpen && socket.readyState === socket.OPEN) socket.pong(data);
    });
    // The socket tells of its end by 'close' as well.
    socket.on('error', () => undefined);
    socket.on('close', () => this.#forget());
    this.#ping(style);
    this.#arm('end', DAY, () => socket.close(1008, 'disconnected after 24 hours'));
  }

  /** Calls for each text message that is heard. */
  onText(listener: (text: string) => void): void {
    this.#socket.on('message', (data) => {
      if (!this.halfOpen) listener(textOf(data));
    });
  }

  /** Calls for each frame that counts against the limit of messages: text, ping, pong that answers no ping. */
  onFrame(listener: () => void): void {
    this.#onFrame = listener;
    this.#socket.on('message', listener);
    this.#socket.on('ping', listener);
  }

  onClose(listener: () => void): void {
    this.#socket.on('close', listener);
  }

  /** Calls shortly before the line is ended for its age. */
  onNotice(listener: () => void): void {
    this.#arm('notice', DAY - NOTICE, listener);
  }

  send(text: string): void {
    if (!this.halfOpen && this.#socket.readyState === this.#socket.OPEN) this.#socket.send(text);
  }

  /** Bytes that wait to be sent. */
  get waiting(): number {
    return this.#socket.bufferedAmount;
  }

  /** Ends the line in good order. */
  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  /** Ends the line in good order after so many ms. */
  endAfter(ms: number): void {
    this.#arm('end', ms, () => this.close(1001, 'server shutdown'));
  }

  /** Breaks the line. */
  cut(): void {
    this.#socket.terminate();
  }

  #heard(): void {
    if (this.#owed > 0) this.#owed--;
    else this.#onFrame();
    if (this.halfOpen) return;
    this.#heardAt = this.#clock.now();
    this.#chances = 0;
    this.#turning = false;
  }

  /** At most one ping in a turn of the event loop: a burst of them, as a virtual clock makes, is taken for a flood. */
  #sendPing(now: number): void {
    if (this.#turning || this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.ping(String(Math.floor(now)));
    this.#owed++;
    this.#turning = true;
    afterTurn(() => {
      this.#turning = false;
      this.#chances++;
    });
  }

  #ping(style: VenueStyle): void {
    this.#arm('ping', style.pingEvery, () => {
      if (this.halfOpen) return;
      const now = this.#clock.now();
      if (now - this.#heardAt > style.pongWithin && this.#chances >= CHANCES) {
        this.cut();
        return;
      }
      this.#sendPing(now);
      this.#ping(style);
    });
  }

  #arm(what: string, after: number, wake: () => void): void {
    this.#disarm.get(what)?.();
    this.#disarm.set(what, this.#clock.arm(`${this.#id}-${what}`, this.#clock.now() + after, wake));
  }

  #forget(): void {
    for (const disarm of this.#disarm.values()) disarm();
    this.#disarm.clear();
  }
}

/** All open lines of a venue. */
export class Lines {
  readonly #style: VenueStyle;
  readonly #clock: Clock;
  readonly #open = new Set<Line>();
  #sequence = 0;

  constructor(style: VenueStyle, clock: Clock) {
    this.#style = style;
    this.#clock = clock;
  }

  add(socket: WebSocket, kind: LineKind): Line {
    const line = new Line(
      socket,
      kind,
      this.#style,
      this.#clock,
      `${this.#style.name}-line-${this.#sequence++}`,
    );
    this.#open.add(line);
    line.onClose(() => this.#open.delete(line));
    return line;
  }

  /** The open lines of a kind, or all. */
  open(kind?: LineKind): readonly Line[] {
    return [...this.#open].filter((line) => kind === undefined || line.kind === kind);
  }
}
