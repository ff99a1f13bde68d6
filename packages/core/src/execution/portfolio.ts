import { CrossRates } from '../market/cross-rates.js';
import { type AccountState, flatPosition, type Position } from '../model/account.js';
import type { Book, PendingEntry } from '../model/book.js';
import type { Instrument } from '../model/instrument.js';
import type { Fill, OrderRequest } from '../model/order.js';
import { sign } from '../model/side.js';
import type { Quote } from '../model/tick.js';
import type { Ledger } from '../recovery/books.js';
import { type HaltScope, Halts } from './halts.js';
import { positionAfter } from './ledger.js';
import { Reservations } from './reservations.js';

/**
 * A quote that the tick path writes in place. A class: plain objects with these keys share one layout, and one among them whose
 * `time` is no number would turn each write of a number into garbage.
 */
export class LiveQuote implements Quote {
  time = 0;
  bid = Number.NaN;
  ask = Number.NaN;
}

const NONE: readonly string[] = [];
const NOBODY: readonly OwnedPosition[] = [];

interface OwnedPosition {
  readonly owner: string;
  readonly position: Position;
}

interface Holding {
  readonly instrument: Instrument;
  readonly quote: LiveQuote;
  net: Position;
  readonly owners: Map<string, Position>;
  /** What {@link Portfolio.owners} answers, until the next trade. */
  list: readonly OwnedPosition[] | undefined;
}

/**
 * The one truth about an account: quotes, the net position of each instrument, each strategy's own ledger under it, what is
 * reserved, and the account's figures.
 */
export class Portfolio implements Book {
  readonly #now: () => number;
  readonly #holdings = new Map<string, Holding>();
  readonly #reservations = new Reservations();
  #rates: CrossRates = new CrossRates([], () => undefined);
  readonly #halts = new Halts();
  #account: AccountState;
  /** Instruments with a position. */
  #held = 0;
  /** Counts the quotes that were written; whoever writes one counts it. With it the account's figures hold until they change. */
  moved = 0;
  /** What {@link account} answers while `moved` is {@link #valuedAt}. */
  #valued: AccountState | undefined;
  #valuedAt = 0;
  #exposed: readonly string[] | undefined;
  /** Found while valuing. */
  #unpriced: readonly string[] = NONE;
  /** Where the working stops of a ledger are known; set by whoever places them. */
  stopsOf: (symbol: string, owner: string) => readonly number[] = () => [];

  constructor(now: () => number, account: AccountState) {
    this.#now = now;
    this.#account = account;
  }

