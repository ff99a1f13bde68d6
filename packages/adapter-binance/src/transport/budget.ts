import { type Clock, MikroBotError, type OrderCommand, type Priority } from '@mikrobot/core';
import type { BinanceError } from '../errors.js';
import { type CostKind, type RateLimit, RateWindow, windowOf } from './rate-window.js';

/** The venue told us to slow down (429), or banned the address (418). */
export interface LimitNotice {
  readonly status: 429 | 418;
  /** Epoch ms on our clock until which nothing is sent. */
  readonly until: number;
  /** `orders`: too many orders; reading goes on. */
  readonly of: 'requests' | 'orders';
}

/** What a request costs, and how much it matters. */
export interface Spending {
  /** Its name in errors. */
  readonly what: string;
  readonly weight: number;
  readonly orders: number;
  readonly command: OrderCommand | undefined;
  readonly priority: Priority;
}

/** What the venue says that it has counted, by kind and length of the window. */
export type Counts = ReadonlyMap<string, number>;

/** The key of {@link Counts}. @param ms - length of the window */
export const countKey = (kind: CostKind, ms: number): string => `${kind} ${ms}`;

/** A place in the budget, to be ended once by {@link Ticket.end} or {@link Ticket.withdraw}. */
export interface Ticket {
  /** It was answered, or nobody knows (no counts). */
  end(counts?: Counts): void;
  /** It was never sent. */
  withdraw(): void;
}

/** What a {@link Budget} is made of. */
export interface BudgetParts {
  readonly clock: Clock;
  readonly name: string;
  /** Until the venue's own are known. */
  readonly limits: readonly RateLimit[];
  /** The venue's time, epoch ms. */
  readonly venueNow: () => number;
  readonly onLimit?: ((notice: LimitNotice) => void) | undefined;
}

/** Parts of each limit that reads and orders leave to what matters more. */
const shares = { read: 0.8, order: 0.95 } as const;
/** The longest that a read waits for its turn, ms: three of the minutes by which the venue counts, and longer than the shortest ban. */
const LONGEST_WAIT = 180_000;
/** Windows end by the venue's clock, which is known only so well. Ms. */
const MARGIN = 100;

/**
 * What may still be asked of the venue before it would refuse. One for the REST and the WebSocket API together: weights are
 * counted by address, orders by account. Reads wait, orders are refused before they are sent, and what is critical goes out as
 * long as the venue has not said stop itself.
 */
export class Budget {
  readonly #parts: BudgetParts;
  readonly #windows = new Map<string, RateWindow>();
  /** Epoch ms on our clock. */
  readonly #stopped = { requests: 0, orders: 0 };
  #sequence = 0;
  #timers = 0;

  constructor(parts: BudgetParts) {
    this.#parts = parts;
    this.learn(parts.limits);
  }

  /** Takes the venue's limits, such as `exchangeInfo.rateLimits`. What was counted stays. */
  learn(limits: readonly RateLimit[]): void {
    for (const limit of limits) {
      const window = windowOf(limit);
      if (window === undefined || !(limit.limit > 0)) continue;
      const key = countKey(window.kind, window.ms);
      const known = this.#windows.get(key);
      if (known === undefined) this.#windows.set(key, new RateWindow(window.kind, window.ms, limit.limit));
      else known.limit = limit.limit;
    }
  }

  /** The most that may have been spent of the request weight of the running minute. */
  get usedWeight(): number {
    return this.#windows.get(countKey('weight', 60_000))?.spent(this.#parts.venueNow()) ?? 0;
  }

  /** Orders that may have been counted in the running window of `ms`. */
  usedOrders(ms: number): number {
    return this.#windows.get(countKey('orders', ms))?.spent(this.#parts.venueNow()) ?? 0;
  }

