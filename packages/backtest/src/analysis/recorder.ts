import type { Bar, Decision, Fill, OrderEvent, Signal, Timeframe } from '@mikrobot/core';
import { sessionTag, timeframeMs } from '@mikrobot/core';
import { breakdownOf } from './breakdown.js';
import { CostMeter, type CostsStatement } from './costs.js';
import type { DataQuality } from './data-quality.js';
import { DecisionsHash } from './decisions-hash.js';
import { EquityRecorder } from './equity-recorder.js';
import { ExposureMeter } from './exposure.js';
import { FunnelCounter } from './funnel.js';
import { instrumentFacts, moneyPerPrice } from './instrument-facts.js';
import { IssueCounter } from './issue-counter.js';
import type { ObservedBot } from './observed-bot.js';
import type { EntryFacts, Valuation } from './open-trade.js';
import { OrderCounter } from './order-counts.js';
import { OrderPlans } from './order-plans.js';
import { performanceOf } from './performance-of.js';
import type { BacktestResult } from './result.js';
import { SignalTimesCounter } from './signal-times.js';
import { SymbolWatch } from './symbol-watch.js';
import type { Trade } from './trade.js';
import { TradeLedger } from './trade-ledger.js';
import { warningsOf } from './warnings.js';
import { watchedBars } from './watched-bars.js';

/** What a recorder is told. */
export interface RecorderOptions {
  /** Bars for the picture, the volatility tag and the samples of equity. Default: each symbol's finest. */
  readonly timeframe?: Timeframe;
  /** Periods of a year for annual figures: 252 (default) folds weekends into Monday, 365 counts every day. */
  readonly daysPerYear?: number;
  /** Names the session of a time (epoch ms). Default: core's `sessionTag`. */
  readonly sessionOf?: (time: number) => string;
}

/** What is known of a run beside what the bot told. */
export interface RunFacts {
  readonly costs?: string | CostsStatement | undefined;
  readonly data?: readonly DataQuality[] | undefined;
}

interface Begun {
  readonly time: number;
  readonly currency: string;
  readonly balance: number;
  readonly equity: number;
  readonly ledger: TradeLedger;
  readonly costs: CostMeter;
}

/**
 * Listens to a bot and collects what a report needs, in memory that does not grow with the number of ticks or bars. Create it before
 * the bot runs; ask for {@link Recorder.result} when it has ended.
 */
export class Recorder {
  readonly #bot: ObservedBot;
  readonly #timeframes: ReadonlyMap<string, Timeframe>;
  readonly #daysPerYear: number;
  readonly #sessionOf: (time: number) => string;
  readonly #watches = new Map<string, SymbolWatch>();
  readonly #subscriptions: { unsubscribe(): void }[] = [];
  readonly #funnel = new FunnelCounter();
  readonly #hash = new DecisionsHash();
  readonly #orders = new OrderCounter();
  readonly #plans = new OrderPlans();
  readonly #issues = new IssueCounter();
  readonly #signalTimes = new SignalTimesCounter();
  readonly #exposure = new ExposureMeter();
  readonly #equity: EquityRecorder;
  readonly #trades: Trade[] = [];
  #begun: Begun | undefined;
  #last = 0;

  /** @throws `MikroBotError` `BAD_TIMEFRAME` when the bot does not build the bars */
  constructor(bot: ObservedBot, options: RecorderOptions = {}) {
    this.#bot = bot;
    this.#timeframes = watchedBars(bot, options.timeframe);
    this.#daysPerYear = options.daysPerYear ?? 252;
    this.#sessionOf = options.sessionOf ?? sessionTag;
    this.#equity = new EquityRecorder(this.#daysPerYear);
    this.#listen();
  }

