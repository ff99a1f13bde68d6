import {
  type AccountState,
  type Bar,
  type Book,
  type Decision,
  defineInstrument,
  type Fill,
  flatPosition,
  type Instrument,
  type OrderEvent,
  type Quote,
  type Signal,
  type Tick,
  type Timeframe,
} from '@mikrobot/core';
import type { ObservedBot, ObservedIssue, ObservedRun } from '../analysis/observed-bot.js';
import { Topic } from './topic.js';

/** A standard FX instrument quoted in its last three letters. */
const forex = (symbol: string): Instrument => {
  const yen = symbol.endsWith('JPY');
  return defineInstrument({
    symbol,
    assetClass: 'forex',
    currency: symbol.slice(3),
    contractSize: 100_000,
    tickSize: yen ? 0.001 : 0.00001,
    pipSize: yen ? 0.01 : 0.0001,
    quantityStep: 0.01,
    minQuantity: 0.01,
    maxQuantity: 100,
  });
};

/** A bot without a mind: it says what a script tells it to, and its book holds what the script puts there. */
export class ScriptedBot implements ObservedBot {
  readonly runs: readonly ObservedRun[];
  readonly config = {};
  readonly state$ = new Topic<string>();
  readonly signals$ = new Topic<Signal>();
  readonly decisions$ = new Topic<Decision>();
  readonly orders$ = new Topic<OrderEvent>();
  readonly fills$ = new Topic<Fill>();
  readonly issues$ = new Topic<ObservedIssue>();
  readonly instruments = new Map<string, Instrument>();
  readonly quotes = new Map<string, Quote>();
  /** Units of account currency for one of another. */
  readonly rates = new Map<string, number>();
  time = 0;
  balance: number;
  /** Profit of open positions by symbol. */
  readonly floats = new Map<string, number>();
  readonly #currency: string;
  readonly #script: (bot: ScriptedBot) => void;
  readonly #ticks = new Map<string, Topic<Tick>>();
  readonly #bars = new Map<string, Topic<Bar>>();
  readonly book: Book;

  constructor(
    script: (bot: ScriptedBot) => void,
    { symbols = ['EURUSD'], balance = 10_000, currency = 'USD' } = {},
  ) {
    this.#script = script;
    this.#currency = currency;
    this.balance = balance;
    for (const symbol of symbols) this.instruments.set(symbol, forex(symbol));
    this.runs = symbols.map((symbol) => ({
      owner: `breakout:${symbol}`,
      name: 'breakout',
      symbol,
      timeframes: ['M5', 'H1'],
    }));
    this.book = {
      now: () => this.time,
      instrument: (symbol) => this.instruments.get(symbol),
      quote: (symbol) => this.quotes.get(symbol),
      position: (symbol) => flatPosition(symbol),
      owners: () => [],
      pending: () => 0,
      entries: () => [],
      stops: () => [],
      exposed: () => [],
      rate: (from, to) => (from === to ? 1 : this.rates.get(from)),
      account: () => this.account(),
      unpriced: () => [],
      halted: undefined,
      haltOf: () => undefined,
    };
  }

  account(): AccountState {
    return {
      id: 'test',
      currency: this.#currency,
      mode: 'hedging',
      live: false,
      balance: this.balance,
      equity: [...this.floats.values()].reduce((sum, profit) => sum + profit, this.balance),
      margin: 0,
      leverage: 30,
    };
  }

  ticks$(symbol: string): Topic<Tick> {
    return topicOf(this.#ticks, symbol);
  }

  bars$(symbol: string, _timeframe: Timeframe): Topic<Bar> {
    return topicOf(this.#bars, symbol);
  }

  async run(): Promise<void> {
    this.state$.next('confirming');
    this.#script(this);
  }

  set floating(profit: number) {
    this.floats.set('EURUSD', profit);
  }

  /** The market moves. */
  tick(symbol: string, time: number, bid: number, ask: number): void {
    this.time = time;
    this.quotes.set(symbol, { time, bid, ask });
    this.ticks$(symbol).next({ symbol, time, bid, ask, volume: 1 });
  }

  /** A trade is booked, then told. */
  fill(fill: Fill): void {
    this.time = fill.time;
    this.balance += fill.profit - fill.commission;
    this.orders$.next(fill);
    this.fills$.next(fill);
  }
}

const topicOf = <T>(topics: Map<string, Topic<T>>, key: string): Topic<T> => {
  const topic = topics.get(key) ?? new Topic<T>();
  topics.set(key, topic);
  return topic;
};
