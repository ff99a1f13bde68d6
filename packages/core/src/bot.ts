import type { Observable } from 'rxjs';
import { MikroBotError } from './errors/mikrobot-error.js';
import type { ConnectionState } from './execution/broker-adapter.js';
import { Desk, type DeskOptions } from './execution/desk.js';
import { execute } from './execution/execute.js';
import type { Origin } from './execution/stamp.js';
import { decisionRecord } from './journal/records.js';
import type { BarBuilderOptions } from './market/bar-builder.js';
import { Tap } from './market/tap.js';
import type { Timeframe } from './market/timeframe.js';
import type { Bar } from './model/bar.js';
import type { Book } from './model/book.js';
import type { Decision, Outcome } from './model/decision.js';
import type { Fill, OrderEvent } from './model/order.js';
import type { Draft, Signal } from './model/signal.js';
import type { Tick } from './model/tick.js';
import type { Trade } from './model/trade.js';
import { assessBy } from './risk/assess.js';

import type { RiskPolicy } from './risk/policy.js';
import type { PolicySlot } from './risk/policy-slot.js';
import { type Preview, preview } from './risk/preview.js';
import { type BotState, isRunning, mayBecome } from './runtime/bot-state.js';
import type { Command, ParsedCommand } from './runtime/command.js';
import type { CommandGuard, CommandReceipt } from './runtime/command-guard.js';
import { objection, parseCommand } from './runtime/command-port.js';
import { bindRuns, checkConfig, slipIn, symbolsOfOneRun } from './runtime/config-checks.js';
import type { Input } from './runtime/input.js';
import type { Issue } from './runtime/issue.js';
import { obey } from './runtime/obey.js';
import { start } from './runtime/start.js';
import { type Enricher, enrich } from './signal/enrich.js';
import type { HeldSignal } from './signal/held-signals.js';
import type { BoundStrategy, Strategy } from './signal/strategy.js';
import type { Rule } from './validation/rule.js';
import { approvalInTime } from './validation/rules/approval-in-time.js';
import { defaultRules } from './validation/rules/default-rules.js';
import { lifeCycleRule } from './validation/rules/life-cycle.js';
import { wellFormed } from './validation/rules/well-formed.js';
import { validate } from './validation/validate.js';

/** A strategy on a symbol. */
export interface Run {
  readonly strategy: Strategy;
  readonly symbol: string;
  /** Checked against the strategy's schema. */
  readonly params?: object;
  /** Names the run's ledger and signals; default `<strategy>:<symbol>`. Must be unique in the bot. */
  readonly name?: string;
}

/** What a bot is made of. Times in ms. */
export interface BotConfig extends DeskOptions {
  readonly run: readonly Run[];
  /** The policies behind `assess()`; of several the strictest wins. */
  readonly risk: RiskPolicy | readonly RiskPolicy[];
  /** The rules of `validate()`, in order. Default: {@link defaultRules}. {@link wellFormed} is judged in any case. */
  readonly validate?: readonly Rule[];
  /** Decides who may give which command. Default: everybody everything. */
  readonly guard?: CommandGuard | undefined;
  /** Completes signals before they are validated. */
  readonly enrich?: readonly Enricher[];
  /** Timeframes of `bars$` that others than the strategies want. */
  readonly timeframes?: readonly Timeframe[];
  /** Where the trading day begins, for D1 bars. */
  readonly dayRoll?: BarBuilderOptions['dayRoll'];
}

/** A strategy bound to its symbol, with its ledger's name. */
export interface BoundRun extends BoundStrategy {
  readonly owner: string;
}

/**
 * READ FIRST. A running bot: market → strategies → enrich → validate → assess → execute → venue, and back. Every input is one
 * turn of the desk's loop; every signal gets exactly one decision. Made by {@link createBot}.
 */
export class Bot {
  readonly config: BotConfig;
  readonly runs: readonly BoundRun[];
  readonly desk: Desk;
  /** Signals raised, and how they ended: the sum of the four outcomes is `signals` once nothing is in flight. */
  readonly counts: Record<Outcome | 'signals', number> = {
    signals: 0,
    executed: 0,
    refused: 0,
    held: 0,
    unknown: 0,
  };
  readonly #abort = new AbortController();
  readonly #signals = new Tap<Signal>();
  readonly #decisions = new Tap<Decision>();
  readonly #states = new Tap<BotState>();
  readonly #rules: readonly Rule[];
  readonly #slots: readonly PolicySlot[];
  #revoke = false;
  #state: BotState = 'idle';
  #ended: (() => void) | undefined;

