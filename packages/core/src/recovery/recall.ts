import { bookedFill, foreignTrade, setOthers } from '../execution/booked-fill.js';
import { legOrder } from '../execution/bracket-book.js';
import {
  attachedLots,
  type BracketState,
  LEGS,
  openLots,
  sleeps,
  takeOver,
} from '../execution/bracket-state.js';
import type { Capabilities } from '../execution/broker-adapter.js';
import { legNamed, signalOf } from '../execution/client-order-id.js';
import { addExcess, addUnclosed, takeExcess } from '../execution/close-outs.js';
import type { AnswerInput } from '../execution/command-line.js';
import { overclosed, positionAfter } from '../execution/ledger.js';
import { addTrade, newRecord, type OrderRecord } from '../execution/order-record.js';
import { mayFollow, provesWorking } from '../execution/order-state.js';
import type { Entry } from '../journal/journal.js';
import { flatPosition } from '../model/account.js';
import type { Refusal } from '../model/decision.js';
import { tidyLots, tidyQuantity } from '../model/grid.js';
import type { Instrument } from '../model/instrument.js';
import {
  type Fill,
  type FillEvent,
  finalStates,
  type OrderEvent,
  type OrderRequest,
  type OrderState,
} from '../model/order.js';
import { sign } from '../model/side.js';
import type { Signal } from '../model/signal.js';
import { recalledOrder } from '../risk/recalled-order.js';
import type { ParsedCommand } from '../runtime/command.js';
import { ledgerKey, RecalledBooks } from './books.js';
import { type HaltRecord, recallCommand, recallHalt } from './recall-commands.js';
import { loadBooks, type SavedBooks } from './saved-books.js';

/** What an intent entry holds: an order, or what is to be done to one. */
export type IntentRecord =
  | (OrderRequest & { readonly command?: undefined })
  | { readonly command: 'cancel'; readonly id: string; readonly reason: string }
  | {
      readonly command: 'amend';
      readonly id: string;
      /** Lots that are to be left open. */
      readonly quantity: number;
      readonly price: number | undefined;
    };

interface DecisionRecord {
  readonly signal: string;
  readonly outcome: string;
  readonly refusal?: Refusal;
  readonly until?: number;
}

/** What a fold of the journal has to know of the bot's surroundings. */
export interface RecallOptions {
  readonly instrument: (symbol: string) => Instrument | undefined;
  readonly capabilities: Capabilities;
  readonly venueKeepsBrackets: (symbol: string) => boolean;
  /** Whose orders they become. */
  readonly desk: symbol;
  /** Whether what somebody else opens goes to a ledger. */
  readonly adopts: boolean;
  /** Whether a client order id was made by this journal for this account. */
  readonly owns: (id: string) => boolean;
}

/**
 * Makes the books again from the journal: takes its entries one by one, as the order manager took what they tell of. Nothing is
 * sent and nothing is asked, so it can end at any entry: that is where the process ended.
 */
export class Recall {
  readonly #options: RecallOptions;
  readonly #changes = new Map<string, Extract<IntentRecord, { command: 'amend' }>>();
  #books = new RecalledBooks();

  constructor(options: RecallOptions) {
    this.#options = options;
  }

  get books(): RecalledBooks {
    return this.#books;
  }

