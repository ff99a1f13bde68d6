import { type Fill, toMinor } from '@mikrobot/core';
import { parseLegId } from './leg-id.js';
import { type EntryFacts, OpenTrade, type Valuation } from './open-trade.js';
import type { ExitCause, Trade } from './trade.js';

/** What the ledger asks when a fill opens or adds, and when it ends a trade. */
export interface TradeFacts {
  entry(fill: Fill): EntryFacts;
  /** Bars of a symbol that have closed so far. */
  bars(symbol: string): number;
  /** The market of a symbol now; `null` when a quote or conversion rate is not known. */
  market(symbol: string): Valuation | null;
}

const causes = { enter: 'reversal', reduce: 'signal', flatten: 'flatten' } as const;

const causeOf = (fill: Fill): ExitCause => {
  return fill.purpose === 'protect' ? (parseLegId(fill.id)?.leg ?? 'stop') : causes[fill.purpose];
};

/**
 * Turns fills into {@link Trade}s, one ledger per owner and symbol. Sums are kept in minor units, so the net of all trades is
 * the profit of all fills less their commission, exactly.
 */
export class TradeLedger {
  readonly #currency: string;
  readonly #facts: TradeFacts;
  readonly #open = new Map<string, OpenTrade>();
  #count = 0;

  constructor(currency: string, facts: TradeFacts) {
    this.#currency = currency;
    this.#facts = facts;
  }

  /** Trades that are open, oldest first. */
  get open(): readonly OpenTrade[] {
    return [...this.#open.values()];
  }

  /** Takes in a fill. @returns the trade that it ended, if it ended one */
  add(fill: Fill): Trade | undefined {
    const key = JSON.stringify([fill.owner, fill.symbol]);
    const commission = toMinor(fill.commission, this.#currency);
    const profit = toMinor(fill.profit, this.#currency);
    const open = this.#open.get(key);
    if (open === undefined || open.adds(fill)) {
      this.#enter(key, fill, fill.quantity, commission, profit);
      return undefined;
    }
    const closing = Math.min(fill.quantity, open.held);
    const over = fill.quantity - closing;
    const turns = over > fill.quantity * 1e-9;
    const share = turns ? toMinor((fill.commission * closing) / fill.quantity, this.#currency) : commission;
    if (!open.leave(fill.price, closing, share, profit)) return undefined;
    const ended = open.snapshot(fill.time, this.#facts.bars(fill.symbol), causeOf(fill), null);
    this.#open.delete(key);
    if (turns) this.#enter(key, fill, over, commission - share, 0n);
    return ended;
  }

  /** The open trades as they stand at a time. */
  unfinished(time: number): Trade[] {
    const { bars, market } = this.#facts;
    return this.open.map((trade) => trade.snapshot(time, bars(trade.symbol), null, market(trade.symbol)));
  }

  #enter(key: string, fill: Fill, quantity: number, commission: bigint, profit: bigint): void {
    const facts = this.#facts.entry(fill);
    let trade = this.#open.get(key);
    if (trade === undefined) {
      trade = new OpenTrade(++this.#count, this.#currency, fill, facts);
      this.#open.set(key, trade);
    }
    trade.enter(fill.price, quantity, commission, profit, facts);
  }
}
