import type { AccountState, VenuePosition } from '@mikrobot/core';
import type { AccountFigures, AccountUpdate, PositionFigures } from './wire.js';

/** What of an account does not change by trading. */
export interface FuturesAccountFacts {
  readonly id: string;
  /** The asset in which profit arises and margin is held. */
  readonly currency: string;
  readonly live: boolean;
  /** Long and short positions of one symbol side by side. */
  readonly hedge: boolean;
}

/**
 * The account as last told: whole by a snapshot, then changed by events. An event tells only what changed, so the rest is
 * remembered here; nothing is computed that the venue tells.
 */
export class FuturesAccount {
  readonly facts: FuturesAccountFacts;
  readonly #leverages = new Map<string, number>();
  /** Floating profit by symbol and side. */
  readonly #floating = new Map<string, number>();
  #balance: number | undefined;
  #margin = 0;
  #equity = 0;

  /** Several assets are margin together; the venue then tells sums in US dollars. */
  multiAssets: boolean;

  constructor(facts: FuturesAccountFacts, multiAssets: boolean) {
    this.facts = facts;
    this.multiAssets = multiAssets;
  }

  /** The account for core. */
  get state(): AccountState {
    const { id, currency, live, hedge } = this.facts;
    const leverage = Math.max(1, ...this.#leverages.values());
    const figures = { balance: this.#balance ?? 0, equity: this.#equity, margin: this.#margin, leverage };
    return { id, currency, live, mode: hedge ? 'hedging' : 'netting', ...figures };
  }

  /** @param leverage - 1 to 125 */
  setLeverage(symbol: string, leverage: number): void {
    this.#leverages.set(symbol, leverage);
  }

  /** Undefined until it was read. */
  leverageOf(symbol: string): number | undefined {
    return this.#leverages.get(symbol);
  }

  /**
   * Takes what was read as a whole.
   * @returns whether the balance is as events have told it; they tell every change, so another one will be told soon or was lost
   */
  read(figures: AccountFigures, positions: readonly PositionFigures[]): boolean {
    const before = this.#balance;
    const asset = figures.assets.find((one) => one.asset === this.facts.currency);
    if (this.multiAssets) {
      this.#balance = figures.totalWalletBalance;
      this.#equity = figures.totalMarginBalance;
      this.#margin = figures.totalInitialMargin;
    } else {
      this.#balance = asset?.walletBalance ?? 0;
      this.#equity = asset?.marginBalance ?? 0;
      this.#margin = asset?.initialMargin ?? 0;
    }
    this.#floating.clear();
    for (const { symbol, positionSide, positionAmt, unRealizedProfit } of positions)
      if (positionAmt !== 0) this.#floating.set(`${symbol} ${positionSide}`, unRealizedProfit);
    return before === undefined || this.multiAssets || before === this.#balance;
  }

  /**
   * Takes what changed.
   * @returns whether the new state is known; not where sums over several assets are told only when asked for
   */
  update({ a: { B, P } }: AccountUpdate): boolean {
    for (const { s, ps, pa, up } of P) {
      if (pa === 0) this.#floating.delete(`${s} ${ps}`);
      else this.#floating.set(`${s} ${ps}`, up);
    }
    if (this.multiAssets) return false;
    for (const { a, wb } of B) if (a === this.facts.currency) this.#balance = wb;
    let floating = 0;
    for (const one of this.#floating.values()) floating += one;
    this.#equity = (this.#balance ?? 0) + floating;
    return true;
  }
}

/** Open positions for core; those of a hedging account are named by their side. */
export const toPositions = (positions: readonly PositionFigures[]): readonly VenuePosition[] =>
  positions
    .filter(({ positionAmt }) => positionAmt !== 0)
    .map(({ symbol, positionSide, positionAmt, entryPrice }) => ({
      symbol,
      quantity: positionAmt,
      averagePrice: entryPrice,
      ...(positionSide === 'BOTH' ? {} : { venueId: `${symbol}-${positionSide}` }),
    }));