  take({ kind, data, at }: Entry): void {
    switch (kind) {
      case 'in:books':
      case 'out:books':
        this.#books = loadBooks(data as SavedBooks, this.#options.instrument, this.#options.desk);
        return;
      case 'out:signal':
        this.#signal(data as Signal);
        return;
      case 'out:decision':
        this.#decision(data as DecisionRecord);
        return;
      case 'in:command':
      case 'out:command':
        recallCommand(this.#books, data as ParsedCommand);
        return;
      case 'out:halt':
        recallHalt(this.#books, data as HaltRecord);
        return;
      case 'out:intent':
        this.#intent(data as IntentRecord);
        return;
      case 'in:answer':
        this.#answer(data as AnswerInput, at);
        return;
      case 'in:order':
      case 'out:order':
        this.#event(data as OrderEvent, at);
        return;
    }
  }

  #signal(signal: Signal): void {
    const { undecided, closing } = this.#books;
    const { id, symbol, source: owner, origin, intent, quantity, reason: why } = signal;
    undecided.set(id, signal);
    if (origin === 'core') takeExcess(this.#books.excess, ledgerKey(symbol, owner), quantity);
    if (origin === 'core' && intent === 'exit' && quantity === undefined)
      closing.set(ledgerKey(symbol, owner), { symbol, owner, why });
  }

  #decision({ signal: id, outcome, refusal, until }: DecisionRecord): void {
    const { undecided, held, records } = this.#books;
    const signal = undecided.get(id);
    undecided.delete(id);
    if (signal !== undefined && outcome === 'held' && refusal !== undefined && until !== undefined)
      held.restore({ signal, until, code: refusal.code });
    if (outcome !== 'refused') return;
    // Refused after its intent was on record, and before the venue heard of it. A halt refuses entries alone: of a reversal the
    // way out goes on, and may be at the venue already.
    const halted = refusal?.code === 'HALTED';
    for (const record of [...records.working()]) {
      const { purpose } = record.request;
      if (purpose === 'protect' || (halted && purpose !== 'enter')) continue;
      if (record.state === 'intended' && record.order.signal.id === id) {
        record.cancelling = undefined;
        this.#become(record, 'rejected', 0);
      }
    }
  }

  #intent(intent: IntentRecord): void {
    const { brackets, records, undecided } = this.#books;
    if (intent.command === 'cancel') {
      const record = records.live(intent.id);
      if (record !== undefined) record.cancelling = intent.reason;
      return;
    }
    if (intent.command === 'amend') {
      this.#changes.set(intent.id, intent);
      return;
    }
    const { id, purpose, bracket } = intent;
    const leg = purpose === 'protect' && bracket === undefined ? legNamed(id) : undefined;
    if (leg !== undefined) {
      const guarded = brackets.ofEntry(leg.entry) ?? records.get(leg.entry)?.bracket;
      if (guarded === undefined) return;
      if (!brackets.list().includes(guarded)) brackets.add(guarded);
      const { quantity, price } = intent;
      const terms = { attempt: leg.attempt, reduceOnly: false, capabilities: this.#options.capabilities };
      const given = legOrder(guarded, leg.name, quantity, price, terms) ?? guarded.entry;
      const order = recalledOrder(given.signal, intent, this.#options.desk);
      guarded.legs[leg.name] = { id, attempt: leg.attempt, quantity, price, busy: true };
      guarded.attempts[leg.name] = leg.attempt + 1;
      if (!guarded.own && this.#options.venueKeepsBrackets(intent.symbol)) takeOver(guarded);
      records.add(newRecord(order, guarded, undefined));
      return;
    }
    const signal = undecided.get(signalOf(id));
    if (signal === undefined) return;
    const order = recalledOrder(signal, intent, this.#options.desk);
    if (purpose === 'protect') brackets.adjusted(order);
    else records.add(newRecord(order, undefined, undefined));
  }

  #answer({ command, id, answer }: AnswerInput, at: number): void {
    const record = this.#books.records.live(id);
    if (record === undefined) return;
    if (command === 'amend') this.#changed(record, answer.outcome);
    else if (command === 'commit' && answer.outcome !== 'durable' && record.request.purpose === 'enter')
      this.#become(record, 'rejected', at);
    else if (command === 'query' && answer.outcome === 'found' && !finalStates.has(answer.report.state)) {
      const { quantity, filled, price } = answer.report;
      this.#books.brackets.replaced(record, this.#tidy(record, quantity - filled), price);
      this.#proved(record);
    } else if (command === 'submit' && (record.state === 'intended' || record.state === 'unknown')) {
      if (answer.outcome === 'accepted') {
        record.venueId ??= answer.venueId;
        this.#become(record, 'accepted', at);
        this.#proved(record);
      } else if (answer.outcome === 'rejected') this.#become(record, 'rejected', at);
      else if (answer.outcome === 'unknown') this.#become(record, 'unknown', at);
    }
  }

  #changed(record: OrderRecord, outcome: string): void {
    const change = this.#changes.get(record.request.id);
    const name = this.#books.brackets.nameOf(record);
    const leg = name && record.bracket?.legs[name];
    if (change === undefined || name === undefined || leg === undefined || record.bracket === undefined)
      return;
    if (outcome === 'accepted') {
      leg.quantity = change.quantity;
      leg.price = change.price;
      record.quantity = this.#tidy(record, change.quantity + record.filled);
      record.bracket.wanted[name] = change.price;
    }
    if (outcome === 'rejected' && openLots(record.bracket) > 0) record.bracket.wanted[name] = leg.price;
    this.#changes.delete(record.request.id);
  }

  #event(event: OrderEvent, at: number): void {
    const record = this.#books.records.get(event.id);
    if (record === undefined) {
      if (event.type === 'fill' && !this.#options.owns(event.id)) this.#foreign(event);
      return;
    }
    record.venueId ??= event.venueId;
    if (provesWorking.has(event.type)) this.#proved(record);
    if (event.type === 'triggered') return;
    if (event.type === 'fill') {
      this.#filled(record, event, at);
      return;
    }
    this.#become(record, event.type, at);
    if (event.type !== 'replaced') return;
    record.quantity = event.quantity;
    this.#books.brackets.replaced(record, this.#tidy(record, event.quantity - record.filled), event.price);
  }

  #filled(record: OrderRecord, event: FillEvent, at: number): void {
    const { brackets } = this.#books;
    const instrument = this.#options.instrument(event.symbol);
    if (!addTrade(record, event, instrument)) return;
    const { owner, purpose } = record.request;
    const fill = bookedFill(event, owner, purpose, record.order.signal.id);
    const excess = this.#book(fill, record.request);
    if (purpose === 'enter') this.#entered(record, fill, instrument, at);
    else {
      if (record.bracket !== undefined) {
        brackets.guarded(record.bracket, fill);
        this.#closed(record.bracket);
      }
      this.#fit(fill);
    }
    const left = tidyLots(instrument, event.remaining);
    this.#become(record, left > 0 ? 'partially-filled' : 'filled', at);
    if (purpose !== 'enter' && excess > 0) {
      const { symbol } = event;
      const why = 'orders that closed the position filled together';
      addExcess(this.#books.excess, { symbol, owner, why, lots: excess });
    }
  }

  #entered(record: OrderRecord, fill: Fill, instrument: Instrument | undefined, at: number): void {
    const { brackets, records } = this.#books;
    const bracket = brackets.entered(record, fill, instrument, at);
    this.#fit(fill);
    if (bracket === undefined || bracket.own || !this.#options.venueKeepsBrackets(fill.symbol)) return;
    const { capabilities } = this.#options;
    if (!sleeps(bracket, capabilities)) bracket.nakedSince = undefined;
    for (const name of LEGS) {
      const terms = { attempt: 0, reduceOnly: false, capabilities };
      const order = legOrder(bracket, name, attachedLots(bracket, capabilities), bracket.wanted[name], terms);
      if (order === undefined) continue;
      const known = records.get(order.request.id);
      if (known !== undefined && finalStates.has(known.state)) continue;
      brackets.adopted(bracket, name, order);
      if (known === undefined) records.add({ ...newRecord(order, bracket, undefined), state: 'accepted' });
    }
  }

  #foreign(event: FillEvent): void {
    const { symbol } = event;
    const owners = this.#books.ledgers().filter(({ position }) => position.symbol === symbol);
    const { others } = this.#books;
    const { fills, others: left } = foreignTrade(event, {
      instrument: this.#options.instrument(symbol),
      owners,
      others: others.get(symbol) ?? 0,
      adopts: this.#options.adopts,
    });
    setOthers(others, symbol, left);
    for (const fill of fills) {
      this.#book(fill, undefined);
      this.#fit(fill);
    }
  }

  #fit({ symbol, owner }: Fill): void {
    const held = this.#books.positions.get(ledgerKey(symbol, owner))?.position.quantity ?? 0;
    for (const bracket of this.#books.brackets.fit(symbol, owner, held)) this.#closed(bracket);
  }

  #closed(bracket: BracketState): void {
    if (openLots(bracket) === 0) bracket.nakedSince = undefined;
    this.#books.brackets.forget();
  }

