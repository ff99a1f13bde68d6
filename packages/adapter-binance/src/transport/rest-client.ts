import { setMaxListeners } from 'node:events';
import type { Clock, OrderCommand, Random } from '@mikrobot/core';
import { BinanceError, BinanceLineError } from '../errors.js';
import { errorOf, lineErrorOf } from './answers.js';
import { Budget, type LimitNotice } from './budget.js';
import { type CallOptions, Gate } from './gate.js';
import { countsOf } from './headers.js';
import type { KeyRing } from './keys.js';
import { defaultLimits } from './limits.js';
import { parseLossless } from './lossless-json.js';
import type { RateLimit } from './rate-window.js';
import { type Params, queryOf, signedQuery } from './signing.js';
import { type TimeSample, VenueTime } from './venue-time.js';

export type { Params } from './signing.js';

/** A request of the REST API. */
export interface RestRequest extends CallOptions {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Such as `/api/v3/order`. */
  readonly path: string;
  readonly params?: Params;
  /** `key`: with the API key alone; `signed`: also with timestamp, recvWindow and signature. */
  readonly security: 'none' | 'key' | 'signed';
  /** Told before each sending of a signed request which time it is stamped with: epoch ms at the venue. */
  readonly onStamp?: ((at: number) => void) | undefined;
}

/** What a REST client is made of. */
export interface RestClientParts {
  readonly endpoints: { readonly rest: string };
  /** Undefined: only what needs no key. */
  readonly keys: KeyRing | undefined;
  readonly clock: Clock;
  readonly random: Random;
  /** Ms. */
  readonly recvWindow: number;
  /** Names the client in errors and timers, such as `binance spot`. */
  readonly name: string;
  /** Limits until {@link Budget.learn} knows better. Default: the lower of what the two venues have. */
  readonly limits?: readonly RateLimit[];
  /** Told when the venue says slow down or bans the address. */
  readonly onLimit?: (notice: LimitNotice) => void;
}

/** "Timestamp for this request is outside of the recvWindow." Sources: errors.md, -1021; USD-M futures error codes. */
const OUTSIDE_WINDOW = -1021;
/** Ms within which a command is made once more. */
const PROMPT = 2_000;
/** Ms between two comparisons of the clocks. */
const RESYNC = 900_000;

/**
 * The REST API of one venue: signs, keeps within the limits, repeats reads and never an order.
 *
 * @example
 * ```ts
 * const rest = new RestClient({ endpoints, keys, clock, random, recvWindow: 5_000, name: 'binance spot' });
 * await rest.syncClock('/api/v3/time');
 * const account = await rest.request({ method: 'GET', path: '/api/v3/account', security: 'signed', weight: 20 });
 * ```
 */
export class RestClient {
  /** Also of the WebSocket API: limits are by address and account. */
  readonly budget: Budget;
  readonly time: VenueTime;
  readonly #parts: RestClientParts;
  readonly #gate: Gate;
  readonly #closed = new AbortController();
  #timePath: string | undefined;
  #disarm: (() => void) | undefined;

