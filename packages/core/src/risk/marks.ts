import * as z from 'zod';
import type { Desk } from '../execution/desk.js';

/** Quotes as they are journalled: symbol, time, bid, ask. */
const markSchema = z.object({
  quotes: z.array(z.tuple([z.string(), z.number(), z.number(), z.number()])),
});

type Row = z.output<typeof markSchema>['quotes'][number];

/**
 * The prices that policies acted on. Only what moved since the last mark is written, and only where it changed something, so that
 * a journal can be replayed without its ticks.
 */
export class Marks {
  readonly #desk: Desk;
  /** Time of the last quote written, by symbol. */
  readonly #written = new Map<string, Row>();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Journals the quotes that are new. */
  write(): void {
    const quotes: Row[] = [];
    for (const symbol of this.#desk.markets.symbols()) {
      const quote = this.#desk.book.quote(symbol);
      if (quote === undefined) continue;
      const { time, bid, ask } = quote;
      const last = this.#written.get(symbol);
      if (last !== undefined && last[1] === time && last[2] === bid && last[3] === ask) continue;
      const row: Row = [symbol, time, bid, ask];
      this.#written.set(symbol, row);
      quotes.push(row);
    }
    if (quotes.length > 0) this.#desk.log('out:mark', { quotes });
  }

  /** Puts journalled quotes in place. */
  restore(data: unknown): void {
    for (const [symbol, time, bid, ask] of markSchema.parse(data).quotes)
      this.#desk.markets.setQuote(symbol, { time, bid, ask });
  }
}
