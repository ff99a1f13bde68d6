import type { AccountMode, Clock, ConnectionState } from '@mikrobot/core';
import type { AskOutcome, Terminal, Up } from '../bridge/terminal.js';
import type { OrderNews } from '../orders/order-news.js';
import { takeSnapshot } from '../orders/take-snapshot.js';
import type { Beat } from '../protocol/from-ea.js';
import type { ServerTime } from '../server-time.js';
import { aborted, accountError, noTerminal } from './check-account.js';
import { LinkState } from './link-state.js';

/** What a session is made of. */
export interface SessionParts {
  readonly mode: AccountMode;
  readonly account: string;
  readonly terminalWithin: number;
  readonly clock: Clock;
  readonly time: ServerTime;
  readonly news: OrderNews;
  open(): Promise<Terminal>;
  tell(state: ConnectionState): void;
  heartbeat(): void;
  /** Called once, with the terminal that was opened. */
  listen(terminal: Terminal): void;
  /** Done before the session is up for the first time. */
  prepare(terminal: Terminal): Promise<void>;
  /** Done on each connection that the expert advisor begins without memory of ours. */
  resubscribe(): void;
}

type Snapshot = Extract<AskOutcome<'snapshot'>, { outcome: 'answer' }>;

/** Ms before a snapshot that was not complete is asked for again. */
const SNAPSHOT_PAUSE = 250;
/** Deals of so many ms before the last news are looked at again: what was told is told once. */
const OVERLAP = 3_600_000;

/**
 * Follows one account's terminal over all of its connections: after each that may have missed something, a snapshot makes up for it
 * before the line is said to be up. Trade events of that while wait.
 */
