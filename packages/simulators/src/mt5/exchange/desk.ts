import type { Market } from '../market/market.js';
import type { ServerTime } from '../server-time.js';
import type { Rates } from './rates.js';

/** Numbers orders and deals, each row on its own. */
export class Tickets {
  #order = 50_000_000;
  #deal = 40_000_000;

  order(): number {
    this.#order += 1;
    return this.#order;
  }

  deal(): number {
    this.#deal += 1;
    return this.#deal;
  }
}

/** What is done with the comment of a request. */
export type CommentRule = (comment: string) => string;

/** What every room of the exchange works with. */
export interface Desk {
  readonly market: Market;
  readonly time: ServerTime;
  readonly rates: Rates;
  readonly tickets: Tickets;
  readonly comment: CommentRule;
}
