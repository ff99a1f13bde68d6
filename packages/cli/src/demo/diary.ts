import {
  type Bot,
  type Decision,
  explain,
  type Fill,
  type Issue,
  type OrderEvent,
  tidyQuantity,
} from '@mikrobot/core';
import { second, shortId } from '../output/format.js';
import type { Deed, ScriptedPerson } from './scripted-person.js';
import type { Witness } from './witness.js';

/** What has traded of one order. */
interface Progress {
  readonly trades: number;
  readonly quantity: number;
  /** Sum of price times lots. */
  readonly notional: number;
  readonly profit: number;
}

const NOTHING: Progress = { trades: 0, quantity: 0, notional: 0, profit: 0 };

const purposes: Readonly<Record<Fill['purpose'], string>> = {
  enter: 'entry',
  reduce: 'partial close',
  flatten: 'close',
  protect: 'target',
};

/** Tells what a bot does, one line each, as it happens. */
export class Diary {
  readonly #bot: Bot;
  readonly #witness: Witness;
  readonly #tell: (line: string) => void;
  readonly #orders = new Map<string, Progress>();
  readonly #unknown = new Set<string>();

  constructor(bot: Bot, person: ScriptedPerson, witness: Witness, tell: (line: string) => void) {
    this.#bot = bot;
    this.#witness = witness;
    this.#tell = tell;
    bot.decisions$.subscribe((decision) => this.#decision(decision));
    bot.orders$.subscribe((event) => this.#order(event));
    bot.fills$.subscribe((fill) => this.#fill(fill));
    bot.issues$.subscribe((issue) => this.#issue(issue));
    person.deeds$.subscribe((deed) => this.#deed(deed));
  }

  #line(time: number, label: string, text: string): void {
    this.#tell(`${second(time)}  ${label.padEnd(8)}  ${text}`);
  }

  #decision(decision: Decision): void {
    if (decision.outcome === 'unknown') this.#unknown.add(decision.order.id);
    this.#tell(`${explain(decision)}  #${shortId(decision.signal.id)}`);
  }

  #deed({ time, what }: Deed): void {
    this.#line(time, 'person', what);
  }

  #issue({ time, code, detail }: Issue): void {
    // That the line came up and went down with the run is no news.
    if (code !== 'CONNECTION') this.#line(time, 'issue', `${code}: ${detail}`);
  }

  #order(event: OrderEvent): void {
    const { id, time, type } = event;
    if (this.#unknown.delete(id)) {
      const found = type === 'rejected' ? 'the venue never had it' : 'the venue has it';
      this.#line(time, 'found', `order ${shortId(id)}: ${found}`);
    }
    if (type === 'expired') this.#line(time, 'expired', `order ${shortId(id)}`);
  }

  #fill(fill: Fill): void {
    const { id, time, side, quantity, price, remaining, profit, symbol } = fill;
    const before = this.#orders.get(id) ?? NOTHING;
    const now: Progress = {
      trades: before.trades + 1,
      quantity: before.quantity + quantity,
      notional: before.notional + price * quantity,
      profit: before.profit + profit,
    };
    this.#orders.set(id, now);
    const instrument = this.#bot.book.instrument(symbol);
    if (instrument === undefined) return;
    const lots = (n: number): number => tidyQuantity(instrument, n);
    if (remaining > 0) {
      // The parts in between would fill the screen.
      if (before.trades > 0) return;
      const part = `${side} ${quantity} of ${lots(quantity + remaining)} lots at ${price}`;
      this.#line(time, 'part', `order ${shortId(id)}, ${this.#kind(fill)}: ${part}`);
      return;
    }
    this.#orders.delete(id);
    const average = (now.notional / now.quantity).toFixed(instrument.priceDecimals);
    const trades = now.trades > 1 ? ` in ${now.trades} trades` : '';
    const result = fill.purpose === 'enter' ? '' : `, ${now.profit >= 0 ? '+' : ''}${now.profit.toFixed(2)}`;
    const done = `${side} ${lots(now.quantity)} lots at ${average}${trades}${result}${this.#trail(fill)}`;
    this.#line(time, 'filled', `order ${shortId(id)}, ${this.#kind(fill)}: ${done}`);
  }

  #kind(fill: Fill): string {
    const trails = this.#witness.gained(fill) !== undefined;
    return trails ? 'trailing stop' : purposes[fill.purpose];
  }

  #trail(fill: Fill): string {
    const gained = this.#witness.gained(fill);
    const pipSize = this.#bot.book.instrument(fill.symbol)?.pipSize;
    if (gained === undefined || pipSize === undefined || gained <= 0) return '';
    return ` (${(gained / pipSize).toFixed(1)} pips better than where it began)`;
  }
}
