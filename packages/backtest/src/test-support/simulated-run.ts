import {
  type Fill,
  normal,
  type Purpose,
  type Random,
  type Refusal,
  type Side,
  seededRandom,
  sessionTag,
  sign,
} from '@mikrobot/core';
import { type BacktestOptions, backtest } from '../analysis/backtest.js';
import { AverageTrueRange } from '../analysis/metrics/atr.js';
import type { BacktestResult } from '../analysis/result.js';
import { aBar, aFill, anExecution, anOrder, aRefusal, aSignal } from './events.js';
import { BAR_MS, randomWalk } from './random-walk.js';
import { ScriptedBot } from './scripted-bot.js';

/** What a simulated run is made of. */
export interface SimulationOptions extends BacktestOptions {
  readonly seed?: number;
  /** Calendar days. */
  readonly days?: number;
  readonly symbols?: readonly string[];
}

interface Holding {
  readonly side: Side;
  readonly entry: number;
  readonly stop: number;
  readonly target: number;
  readonly lots: number;
  readonly signal: string;
}

const LOOK_BACK = 30;
const round = (price: number): number => Math.round(price * 1e5) / 1e5;

/** A breakout strategy on one symbol of a scripted bot, with costs, refusals and brackets as a real run has them. */
class Simulation {
  readonly #bot: ScriptedBot;
  readonly #symbol: string;
  readonly #random: Random;
  readonly #atr = new AverageTrueRange(14);
  readonly #closes: number[] = [];
  #holding: Holding | undefined;
  #count = 0;
  #half = 0.00004;

  constructor(bot: ScriptedBot, symbol: string, seed: number) {
    this.#bot = bot;
    this.#symbol = symbol;
    this.#random = seededRandom(seed);
  }

  tick(time: number, bid: number): void {
    this.#bot.tick(this.#symbol, time, round(bid), round(bid + 2 * this.#half));
    const holding = this.#holding;
    if (holding === undefined) return;
    const { bid: low, ask: high } = this.#bot.quotes.get(this.#symbol) ?? { bid, ask: bid };
    const price = holding.side === 'buy' ? low : high;
    const gain = (price - holding.entry) * sign(holding.side);
    this.#bot.floats.set(this.#symbol, gain * holding.lots * 100_000);
    if (gain <= (holding.stop - holding.entry) * sign(holding.side)) this.#close(time, price, 'protect', 's');
    else if (gain >= (holding.target - holding.entry) * sign(holding.side)) {
      this.#close(time, holding.target, 'protect', 't');
    }
  }