  /** Stops listening. What was collected stays. */
  detach(): void {
    for (const subscription of this.#subscriptions.splice(0)) subscription.unsubscribe();
    for (const watch of this.#watches.values()) watch.rest();
  }

  /** Everything that was found out. Call it once, when the run has ended. */
  result(facts: RunFacts = {}): BacktestResult {
    const begun = this.#begin();
    const { balance, equity } = this.#bot.book.account();
    this.#sample();
    const openTrades = begun.ledger.unfinished(this.#last);
    const quiet = this.#last === 0;
    const { currency } = begun;
    const result = {
      format: 1 as const,
      instruments: instrumentFacts(this.#timeframes, this.#bot.book),
      from: quiet ? null : begun.time,
      to: quiet ? null : this.#last,
      account: {
        currency,
        startBalance: begun.balance,
        startEquity: begun.equity,
        endBalance: balance,
        endEquity: equity,
      },
      costs: begun.costs.result(facts.costs),
      funnel: this.#funnel.result(),
      orders: this.#orders.result(),
      decisionsHash: this.#hash.digest(),
      performance: performanceOf({
        currency,
        trades: this.#trades,
        openTrades,
        start: begun,
        end: { balance, equity },
        drawdown: this.#equity.worst(),
        dailyReturns: this.#equity.dailyReturns(),
        daysPerYear: this.#daysPerYear,
        exposure: this.#exposure.result(begun.time, this.#last),
      }),
      breakdown: breakdownOf(this.#trades, currency),
      trades: this.#trades,
      openTrades,
      signalTimes: this.#signalTimes.result(),
      equity: this.#equity.curve(),
      prices: [...this.#watches.values()].map((watch) => watch.prices()),
      data: facts.data === undefined ? null : structuredClone(facts.data),
      issues: this.#issues.result(),
    };
    return { ...result, warnings: warningsOf(result) };
  }

  #listen(): void {
    const bot = this.#bot;
    this.#subscriptions.push(
      bot.signals$.subscribe((signal) => this.#signal(signal)),
      bot.decisions$.subscribe((decision) => this.#decision(decision)),
      bot.orders$.subscribe((event) => this.#order(event)),
      bot.fills$.subscribe((fill) => this.#fill(fill)),
      bot.issues$.subscribe((issue) => this.#issues.add(issue)),
      // Only a configured bot has markets to listen to.
      bot.state$.subscribe((state) => state === 'confirming' && this.#listenToMarkets()),
    );
  }

  #listenToMarkets(): void {
    const bot = this.#bot;
    for (const [symbol, timeframe] of this.#timeframes) {
      this.#watches.set(symbol, new SymbolWatch(symbol, timeframeMs(timeframe)));
      this.#subscriptions.push(bot.bars$(symbol, timeframe).subscribe((bar) => this.#bar(bar)));
      let first: { unsubscribe(): void } | undefined;
      first = bot.ticks$(symbol).subscribe(() => {
        this.#begin();
        first?.unsubscribe();
      });
      this.#subscriptions.push(first);
    }
  }

  /** The account's currency and starting figures are known only once the bot is connected: at its first event. */
  #begin(): Begun {
    if (this.#begun !== undefined) return this.#begun;
    const { currency, balance, equity } = this.#bot.book.account();
    const ledger = new TradeLedger(currency, {
      entry: (fill) => this.#entryFacts(fill),
      bars: (symbol) => this.#watches.get(symbol)?.bars ?? 0,
      market: (symbol) => this.#market(symbol, currency),
    });
    this.#begun = {
      time: this.#bot.book.now(),
      currency,
      balance,
      equity,
      ledger,
      costs: new CostMeter(currency),
    };
    this.#sample();
    return this.#begun;
  }

  #sample(): void {
    const { book } = this.#bot;
    this.#last = Math.max(this.#last, book.now());
    // A replayed clock that has not begun yet shows 0.
    if (this.#last === 0) return;
    this.#equity.sample(this.#last, book.account().equity);
  }

  #signal(signal: Signal): void {
    this.#begin();
    this.#funnel.signal(signal);
    const regime = this.#watches.get(signal.symbol)?.volatility ?? 'unknown';
    this.#signalTimes.add(signal.time, this.#sessionOf(signal.time), regime);
  }

  #decision(decision: Decision): void {
    this.#funnel.decision(decision);
    this.#hash.add(decision);
    this.#plans.decision(decision);
  }

  #order(event: OrderEvent): void {
    this.#orders.add(event);
    this.#plans.event(event);
  }

  #bar(bar: Bar): void {
    const watch = this.#watches.get(bar.symbol);
    if (watch === undefined) return;
    this.#begin();
    watch.bar(bar);
    this.#sample();
  }

  #fill(fill: Fill): void {
    const { ledger, costs, currency } = this.#begin();
    const { book } = this.#bot;
    costs.add(fill, this.#plans.expected(fill), {
      quote: book.quote(fill.symbol),
      pipSize: book.instrument(fill.symbol)?.pipSize ?? 1,
      moneyPerPrice: moneyPerPrice(fill.symbol, currency, book),
    });
    const before = ledger.open.length;
    const ended = ledger.add(fill);
    if (ended !== undefined) {
      this.#trades.push(ended);
      this.#exposure.closed(fill.symbol, fill.time);
    }
    // A fill that turns a position over closes one trade and opens another.
    if (ledger.open.length > before - (ended === undefined ? 0 : 1))
      this.#exposure.opened(fill.symbol, fill.time);
    const open = ledger.open.filter((trade) => trade.symbol === fill.symbol);
    this.#watches.get(fill.symbol)?.follow(open, this.#bot.ticks$(fill.symbol));
    this.#sample();
  }

  #market(symbol: string, currency: string): Valuation | null {
    const { book } = this.#bot;
    const quote = book.quote(symbol);
    const money = moneyPerPrice(symbol, currency, book);
    // Before the first tick a book may hold a quote of NaN.
    if (quote === undefined || money === null || !Number.isFinite(quote.bid + quote.ask)) return null;
    return { bid: quote.bid, ask: quote.ask, moneyPerPrice: money };
  }

  #entryFacts(fill: Fill): EntryFacts {
    const bracket = this.#plans.order(fill)?.bracket;
    const watch = this.#watches.get(fill.symbol);
    return {
      strategy: this.#bot.runs.find((run) => run.owner === fill.owner)?.name ?? fill.owner,
      stop: bracket?.stop ?? null,
      target: bracket?.target ?? null,
      moneyPerPrice: moneyPerPrice(fill.symbol, this.#begin().currency, this.#bot.book),
      session: this.#sessionOf(fill.time),
      volatility: watch?.volatility ?? 'unknown',
      bars: watch?.bars ?? 0,
      watched: watch !== undefined,
    };
  }
}