  constructor(parts: RestClientParts) {
    const { clock, random, name, limits = defaultLimits, onLimit } = parts;
    this.#parts = parts;
    // Every call in flight listens to it, and that is no leak.
    setMaxListeners(0, this.#closed.signal);
    this.time = new VenueTime(clock, () => this.#measure());
    this.budget = new Budget({ clock, name, limits, venueNow: () => this.now(), onLimit });
    this.#gate = new Gate({ clock, random, name, budget: this.budget, time: this.time });
  }

  /** Ms that the venue is ahead. */
  get offset(): number {
    return this.time.offset;
  }

  /** Epoch ms at the venue. */
  now(): number {
    return this.time.now();
  }

  /** The most that may have been spent in the running minute. */
  get usedWeight(): number {
    return this.budget.usedWeight;
  }

  /**
   * Makes a request.
   * @returns the parsed answer; integers beyond 2^53 are strings of digits
   * @throws {@link BinanceError} for what the venue said, {@link BinanceLineError} when the line broke, `MikroBotError`
   * `TIMED_OUT`, `CIRCUIT_OPEN` or `BULKHEAD_FULL`
   */
  request(request: RestRequest): Promise<unknown> {
    return this.#gate.call(
      {
        ...request,
        what: `${request.method} ${request.path}`,
        repeatable: isRead(request),
        abort: this.#until(request.abort),
      },
      async (abort, ticket) => {
        const { status, headers, text } = await this.#fetch(request, abort);
        ticket.end(countsOf(headers));
        if (status < 200 || status >= 300) throw errorOf(status, text, headers, this.#parts.clock.now());
        return parseAnswer(text);
      },
    );
  }

  /**
   * Makes an order command. One that the venue refused by its timestamp was surely not taken, and the clocks were compared since: it is
   * made once more, so that no stop is lost to a clock. But not late, for by then it may have been asked for and called absent. Nothing
   * else is ever made twice.
   * @throws as {@link request}
   */
  async command(request: RestRequest & { readonly command: OrderCommand }): Promise<unknown> {
    const { clock } = this.#parts;
    const began = clock.now();
    try {
      return await this.request(request);
    } catch (error) {
      const late = error instanceof BinanceError && error.code === OUTSIDE_WINDOW;
      if (!late || clock.now() - began > PROMPT) throw error;
      return this.request(request);
    }
  }

  /**
   * Compares the clocks, now and every quarter of an hour.
   * @param path - where the venue tells its time, such as `/api/v3/time`
   */
  async syncClock(path: string): Promise<void> {
    this.#timePath = path;
    await this.time.sync();
    this.#keepTime();
  }

  /** Ends what is under way and all timers. */
  close(): void {
    this.#disarm?.();
    this.#closed.abort(new BinanceLineError('The client was closed.', true));
  }

  #until(abort: AbortSignal | undefined): AbortSignal {
    return abort === undefined ? this.#closed.signal : AbortSignal.any([abort, this.#closed.signal]);
  }

  #keepTime(): void {
    const { clock, name } = this.#parts;
    this.#disarm?.();
    if (this.#closed.signal.aborted) return;
    this.#disarm = clock.arm(`${name} time`, clock.now() + RESYNC, () => {
      // A failed comparison leaves the offset as it was, and -1021 would ask for the next.
      void this.time.sync().catch(() => undefined);
      this.#keepTime();
    });
  }

  #measure(): Promise<TimeSample> {
    const { clock } = this.#parts;
    const path = this.#timePath;
    if (path === undefined)
      return Promise.reject(new BinanceLineError('Nobody told where the time is.', false));
    const request: RestRequest = { method: 'GET', path, security: 'none', weight: 1 };
    return this.#gate.call(
      { what: `GET ${path}`, weight: 1, repeatable: true, priority: 'critical', abort: this.#closed.signal },
      async (abort, ticket) => {
        // Inside of the try: what a call waited before it is no part of the round trip.
        const sent = clock.now();
        const { status, headers, text } = await this.#fetch(request, abort);
        const answered = clock.now();
        ticket.end(countsOf(headers));
        if (status !== 200) throw errorOf(status, text, headers, answered);
        const venue = (parseAnswer(text) as { readonly serverTime?: unknown }).serverTime;
        if (typeof venue !== 'number') throw new BinanceLineError('The venue told no time.', true);
        return { sent, venue, answered };
      },
    );
  }

  async #fetch(request: RestRequest, abort: AbortSignal): Promise<FetchedAnswer> {
    const { endpoints, keys } = this.#parts;
    const { method, path, security, params = {} } = request;
    const query = security === 'signed' ? this.#sign(request) : queryOf(params);
    const url = `${endpoints.rest}${path}${query === '' ? '' : `?${query}`}`;
    const headers = keys === undefined || security === 'none' ? {} : { 'X-MBX-APIKEY': keys.apiKey };
    try {
      const response = await fetch(url, { method, headers, signal: abort, redirect: 'error' });
      return { status: response.status, headers: response.headers, text: await response.text() };
    } catch (error) {
      throw lineErrorOf(`${method} ${path}`, error);
    }
  }

  #sign({ params = {}, onStamp }: RestRequest): string {
    const now = this.now();
    onStamp?.(now);
    return signedQuery(params, this.#parts.keys, now, this.#parts.recvWindow);
  }
}

interface FetchedAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

const isRead = ({ method, command }: RestRequest): boolean => method === 'GET' && command === undefined;

/** A good status with a body that was cut off: what was asked for may have been done. */
const parseAnswer = (text: string): unknown => {
  try {
    return parseLossless(text);
  } catch (cause) {
    throw new BinanceLineError('The answer is no JSON.', true, cause);
  }
};