  bar(time: number, path: readonly number[]): void {
    const prices = path.map(round);
    const [open, close] = [prices[0] as number, prices.at(-1) as number];
    const bar = aBar(time, [open, Math.max(...prices), Math.min(...prices), close]);
    this.#bot.bars$(this.#symbol, 'M5').next({ ...bar, symbol: this.#symbol });
    const atr = this.#atr.push(bar);
    const past = this.#closes.slice(-LOOK_BACK);
    this.#closes.push(close);
    const night = sessionTag(time) === 'off';
    this.#half = (night ? 0.00008 : 0.00003) * (1 + Math.abs(normal(this.#random)) / 3);
    if (atr === null || past.length < LOOK_BACK || this.#random() < 0.8) return;
    const up = close > Math.max(...past);
    if (up || close < Math.min(...past)) this.#signal(up ? 'buy' : 'sell', Math.max(atr, 0.0002), close);
  }

  #signal(side: Side, atr: number, close: number): void {
    const bot = this.#bot;
    const { time } = bot;
    const quote = { ...(bot.quotes.get(this.#symbol) ?? { time, bid: close, ask: close }) };
    const entry = side === 'buy' ? quote.ask : quote.bid;
    const stop = round(entry - sign(side) * 4 * atr);
    const target = round(entry + sign(side) * 9 * atr);
    const id = `mem0-test-${(this.#count++).toString(36)}-${this.#symbol}`;
    const source = `breakout:${this.#symbol}`;
    const signal = aSignal({ id, source, symbol: this.#symbol, time, side, stop, target, quote });
    bot.signals$.next(signal);
    const refusal = this.#objection(quote.ask - quote.bid);
    if (refusal !== undefined) {
      bot.decisions$.next(aRefusal(signal, refusal));
      return;
    }
    const lots = Math.max(0.01, Math.floor((bot.balance * 0.0055) / (4 * atr * 1000)) / 100);
    const bracket = { stop, target, trail: undefined };
    const order = anOrder({
      id: `${id}-e`,
      symbol: this.#symbol,
      owner: source,
      side,
      quantity: lots,
      bracket,
    });
    bot.decisions$.next(anExecution(signal, order));
    const price = round(entry + sign(side) * 0.00001 * Math.round(this.#random() * 2));
    this.#holding = { side, entry: price, stop, target, lots, signal: id };
    this.#fill(time + 50, { id: `${id}-e`, side, price, purpose: 'enter', profit: 0 });
  }

  #objection(spread: number): Partial<Refusal> | undefined {
    const [validate, assess] = ['validate', 'assess'] as const;
    if (sessionTag(this.#bot.time) === 'off') {
      return {
        stage: validate,
        rule: 'session',
        code: 'SESSION_CLOSED',
        limit: 'london, new-york',
        actual: 'off',
      };
    }
    const pips = Math.round(spread * 1e5) / 10;
    if (pips > 1.1)
      return { stage: validate, rule: 'max-spread', code: 'SPREAD_TOO_WIDE', limit: 1.1, actual: pips };
    const confidence = Math.round(100 * (0.5 + 0.5 * Math.sqrt(this.#random()))) / 100;
    if (confidence < 0.66) {
      return { stage: validate, rule: 'confidence', code: 'CONFIDENCE_LOW', limit: 0.66, actual: confidence };
    }
    if (this.#holding !== undefined) {
      return { stage: assess, rule: 'max-positions', code: 'MAX_POSITIONS', limit: 1, actual: 2 };
    }
    return this.#random() < 0.01
      ? { stage: 'execute', rule: 'venue', code: 'VENUE_REJECTED', limit: '', actual: 'off quotes' }
      : undefined;
  }

  #close(time: number, price: number, purpose: Purpose, leg: string): void {
    const holding = this.#holding as Holding;
    const side = holding.side === 'buy' ? 'sell' : 'buy';
    const worse = leg === 's' ? 0.00001 * Math.round(this.#random() * 4) : 0;
    const exit = round(price - sign(holding.side) * worse);
    const profit = (exit - holding.entry) * sign(holding.side) * holding.lots * 100_000;
    this.#bot.floats.delete(this.#symbol);
    this.#fill(time, {
      id: `${holding.signal}-e${leg}`,
      side,
      price: exit,
      purpose,
      profit: Math.round(profit * 100) / 100,
    });
    this.#holding = undefined;
  }

  #fill(time: number, part: Pick<Fill, 'id' | 'side' | 'price' | 'purpose' | 'profit'>): void {
    const { lots, signal } = this.#holding as Holding;
    const commission = Math.round(lots * 350) / 100;
    const owner = `breakout:${this.#symbol}`;
    this.#bot.fill(aFill({ ...part, time, symbol: this.#symbol, owner, signal, quantity: lots, commission }));
  }
}

/** A result as a real run would give it, from a seeded market. */
export const simulatedRun = (options: SimulationOptions = {}): Promise<BacktestResult> => {
  const { seed = 11, days = 90, symbols = ['EURUSD'], ...rest } = options;
  const from = Date.UTC(2024, 1, 5);
  const bot = new ScriptedBot(
    (told) => {
      const markets = symbols.map((symbol, i) => ({
        simulation: new Simulation(told, symbol, seed + i),
        walk: randomWalk(seed + 100 * i, from, days, 1.0823 + i / 5),
      }));
      // All walks have the same bars, so that time never falls.
      for (;;) {
        const bars = markets.map(({ simulation, walk }) => ({ simulation, next: walk.next() }));
        if (bars.some(({ next }) => next.done)) return;
        for (let step = 0; step < 4; step++) {
          for (const { simulation, next } of bars) {
            if (next.done) return;
            simulation.tick(next.value.time + step * (BAR_MS / 4), next.value.path[step] as number);
          }
        }
        for (const { simulation, next } of bars) {
          if (!next.done) simulation.bar(next.value.time, next.value.path);
        }
      }
    },
    { symbols: [...symbols] },
  );
  const costs = {
    name: 'ecn-fx',
    lines: ['Spread 0.6 pips, wider at night.', 'Commission 3.50 USD a lot and side.'],
  };
  return backtest(bot, { costs, ...rest });
};
