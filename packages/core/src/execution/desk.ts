import type { Observable } from 'rxjs';
import { MikroBotError } from '../errors/mikrobot-error.js';
import type { EntryKind, Journal } from '../journal/journal.js';
import { MemoryJournal } from '../journal/memory-journal.js';
import { Markets, type TickRecorder } from '../market/markets.js';
import { Tap } from '../market/tap.js';
import type { AccountState } from '../model/account.js';
import type { Decision } from '../model/decision.js';
import { badFigure, type Instrument } from '../model/instrument.js';
import type { Fill, OrderEvent, OrderRequest } from '../model/order.js';
import type { Draft, Signal } from '../model/signal.js';
import type { Tick } from '../model/tick.js';
import type { Trade } from '../model/trade.js';
import type { ApprovedOrder } from '../risk/approved-order.js';
import { Policies } from '../risk/policies.js';
import type { PolicyStore } from '../risk/policy-store.js';
import { type Clock, systemClock } from '../runtime/clock.js';
import type { ParsedCommand } from '../runtime/command.js';
import type { Issue, IssueCode } from '../runtime/issue.js';
import { RecentMap } from '../runtime/recent-map.js';
import { TurnLoop } from '../runtime/turn-loop.js';
import { TurnScheduler } from '../runtime/turn-scheduler.js';
import { within } from '../runtime/within.js';
import type { BrokerAdapter, Capabilities, MaybePromise, Snapshot } from './broker-adapter.js';
import { SignalIds } from './client-order-id.js';
import { type AnswerInput, CommandLine } from './command-line.js';
import { expectedPrice } from './expected-price.js';
import type { HaltScope } from './halts.js';
import { OrderManager } from './order-manager.js';
import { Portfolio } from './portfolio.js';
import { type Origin, stampSignal } from './stamp.js';
import { TradeBook } from './trade-book.js';

/** Verdicts that are remembered, so that a second subscriber of a pipeline gets the same one. */
const REMEMBERED = 256;
/** Between two moments in which the journal may catch up lie so many ticks (a power of two). */
const TICKS_BETWEEN_IDLE = 256;

/** How a desk works. Times in ms. */
export interface DeskOptions {
  readonly adapter: BrokerAdapter;
  /** The id of a live account that may be traded. Without it, real money is refused. */
  readonly account?: string | undefined;
  /** Default: in memory, which does not survive the process. */
  readonly journal?: Journal | undefined;
  /** Default: the adapter's own, else the system's. */
  readonly clock?: Clock | undefined;
  /** Where what policies remember outlives the process. Default: nowhere. */
  readonly store?: PolicyStore | undefined;
  /** Records every tick, so that strategies can be replayed too. */
  readonly tape?: TickRecorder | undefined;
  /** Symbols that one ledger alone trades: their reductions are marked reduce-only where the venue can. Default none. */
  readonly exclusive?: ReadonlySet<string> | undefined;
  /** Silence of a market, within its hours, that is reported as a gap once it is over. Default 5 minutes. */
  readonly gapAfter?: number | undefined;
  /** Silence of a market that is reported while it lasts. Default 1 minute; never where the adapter plays a market. */
  readonly staleAfter?: number | undefined;
  /** How long each step of the start may take. Default 10,000. */
  readonly startTimeout?: number | undefined;
  /** Silence after a command that counts as an unknown outcome. Default 5,000. */
  readonly answerTimeout?: number | undefined;
  /** How long an approval may wait before the order goes out. Default 10,000. */
  readonly approvalLifetime?: number | undefined;
  /** How long a position may be without its stop before it is closed. Default 5,000. */
  readonly protectionDeadline?: number | undefined;
  /** Orders of one instrument that may wait for the one before. Default 1,000. */
  readonly queueLimit?: number | undefined;
}

const NOBODY: AccountState = {
  id: '',
  currency: '',
  mode: 'netting',
  live: false,
  balance: 0,
  equity: 0,
  margin: 0,
  leverage: 1,
};

/** On real time every start needs ids of its own, for the venue remembers; a played market is the same each time. */
const journalIdFor = (adapter: BrokerAdapter, clock: Clock): string =>
  adapter.play === undefined
    ? Math.floor(clock.now() / 1_000)
        .toString(36)
        .slice(-6)
    : 'mem0';

/**
 * What stands under the three operators: one account at one venue, its book, its orders, its journal, and the loop that takes
 * one event at a time. `createBot()` makes one; make your own to wire the operators by hand.
 */
