import type { Observable } from 'rxjs';
import { MikroBotError } from '../errors/mikrobot-error.js';
import type { EntryKind, Journal } from '../journal/journal.js';
import { MemoryJournal } from '../journal/memory-journal.js';
import { Markets, type TickRecorder } from '../market/markets.js';
import { Tap } from '../market/tap.js';
import type { AccountState } from '../model/account.js';
import type { Decision } from '../model/decision.js';
import { badFigure, type Instrument } from '../model/instrument.js';
import type { Fill, OrderEvent, OrderRef } from '../model/order.js';
import type { Draft, Signal } from '../model/signal.js';
import type { Tick } from '../model/tick.js';
import type { Trade } from '../model/trade.js';
import type { IntentRecord } from '../recovery/recall.js';
import { type ForeignPolicy, Reconciler } from '../recovery/reconciler.js';
import { booksOf, settleUndecided } from '../recovery/restore.js';
import { saveBooks } from '../recovery/saved-books.js';
import { pastOf, takeUp } from '../recovery/take-up.js';
import type { ApprovedOrder } from '../risk/approved-order.js';
import { Policies } from '../risk/policies.js';
import type { PolicyStore } from '../risk/policy-store.js';
import { type Clock, systemClock } from '../runtime/clock.js';
import { type Command, commandSchema, type ParsedCommand } from '../runtime/command.js';
import { type Issue, type IssueCode, type Severity, severityOf } from '../runtime/issue.js';
import { RecentMap } from '../runtime/recent-map.js';
import { TurnLoop } from '../runtime/turn-loop.js';
import { TurnScheduler } from '../runtime/turn-scheduler.js';
import { within } from '../runtime/within.js';
import { HeldSignals } from '../signal/held-signals.js';
import type { BrokerAdapter, Capabilities, Snapshot } from './broker-adapter.js';
import { SignalIds } from './client-order-id.js';
import { CloseOuts } from './close-outs.js';
import { type AnswerInput, CommandLine } from './command-line.js';
import { DeskJournal } from './desk-journal.js';
import { expectedPrice } from './expected-price.js';
import type { HaltScope } from './halts.js';
import { keepsBrackets } from './keeps-brackets.js';
import { OrderManager } from './order-manager.js';
import { Portfolio } from './portfolio.js';
import { type Origin, stampSignal } from './stamp.js';
import { TradeBook } from './trade-book.js';

/** Verdicts that are remembered, so that a second subscriber of a pipeline gets the same one. */
const REMEMBERED = 256;
/** Between two moments in which the journal may catch up lie so many ticks (a power of two). */
const TICKS_BETWEEN_IDLE = 256;
/** Entries between two checkpoints of the books. */
const BETWEEN_BOOKS = 20_000;

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
  /** What is done about orders and positions that no bot of this journal made. Default `alert`. */
  readonly foreign?: ForeignPolicy | undefined;
  /** How often the books are compared with the venue while trading, ms. Default 60,000; never where the adapter plays a market. */
  readonly reconcileEvery?: number | undefined;
  /** What an issue of a severity makes the bot do by itself. Default: a critical one halts. */
  readonly emergencyStop?: EmergencyStop | undefined;
  /** Orders of one instrument that may wait for the one before. Default 1,000. */
  readonly queueLimit?: number | undefined;
}

