import type { Mt5Position, Mt5TradeRequest } from '@mikrobot/simulators';
import type { VenueRecord } from '../record.js';
import type { Books } from './books.js';
import { ownerOf } from './listing.js';
import { type Line, type Protecting, protectingOf } from './reading.js';

/** TRADE_ACTION_… */
const DEAL = 1;
const PENDING = 5;
const SLTP = 6;

/** Writes down what reaches the broker. */
export class Arrivals {
  readonly #record: VenueRecord;
  readonly #books: Books;
  readonly #positions: () => readonly Readonly<Mt5Position>[];
  /** Lots of the bot's orders, by client order id: an exit reaches the broker in parts. */
  readonly #lots = new Map<string, number>();
  /** Positions that the parts of exits closed, by client order id. */
  readonly #closed = new Map<string, Set<number>>();
  /** The last level that the bot wanted, by position and level. */
  readonly #wanted = new Map<string, Protecting>();

  constructor(record: VenueRecord, books: Books, positions: () => readonly Readonly<Mt5Position>[]) {
    this.#record = record;
    this.#books = books;
    this.#positions = positions;
  }

  /** The terminal is told something by a bot. */
  announce(line: Line): void {
    const { t, d } = line;
    if (t === 'order') this.#lots.set(String(d.coid), Number(d.volume));
    const wanted = protectingOf(line);
    if (wanted === undefined) return;
    this.#wanted.set(`${wanted.which}${wanted.position}`, wanted);
    const position = this.#positions().find(({ ticket }) => ticket === wanted.position);
    if (position === undefined) return;
    const { symbol, magic, type, volume: quantity } = position;
    const side = type === 0 ? 'sell' : 'buy';
    this.#record.expect({ id: wanted.id, symbol, owner: ownerOf(magic), side, quantity });
    // What changes nothing never reaches the broker, and has its name all the same.
    if (wanted.price > 0 && wanted.price === position[wanted.which]) this.#books.named(wanted);
  }

  /** A request reaches the broker. */
  take(request: Mt5TradeRequest, at: number): void {
    if (request.action === SLTP) this.#protected(request);
    if (request.action !== DEAL && request.action !== PENDING) return;
    const { comment: id, symbol, magic, type, position } = request;
    const whole = position === 0 ? request.volume : this.#lots.get(id);
    if (position !== 0) {
      const closed = this.#closed.get(id) ?? new Set();
      this.#closed.set(id, closed);
      // The second part of an exit is no second sending; the same part again is.
      if (closed.size > 0 && !closed.has(position)) {
        closed.add(position);
        return;
      }
      closed.add(position);
    }
    const side = type % 2 === 0 ? 'buy' : 'sell';
    this.#record.took({ id, symbol, side, quantity: whole ?? 0, owner: ownerOf(magic) }, true, at);
  }

  #protected(request: Mt5TradeRequest): void {
    for (const which of ['sl', 'tp'] as const) {
      const wanted = this.#wanted.get(`${which}${request.position}`);
      if (wanted !== undefined && wanted.price === request[which]) this.#books.named(wanted);
    }
  }
}
