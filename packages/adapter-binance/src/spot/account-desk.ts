import { type Instrument, MikroBotError } from '@mikrobot/core';
import type { FilterMarket } from '../filters/check-filters.js';
import { toVenueSymbols, type VenueSymbol } from '../mapper/instruments.js';
import { Prices } from '../market/prices.js';
import type { RestClient } from '../transport/rest-client.js';
import { accountOf, type SpotAccount, type SpotBook } from './account.js';
import { catchUp, loadBook } from './load-books.js';
import { type Reading, readState } from './snapshot.js';
import { TradeLedger } from './trade-ledger.js';
import { floorTo, times, toUnits, unitsOf } from './units.js';
import { Wallet } from './wallet.js';

/** The asset that fees can be paid in at a discount. */
const FEE_ASSET = 'BNB';
/** What a symbol must take to be traded with a stop and a target, and left at any time. */
const NEEDED = ['MARKET', 'LIMIT', 'LIMIT_MAKER', 'STOP_LOSS'] as const;
/** Ms for which an average of the last minutes is near enough. A bot reads the account each minute. */
const AVERAGES_HOLD = 120_000;
const NO_AVERAGES = { until: 0, bySymbol: new Map<string, string>() };

/** A symbol with the venue's rules and the account's books. */
export interface TradedSymbol extends SpotBook {
  readonly symbol: VenueSymbol;
}

/** What an account desk needs. */
export interface AccountDeskParts {
  readonly rest: RestClient;
  /** Whether real money is traded. */
  readonly live: boolean;
  /** Names the venue in errors. */
  readonly name: string;
  /** Counts what the user stream has told so far. */
  readonly told: () => number;
  /** Something that a person should know. */
  readonly note: (detail: string) => void;
}

/** What is known of the account: balances, books and prices, from readings and from the user stream. */
export class AccountDesk {
  readonly wallet = new Wallet();
  readonly prices = new Prices();
  readonly #parts: AccountDeskParts;
  readonly #traded = new Map<string, TradedSymbol>();
  /** Assets that fees were taken in and whose price was not known. */
  readonly #unpriced = new Set([FEE_ASSET]);
  readonly #noted = new Set<string>();
  #averages: { readonly until: number; readonly bySymbol: ReadonlyMap<string, string> } | undefined;
  #currency = '';
  #id = 'spot';

  constructor(parts: AccountDeskParts) {
    this.#parts = parts;
  }

  /**
   * Takes the wanted symbols of `exchangeInfo`.
   * @throws {@link MikroBotError} `BAD_CONFIG` where they have more than one quote asset, `PREFLIGHT_FAILED` for one on which no stop can
   * be placed; see also `toVenueSymbols`
   */
  learn(exchangeInfo: unknown, symbols: readonly string[]): void {
    const { name } = this.#parts;
    for (const symbol of toVenueSymbols(exchangeInfo, 'spot', symbols).values()) {
      const { instrument, baseAsset: base, quoteAsset: quote } = symbol;
      this.#currency ||= quote;
      if (quote !== this.#currency) {
        const other = `${instrument.symbol} is quoted in ${quote}, others in ${this.#currency}.`;
        throw new MikroBotError('BAD_CONFIG', other, {
          where: `${name}, symbols`,
          hint: 'An account has one currency: trade symbols of another quote asset with another adapter.',
        });
      }
      const missing: string[] = NEEDED.filter((type): boolean => !symbol.orderTypes.has(type));
      if (!symbol.ocoAllowed) missing.push('OCO');
      if (missing.length > 0) {
        throw new MikroBotError('PREFLIGHT_FAILED', `${instrument.symbol} takes no ${missing.join(', ')}.`, {
          where: `${name}, symbols`,
          hint: 'Without these a position could not be protected. Trade another symbol.',
        });
      }
      const step = unitsOf(instrument.quantityStep);
      const worth = (asset: string, amount: bigint): bigint => this.#worth(asset, amount);
      const ledger = new TradeLedger({ base, quote, step, worth });
      this.#traded.set(instrument.symbol, { symbol, instrument, base, ledger });
    }
  }

