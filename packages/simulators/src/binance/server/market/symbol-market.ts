import { trimList } from '../../../past.js';
import type { SymbolRule } from '../../exchange.js';
import { scaleOf, toUnits } from '../../shared/decimal.js';
import { Book, type Level } from './book.js';
import { Klines } from './klines.js';

/** A public trade. */
export interface Print {
  readonly id: bigint;
  readonly time: number;
  readonly price: string;
  readonly quantity: string;
  readonly buyerIsMaker: boolean;
}

/** Levels on each side of a made-up book. */
const LEVELS = 20;
/** The public market of one symbol: book, trades, klines. */
export class SymbolMarket {
  readonly rule: SymbolRule;
  readonly book: Book;
  readonly klines = new Klines();
  readonly prints: Print[] = [];
  /** Best prices and quantities. */
  bid: Level | undefined;
  ask: Level | undefined;
  /** Epoch ms of the last quote or trade. */
  time = 0;
  /** Set by hand, or the middle of the quote. */
  mark: number | undefined;
  fundingRate = 0.0001;
  /** Quantity that is shown on the best prices; undefined: made up. */
  shown: number | undefined;
  readonly #priceScale: number;
  readonly #quantityScale: number;
  readonly #tick: number;
  readonly #step: number;
  #tradeId: bigint;

  /** @param scales - decimals of prices and of quantities on the wire; undefined: those of the steps */
  constructor(rule: SymbolRule, firstId: bigint, scales: number | undefined) {
    this.rule = rule;
    this.book = new Book(firstId);
    this.#tradeId = firstId;
    this.#priceScale = scales ?? scaleOf(rule.tickSize);
    this.#quantityScale = scales ?? scaleOf(rule.stepSize);
    this.#tick = Number(rule.tickSize);
    this.#step = Number(rule.stepSize);
  }

  priceText(price: number): string {
    return price.toFixed(this.#priceScale);
  }

  quantityText(quantity: number): string {
    return quantity.toFixed(this.#quantityScale);
  }

  /** Quotes best prices; the levels behind them are made up, always the same for a price. */
  quote(time: number, bid: number, ask: number): void {
    this.time = time;
    const before = this.book.updateId;
    const [bids, asks] = [this.#ladder(bid, -1), this.#ladder(ask, 1)];
    this.book.replace('bids', bids);
    this.book.replace('asks', asks);
    // The same quote again is an update as well: of something behind the levels that are kept.
    if (this.book.updateId === before) this.book.updateId++;
    this.best(bids[0], asks[0]);
  }

  /** Sets the best prices, whatever the book says. */
  best(bid: Level | undefined, ask: Level | undefined): void {
    this.bid = bid;
    this.ask = ask;
    if (bid !== undefined) this.klines.bid(this.time, toUnits(bid[0], 8));
  }

  trade(time: number, price: number, quantity: number, buyerIsMaker: boolean): Print {
    const id = ++this.#tradeId;
    return this.print({
      id,
      time,
      price: this.priceText(price),
      quantity: this.quantityText(quantity),
      buyerIsMaker,
    });
  }

  /** Takes a trade with the id that it has. */
  print(print: Print): Print {
    this.time = print.time;
    if (print.id > this.#tradeId) this.#tradeId = print.id;
    this.prints.push(print);
    trimList(this.prints);
    this.klines.trade({ ...print, price: toUnits(print.price, 8), quantity: toUnits(print.quantity, 8) });
    return print;
  }

  /** The last price: of the last trade or, without any, the bid. */
  get last(): string {
    return this.prints.at(-1)?.price ?? this.bid?.[0] ?? this.priceText(0);
  }

  get markPrice(): number {
    if (this.mark !== undefined) return this.mark;
    return this.bid === undefined || this.ask === undefined
      ? Number(this.last)
      : (Number(this.bid[0]) + Number(this.ask[0])) / 2;
  }

  #ladder(best: number, direction: 1 | -1): Level[] {
    const steps = Math.round(best / this.#tick);
    const levels: Level[] = [];
    for (let i = 0; i < LEVELS && steps + direction * i > 0; i++) {
      const at = steps + direction * i;
      const quantity = i === 0 && this.shown !== undefined ? this.shown : this.#madeUp(at);
      levels.push([this.priceText(at * this.#tick), this.quantityText(quantity)]);
    }
    return levels;
  }

  /** A quantity of 1,000 to 9,999 steps that belongs to a price, so that a book moves little when the market does. */
  #madeUp(step: number): number {
    return (1_000 + ((Math.imul(step, 2_654_435_761) >>> 0) % 9_000)) * this.#step;
  }
}
