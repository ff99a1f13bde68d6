import { Backoff, type Clock, type ConnectionState, MikroBotError, type Random } from '@mikrobot/core';
import { CLIENT_ID_IN_USE, connectivity, TwsError } from '../errors.js';
import type { Line, Notice } from '../line/line.js';
import { openLine } from '../line/open-line.js';
import type { ConnectionOptions } from '../options.js';
import { watchPulse } from './heartbeat.js';
import { News } from './news.js';
import { abortedBy, isOfLine, messageOf, startError } from './start-error.js';
import { Streams } from './streams.js';

/** What a session is made of. */
export interface SessionParts {
  readonly options: ConnectionOptions;
  readonly clock: Clock;
  readonly random: Random;
  readonly tell: (state: ConnectionState) => void;
  /** IB was heard of: every few seconds while it is reached. */
  readonly heartbeat: () => void;
}

/** What is to be recovered when the way to IB is open again. */
export interface Up {
  /** The first line of this session. */
  readonly first: boolean;
  /** Events may have been missed: whatever is held of orders and executions is to be asked for again. */
  readonly dataLost: boolean;
  /** TWS has no subscriptions of ours: a new line, or 1101. */
  readonly resubscribe: boolean;
}

/** Recovers something. The session is up when all have; one that fails ends the line, and the next one begins anew. */
export type UpListener = (line: Line, up: Up) => void | Promise<void>;

/** How a way to IB was opened, for the state's detail. */
const texts = {
  first: 'connected',
  again: 'connected again',
  restored: 'TWS reaches Interactive Brokers again',
} as const;

/**
 * Keeps one line to TWS standing: connects, has everybody recover what was missed, connects again when the line ends, always with the
 * same client id. `up` is told when recovery is complete, and after any interruption with `dataLost`, also after 1102 (data kept):
 * executions of that time are not always told.
 */
