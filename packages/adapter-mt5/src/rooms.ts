import {
  type AccountState,
  type Bar,
  type Capabilities,
  type Clock,
  type ConnectionState,
  type HistoryQuery,
  MikroBotError,
  type OrderEvent,
  type Snapshot,
  type Tick,
} from '@mikrobot/core';
import { accountState } from './account/account-state.js';
import { readSnapshot } from './account/snapshot.js';
import type { Terminal } from './bridge/terminal.js';
import { history } from './history/history.js';
import { Symbols } from './market/symbols.js';
import { Ticks } from './market/ticks.js';
import type { Settings } from './options.js';
import { OrderCommands } from './orders/commands.js';
import { OrderFinder } from './orders/order-finder.js';
import { OrderNews } from './orders/order-news.js';
import { ServerTime } from './server-time.js';
import { Session } from './session/session.js';

/** To whom everything is told. */
export interface Voice {
  tick(tick: Tick): void;
  order(event: OrderEvent): void;
  account(state: AccountState): void;
  heartbeat(): void;
  connection(state: ConnectionState): void;
}

/** The first snapshot is tried for as long as so many answers may take. */
const FIRST_SNAPSHOT = 3;
/** Ms between two tries. */
const PAUSE = 250;

/** The rooms of an adapter, wired. */
export class Rooms {
  readonly session: Session;
  readonly symbols = new Symbols();
  readonly ticks: Ticks;
  readonly commands: OrderCommands;
  readonly finder: OrderFinder;
  readonly #settings: Settings;
  readonly #clock: Clock;
  readonly #voice: Voice;
  readonly #time: ServerTime;
  readonly #news: OrderNews;
  #wasRead = false;

  constructor(settings: Settings, capabilities: Capabilities, clock: Clock, voice: Voice) {
    this.#settings = settings;
    this.#clock = clock;
    this.#voice = voice;
    const time = new ServerTime(settings.serverTimeZone);
    this.#time = time;
    const news = new OrderNews({ mode: settings.mode, time, tell: (event) => voice.order(event) });
    this.#news = news;
    this.session = new Session({
      ...settings,
      clock,
      time,
      news,
      open: () => settings.bridge.open(settings.account),
      tell: (state) => voice.connection(state),
      heartbeat: () => voice.heartbeat(),
      listen: (terminal) => this.#listen(terminal),
      prepare: (terminal) => this.#prepare(terminal),
      resubscribe: () => this.ticks.begin(),
    });
    this.ticks = new Ticks({
      time,
      terminal: () => this.session.terminal,
      isKnown: (symbol) => this.symbols.record(symbol) !== undefined,
      tell: (tick) => voice.tick(tick),
    });
    const shared = { ...settings, time, news, ready: () => this.session.ready() };
    this.commands = new OrderCommands({
      ...shared,
      capabilities,
      clock,
      entriesStopped: () => this.session.entriesStopped(),
      instrument: (symbol) => this.symbols.get(symbol),
      quote: (symbol) => this.ticks.quote(symbol),
    });
    this.finder = new OrderFinder(shared);
  }

  history(query: HistoryQuery): AsyncIterable<Bar> {
    return history(
      {
        clock: this.#clock,
        time: this.#time,
        terminal: () => this.session.terminal,
        point: (symbol) => this.symbols.record(symbol)?.point,
        onProgress: this.#settings.onHistoryProgress,
      },
      query,
    );
  }

  /** What the account holds. The first time a line that breaks meanwhile is waited for: a bot that is not told does not start. */
  async snapshot(): Promise<Snapshot> {
    const until = this.#clock.now() + FIRST_SNAPSHOT * this.#settings.answerTimeout;
    for (;;) {
      try {
        const snapshot = await this.#readSnapshot();
        this.#wasRead = true;
        return snapshot;
      } catch (error) {
        if (this.#wasRead || this.session.isClosed || this.#clock.now() >= until) throw error;
        await this.#pause(PAUSE);
      }
    }
  }

  async #readSnapshot(): Promise<Snapshot> {
    const terminal = this.session.ready();
    if (typeof terminal === 'string')
      throw new MikroBotError('PREFLIGHT_FAILED', `${terminal}.`, { where: 'metatrader5' });
    return readSnapshot(terminal, { ...this.#settings, time: this.#time, news: this.#news });
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#clock.arm('metatrader5 first snapshot', this.#clock.now() + ms, () => resolve());
    });
  }

  async #prepare(terminal: Terminal): Promise<void> {
    const { symbols } = this.#settings;
    await this.symbols.read(terminal, symbols, terminal.hello?.leverage ?? 0);
  }

  #listen(terminal: Terminal): void {
    const { mode } = this.#settings;
    terminal.on('tick', (row) => {
      this.#news.observe(row.t);
      this.ticks.take(row);
    });
    terminal.on('account', (figures) => {
      if (terminal.hello !== undefined) this.#voice.account(accountState(terminal.hello, figures, mode));
    });
  }
}