  readonly signals$: Observable<Signal> = this.#signals.observable;
  readonly decisions$: Observable<Decision> = this.#decisions.observable;
  readonly state$: Observable<BotState> = this.#states.observable;

  constructor(config: BotConfig) {
    checkConfig(config);
    this.config = config;
    this.runs = bindRuns(config.run);
    this.desk = new Desk({ ...config, exclusive: symbolsOfOneRun(this.runs) });
    const own = config.validate ?? defaultRules();
    // Whatever else is judged: a malformed signal is never traded.
    const formed = own.some((rule) => rule.name === 'wellFormed') ? [] : [wellFormed()];
    this.#rules = [
      lifeCycleRule(
        () => this.#state,
        () => this.desk.unreconciled,
      ),
      approvalInTime,
      ...formed,
      ...own,
    ];
    this.#slots = this.desk.policies.use('judge' in config.risk ? [config.risk] : config.risk);
    this.#wire();
  }

  get state(): BotState {
    return this.#state;
  }

  get book(): Book {
    return this.desk.book;
  }

  /** Every event of our orders, after the bot has taken it in. */
  get orders$(): Observable<OrderEvent> {
    return this.desk.orders$;
  }

  /** Every trade, with the ledger and signal that it belongs to. */
  get fills$(): Observable<Fill> {
    return this.desk.fills$;
  }

  /** Every finished round trip of every ledger. */
  get trades$(): Observable<Trade> {
    return this.desk.trades$;
  }

  /** What a person should know of. */
  get issues$(): Observable<Issue> {
    return this.desk.issues$;
  }

  /** Ticks of a symbol that the bot runs on, a fresh object each. Available once the bot is configured. */
  ticks$(symbol: string): Observable<Tick> {
    return this.desk.markets.ticks(symbol);
  }

  /** Closed bars of a declared timeframe. Available once the bot is configured. */
  bars$(symbol: string, timeframe: Timeframe): Observable<Bar> {
    return this.desk.markets.bars(symbol, timeframe);
  }

  /** Signals that wait for a person. */
  get waiting(): readonly HeldSignal[] {
    return this.desk.held.list();
  }

  /**
   * Starts in three phases (preflight, configure, confirm by heartbeat), trades until the market ends or {@link stop} is
   * called, and resolves when everything is closed down.
   * @throws `MikroBotError` `PREFLIGHT_FAILED`, `LIVE_ACCOUNT`, `UNKNOWN_INSTRUMENT` or what the adapter says, when a phase fails;
   * `ALREADY_RUN` on a second call.
   */
  async run(): Promise<void> {
    if (this.#state !== 'idle') {
      throw new MikroBotError('ALREADY_RUN', `the bot is ${this.#state}.`, {
        hint: 'Make a new bot for a new run.',
      });
    }
    const stopped = new Promise<void>((resolve) => {
      this.#ended = resolve;
    });
    try {
      await start(this, this.#abort.signal);
    } catch (error) {
      this.become('failed', String(error));
      await this.#close();
      throw error;
    }
    const { adapter } = this.desk;
    if (adapter.play === undefined) await stopped;
    else {
      await adapter.play(this.#abort.signal);
      await this.stop('the market ended');
    }
  }

  /**
   * Stops gracefully: nothing new is entered, what is in flight is awaited for `deadline` ms, positions and their protection
   * stay as they are.
   */
  async stop(reason = 'asked to', { deadline = 10_000 }: { readonly deadline?: number } = {}): Promise<void> {
    if (this.#state === 'stopped' || this.#state === 'stopping' || this.#state === 'failed') return;
    this.become('stopping', reason);
    await this.#drained(deadline);
    this.#abort.abort();
    this.desk.policies.save();
    this.become('stopped', reason);
    await this.#close();
    this.#decisions.complete();
    this.#ended?.();
  }

  /**
   * What would become of a draft now: each policy's verdict and the order's size. Nothing is sent, counted or journalled.
   * @param source - whose signal it would be, for its position and limits count: the name of a run, else a person
   * @throws `MikroBotError` `BAD_CONFIG` when it is no draft.
   */
  preview(draft: Draft, source: string): Preview {
    const { desk, config } = this;
    const wrong = slipIn(draft);
    if (wrong !== undefined)
      throw new MikroBotError('BAD_CONFIG', `${source} gave ${wrong}.`, { where: 'preview' });
    // Policies may ask whether a person or a strategy wants to enter.
    const origin = this.runs.some(({ owner }) => owner === source) ? 'strategy' : 'person';
    let result: Preview | undefined;
    const look = (): void => {
      result = preview(draft, { source, origin }, config.enrich ?? [], this.#rules, this.#slots, desk);
    };
    // Not queued when asked from inside a turn: the caller wants the answer now.
    if (desk.loop.busy) look();
    else desk.loop.enter(look);
    return result as Preview;
  }

  /** What a policy remembers; undefined when there is no such policy or it has no memory. For dashboards. */
  policyState(name: string): unknown {
    return this.desk.policies.state(name);
  }

  /**
   * A person's word. It goes before queued work.
   * @param proof - for the {@link BotConfig.guard}; never journalled
   * @returns whether it was taken; if not, why
   * @throws `MikroBotError` `BAD_CONFIG` when it is no command.
   */
  command(command: Command, proof?: unknown): CommandReceipt {
    const parsed = parseCommand(command);
    const finding = objection(this, parsed, proof);
    if (finding !== undefined) return { taken: false, finding };
    this.input({ kind: 'in:command', data: parsed });
    return { taken: true };
  }

  /** The one door for everything but ticks. Replay comes in here too, with all that came in one turn. */
  input(...inputs: readonly Input[]): void {
    const take = (): void => {
      for (const input of inputs) this.#take(input);
    };
    this.desk.loop.enter(take, inputs[0]?.kind === 'in:command' ? 'critical' : 'high');
  }

  /** Takes a draft into the pipeline. Must be called inside a turn. */
  raise(draft: Draft, from: Origin): void {
    const wrong = slipIn(draft);
    if (wrong === undefined) this.emit(this.desk.stamp(draft, from));
    else this.desk.issue('BAD_DRAFT', `${from.source} gave ${wrong}`);
  }

  /** Takes a stamped signal into the pipeline. */
  emit(signal: Signal): void {
    this.counts.signals++;
    this.desk.undecided.set(signal.id, signal);
    this.desk.log('out:signal', signal);
    this.#signals.next(signal);
  }

  /** Moves on in the life cycle and records it. A move that the life cycle does not allow is ignored. */
  become(state: BotState, reason: string): void {
    if (!mayBecome(this.#state, state)) return;
    const { loop } = this.desk;
    const move = (): void => {
      this.#state = state;
      this.desk.log('out:state', { state, reason });
      this.#states.next(state);
    };
    if (loop.busy) move();
    else loop.enter(move);
  }

  /** Ends `killing` once nothing is in flight, and cuts the line to the venue where that was wanted. */
  settle(): void {
    const rests = this.#state === 'halted' || this.#state === 'paused';
    const waits = this.#state === 'killing' || (rests && this.#revoke);
    if (!waits || this.desk.orders.inFlight || this.desk.book.exposed().length > 0) return;
    this.become('halted', 'nothing is in flight');
    if (this.#revoke) this.#cut();
  }

  /** Closes the line to the venue as soon as nothing is open; then only a new start trades again. */
  revoke(): void {
    this.#revoke = true;
    this.settle();
  }

  /** Whether the line to the venue was cut, or is about to be. */
  get revoked(): boolean {
    return this.#revoke;
  }

  #cut(): void {
    void this.stop('access to the venue was revoked');
  }

  #wire(): void {
    const { desk, config } = this;
    this.#signals.observable
      .pipe(
        enrich(config.enrich ?? [], desk),
        validate(this.#rules, desk),
        assessBy(this.#slots, desk),
        execute(desk),
      )
      .subscribe((decision) => this.#decided(decision));
    desk.signals.observable.subscribe((signal) => this.emit(signal));
    desk.late.observable.subscribe((decision) => {
      this.counts.signals++;
      this.#decided(decision);
    });
    desk.commands.observable.subscribe((command) => this.#obey(command));
    desk.outside.observable.subscribe((data) => this.input({ kind: 'in:command', data }));
    desk.orders$.subscribe(() => this.settle());
    desk.fills$.subscribe((fill) => this.#filled(fill));
    desk.adapter.on('connection', this.#onConnection);
  }

  readonly #onConnection = (data: ConnectionState): void => this.input({ kind: 'in:connection', data });

  async #close(): Promise<void> {
    const { adapter } = this.desk;
    this.desk.close();
    adapter.off('connection', this.#onConnection);
    await this.desk.keep();
    await adapter.close();
  }

  #take(input: Input): void {
    const { desk } = this;
    switch (input.kind) {
      case 'in:account':
        desk.onAccount(input.data);
        return;
      case 'in:answer':
        desk.onAnswer(input.data);
        return;
      case 'in:order':
        desk.onOrder(input.data);
        return;
      case 'in:timer':
        desk.onTimer(input.data.id);
        return;
      case 'in:command':
        desk.log(input.kind, input.data);
        this.#obey(input.data);
        return;
      case 'in:connection':
        desk.log(input.kind, input.data);
        this.#connection(input.data);
        return;
      case 'in:mark':
        desk.log(input.kind, input.data);
        desk.policies.replayMark(input.data);
        return;
      case 'in:signal':
        desk.log(input.kind, input.data);
        desk.accept(input.data);
        this.emit(input.data);
        return;
    }
  }

  /** Nothing may follow a halt or a pause for hours: a crash meanwhile must not forget it. */
  #obey(command: ParsedCommand): void {
    obey(this, command);
    this.desk.harden();
  }

  #connection(connection: ConnectionState): void {
    const { state, dataLost, detail } = connection;
    this.desk.policies.tell({ type: 'connection', connection });
    this.desk.observe('CONNECTION', `${state}: ${detail}`);
    if (state === 'up' && dataLost) this.desk.reconcile('the line was down');
  }

  #decided(decision: Decision): void {
    const { held, undecided } = this.desk;
    this.counts[decision.outcome]++;
    undecided.delete(decision.signal.id);
    if (decision.outcome === 'held') held.add(decision);
    this.desk.log('out:decision', decisionRecord(decision));
    if (this.desk.policies.remembers) this.desk.policies.tell({ type: 'decision', decision });
    this.#decisions.next(decision);
    this.settle();
  }

  /** An entry that was in flight when its scope was killed may still fill: then it is closed, too. */
  #filled({ purpose, symbol, owner }: Fill): void {
    const { book } = this.desk;
    if (purpose === 'enter' && book.closing(symbol, owner))
      this.desk.closeOut(symbol, owner, book.haltOf(symbol, owner) ?? 'killed');
  }

  /** Whether an order will soon trade or end: stopped before, the bot would leave the stop of a closed position at the venue. */
  get #unsettled(): boolean {
    const { orders } = this.desk;
    if (orders.inFlight) return true;
    for (const { request, cancelling } of orders.working())
      if (request.type === 'market' || cancelling !== undefined) return true;
    return false;
  }

  /** Resolves when nothing is in the air, or at the deadline. */
  #drained(deadline: number): Promise<void> {
    const { desk } = this;
    // A played market stands still while we wait: nothing would ever come.
    const still = desk.adapter.play !== undefined;
    if (still || !isRunning(this.#state) || !this.#unsettled) return Promise.resolve();
    return new Promise((resolve) => {
      const look = (): void => {
        if (!this.#unsettled) done();
      };
      const disarm = desk.clock.arm('stop', desk.clock.now() + deadline, () => done());
      // In a turn of its own: what an event leads to, such as the end of a stop, has begun by then.
      const watch = desk.orders$.subscribe(() => desk.loop.enter(look));
      const done = (): void => {
        disarm();
        watch.unsubscribe();
        resolve();
      };
    });
  }
}

/**
 * Makes a bot. Nothing happens until {@link Bot.run}.
 *
 * @example
 * ```ts
 * const bot = createBot({
 *   adapter: paper({ feed: csv('eurusd.csv.gz'), costs: 'retail-fx', balance: { USD: '10000' } }),
 *   run: [{ strategy: breakout, symbol: 'EURUSD' }],
 *   risk: fixedQuantity({ lots: 0.1 }),
 * });
 * bot.decisions$.subscribe((decision) => console.log(explain(decision)));
 * await bot.run();
 * ```
 */
export const createBot = (config: BotConfig): Bot => new Bot(config);
