import { type ErrorCode, EventName } from '@stoqey/ib';
import { EventEmitter } from 'eventemitter3';
import { Frames } from './frames.js';
import { type Library, NEWEST_VERSION, openLibrary } from './library.js';
import type { Commands, Line, LineEvents, Notice, Request, Urgency } from './line.js';
import type { LineOptions } from './open-line.js';
import { Pacer } from './pacer.js';
import { type DropReason, Reader } from './reader.js';
import { Requests } from './requests.js';
import { sendGuarded } from './sending.js';

/** Tell of orders, fills, errors and positions, or belong to the handshake: without one of them nothing can be concluded any more. */
const vital: ReadonlySet<number> = new Set([3, 4, 9, 11, 15, 59, 61]);
/** Ticks, bars and figures that come all the time: never a part of an answer. */
const streamed: ReadonlySet<number> = new Set([
  1, 2, 6, 7, 8, 14, 21, 45, 46, 47, 50, 58, 81, 84, 90, 94, 95, 99,
]);
/** Order ids are counted up from what TWS says; request ids from here, or from 1 where orders are up there. */
const REQUEST_IDS = 1_000_000_000;

/** Whom a line tells of its handshake. */
export interface Handshake {
  readonly oldestVersion: number;
  readonly ready: () => void;
  /** TWS speaks no version that is read here; it said so. */
  readonly wrongVersion: (said: string) => void;
}

