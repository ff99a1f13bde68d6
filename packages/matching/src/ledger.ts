import { fromMinor, type MinorUnits, toMinor } from '@mikrobot/core';

/** Sums of a ledger since its start, in minor units of its currency. */
export interface LedgerTotals {
  readonly profit: MinorUnits;
  /** Positive is paid. */
  readonly commission: MinorUnits;
  /** Positive is received. */
  readonly swap: MinorUnits;
}

/** Booked money in integer minor units: `balance = start + profit - commission + swap`, exactly and always. */
export class Ledger {
  readonly currency: string;
  readonly start: MinorUnits;
  #profit = 0n;
  #commission = 0n;
  #swap = 0n;

  constructor(currency: string, start: MinorUnits) {
    this.currency = currency;
    this.start = start;
  }

  get balance(): MinorUnits {
    return this.start + this.#profit - this.#commission + this.#swap;
  }

  get totals(): LedgerTotals {
    return { profit: this.#profit, commission: this.#commission, swap: this.#swap };
  }

  /** Books a profit (negative: a loss). Returns the number booked, in currency units. */
  bookProfit(amount: number): number {
    const units = toMinor(amount, this.currency);
    this.#profit += units;
    return fromMinor(units, this.currency);
  }

  /** Books a commission that is known in minor units. Returns it in currency units. */
  bookCommission(units: MinorUnits): number {
    this.#commission += units;
    return fromMinor(units, this.currency);
  }

  bookSwap(amount: number): void {
    this.#swap += toMinor(amount, this.currency);
  }
}
