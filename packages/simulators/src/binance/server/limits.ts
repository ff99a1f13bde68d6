import { VenueError } from '../exchange.js';
import { doorErrors } from '../shared/errors.js';

/** A limit of the number of orders in an interval, as exchangeInfo tells it. */
export interface OrderLimit {
  readonly interval: 'SECOND' | 'MINUTE' | 'DAY';
  readonly intervalNum: number;
  readonly limit: number;
}

/** What a venue lets through. */
export interface VenueLimits {
  /** Request weight in a minute, of all that comes from one address. */
  readonly weight: number;
  /** Orders of one account. */
  readonly orders: readonly OrderLimit[];
  /** So many requests are answered 429 in a minute before the address is banned with 418. */
  readonly patience: number;
}

/** The limits of spot (rest-api.md and web-socket-api.md: 6000 a minute; 50 orders in 10 s, 160000 a day). */
export const spotLimits: VenueLimits = {
  weight: 6_000,
  orders: [
    { interval: 'SECOND', intervalNum: 10, limit: 50 },
    { interval: 'DAY', intervalNum: 1, limit: 160_000 },
  ],
  patience: 10,
};

/** The limits of USD-M futures ("WebSocket API General Info": 2400 a minute; 300 orders in 10 s, 1200 a minute). */
export const futuresLimits: VenueLimits = {
  weight: 2_400,
  orders: [
    { interval: 'SECOND', intervalNum: 10, limit: 300 },
    { interval: 'MINUTE', intervalNum: 1, limit: 1_200 },
  ],
  patience: 10,
};

/** A refusal that ends at a known time (epoch ms). */
export class LimitError extends VenueError {
  readonly until: number;

  constructor(error: VenueError, until: number) {
    super(error.code, error.message, error.status);
    this.until = until;
  }
}

/** One rate limit with its use, as the WebSocket API and `rateLimit/order` tell it. */
export interface LimitUse {
  readonly rateLimitType: 'REQUEST_WEIGHT' | 'ORDERS';
  readonly interval: 'SECOND' | 'MINUTE' | 'DAY';
  readonly intervalNum: number;
  readonly limit: number;
  readonly count: number;
}

const MINUTE = 60_000;
const LENGTH = { SECOND: 1_000, MINUTE, DAY: 86_400_000 } as const;
/** Bans "scale in duration for repeat offenders, from 2 minutes to 3 days" (rest-api.md, IP Limits). */
const FIRST_BAN = 2 * MINUTE;
const LONGEST_BAN = 3 * LENGTH.DAY;

/** Counts in one interval, which begins anew at its multiples: the minute at :00, ten seconds at :00, :10, … */
class Window {
  readonly #length: number;
  #index = -1;
  #count = 0;

  constructor(length: number) {
    this.#length = length;
  }

  count(now: number): number {
    const index = Math.floor(now / this.#length);
    if (index !== this.#index) {
      this.#index = index;
      this.#count = 0;
    }
    return this.#count;
  }

  add(amount: number, now: number): number {
    this.#count = Math.max(0, this.count(now) + amount);
    return this.#count;
  }

  end(now: number): number {
    return (Math.floor(now / this.#length) + 1) * this.#length;
  }
}

/** What was used of a venue's limits: weight of the address, orders of each account. */
export class RateLimits {
  readonly #limits: VenueLimits;
  readonly #weight = new Window(MINUTE);
  readonly #refused = new Window(MINUTE);
  readonly #orders = new Map<string, readonly Window[]>();
  #bannedUntil = 0;
  #bans = 0;

  constructor(limits: VenueLimits) {
    this.#limits = limits;
  }

  /**
   * Counts the weight of a request.
   * @throws LimitError 429 above the limit, 418 while banned
   */
  weigh(weight: number, now: number): void {
    if (now < this.#bannedUntil)
      throw new LimitError(doorErrors.banned(this.#bannedUntil), this.#bannedUntil);
    if (this.#weight.add(weight, now) <= this.#limits.weight) return;
    if (this.#refused.add(1, now) > this.#limits.patience) throw this.ban(now);
    throw new LimitError(doorErrors.tooMuchWeight(this.#limits.weight), this.#weight.end(now));
  }

  /** Bans the address from now on, twice as long as the time before; the error to answer with. */
  ban(now: number): LimitError {
    this.#bannedUntil = now + Math.min(FIRST_BAN * 2 ** this.#bans, LONGEST_BAN);
    this.#bans++;
    return new LimitError(doorErrors.banned(this.#bannedUntil), this.#bannedUntil);
  }

  /** Ends a ban and forgets what was counted. */
  forgive(): void {
    this.#bannedUntil = 0;
  }

  /**
   * Whether so many orders more may be sent.
   * @throws LimitError 429 above a limit
   */
  checkOrders(account: string, orders: number, now: number): void {
    const windows = this.#windows(account);
    this.#limits.orders.forEach((limit, i) => {
      const window = windows[i] as Window;
      if (orders === 0 || window.count(now) + orders <= limit.limit) return;
      const interval = `${limit.intervalNum} ${limit.interval}`;
      throw new LimitError(doorErrors.tooManyOrders(limit.limit, interval), window.end(now));
    });
  }

  /** Counts orders that are placed, or takes back (below zero) what was not placed or has traded. */
  addOrders(account: string, orders: number, now: number): void {
    for (const window of this.#windows(account)) window.add(orders, now);
  }

  weightUse(now: number): LimitUse {
    const count = this.#weight.count(now);
    return {
      rateLimitType: 'REQUEST_WEIGHT',
      interval: 'MINUTE',
      intervalNum: 1,
      limit: this.#limits.weight,
      count,
    };
  }

  orderUse(account: string, now: number): readonly LimitUse[] {
    const windows = this.#windows(account);
    return this.#limits.orders.map((limit, i) => ({
      rateLimitType: 'ORDERS',
      ...limit,
      count: (windows[i] as Window).count(now),
    }));
  }

  #windows(account: string): readonly Window[] {
    const known = this.#orders.get(account);
    if (known !== undefined) return known;
    const windows = this.#limits.orders.map(
      (limit) => new Window(LENGTH[limit.interval] * limit.intervalNum),
    );
    this.#orders.set(account, windows);
    return windows;
  }
}