export class Session {
  /** Subscriptions that are begun again on each line. */
  readonly streams = new Streams();
  readonly #parts: SessionParts;
  readonly #backoff: Backoff;
  readonly #news: News;
  readonly #upListeners = new Set<UpListener>();
  readonly #downListeners = new Set<(why: string) => void>();
  readonly #end = new AbortController();
  #port: number;
  #line: Line | undefined;
  #isCut = false;
  #isUp = false;
  #wasUp = false;
  /** Counts recoveries: one that was overtaken concludes nothing. */
  #round = 0;
  #disarm: (() => void) | undefined;
  #settleStart: { readonly resolve: () => void; readonly reject: (error: unknown) => void } | undefined;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#port = parts.options.port ?? 4_002;
    this.#backoff = new Backoff(parts.clock, parts.random, { first: 1_000, floor: 0.5 });
    this.#news = new News(parts.tell);
  }

  /** The line, from its first recovery on; also while TWS does not reach IB. Undefined while there is none. */
  get line(): Line | undefined {
    return this.#line;
  }

  /** Whether TWS reaches IB, and all that was missed is recovered: only then may orders be sent. */
  get reachesVenue(): boolean {
    return this.#isUp && this.#line?.isOpen === true;
  }

  /**
   * Connects, and resolves when all has been recovered. While another program, or an old socket of ours, holds the client id, it tries
   * again until aborted.
   * @throws `MikroBotError` `PREFLIGHT_FAILED` and what listeners of {@link onUp} throw; the session is closed then
   */
  start(abort: AbortSignal): Promise<void> {
    const aborted = (): void => this.#fail(abortedBy(abort.reason));
    return new Promise<void>((resolve, reject) => {
      this.#settleStart = { resolve, reject };
      abort.addEventListener('abort', aborted);
      if (abort.aborted) aborted();
      else this.#attempt();
    }).finally(() => abort.removeEventListener('abort', aborted));
  }

  /** Called for each new line, and when TWS reaches IB again; one listener after the other, in order of registration. */
  onUp(listener: UpListener): () => void {
    this.#upListeners.add(listener);
    return () => void this.#upListeners.delete(listener);
  }

  /** Called when a line that was given to {@link onUp} has ended. */
  onDown(listener: (why: string) => void): () => void {
    this.#downListeners.add(listener);
    return () => void this.#downListeners.delete(listener);
  }

  /** Something is not well although the line is up, such as delayed prices; `detail` undefined: it is well again. */
  condition(name: string, detail: string | undefined): void {
    this.#news.condition(name, detail);
  }

  /** Ends it for good. */
  close(): void {
    if (this.#end.signal.aborted) return;
    this.#end.abort(
      new MikroBotError('PREFLIGHT_FAILED', 'the adapter was closed.', { where: 'interactiveBrokers' }),
    );
    this.#disarm?.();
    this.#line?.close('closed');
    this.#news.down('closed');
    this.#settleStart?.reject(this.#end.signal.reason);
  }

  get #name(): string {
    return `tws ${this.#parts.options.clientId}`;
  }

  #attempt(): void {
    const { options, clock } = this.#parts;
    const { host = '127.0.0.1', clientId, connectTimeout = 10_000, messagesPerSecond = 45 } = options;
    this.#isCut = false;
    openLine(
      {
        host,
        port: this.#port,
        clientId,
        clock,
        connectTimeout,
        messagesPerSecond,
        // From the handshake on: 2110 comes in the same breath.
        onNotice: (notice) => this.#hear(notice),
      },
      this.#end.signal,
    ).then(
      (line) => this.#opened(line),
      (error: unknown) => this.#failed(error),
    );
  }

  #opened(line: Line): void {
    const { clock, heartbeat, options } = this.#parts;
    if (this.#end.signal.aborted) {
      line.close('closed');
      return;
    }
    this.#line = line;
    line.onEnd((why) => this.#ended(why));
    if (this.#line !== line) return;
    this.#backoff.succeeded();
    watchPulse(line, {
      clock,
      name: this.#name,
      every: options.heartbeat ?? 3_000,
      silence: options.silence ?? 8_000,
      beat: () => {
        if (this.reachesVenue) heartbeat();
      },
    });
    // Where TWS does not reach IB there is nothing to ask: 1101 or 1102 begins the recovery.
    if (!this.#isCut) void this.#recover(line, true, this.#wasUp ? texts.again : texts.first);
  }

  async #recover(line: Line, resubscribe: boolean, detail: string): Promise<void> {
    this.#isUp = false;
    this.#round += 1;
    const round = this.#round;
    const overtaken = (): boolean => this.#round !== round || this.#line !== line || this.#isCut;
    const first = !this.#wasUp;
    try {
      // One that is registered by another has its turn behind it.
      for (const listener of this.#upListeners) {
        await listener(line, { first, dataLost: !first, resubscribe });
        if (overtaken()) return;
      }
      if (resubscribe) this.streams.begin(line);
    } catch (error) {
      if (overtaken()) return;
      if (first && !isOfLine(error)) this.#fail(error);
      else line.close(`what was missed could not be recovered: ${messageOf(error)}`);
      return;
    }
    if (overtaken() || !line.isOpen) return;
    this.#isUp = true;
    this.#wasUp = true;
    this.#news.up(!first, detail);
    this.#settleStart?.resolve();
    this.#settleStart = undefined;
  }

  #hear({ id, code, text }: Notice): void {
    if (id !== -1) return;
    if (connectivity.lost.has(code)) {
      this.#isCut = true;
      this.#isUp = false;
      if (this.#wasUp && this.#line !== undefined) this.#news.cut(text);
    } else if (code === connectivity.restored || code === connectivity.restoredWithoutData) {
      this.#isCut = false;
      const line = this.#line;
      // A line that was never up has no subscriptions that could have been kept.
      const resubscribe = code === connectivity.restoredWithoutData || !this.streams.isOn(line);
      if (line !== undefined) void this.#recover(line, resubscribe, texts.restored);
    } else if (code === connectivity.newPort) {
      const port = Number(/(\d+)\D*$/.exec(text)?.[1]);
      if (Number.isInteger(port) && port > 0 && port < 65_536) this.#port = port;
    }
  }

  #ended(why: string): void {
    this.#line = undefined;
    this.#isUp = false;
    this.#round += 1;
    this.streams.suspend();
    for (const listener of [...this.#downListeners]) listener(why);
    if (this.#end.signal.aborted) return;
    this.#news.down(why);
    this.#retry();
  }

  #failed(error: unknown): void {
    if (this.#end.signal.aborted) return;
    const isTaken = error instanceof TwsError && error.twsCode === CLIENT_ID_IN_USE;
    if (isTaken)
      this.#parts.tell({ state: 'down', dataLost: false, detail: `${error.message} It is tried again.` });
    if (this.#wasUp || isTaken) this.#retry();
    else this.#fail(error);
  }

  #retry(): void {
    const { clock } = this.#parts;
    this.#disarm = clock.arm(`${this.#name} retry`, clock.now() + this.#backoff.next(), () =>
      this.#attempt(),
    );
  }

  /** The start has failed. */
  #fail(error: unknown): void {
    const start = this.#settleStart;
    this.#settleStart = undefined;
    start?.reject(startError(error));
    this.close();
  }
}