  /** Takes the venue's instruments. Called once, before trading. */
  setInstruments(instruments: Iterable<Instrument>): void {
    for (const instrument of instruments) {
      const { symbol } = instrument;
      const quote = new LiveQuote();
      this.#holdings.set(symbol, {
        instrument,
        quote,
        net: flatPosition(symbol),
        owners: new Map(),
        list: undefined,
      });
    }
    this.#rates = new CrossRates(
      [...this.#holdings.values()].map((h) => h.instrument),
      (symbol) => this.quote(symbol),
    );
  }

  /** What the venue says of the account. */
  setAccount(account: AccountState): void {
    this.#account = account;
    this.#valued = undefined;
  }

  /** The quote of a symbol for the tick path to write. */
  liveQuote(symbol: string): LiveQuote | undefined {
    return this.#holdings.get(symbol)?.quote;
  }

  now(): number {
    return this.#now();
  }

  instrument(symbol: string): Instrument | undefined {
    return this.#holdings.get(symbol)?.instrument;
  }

  quote(symbol: string): Quote | undefined {
    const quote = this.#holdings.get(symbol)?.quote;
    return quote === undefined || Number.isNaN(quote.bid) ? undefined : quote;
  }

  position(symbol: string, owner?: string): Position {
    const holding = this.#holdings.get(symbol);
    const position = owner === undefined ? holding?.net : holding?.owners.get(owner);
    return position ?? flatPosition(symbol);
  }

  /** Every ledger with a position in `symbol`. */
  owners(symbol: string): readonly OwnedPosition[] {
    const holding = this.#holdings.get(symbol);
    if (holding === undefined) return NOBODY;
    holding.list ??= [...holding.owners].map(([owner, position]) => ({ owner, position }));
    return holding.list;
  }

  /** Every ledger with a position. */
  ledgers(): readonly Ledger[] {
    return [...this.#holdings.keys()].flatMap((symbol) => this.owners(symbol));
  }

  /** Takes up the ledgers of an earlier life. */
  restore(ledgers: readonly Ledger[]): void {
    for (const { owner, position } of ledgers) {
      const holding = this.#holdings.get(position.symbol);
      if (holding === undefined) continue;
      const { instrument, owners, net } = holding;
      const { quantity, averagePrice, since } = position;
      holding.net = positionAfter(net, instrument, quantity, averagePrice, since);
      holding.list = undefined;
      this.#held += Number(owners.size === 0);
      owners.set(owner, position);
    }
    this.#exposed = undefined;
    this.#valued = undefined;
  }

  /** The halts in force. */
  get halts(): Halts {
    return this.#halts;
  }

  pending(symbol: string, owner?: string): number {
    return this.#reservations.entering(symbol, owner);
  }

  entries(): readonly PendingEntry[] {
    return this.#reservations.entries();
  }

  stops(symbol: string, owner: string): readonly number[] {
    return this.stopsOf(symbol, owner);
  }

  get halted(): string | undefined {
    return this.#halts.global;
  }

  haltOf(symbol: string, owner: string): string | undefined {
    return this.#halts.of(symbol, owner);
  }

  /** Halts a scope. @param closing - whether entries that still fill are to be closed again */
  halt(scope: HaltScope, why: string, closing: boolean): void {
    this.#halts.add(scope, why, closing);
  }

  /** Whether a position that an entry opens now is to be closed again. */
  closing(symbol: string, owner: string): boolean {
    return this.#halts.closing(symbol, owner);
  }

  /** Ends the halt of exactly this scope. */
  unhalt(scope: HaltScope): void {
    this.#halts.remove(scope);
  }

  /** Whether any position is open. */
  get holds(): boolean {
    return this.#held > 0;
  }

  /** Lots of a ledger's position that approved reductions will still take. */
  reducing(symbol: string, owner: string): number {
    return this.#reservations.reducing(symbol, owner, this.position(symbol, owner).quantity);
  }

  exposed(): readonly string[] {
    if (this.#exposed !== undefined) return this.#exposed;
    const held = [...this.#holdings].filter(([, h]) => h.owners.size > 0).map(([symbol]) => symbol);
    this.#exposed = [...new Set([...held, ...this.#reservations.symbols()])];
    return this.#exposed;
  }

  rate(from: string, to: string): number | undefined {
    return this.#rates.rate(from, to);
  }

  /** Instruments by which `from` is converted to `to`; empty when there is no way, or none is needed. */
  route(from: string, to: string): readonly string[] {
    return this.#rates.route(from, to);
  }

  account(): AccountState {
    if (this.#valued !== undefined && this.#valuedAt === this.moved) return this.#valued;
    const account = this.#account;
    const equity = account.balance + this.#floating();
    this.#valued = equity === account.equity ? account : { ...account, equity };
    this.#valuedAt = this.moved;
    return this.#valued;
  }

  /** @param filled - lots of it that are positions already */
  reserve(request: OrderRequest, filled = 0): void {
    const instrument = this.instrument(request.symbol);
    if (instrument !== undefined) this.#reservations.reserve(request, instrument);
    if (filled > 0) this.#reservations.convert(request.id, filled);
    this.#exposed = undefined;
  }

  release(orderId: string): void {
    this.#reservations.release(orderId);
    this.#exposed = undefined;
  }

  /** Books a trade into its owner's ledger, the net, and the balance. */
  fill(fill: Fill): void {
    const holding = this.#holdings.get(fill.symbol);
    if (holding === undefined) return;
    const { instrument, owners } = holding;
    const signed = sign(fill.side) * fill.quantity;
    this.#reservations.convert(fill.id, fill.quantity);
    this.#exposed = undefined;
    this.#valued = undefined;
    holding.list = undefined;
    holding.net = positionAfter(holding.net, instrument, signed, fill.price, fill.time);
    const before = owners.get(fill.owner) ?? flatPosition(fill.symbol);
    const after = positionAfter(before, instrument, signed, fill.price, fill.time);
    const held = owners.size > 0;
    if (after.quantity === 0) owners.delete(fill.owner);
    else owners.set(fill.owner, after);
    this.#held += Number(owners.size > 0) - Number(held);
    const balance = this.#account.balance + fill.profit - fill.commission;
    this.#account = { ...this.#account, balance };
  }

  unpriced(): readonly string[] {
    this.account();
    return this.#unpriced;
  }

  /**
   * Floating profit at the quotes, in account currency. The net counts where the venue nets, each ledger where it hedges. What
   * cannot be priced is noted.
   */
  #floating(): number {
    this.#unpriced = NONE;
    if (this.#held === 0) return 0;
    const { currency, mode } = this.#account;
    let sum = 0;
    for (const { owners, net, quote, instrument } of this.#holdings.values()) {
      if (owners.size === 0) continue;
      const rate = this.rate(instrument.currency, currency);
      if (rate === undefined || Number.isNaN(quote.bid)) {
        this.#unpriced = [...this.#unpriced, instrument.symbol];
        continue;
      }
      for (const { quantity, averagePrice } of mode === 'netting' ? [net] : owners.values()) {
        const price = quantity > 0 ? quote.bid : quote.ask;
        if (quantity !== 0) sum += (price - averagePrice) * quantity * instrument.contractSize * rate;
      }
    }
    return sum;
  }
}