/** What the bot does by itself when something is very wrong. */
export interface EmergencyStop {
  /** From which severity on. */
  readonly from: 'error' | 'critical';
  /** `halt` refuses entries; `kill` cancels them, too, and closes every position. */
  readonly do: 'halt' | 'kill';
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

const isRealTime = ({ realTime, play }: BrokerAdapter): boolean => realTime ?? play === undefined;

const scopeOf = ({ symbol, owner }: HaltScope): HaltScope => ({ symbol, owner });

/** On real time every start needs ids of its own, for the venue remembers; a played market is the same each time. */
const journalIdFor = (adapter: BrokerAdapter, clock: Clock): string =>
  isRealTime(adapter)
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
  readonly #record: DeskJournal;
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
  readonly tradeBook = new TradeBook();
  readonly #refusals = new Set<(scope: HaltScope, why: string) => void>();
  readonly #verdicts = new RecentMap<ApprovedOrder | Decision>(REMEMBERED);
  readonly #schedulers: TurnScheduler[] = [];
  readonly issues$: Observable<Issue> = this.#issues.observable;
  readonly orders$: Observable<OrderEvent> = this.#orderEvents.observable;
  readonly fills$: Observable<Fill> = this.#fills.observable;
  readonly trades$: Observable<Trade> = this.#trades.observable;
  readonly #exclusive: ReadonlySet<string> | undefined;
  readonly #stopListening: () => void;
  readonly #account: string | undefined;
  #ids: SignalIds;
  readonly #foreign: ForeignPolicy;
  readonly #reconcileEvery: number;
  readonly #emergencyStop: EmergencyStop;
  readonly #reconciler: Reconciler;
  /** Signals that have no decision yet, by id. */
  readonly undecided = new Map<string, Signal>();
  /** Signals that wait for a person. */
  readonly held = new HeldSignals();
  /** Positions that core wants closed. */
  readonly closeOuts = new CloseOuts(this);
  /** Signed lots of a symbol that are known to be somebody else's, and are in no ledger. */
  readonly others = new Map<string, number>();
  /** Orders of others that a kill cancels with ours. */
  readonly foreignOrders = new Map<string, OrderRef>();
  /** Decisions on signals of an earlier life. A bot counts them. */
  readonly late = new Tap<Decision>();
  /** Whether a person or a policy said `pause` and nobody `resume` since, whatever halts came and went. */
  paused = false;
  /** Whether there is something to take up, or to compare, once the desk goes on. */
  #waiting = false;
  /** Whether the desk went on: before, its books may be without what an earlier life held. */
  #resumed = false;
  /** Whether the books of an earlier life were taken up, if there were any: before, these are not the books. */
  #tookUp = false;
  /** Signals that an earlier life ended upon. */
  readonly #interrupted: Signal[] = [];
  #closed = false;
  readonly #realTime: boolean;