  /** @returns the lots that a closing trade closed too much */
  #book(fill: Fill, request: OrderRequest | undefined): number {
    const { positions, closing, trades, excess } = this.#books;
    const { symbol, owner } = fill;
    const instrument = this.#options.instrument(symbol);
    if (instrument === undefined) return 0;
    const key = ledgerKey(symbol, owner);
    const before = positions.get(key)?.position ?? flatPosition(symbol);
    const after = positionAfter(before, instrument, sign(fill.side) * fill.quantity, fill.price, fill.time);
    if (after.quantity === 0) {
      positions.delete(key);
      closing.delete(key);
    } else positions.set(key, { owner, position: after });
    if (after.quantity * before.quantity <= 0) excess.delete(key);
    trades.add(fill, after, request);
    return tidyQuantity(instrument, overclosed(before.quantity, after.quantity));
  }

  /** The venue has it. */
  #proved(record: OrderRecord): void {
    const name = this.#books.brackets.nameOf(record);
    const { bracket } = record;
    if (name === 'stop' && bracket !== undefined && !sleeps(bracket, this.#options.capabilities))
      bracket.nakedSince = undefined;
  }

  #become(record: OrderRecord, state: OrderState, at: number): void {
    // Between intent and answer the journal has no line for the moment of sending.
    const from = record.state === 'intended' && state !== 'rejected' ? 'submitted' : record.state;
    if (!mayFollow(from, state)) return;
    record.state = state;
    if (!finalStates.has(state)) return;
    const { brackets, records, excess } = this.#books;
    records.finish(record);
    addUnclosed(excess, record);
    const name = brackets.nameOf(record);
    const { bracket } = record;
    if (bracket === undefined) return;
    if (name === undefined) {
      if (!sleeps(bracket, this.#options.capabilities)) return;
      takeOver(bracket);
      if (state === 'filled') bracket.nakedSince = undefined;
      return;
    }
    delete bracket.legs[name];
    if (openLots(bracket) === 0) brackets.forget();
    else if (state !== 'filled' && name === 'stop') bracket.nakedSince ??= at;
  }

  #tidy({ request }: OrderRecord, quantity: number): number {
    return tidyLots(this.#options.instrument(request.symbol), quantity);
  }
}