  /**
   * Waits for the request's turn and takes it.
   * @throws `MikroBotError` `CIRCUIT_OPEN` when it would be refused by the venue, or wait for too long; nothing was sent then
   */
  async enter(spending: Spending, abort?: AbortSignal): Promise<Ticket> {
    const { clock } = this.#parts;
    const latest = clock.now() + LONGEST_WAIT;
    for (;;) {
      abort?.throwIfAborted();
      const wait = this.#wait(spending);
      if (wait === 0) return this.#take(spending);
      if (spending.command !== undefined || clock.now() + wait > latest) throw this.#refusal(spending, wait);
      await this.#sleep(wait, abort);
    }
  }

  /** Takes the request's turn now. @throws as {@link enter}, instead of waiting */
  take(spending: Spending): Ticket {
    const wait = this.#wait(spending);
    if (wait > 0) throw this.#refusal(spending, wait);
    return this.#take(spending);
  }

  /** Takes a place without asking, for what keeps the line itself alive. */
  reserve(weight: number): Ticket {
    return this.#take({ weight, orders: 0 });
  }

  /** Takes note of what went out without an answer that counts. */
  spend(weight: number): void {
    this.reserve(weight).end();
  }

  /** Stops for as long as the venue wants, if this is such an error. */
  heed(error: BinanceError): void {
    const { status, code, retryAfter } = error;
    if (status !== 429 && status !== 418) return;
    const { clock, onLimit, venueNow } = this.#parts;
    // -1015 is about the account's orders alone.
    const of = status === 429 && code === -1015 ? 'orders' : 'requests';
    const pause = retryAfter ?? (status === 418 ? 120_000 : 60_000 - (venueNow() % 60_000) + MARGIN);
    const until = clock.now() + pause;
    this.#stopped[of] = Math.max(this.#stopped[of], until);
    onLimit?.({ status, until: this.#stopped[of], of });
  }

  /** Ms until the request may go out; 0: now. */
  #wait({ weight, orders, command, priority }: Spending): number {
    const now = this.#parts.clock.now();
    const stopped =
      orders > 0 ? Math.max(this.#stopped.requests, this.#stopped.orders) : this.#stopped.requests;
    // Not even what is critical: the venue would refuse it, and ban the address.
    if (stopped > now) return stopped - now;
    if (priority === 'critical') return 0;
    const venueNow = this.#parts.venueNow();
    const share = command === undefined ? shares.read : shares.order;
    let wait = 0;
    for (const window of this.#windows.values()) {
      const cost = window.kind === 'weight' ? weight : orders;
      const spent = window.spent(venueNow);
      // A request that is dearer than the share passes when it is alone.
      if (cost > 0 && spent > 0 && spent + cost > window.limit * share)
        wait = Math.max(wait, window.rest(venueNow) + MARGIN);
    }
    return wait;
  }

  #take({ weight, orders }: Pick<Spending, 'weight' | 'orders'>): Ticket {
    const sequence = this.#sequence++;
    const windows = [...this.#windows].map(([key, window]) => ({
      key,
      window,
      cost: window.kind === 'weight' ? weight : orders,
    }));
    for (const { window, cost } of windows) window.begin(cost);
    let ended = false;
    const once = (step: (part: (typeof windows)[number]) => void): void => {
      if (!ended) windows.forEach(step);
      ended = true;
    };
    return {
      end: (counts) =>
        once(({ key, window, cost }) => window.end(cost, sequence, counts?.get(key), this.#parts.venueNow())),
      withdraw: () => once(({ window, cost }) => window.withdraw(cost)),
    };
  }

  #refusal({ what }: Spending, wait: number): MikroBotError {
    return new MikroBotError('CIRCUIT_OPEN', `${what} was not sent: the venue's limit would be passed.`, {
      where: this.#parts.name,
      hint: `There is room again in ${Math.ceil(wait)} ms.`,
    });
  }

  #sleep(ms: number, abort: AbortSignal | undefined): Promise<void> {
    const { clock, name } = this.#parts;
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        disarm();
        reject(abort?.reason);
      };
      const disarm = clock.arm(`${name} budget.${this.#timers++}`, clock.now() + ms, () => {
        abort?.removeEventListener('abort', stop);
        resolve();
      });
      abort?.addEventListener('abort', stop, { once: true });
    });
  }
}