/** A {@link Line}: one client object of the library behind guards against its faults. */
export class GuardedLine
  extends EventEmitter<{ notice: (notice: Notice) => void; end: (why: string) => void }>
  implements Line
{
  readonly drops: Record<string, number> = {};
  readonly #options: LineOptions;
  readonly #library: Library;
  readonly #pacer: Pacer;
  readonly #requests: Requests;
  readonly #reader: Reader;
  #accounts: readonly string[] = [];
  #nextOrderId: number | undefined;
  #requestId = REQUEST_IDS;
  #handshake: Handshake | undefined;
  #hasVersion = false;
  #isReady = false;
  #ended: string | undefined;
  #heardAt: number;

  constructor(options: LineOptions & { readonly messagesPerSecond: number }) {
    super();
    this.#options = options;
    const { clock, clientId, host, port, messagesPerSecond } = options;
    const name = `tws ${clientId}`;
    this.#heardAt = clock.now();
    this.#library = openLibrary({ host, port, clientId });
    this.#pacer = new Pacer(clock, messagesPerSecond, name);
    this.#requests = new Requests({
      clock,
      name,
      events: this.#library.api,
      send: (command, unsent) => this.send(command, 'request', unsent),
      nextId: () => this.nextRequestId(),
      giveUp: (why) => this.close(why),
    });
    this.#reader = new Reader(this.#library, {
      event: (event, args) => this.#library.api.emit(event as EventName, ...args),
      notice: (notice) => this.#notice(notice),
      lost: (kind, reason, error) => this.#lost(kind, reason, error),
    });
    sendGuarded(
      this.#library,
      () => this.isOpen,
      () => this.#pacer.note(),
    );
  }

  get serverVersion(): number {
    return this.#library.api.serverVersion;
  }

  get accounts(): readonly string[] {
    return this.#accounts;
  }

  get nextOrderId(): number {
    return this.#nextOrderId ?? 0;
  }

  get isOpen(): boolean {
    return this.#isReady && this.#ended === undefined;
  }

  get heardAt(): number {
    return this.#heardAt;
  }

  get events(): LineEvents {
    return this.#library.api;
  }

  /** Connects. @param handshake - is told how that went, unless the line ends before */
  start(handshake: Handshake): void {
    this.#handshake = handshake;
    const { api, socket } = this.#library;
    api.on(EventName.managedAccounts, (list) => {
      this.#accounts = list.split(',').filter((account) => account !== '');
      this.#greeted();
    });
    api.on(EventName.nextValidId, (id) => {
      if (!Number.isSafeInteger(id) || id < 0) return;
      this.#nextOrderId ??= id;
      this.#greeted();
    });
    api.on(EventName.disconnected, () => this.close('TWS closed the connection'));
    // Only the library itself tells errors here: of the socket (502), and of commands that this version of TWS does not know (503).
    api.on(EventName.error, (error, code, id) => {
      this.#notice({ id, code, text: error.message });
      if (code === (502 as ErrorCode)) this.close(error.message);
    });
    const frames = new Frames((frame) => this.#take(frame));
    socket.onData = (data) => {
      if (this.#ended !== undefined) return;
      const fault = frames.push(data);
      if (fault === undefined) return;
      this.drops[fault] = (this.drops[fault] ?? 0) + 1;
      this.close(`not to be trusted after an ${fault}`.replace('an f', 'a f'));
    };
    api.connect();
  }

  nextRequestId(): number {
    return this.#requestId++;
  }

  send(command: (commands: Commands) => void, urgency: Urgency = 'request', unsent?: () => void): boolean {
    if (!this.isOpen) return false;
    const { api, socket } = this.#library;
    // What the kernel does not take any more would reach TWS when it wakes up again.
    const isClogged = (): boolean => urgency === 'order' && (socket.client?.writableLength ?? 0) > 0;
    if (isClogged()) return false;
    const atItsTurn = (): void => {
      if (isClogged()) unsent?.();
      else command(api);
    };
    return this.#pacer.take(urgency, { send: atItsTurn, unsent });
  }

  request<T>(request: Request<T>): Promise<readonly T[]> {
    return this.#requests.request(request);
  }

  onNotice(listener: (notice: Notice) => void): () => void {
    this.on('notice', listener);
    return () => this.off('notice', listener);
  }

  onEnd(listener: (why: string) => void): () => void {
    if (this.#ended !== undefined) {
      listener(this.#ended);
      return () => undefined;
    }
    this.once('end', listener);
    return () => this.off('end', listener);
  }

  close(why: string): void {
    if (this.#ended !== undefined) return;
    this.#ended = why;
    const { api, socket } = this.#library;
    this.#pacer.close();
    this.#requests.end(why);
    api.removeAllListeners();
    api.disconnect();
    socket.client?.destroy();
    this.emit('end', why);
    this.removeAllListeners();
  }

  #greeted(): void {
    if (this.#isReady || this.#nextOrderId === undefined || this.#accounts.length === 0) return;
    this.#isReady = true;
    if (this.#nextOrderId >= REQUEST_IDS) this.#requestId = 1;
    this.#handshake?.ready();
  }

  /** @returns whether to go on */
  #take(frame: Buffer): boolean {
    // Bytes that never become a message are no sign of life: a wrong length swallows all that follows.
    this.#heardAt = this.#options.clock.now();
    if (this.#hasVersion) this.#reader.read(frame);
    else this.#version(frame);
    return this.#ended === undefined;
  }

  #version(frame: Buffer): void {
    this.#hasVersion = true;
    const text = frame.toString('utf8');
    const [said = ''] = text.split('\0', 1);
    const version = /^\d{1,4}$/.test(said) ? Number(said) : 0;
    const { oldestVersion = 0, wrongVersion } = this.#handshake ?? {};
    if (version < oldestVersion || version > NEWEST_VERSION) wrongVersion?.(said.slice(0, 20));
    else {
      // A bracket is several messages, of which the second would wait for the first to be acknowledged.
      this.#library.socket.client?.setNoDelay(true);
      this.#library.socket.onMessage(text);
    }
  }

  #notice(notice: Notice): void {
    if (!this.#requests.take(notice)) this.emit('notice', notice);
  }

  #lost(kind: number, reason: DropReason, error?: unknown): void {
    const key = reason === 'unknown kind' ? reason : `${kind} ${reason}`;
    const count = (this.drops[key] ?? 0) + 1;
    this.drops[key] = count;
    // A message of a newer TWS: what we know is whole without it.
    if (reason === 'unknown kind') return;
    const why = `message ${key}${error === undefined ? '' : `: ${String(error)}`}`;
    if (count === 1) this.emit('notice', { id: -1, code: 0, text: `Not taken: ${why}` });
    if (vital.has(kind) || Number.isNaN(kind)) this.close(`not to be trusted after ${why}`);
    else if (!streamed.has(kind)) this.#requests.failAll(`incomplete after ${why}`);
  }
}
