import { type Fill, fromMinor, type MinorUnits, sign, toMinor } from '@mikrobot/core';
import type { ExitCause, Trade } from './trade.js';
import type { VolatilityTag } from './volatility-regime.js';

/** What is known of an entry beside its fill. */
export interface EntryFacts {
  readonly strategy: string;
  readonly stop: number | null;
  readonly target: number | null;
  /** Account currency that one lot makes when the price moves by 1; `null` when no conversion rate is known. */
  readonly moneyPerPrice: number | null;
  readonly session: string;
  readonly volatility: VolatilityTag;
  /** Bars of the symbol that had closed. */
  readonly bars: number;
  /** Whether {@link OpenTrade.watch} will be told the prices. */
  readonly watched: boolean;
}

/** The market in which an open trade is valued. */
export interface Valuation {
  readonly bid: number;
  readonly ask: number;
  /** Account currency that one lot makes when the price moves by 1. */
  readonly moneyPerPrice: number;
}

/** Quantities this small against the largest held are what binary fractions leave of zero. */
const DUST = 1e-11;

/** A trade while it grows, fill by fill. */
export class OpenTrade {
  readonly #number: number;
  readonly #currency: string;
  readonly #first: Fill;
  readonly #facts: EntryFacts;
  #held = 0;
  /** Price at which what is held stands in the books, by average cost. */
  #cost = 0;
  #opened = 0;
  #closed = 0;
  #paidIn = 0;
  #paidOut = 0;
  #profit: MinorUnits = 0n;
  #commission: MinorUnits = 0n;
  #risk: number | null = 0;
  #fills = 0;
  #low = Number.POSITIVE_INFINITY;
  #high = Number.NEGATIVE_INFINITY;

  constructor(number: number, currency: string, first: Fill, facts: EntryFacts) {
    this.#number = number;
    this.#currency = currency;
    this.#first = first;
    this.#facts = facts;
  }

  get symbol(): string {
    return this.#first.symbol;
  }

  get long(): boolean {
    return this.#first.side === 'buy';
  }

  /** Lots held, without sign. */
  get held(): number {
    return this.#held;
  }

  /** Whether a fill adds to this trade; else it closes from it. */
  adds(fill: Fill): boolean {
    return fill.side === this.#first.side;
  }

  /** Takes in lots that open or add. */
  enter(
    price: number,
    quantity: number,
    commission: MinorUnits,
    profit: MinorUnits,
    facts: EntryFacts,
  ): void {
    this.#count(commission, profit);
    this.#cost = (this.#cost * this.#held + price * quantity) / (this.#held + quantity);
    this.#held += quantity;
    this.#opened += quantity;
    this.#paidIn += price * quantity;
    const distance = facts.stop === null ? null : (price - facts.stop) * sign(this.#first.side);
    const known = distance !== null && distance > 0 && facts.moneyPerPrice !== null;
    this.#risk =
      known && this.#risk !== null
        ? this.#risk + distance * quantity * (facts.moneyPerPrice as number)
        : null;
  }

  /** Takes in lots that close. @returns whether the trade is flat now */
  leave(price: number, quantity: number, commission: MinorUnits, profit: MinorUnits): boolean {
    this.#count(commission, profit);
    this.#held -= quantity;
    this.#closed += quantity;
    this.#paidOut += price * quantity;
    this.watch(price);
    if (this.#held > DUST * this.#opened) return false;
    this.#held = 0;
    return true;
  }

  /** Takes in a price at which it could have been closed. */
  watch(price: number): void {
    if (price < this.#low) this.#low = price;
    if (price > this.#high) this.#high = price;
  }

  /**
   * The trade as it stands at a time, when so many bars of its symbol have closed.
   * @param market - values what is held; `null` when nothing is, or the market is not known
   */
  snapshot(time: number, bars: number, exit: ExitCause | null, market: Valuation | null): Trade {
    const first = this.#first;
    const facts = this.#facts;
    const net = fromMinor(this.#profit - this.#commission, this.#currency);
    const entryPrice = this.#paidIn / this.#opened;
    const watched = facts.watched && this.#high >= this.#low;
    const up = Math.max(0, this.#high - entryPrice);
    const down = Math.max(0, entryPrice - this.#low);
    return {
      number: this.#number,
      owner: first.owner,
      strategy: facts.strategy,
      symbol: first.symbol,
      side: first.side,
      signal: first.signal,
      entryTime: first.time,
      exitTime: exit === null ? null : time,
      entryPrice,
      exitPrice: this.#closed === 0 ? null : this.#paidOut / this.#closed,
      quantity: this.#opened,
      profit: fromMinor(this.#profit, this.#currency),
      commission: fromMinor(this.#commission, this.#currency),
      net,
      floating: market === null ? null : this.#floating(market),
      stop: facts.stop,
      target: facts.target,
      risk: this.#risk,
      r: this.#risk === null || exit === null ? null : net / this.#risk,
      favourable: watched ? (this.long ? up : down) : null,
      adverse: watched ? (this.long ? down : up) : null,
      heldMs: Math.max(0, time - first.time),
      heldBars: bars - facts.bars,
      session: facts.session,
      volatility: facts.volatility,
      exit,
      fills: this.#fills,
    };
  }

  #floating({ bid, ask, moneyPerPrice }: Valuation): number {
    const distance = this.long ? bid - this.#cost : this.#cost - ask;
    return fromMinor(toMinor(distance * this.#held * moneyPerPrice, this.#currency), this.#currency);
  }

  #count(commission: MinorUnits, profit: MinorUnits): void {
    this.#fills += 1;
    this.#commission += commission;
    this.#profit += profit;
  }
}