  constructor(options: DeskOptions) {
    const { adapter } = options;
    this.adapter = adapter;
    this.capabilities = adapter.capabilities;
    this.#realTime = isRealTime(adapter);
    this.clock = options.clock ?? adapter.clock ?? systemClock();
    this.journal = options.journal ?? new MemoryJournal({ id: journalIdFor(adapter, this.clock) });
    this.approvalLifetime = options.approvalLifetime ?? 10_000;
    this.protectionDeadline = options.protectionDeadline ?? 5_000;
    this.queueLimit = options.queueLimit ?? 1_000;
    this.#exclusive = options.exclusive;
    this.#account = options.account;
    this.startTimeout = options.startTimeout ?? 10_000;
    this.loop = new TurnLoop(this.clock, () => this.issue('OVERFLOW', 'too much work inside one turn'));
    this.#record = new DeskJournal({
      journal: this.journal,
      loop: this.loop,
      line: () => this.line,
      realTime: this.#realTime,
      failed: (detail) => this.observe('JOURNAL_FAILED', detail),
    });
    this.book = new Portfolio(() => this.loop.now, NOBODY);
    this.store = options.store;
    this.policies = new Policies(this);
    this.#ids = new SignalIds(this.journal, '');
    this.timers = this.scheduler('desk');
    this.line = new CommandLine({
      clock: this.clock,
      timers: this.timers,
      log: (kind, data) => this.log(kind, data),
      enter: (answer) => {
        if (!this.#closed) this.loop.enter(() => this.onAnswer(answer));
      },
      timeout: options.answerTimeout ?? 5_000,
    });
    this.orders = new OrderManager(this);
    this.book.stopsOf = (symbol, owner) => this.orders.stops(symbol, owner);
    this.markets = new Markets(this, {
      tape: options.tape,
      gapAfter: options.gapAfter ?? 300_000,
      // A replayed market is silent whenever it was; only on real time is somebody waiting.
      staleAfter: options.staleAfter ?? (this.#realTime ? 60_000 : Number.POSITIVE_INFINITY),
    });
    this.#foreign = options.foreign ?? 'alert';
    this.#emergencyStop = options.emergencyStop ?? { from: 'critical', do: 'halt' };
    this.#reconcileEvery = options.reconcileEvery ?? (this.#realTime ? 60_000 : Number.POSITIVE_INFINITY);
    this.#reconciler = new Reconciler(this, this.#foreign);
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
    const past = pastOf(this, snapshot.account.id);
    this.open(instruments, snapshot);
    this.loop.enter(() => {
      if (saved !== undefined) {
        this.log('in:policies', saved);
        this.policies.restore(saved);
      }
      if (past !== undefined) {
        this.#interrupted.push(...takeUp(this, past, snapshot));
        this.#waiting = true;
      }
      this.#tookUp = true;
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
        realTime: this.#realTime,
        exclusive: this.#exclusive && [...this.#exclusive],
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
      if (snapshot.positions.length > 0 || snapshot.orders.length > 0) this.#waiting = true;
    });
  }

  /** Goes on where an earlier life ended: protection first, then what nobody knows of; entries wait until the books agree. */
  resume(): void {
    this.#resumed = true;
    if (this.#waiting) {
      this.orders.resume();
      settleUndecided(this, this.#interrupted.splice(0));
      this.#reconciler.begin('the bot started', true);
    }
    this.#waiting = false;
    this.#checkLater();
  }

  #checkLater(): void {
    if (this.#reconcileEvery === Number.POSITIVE_INFINITY) return;
    this.timers.timer(this.#reconcileEvery, () => {
      this.#reconciler.check();
      this.#checkLater();
    });
  }

  /** Whether what somebody else opens is taken into a ledger. */
  get adopts(): boolean {
    return this.#foreign === 'adopt';
  }

  /** Why entries are refused until the books agree with the venue; undefined when they do. */
  get unreconciled(): string | undefined {
    return this.#reconciler.pending;
  }

  /** Compares the books with the venue. @param why - what may have been missed */
  reconcile(why: string): void {
    if (this.#resumed) this.#reconciler.begin(why);
    else this.#waiting = true;
  }

  /** Writes down all that must outlive the process, so that a later start need not read what was before. */
  saveBooks(): void {
    // Before they were taken up, these are not the books.
    if (this.journal.read === undefined || !this.#tookUp) return;
    this.#record.sinceBooks = 0;
    this.log('out:books', saveBooks(booksOf(this)));
  }

  /** Makes everything durable at the end: a stop that lost its last lines would look like a crash. */
  async keep(): Promise<void> {
    this.loop.enter(() => this.saveBooks());
    await this.#record.keep();
  }

  /** Whether an order's id was made by this journal for this account. */
  owns(orderId: string): boolean {
    return this.#ids.owns(orderId);
  }

  /** Has a command obeyed that follows from inputs. */
  order(command: Command): void {
    const parsed = commandSchema.parse(command);
    this.loop.defer(() => {
      this.log('out:command', parsed);
      this.commands.next(parsed);
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

  /**
   * Puts on record what the venue is to be asked, and calls back once that is durable: at once, or in a later turn.
   * @param then - with a sentence when the journal could not be written
   */
  intend(intent: IntentRecord, id: string, then: (failure: string | undefined) => void): void {
    this.#record.intend(intent, id, then);
  }

  /** Makes durable what is on record so far. Nobody waits for it; a failure is told. */
  harden(): void {
    this.#record.harden();
  }

  log(kind: EntryKind, data: unknown): void {
    this.#record.log(kind, data);
  }

  /** Reports something about orders: journalled, because it follows from inputs that are. */
  issue(code: IssueCode, detail: string, symbol?: string): void {
    const severity = severityOf(code);
    const issue: Issue = { code, severity, detail, time: this.loop.now, symbol };
    this.log('out:issue', issue);
    this.#issues.next(issue);
    if (this.#isEmergency(severity)) this.order(this.#emergency(code, detail));
  }

  /** Reports something about the market or the line; it is in no journal. */
  observe(code: IssueCode, detail: string, symbol?: string): void {
    const severity = severityOf(code);
    if (this.#issues.observed) this.#issues.next({ code, severity, detail, time: this.loop.now, symbol });
    if (this.#isEmergency(severity)) this.outside.next(this.#emergency(code, detail));
  }

  #isEmergency(severity: Severity): boolean {
    const { from } = this.#emergencyStop;
    return severity === from || (from === 'error' && severity === 'critical');
  }

  #emergency(code: IssueCode, detail: string): ParsedCommand {
    const reason = `${code}: ${detail}`.slice(0, 500);
    return commandSchema.parse({ do: this.#emergencyStop.do, by: 'emergency stop', reason });
  }

  /** Whether the venue keeps the brackets of a symbol. */
  venueKeepsBrackets(symbol: string): boolean {
    return keepsBrackets(symbol, this.capabilities, this.book.account(), this.#exclusive);
  }

  /**
   * Whether a reduction may be marked reduce-only: only where one ledger alone trades the symbol. Under a net that several share,
   * a venue would cut or reject what closes one of them.
   */
  reducesNet(symbol: string): boolean {
    if (this.capabilities.reduceOnly === 'none' || this.#exclusive?.has(symbol) !== true) return false;
    return this.book.owners(symbol).length <= 1;
  }

  /**
   * Refuses every entry of a scope, also those that wait in front of the venue. Reductions pass on.
   * @param closing - whether entries that still fill are to be closed again
   */
  halt(why: string, scope: HaltScope = {}, closing = false): void {
    this.log('out:halt', { ...scopeOf(scope), why, closing });
    this.book.halt(scope, why, closing);
    this.refuseQueued(scope, why);
  }

  /** Ends the halt of exactly this scope. */
  release(scope: HaltScope = {}): void {
    this.log('out:halt', { ...scopeOf(scope), why: '', closing: false, over: true });
    this.closeOuts.forget(scope);
    this.book.unhalt(scope);
  }

  /** Refuses the entries of a scope that wait in front of the venue. */
  refuseQueued(scope: HaltScope, why: string): void {
    for (const tell of this.#refusals) tell(scope, why);
  }

  /** Cancels the entries of a scope that work, and with everything in its scope those of others that were adopted. */
  cancelEntries(reason: string, scope: HaltScope = {}): void {
    this.orders.cancelEntries(reason, scope);
    if (scope.owner !== undefined) return;
    for (const ref of this.foreignOrders.values()) {
      if (scope.symbol !== undefined && scope.symbol !== ref.symbol) continue;
      this.foreignOrders.delete(ref.id);
      this.cancelStray(ref, reason);
    }
  }

  /** Asks the venue once to cancel an order that no record follows. */
  cancelStray(ref: OrderRef, reason: string): void {
    const { id } = ref;
    this.intend({ command: 'cancel', id, reason }, id, () =>
      this.line.call(
        'cancel',
        id,
        () => this.adapter.cancel(ref),
        () => undefined,
      ),
    );
  }

  /** Calls back when what waits is to be refused; returns the way to stop that. */
  onRefuse(tell: (scope: HaltScope, why: string) => void): () => void {
    this.#refusals.add(tell);
    return () => this.#refusals.delete(tell);
  }

  /** What policies remember could not be saved: a restart would forget it, so nothing new is entered. */
  unsaved(why: string): void {
    this.observe('STORE_FAILED', why);
  }

  /** Closes one ledger's position by a signal that skips the queue. @param lots - only so much of it; all when left out */
  closeOut(symbol: string, owner: string, reason: string, lots?: number): void {
    this.closeOuts.close(symbol, owner, reason, lots);
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
    if (this.#record.sinceBooks >= BETWEEN_BOOKS) this.saveBooks();
  }

  #booked(fill: Fill): void {
    this.#fills.next(fill);
    const order = this.orders.orderOf(fill.id);
    const after = this.book.position(fill.symbol, fill.owner);
    const trade = this.tradeBook.add(fill, after, order?.request);
    if (trade !== undefined) this.log('out:trade', trade);
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

  /** Ends everything: nothing is heard, no timer fires and nothing is sent any more. */
  close(): void {
    this.#closed = true;
    this.markets.close();
    this.policies.close();
    for (const scheduler of this.#schedulers) scheduler.close();
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