export class Session {
  readonly #parts: SessionParts;
  readonly #link: LinkState;
  readonly #offs: (() => void)[] = [];
  #terminal: Terminal | undefined;
  #waiting: { readonly seq: number; readonly take: () => void }[] | undefined;
  /** Counts connections: what belongs to an earlier one concludes nothing. */
  #round = 0;
  #wasUp = false;
  #isUp = false;
  /** From when on deals are missing, ms of the server: what is owed until a snapshot was taken. */
  #owedFrom: number | undefined;
  #connected = true;
  #tradeAllowed = true;
  #closed = false;
  #settle: { readonly resolve: () => void; readonly reject: (error: unknown) => void } | undefined;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#link = new LinkState((state) => parts.tell(state));
  }

  /** The terminal, once one was opened. */
  get terminal(): Terminal | undefined {
    return this.#terminal;
  }

  /** Whether it was ended for good. */
  get isClosed(): boolean {
    return this.#closed;
  }

  /** The terminal, while nothing of the account may have been missed; else why not. */
  ready(): Terminal | string {
    if (this.#closed) return 'the adapter is closed';
    if (this.#terminal === undefined || !this.#isUp) return 'the terminal is not connected';
    return this.#connected ? this.#terminal : 'the terminal has lost its trade server';
  }

  /** Why no entry may be sent; undefined when it may. */
  entriesStopped(): string | undefined {
    return this.#tradeAllowed ? undefined : 'algo trading is off in the terminal';
  }

  /**
   * Waits for the terminal, and resolves when what it holds is known.
   * @throws `MikroBotError` `PREFLIGHT_FAILED`, `BAD_CONFIG`, and what `prepare` throws
   */
  async start(abort: AbortSignal): Promise<void> {
    const { terminalWithin, clock, account } = this.#parts;
    if (abort.aborted) throw aborted(abort.reason);
    const terminal = await this.#parts.open();
    if (this.#closed || abort.aborted) {
      await terminal.close();
      throw aborted(abort.reason);
    }
    this.#terminal = terminal;
    const late = (): void => this.#settle?.reject(noTerminal(account, terminalWithin));
    const disarm = clock.arm('metatrader5 start', clock.now() + terminalWithin, late);
    const onAbort = (): void => this.#settle?.reject(aborted(abort.reason));
    abort.addEventListener('abort', onAbort);
    try {
      await new Promise<void>((resolve, reject) => {
        this.#settle = { resolve, reject };
        this.#listen(terminal);
      });
    } catch (error) {
      await this.close();
      throw error;
    } finally {
      this.#settle = undefined;
      disarm();
      abort.removeEventListener('abort', onAbort);
    }
  }

  /** Ends it for good. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#settle?.reject(aborted('the adapter was closed'));
    for (const off of this.#offs) off();
    this.#link.say('down', 'closed');
    await this.#terminal?.close();
  }

  #listen(terminal: Terminal): void {
    const { news } = this.#parts;
    this.#parts.listen(terminal);
    this.#offs.push(
      terminal.on('up', (up) => this.#onUp(up)),
      terminal.on('down', (detail) => this.#onDown(detail)),
      terminal.on('reset', (detail) => this.#lost(detail)),
      terminal.on('beat', (beat) => this.#onBeat(beat)),
      terminal.on('deal', (deal, seq) => this.#inTurn(seq, () => news.deal(deal))),
      terminal.on('order', (order, seq) => this.#inTurn(seq, () => news.order(order))),
      terminal.on('position', (position, seq) => this.#inTurn(seq, () => news.position(position))),
    );
    // It may have connected before anybody listened.
    if (terminal.state === 'up' && terminal.hello !== undefined)
      this.#onUp({ hello: terminal.hello, resumed: false });
  }

  /** News of the account: at once, or after the snapshot that is being taken. */
  #inTurn(seq: number, take: () => void): void {
    if (this.#waiting === undefined) take();
    else this.#waiting.push({ seq, take });
  }

  #onUp({ hello, resumed }: Up): void {
    const { mode, time } = this.#parts;
    time.observe(hello.offset);
    this.#connected = true;
    const wrong = accountError(hello, mode);
    if (wrong !== undefined) {
      this.#settle?.reject(wrong);
      this.#link.say('down', wrong.message);
      return;
    }
    this.#parts.resubscribe();
    if (resumed && this.#wasUp && this.#owedFrom === undefined)
      this.#goUp('connected again, with all that was missed', false);
    else this.#sync(this.#wasUp ? 'connected again' : 'connected');
  }

  #onDown(detail: string): void {
    this.#round += 1;
    // Behind news that were lost, what comes before the next snapshot would be told out of turn.
    this.#waiting = this.#owedFrom === undefined ? undefined : [];
    this.#isUp = false;
    this.#link.say('down', detail);
  }

  /** News may be missing. */
  #lost(detail: string): void {
    this.#isUp = false;
    if (this.#link.isOpen) this.#link.say('degraded', detail);
    this.#sync(`${detail}; made up for by a snapshot`);
  }

  #onBeat({ connected, tradeAllowed, offset }: Beat): void {
    this.#parts.time.observe(offset);
    const wasConnected = this.#connected;
    const wasAllowed = this.#tradeAllowed;
    this.#connected = connected;
    this.#tradeAllowed = tradeAllowed;
    if (!connected) {
      this.#link.say('down', 'the terminal has lost its trade server');
      return;
    }
    this.#parts.heartbeat();
    if (!this.#isUp) return;
    if (!wasConnected) this.#lost('the terminal has its trade server again');
    else if (wasAllowed !== tradeAllowed)
      this.#sayOpen(tradeAllowed ? 'algo trading is on again' : 'connected', false);
  }

  /** Takes a snapshot, and is up with it. */
  #sync(detail: string): void {
    const { news, time, clock } = this.#parts;
    this.#round += 1;
    // Quotes go on meanwhile: later on, the last news would say nothing about the deals that are missing.
    this.#owedFrom ??= news.latest > 0 ? news.latest : time.toServer(clock.now());
    this.#waiting = [];
    void this.#snapshot(this.#round, detail);
  }

  async #snapshot(round: number, detail: string): Promise<void> {
    const { clock } = this.#parts;
    const terminal = this.#terminal;
    const from = this.#owedFrom;
    if (terminal === undefined || from === undefined) return;
    try {
      if (!this.#wasUp) await this.#parts.prepare(terminal);
    } catch (error) {
      // A line that broke meanwhile begins anew.
      if (round === this.#round) this.#settle?.reject(error);
      return;
    }
    if (round !== this.#round || this.#closed) return;
    const asked = await terminal.ask('snapshot', { since: Math.max(0, from - OVERLAP) });
    if (round !== this.#round || this.#closed) return;
    if (asked.outcome !== 'answer' || asked.dropped > 0 || !asked.answer.data.complete) {
      clock.arm('metatrader5 snapshot', clock.now() + SNAPSHOT_PAUSE, () => {
        if (round === this.#round && !this.#closed) void this.#snapshot(round, detail);
      });
      return;
    }
    this.#take(asked, detail);
  }

  #take({ parts, answer }: Snapshot, detail: string): void {
    const { news } = this.#parts;
    const { asOfSeq, serverTime } = answer.data;
    news.observe(serverTime);
    takeSnapshot(news, parts, !this.#wasUp);
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const { seq, take } of waiting) if (seq > asOfSeq) take();
    this.#goUp(detail, this.#wasUp);
  }

  #goUp(detail: string, dataLost: boolean): void {
    this.#wasUp = true;
    this.#isUp = true;
    this.#owedFrom = undefined;
    this.#sayOpen(detail, dataLost);
    this.#settle?.resolve();
  }

  #sayOpen(detail: string, dataLost: boolean): void {
    if (this.#tradeAllowed) this.#link.say('up', detail, dataLost);
    else this.#link.say('degraded', `${detail}; algo trading is off: entries are refused`, dataLost);
  }
}
