import {
  type Clock,
  type OrderCommand,
  type Priority,
  type Random,
  type Resilience,
  resilience,
  wasNotBegun,
} from '@mikrobot/core';
import { BinanceError, BinanceLineError } from '../errors.js';
import type { Budget, Spending, Ticket } from './budget.js';
import type { VenueTime } from './venue-time.js';

/** How a request is made. */
export interface CallOptions {
  /** As the venue's documentation has it for its parameters. */
  readonly weight: number;
  /** An order command: never made twice. */
  readonly command?: OrderCommand | undefined;
  /** Orders that it counts as. Default 1 for `submit` and `amend`, else 0. */
  readonly orders?: number | undefined;
  /** `critical` goes out although the budget is used up. Default `normal`. */
  readonly priority?: Priority | undefined;
  /** The longest that a try may take, ms. Default 10,000. */
  readonly timeout?: number | undefined;
  readonly abort?: AbortSignal | undefined;
}

/** What is let through the gate. */
export interface GateCall extends CallOptions {
  /** Its name in errors, such as `GET /api/v3/account`. */
  readonly what: string;
  /** Whether it may be made several times with the effect of one. */
  readonly repeatable: boolean;
}

/** Makes one try. It ends the ticket when the venue answered. */
export type Send<T> = (abort: AbortSignal, ticket: Ticket) => Promise<T>;

/** What a {@link Gate} is made of. */
export interface GateParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly name: string;
  readonly budget: Budget;
  readonly time: VenueTime;
}

/** A failure that may pass; a limit is none, the budget minds it. */
const isTrouble = (error: unknown): boolean =>
  error instanceof BinanceLineError || (error instanceof BinanceError && error.status >= 500);

/**
 * The way out for every request: through the budget, then through core's guard (deadline, breaker, bulkhead, repetition of
 * reads). After -1021 the clocks are compared once; after that, and after 429, a call that is no order command is made once more.
 */
export class Gate {
  /** Apart, so that no stop waits for its turn behind reads that a slow venue does not answer. */
  readonly #guards: Readonly<Record<'reads' | 'orders', Resilience>>;
  readonly #budget: Budget;
  readonly #time: VenueTime;

  constructor({ clock, random, name, budget, time }: GateParts) {
    this.#budget = budget;
    this.#time = time;
    const guard = (what: string): Resilience =>
      resilience({
        clock,
        random,
        name: what,
        // Reads of a start may be many.
        bulkhead: { wait: 10_000 },
        retry: { attempts: 3 },
        // A cut of a second must not shut the way out for much longer; a dead venue gets one trial a second.
        breaker: { failures: 10, pause: 1_000, successes: 1 },
        transient: isTrouble,
      });
    this.#guards = { reads: guard(name), orders: guard(`${name} orders`) };
  }

  /** @throws what `send` throws, and what the budget and the guard throw before it */
  async call<T>(call: GateCall, send: Send<T>): Promise<T> {
    try {
      return await this.#pass(call, send);
    } catch (error) {
      if (!(error instanceof BinanceError)) throw error;
      const late = error.code === -1021;
      // A failed comparison leaves the offset as it was; the next call will tell.
      if (late) await this.#time.sync().catch(() => undefined);
      // Neither was taken by the venue. But an order is decided anew or not at all.
      const again = late || (error.status === 429 && call.repeatable);
      if (!again || call.command !== undefined) throw error;
      return this.#pass(call, send).catch((second) => {
        throw wasNotBegun(second) ? error : second;
      });
    }
  }

  async #pass<T>(call: GateCall, send: Send<T>): Promise<T> {
    const { what, command, weight, repeatable, timeout, abort } = call;
    const priority = call.priority ?? 'normal';
    const orders = call.orders ?? (command === 'submit' || command === 'amend' ? 1 : 0);
    const spending: Spending = { what, weight, orders, command, priority };
    let first: Ticket | undefined = await this.#budget.enter(spending, abort);
    const work = async (stop: AbortSignal): Promise<T> => {
      const ticket = first ?? this.#budget.take(spending);
      first = undefined;
      try {
        return await send(stop, ticket);
      } catch (error) {
        if (error instanceof BinanceError) this.#budget.heed(error);
        if (error instanceof BinanceLineError && !error.sent) ticket.withdraw();
        throw error;
      } finally {
        ticket.end();
      }
    };
    const options = {
      priority,
      ...(timeout !== undefined && { timeout }),
      ...(abort !== undefined && { abort }),
    };
    try {
      return await (command === undefined
        ? this.#guards.reads.call(what, work, { ...options, repeatable })
        : this.#guards.orders.call(command, work, options));
    } finally {
      // The guard let nothing through.
      (first as Ticket | undefined)?.withdraw();
    }
  }
}
