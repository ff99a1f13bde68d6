import { CrossRates } from '../market/cross-rates.js';
import { type AccountState, flatPosition, type Position } from '../model/account.js';
import type { Book, PendingEntry } from '../model/book.js';
import type { Instrument } from '../model/instrument.js';
import type { Fill, OrderRequest } from '../model/order.js';
import { sign } from '../model/side.js';
import type { Quote } from '../model/tick.js';
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

interface Holding {
  readonly instrument: Instrument;
  readonly quote: LiveQuote;
  net: Position;
  readonly owners: Map<string, Position>;
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
      this.#holdings.set(symbol, { instrument, quote, net: flatPosition(symbol), owners: new Map() });
    }
    this.#rates = new CrossRates(
      [...this.#holdings.values()].map((h) => h.instrument),
      (symbol) => this.quote(symbol),
    );
  }

  /** What the venue says of the account. */
  setAccount(account: AccountState): void {
    this.#account = account;
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
  owners(symbol: string): readonly { readonly owner: string; readonly position: Position }[] {
    const owners = this.#holdings.get(symbol)?.owners ?? [];
    return [...owners].map(([owner, position]) => ({ owner, position }));
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

  /** Signed lots that approved reductions will still take. */
  reducing(symbol: string, owner?: string): number {
    return this.#reservations.reducing(symbol, owner);
  }

  exposed(): readonly string[] {
    const held = [...this.#holdings].filter(([, h]) => h.owners.size > 0).map(([symbol]) => symbol);
    return [...new Set([...held, ...this.#reservations.symbols()])];
  }

  rate(from: string, to: string): number | undefined {
    return this.#rates.rate(from, to);
  }

  /** Instruments by which `from` is converted to `to`; empty when there is no way, or none is needed. */
  route(from: string, to: string): readonly string[] {
    return this.#rates.route(from, to);
  }

  account(): AccountState {
    const account = this.#account;
    const equity = account.balance + this.#floating();
    return equity === account.equity ? account : { ...account, equity };
  }

  reserve(request: OrderRequest): void {
    const instrument = this.instrument(request.symbol);
    if (instrument !== undefined) this.#reservations.reserve(request, instrument);
  }

  release(orderId: string): void {
    this.#reservations.release(orderId);
  }

  /** Books a trade into its owner's ledger, the net, and the balance. */
  fill(fill: Fill): void {
    const holding = this.#holdings.get(fill.symbol);
    if (holding === undefined) return;
    const { instrument, owners } = holding;
    const signed = sign(fill.side) * fill.quantity;
    this.#reservations.convert(fill.id, fill.quantity);
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
    if (this.#held === 0) return NONE;
    const unknown = ({ owners, quote, instrument }: Holding): boolean =>
      owners.size > 0 &&
      (Number.isNaN(quote.bid) || this.rate(instrument.currency, this.#account.currency) === undefined);
    const symbols = [...this.#holdings.values()].filter(unknown).map((h) => h.instrument.symbol);
    return symbols.length === 0 ? NONE : symbols;
  }

  /** Floating profit at the quotes, in account currency. The net counts where the venue nets, each ledger where it hedges. */
  #floating(): number {
    let sum = 0;
    if (this.#held === 0) return sum;
    for (const holding of this.#holdings.values()) {
      if (holding.owners.size === 0) continue;
      const positions = this.#account.mode === 'netting' ? [holding.net] : holding.owners.values();
      const rate = this.rate(holding.instrument.currency, this.#account.currency) ?? 0;
      for (const { quantity, averagePrice } of positions) {
        const price = quantity > 0 ? holding.quote.bid : holding.quote.ask;
        if (quantity !== 0) sum += (price - averagePrice) * quantity * holding.instrument.contractSize * rate;
      }
    }
    return sum;
  }
}
