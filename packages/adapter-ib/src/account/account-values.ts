import type { AccountState } from '@mikrobot/core';

/** What does not change by trading. */
export interface AccountFacts {
  readonly id: string;
  readonly live: boolean;
  /** Highest leverage that the configured contracts allow, as in 30 for 1:30. */
  readonly leverage: () => number;
}

/** How TWS writes amounts. Number() is stricter than the client library: no `12abc`. */
const amount = (text: string): number | undefined => {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) && Math.abs(value) < 1e300 ? value : undefined;
};

/**
 * The values of one account as TWS tells them, key by key, and what they are for core.
 * Source: TWS API, Account Value Update: amounts come in the base currency; ledger values once for each currency and once, as `BASE`,
 * for all.
 */
export class AccountValues {
  readonly #amounts = new Map<string, number>();
  #currency: string | undefined;
  #unreadable = 0;

  /** Values that were no amounts though they should be. */
  get unreadable(): number {
    return this.#unreadable;
  }

  /** The base currency; undefined until it was told. */
  get currency(): string | undefined {
    return this.#currency;
  }

  /** @returns whether a figure changed that core is told */
  take(key: string, value: string, currency: string): boolean {
    if (!figures.has(key)) return false;
    const read = amount(value);
    if (read === undefined) {
      this.#unreadable += 1;
      return false;
    }
    // Of these there is one value, in the base currency; its name is told nowhere else.
    if (key === 'NetLiquidation' && currency !== 'BASE' && currency !== '') this.#currency = currency;
    const name = `${key} ${currency}`;
    if (this.#amounts.get(name) === read) return false;
    this.#amounts.set(name, read);
    return true;
  }

  /** Units of the base currency for one of another; undefined where the account has never held it. */
  rate(currency: string): number | undefined {
    if (currency === this.#currency) return 1;
    const rate = this.#amounts.get(`ExchangeRate ${currency}`);
    return rate !== undefined && rate > 0 ? rate : undefined;
  }

  /** Profit and loss of open positions in the base currency. */
  get unrealised(): number | undefined {
    return this.#base('UnrealizedPnL');
  }

  /** Net liquidation value in the base currency; undefined until it was told. */
  get equity(): number | undefined {
    return this.#base('NetLiquidation');
  }

  /** The account for core; undefined until net liquidation and margin were told. Balance is what is left when nothing floats. */
  state({ id, live, leverage }: AccountFacts): AccountState | undefined {
    const equity = this.equity;
    const margin = this.#base('FullInitMarginReq') ?? this.#base('InitMarginReq');
    const currency = this.#currency;
    if (equity === undefined || margin === undefined || currency === undefined) return undefined;
    const balance = equity - (this.unrealised ?? 0);
    return { id, currency, mode: 'netting', live, balance, equity, margin, leverage: leverage() };
  }

  #base(key: string): number | undefined {
    return this.#amounts.get(`${key} BASE`) ?? this.#amounts.get(`${key} ${this.#currency}`);
  }
}

const figures: ReadonlySet<string> = new Set([
  'NetLiquidation',
  'UnrealizedPnL',
  'FullInitMarginReq',
  'InitMarginReq',
  'ExchangeRate',
]);

/** Paper accounts begin with D: DU… for one account, DF… for an adviser's, DI… for an introducing broker's. */
export const isLiveAccount = (id: string): boolean => !id.toUpperCase().startsWith('D');