export class Desk {
  /** What approvals of this desk carry. */
  readonly id: symbol = Symbol('desk');
  readonly adapter: BrokerAdapter;
  readonly capabilities: Capabilities;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly loop: TurnLoop;
  readonly book: Portfolio;
  readonly markets: Markets;
  readonly orders: OrderManager;
  readonly line: CommandLine;
  readonly policies: Policies;
  readonly store: PolicyStore | undefined;
  readonly timers: TurnScheduler;
  readonly approvalLifetime: number;
  readonly protectionDeadline: number;
  readonly queueLimit: number;
  readonly startTimeout: number;
  /** Signals that core itself raises: close-outs and commands. A pipeline must be subscribed to them. */
  readonly signals = new Tap<Signal>();
  /** What must be done because of something outside, which no replay would know of: to be taken as an input. */
  readonly outside = new Tap<ParsedCommand>();
  /** What policies want done, which follows from inputs. A bot obeys. */
  readonly commands = new Tap<ParsedCommand>();
  readonly #issues = new Tap<Issue>();
  readonly #orderEvents = new Tap<OrderEvent>();
  readonly #fills = new Tap<Fill>();
  readonly #trades = new Tap<Trade>();
  readonly #tradeBook = new TradeBook();
  readonly #refusals = new Set<(scope: HaltScope, why: string) => void>();
  readonly #verdicts = new RecentMap<ApprovedOrder | Decision>(REMEMBERED);
  readonly #schedulers: TurnScheduler[] = [];
  readonly issues$: Observable<Issue> = this.#issues.observable;
  readonly orders$: Observable<OrderEvent> = this.#orderEvents.observable;
  readonly fills$: Observable<Fill> = this.#fills.observable;
  readonly trades$: Observable<Trade> = this.#trades.observable;
  readonly #exclusive: ReadonlySet<string>;
  readonly #stopListening: () => void;
  readonly #account: string | undefined;
  #ids: SignalIds;