  instruments(): readonly Instrument[] {
    return [...this.#traded.values()].map(({ instrument }) => instrument);
  }

  find(symbol: string): TradedSymbol | undefined {
    return this.#traded.get(symbol);
  }

  /** @throws {@link MikroBotError} `UNKNOWN_INSTRUMENT` */
  get(symbol: string): TradedSymbol {
    const traded = this.#traded.get(symbol);
    if (traded !== undefined) return traded;
    throw new MikroBotError('UNKNOWN_INSTRUMENT', `'${symbol}' is not among the symbols of this adapter.`, {
      where: this.#parts.name,
      hint: `It has ${[...this.#traded.keys()].join(', ')}.`,
    });
  }

  account(): SpotAccount {
    return accountOf({
      id: this.#id,
      currency: this.#currency,
      live: this.#parts.live,
      wallet: this.wallet,
      books: this.#traded.values(),
      prices: this.prices,
    });
  }

  /** Asks the venue for everything. @throws what the venue or the line says */
  read(): Promise<Reading> {
    const { rest, told } = this.#parts;
    const symbols = [...this.#traded.keys()];
    return readState({ rest, symbols, unpriced: () => this.#unpricedSymbols(), told });
  }

  take({ account, prices, averages, asOf }: Reading): void {
    this.#averages = { until: asOf + AVERAGES_HOLD, bySymbol: averages };
    for (const { symbol, bidPrice } of prices) this.prices.set(symbol, Number(bidPrice));
    this.#id = account.uid ?? 'spot';
    this.wallet.replace(account.balances, account.updateTime ?? this.wallet.time);
  }

  /** What filters judge orders by; an average that is old judges nothing. */
  market(symbol: string): FilterMarket {
    const { until, bySymbol } = this.#averages ?? NO_AVERAGES;
    const average = bySymbol.get(symbol) ?? '0';
    // Where nothing was traded yet, the venue says 0.
    return { averagePrice: this.#parts.rest.now() <= until && Number(average) > 0 ? average : undefined };
  }

  /** Books what was traded before. */
  async load(): Promise<void> {
    const { rest } = this.#parts;
    const load = ({ instrument, base, ledger }: TradedSymbol): Promise<void> =>
      loadBook(rest, {
        symbol: instrument.symbol,
        base,
        ledger,
        step: unitsOf(instrument.quantityStep),
        minNotional: unitsOf(instrument.minNotional),
        price: unitsOf(this.prices.of(instrument.symbol)),
        total: this.wallet.total(base),
      });
    await Promise.all([...this.#traded.values()].map(load));
  }

  /** Books what was traded while nobody listened. */
  async catchUp(): Promise<void> {
    const { rest } = this.#parts;
    const books = [...this.#traded.values()];
    await Promise.all(books.map(({ instrument, ledger }) => catchUp(rest, instrument.symbol, ledger)));
  }

  /** Something came or went that was no trade. @param amount - units, negative when it went */
  moved(asset: string, amount: bigint): void {
    for (const { instrument, base, ledger } of this.#traded.values()) {
      if (base !== asset) continue;
      const quantity = floorTo(amount < 0n ? -amount : amount, unitsOf(instrument.quantityStep));
      if (amount < 0n) ledger.basis.remove(quantity, 0n);
      else ledger.basis.add(quantity, times(quantity, unitsOf(this.prices.of(instrument.symbol))));
    }
  }

  /** An asset of which a reading has another total than the user stream has told, although it is newer. */
  untold({ account }: Reading): string | undefined {
    if ((account.updateTime ?? 0) <= this.wallet.time) return undefined;
    const listed = new Map(account.balances.map((each) => [each.asset, each]));
    const assets = [this.#currency, ...[...this.#traded.values()].map(({ base }) => base)];
    return assets.find((asset) => {
      const { free = '0', locked = '0' } = listed.get(asset) ?? {};
      return toUnits(free) + toUnits(locked) !== this.wallet.total(asset);
    });
  }

  #unpricedSymbols(): readonly string[] {
    const fees = [...this.#unpriced].map((asset) => `${asset}${this.#currency}`);
    return [...new Set([...this.#traded.keys(), ...fees])];
  }

  #worth(asset: string, amount: bigint): bigint {
    const price = this.prices.of(`${asset}${this.#currency}`);
    if (price > 0) return times(amount, unitsOf(price));
    this.#unpriced.add(asset);
    if (!this.#noted.has(asset)) {
      this.#noted.add(asset);
      this.#parts.note(`a fee was taken in ${asset}, whose price is not known: it is told as 0`);
    }
    return 0n;
  }
}