  constructor(options: DeskOptions) {
    const { adapter } = options;
    this.adapter = adapter;
    this.capabilities = adapter.capabilities;
    this.clock = options.clock ?? adapter.clock ?? systemClock();
    this.journal = options.journal ?? new MemoryJournal({ id: journalIdFor(adapter, this.clock) });
    this.approvalLifetime = options.approvalLifetime ?? 10_000;
    this.protectionDeadline = options.protectionDeadline ?? 5_000;
    this.queueLimit = options.queueLimit ?? 1_000;
    this.#exclusive = options.exclusive ?? new Set();
    this.#account = options.account;
    this.startTimeout = options.startTimeout ?? 10_000;
    this.loop = new TurnLoop(this.clock, () => this.issue('OVERFLOW', 'too much work inside one turn'));
    this.book = new Portfolio(() => this.loop.now, NOBODY);
    this.store = options.store;
    this.policies = new Policies(this);
    this.#ids = new SignalIds(this.journal, '');
    this.timers = this.scheduler('desk');
    this.line = new CommandLine({
      clock: this.clock,
      timers: this.timers,
      log: (kind, data) => this.log(kind, data),
      enter: (answer) => this.loop.enter(() => this.onAnswer(answer)),
      timeout: options.answerTimeout ?? 5_000,
    });
    this.orders = new OrderManager(this);
    this.book.stopsOf = (symbol, owner) => this.orders.stops(symbol, owner);
    this.markets = new Markets(this, {
      tape: options.tape,
      gapAfter: options.gapAfter ?? 300_000,
      // A replayed market is silent whenever it was; only on real time is somebody waiting.
      staleAfter: options.staleAfter ?? (adapter.play === undefined ? 60_000 : Number.POSITIVE_INFINITY),
    });
    const onOrder = (event: OrderEvent): void => this.loop.enter(() => this.onOrder(event));
    const onAccount = (state: AccountState): void => this.loop.enter(() => this.onAccount(state));
    adapter.on('tick', this.#onTick).on('order', onOrder).on('account', onAccount);
    this.#stopListening = () =>
      adapter.off('tick', this.#onTick).off('order', onOrder).off('account', onAccount);
  }

  /**
   * Connects to the venue and takes what it says of itself. Afterwards symbols can be watched (`desk.markets.watch`), a pipeline
   * subscribed, and its ticks asked for (`adapter.subscribe`).
   * @throws `MikroBotError` `PREFLIGHT_FAILED` when the venue does not answer in time or in full, `LIVE_ACCOUNT` for real money
   * that `account` does not name, or what the adapter or the store says.
   */
  async connect(abort: AbortSignal = new AbortController().signal): Promise<void> {
    const { adapter } = this;
    await within(this, 'connecting', abort, adapter.connect(abort));
    const instruments = await within(this, 'asking for the instruments', abort, adapter.instruments());
    const snapshot = await within(this, 'asking for the account', abort, adapter.snapshot());
    const saved = this.store === undefined ? undefined : await this.store.load();
    this.open(instruments, snapshot);
    if (saved === undefined) return;
    this.loop.enter(() => {
      this.log('in:policies', saved);
      this.policies.restore(saved);
    });
  }

  /**
   * Takes what the venue says of itself, before the first order.
   * @throws `MikroBotError` `PREFLIGHT_FAILED` when the snapshot is incomplete, `LIVE_ACCOUNT` for real money that was not named.
   */
  open(instruments: readonly Instrument[], snapshot: Snapshot): void {
    if (!snapshot.complete) {
      throw new MikroBotError('PREFLIGHT_FAILED', 'the venue gave an incomplete snapshot of the account.', {
        where: this.adapter.name,
        hint: 'Nothing is traded on a state that is unknown; try again when the venue answers in full.',
      });
    }
    const { id, live } = snapshot.account;
    if (live && this.#account !== id) {
      throw new MikroBotError('LIVE_ACCOUNT', `account ${id} trades real money.`, {
        where: this.adapter.name,
        hint: `Name it in the configuration to trade it: { account: '${id}' }.`,
      });
    }
    this.loop.enter(() => {
      this.log('in:venue', {
        name: this.adapter.name,
        capabilities: this.capabilities,
        instruments,
        snapshot,
      });
      const usable = instruments.filter((instrument) => {
        const field = badFigure(instrument);
        if (field === undefined) return true;
        this.issue('BAD_INSTRUMENT', `its ${field} is ${instrument[field]}`, instrument.symbol);
        return false;
      });
      this.book.setInstruments(usable);
      this.book.setAccount(snapshot.account);
      this.#ids = new SignalIds(this.journal, snapshot.account.id, this.journal.head().seq);
      for (const { symbol, quantity } of snapshot.positions) {
        this.issue(
          'POSITION_NOT_OURS',
          `the account holds ${quantity} lots that no ledger of this bot accounts for`,
          symbol,
        );
      }
    });
  }

  /** A scheduler whose timers are inputs of this desk. @param owner - names the timers */
  scheduler(owner: string): TurnScheduler {
    const wake = (id: string): void => this.loop.enter(() => this.onTimer(id));
    const scheduler = new TurnScheduler(owner, this.clock, () => this.loop.now, wake);
    this.#schedulers.push(scheduler);
    return scheduler;
  }

  /** Turns a draft into a signal: id, time, quote, rate and account figures are core's to give. */
  stamp(draft: Draft, from: Origin): Signal {
    this.policies.record();
    return stampSignal(this.book, this.#ids.next(), draft, from);
  }

  /** Takes over a signal from a journal: its id is used up, and its quote is what the market was. */
  accept(signal: Signal): void {
    this.#ids.continueAfter(signal.id);
    this.markets.setQuote(signal.symbol, signal.quote);
  }

  /** The verdict on a signal, judged at most once. */
  verdict(signal: Signal, judge: () => ApprovedOrder | Decision): ApprovedOrder | Decision {
    const known = this.#verdicts.get(signal.id);
    if (known !== undefined) return known;
    const verdict = judge();
    this.#verdicts.set(signal.id, verdict);
    return verdict;
  }

  /** Puts an order's intent on record. A promise must be awaited before the venue may hear of it. */
  intend(request: OrderRequest): MaybePromise<void> {
    this.log('out:intent', request);
    return this.journal.commit();
  }

  log(kind: EntryKind, data: unknown): void {
    this.journal.append(kind, this.loop.now, this.loop.tape, data);
  }

  /** Reports something about orders: journalled, because it follows from inputs that are. */
  issue(code: IssueCode, detail: string, symbol?: string): void {
    const issue: Issue = { code, detail, time: this.loop.now, symbol };
    this.log('out:issue', issue);
    this.#issues.next(issue);
  }

  /** Reports something about the market or the line; it is in no journal. */
  observe(code: IssueCode, detail: string, symbol?: string): void {
    if (this.#issues.observed) this.#issues.next({ code, detail, time: this.loop.now, symbol });
  }

  /**
   * Whether a reduction may be marked reduce-only: only where one ledger alone trades the symbol. Under a net that several share,
   * a venue would cut or reject what closes one of them.
   */
  reducesNet(symbol: string): boolean {
    if (this.capabilities.reduceOnly === 'none' || !this.#exclusive.has(symbol)) return false;
    return this.book.owners(symbol).length <= 1;
  }

  /**
   * Refuses every entry of a scope, also those that wait in front of the venue. Reductions pass on.
   * @param closing - whether entries that still fill are to be closed again
   */
  halt(why: string, scope: HaltScope = {}, closing = false): void {
    this.book.halt(scope, why, closing);
    this.refuseQueued(scope, why);
  }

  /** Ends the halt of exactly this scope. */
  release(scope: HaltScope = {}): void {
    this.book.unhalt(scope);
  }

  /** Refuses the entries of a scope that wait in front of the venue. */
  refuseQueued(scope: HaltScope, why: string): void {
    for (const tell of this.#refusals) tell(scope, why);
  }

  /** Calls back when what waits is to be refused; returns the way to stop that. */
  onRefuse(tell: (scope: HaltScope, why: string) => void): () => void {
    this.#refusals.add(tell);
    return () => this.#refusals.delete(tell);
  }

  /** What policies remember could not be saved: a restart would forget it, so nothing new is entered. */
  unsaved(why: string): void {
    this.observe('STORE_FAILED', why);
    this.outside.next({ do: 'halt', by: 'policy store', reason: why.slice(0, 500) });
  }

  /** Closes one ledger's position by a signal that skips the queue. */
  closeOut(symbol: string, owner: string, reason: string): void {
    const most = this.book.instrument(symbol)?.maxQuantity ?? Number.POSITIVE_INFINITY;
    const draft: Draft = { symbol, intent: 'exit', confidence: 1, priority: 'critical', reason };
    // A venue may take less in one order than is open: as many signals as it needs.
    for (let left = Math.abs(this.book.position(symbol, owner).quantity); left > 0; left -= most) {
      this.signals.next(this.stamp(draft, { source: owner, origin: 'core' }));
    }
  }

  /** Takes what the venue tells of an order. */
  onOrder(event: OrderEvent): void {
    this.log('in:order', event);
    this.#takeOrder(event);
  }

  /** Takes what must have become of an order, as the venue's answer to a question shows. */
  inferOrder(event: OrderEvent): void {
    this.log('out:order', event);
    this.#takeOrder(event);
  }

  #takeOrder(event: OrderEvent): void {
    const fills = this.orders.onEvent(event);
    this.#orderEvents.next(event);
    for (const fill of fills) this.#booked(fill);
  }

  #booked(fill: Fill): void {
    this.#fills.next(fill);
    const order = this.orders.orderOf(fill.id);
    const trade = this.#tradeBook.add(fill, this.book.position(fill.symbol, fill.owner), order?.request);
    if (this.policies.remembers) {
      const expected = order === undefined ? undefined : expectedPrice(order.request, order.signal);
      this.policies.tell({ type: 'fill', fill, expected });
      if (trade !== undefined) this.policies.tell({ type: 'trade', trade });
    }
    if (trade !== undefined) this.#trades.next(trade);
  }

  onAccount(state: AccountState): void {
    this.log('in:account', state);
    this.book.setAccount(state);
  }

  onAnswer(input: AnswerInput): void {
    this.log('in:answer', input);
    this.line.answered(input);
  }

  onTimer(id: string): void {
    this.log('in:timer', { id });
    for (const scheduler of this.#schedulers) if (scheduler.fire(id)) return;
  }

  /** Stops listening to the adapter. */
  close(): void {
    this.markets.close();
    this.policies.close();
    this.#stopListening();
  }

  readonly #onTick = (tick: Tick): void => {
    const { loop } = this;
    if (loop.busy) {
      // The adapter may reuse its tick object: what waits needs its own.
      const copy = { ...tick };
      loop.enter(() => this.markets.tick(copy), 'normal');
      return;
    }
    loop.begin();
    try {
      this.markets.tick(tick);
    } finally {
      loop.end();
    }
    if ((loop.tape & (TICKS_BETWEEN_IDLE - 1)) === 0) this.journal.idle?.();
  };
}
