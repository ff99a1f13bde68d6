import type { Clock, OrderCommand, Priority, Random } from '@mikrobot/core';
import type { Budget, LimitNotice, RateLimit } from './budget.js';
import type { KeyRing } from './keys.js';
import type { VenueTime } from './venue-time.js';

/** Parameters of a request; undefined ones are left out. Prices and quantities are decimal strings. */
export type Params = Readonly<Record<string, string | number | boolean | undefined>>;

/** A request of the REST API. */
export interface RestRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Such as `/api/v3/order`. */
  readonly path: string;
  readonly params?: Params;
  /** `key`: with the API key alone; `signed`: also with timestamp, recvWindow and signature. */
  readonly security: 'none' | 'key' | 'signed';
  readonly weight: number;
  /** An order command: never repeated. */
  readonly command?: OrderCommand;
  /** Orders that it counts as. Default 1 for `submit` and `amend`, else 0. */
  readonly orders?: number;
  readonly priority?: Priority;
  /** Ms. Default 10,000. */
  readonly timeout?: number;
  readonly abort?: AbortSignal;
}

/** What a REST client is made of. */
export interface RestClientParts {
  readonly endpoints: { readonly rest: string };
  readonly keys: KeyRing | undefined;
  readonly clock: Clock;
  readonly random: Random;
  /** Ms. */
  readonly recvWindow: number;
  /** Names the client in errors and timers, such as `binance spot`. */
  readonly name: string;
  /** Limits until {@link Budget.learn} knows better. */
  readonly limits?: readonly RateLimit[];
  readonly onLimit?: (notice: LimitNotice) => void;
}

/** The REST API of one venue. */
export class RestClient {
  declare readonly budget: Budget;
  declare readonly time: VenueTime;
  constructor(_parts: RestClientParts) {}
  /** @returns parsed JSON; integers beyond 2^53 are strings of digits */
  request(_request: RestRequest): Promise<unknown> {
    throw new Error('being written');
  }
  /** Learns the venue's time, and again every quarter of an hour. @param path - such as `/api/v3/time` */
  syncClock(_path: string): Promise<void> {
    throw new Error('being written');
  }
  /** Ms that the venue is ahead. */
  get offset(): number {
    return this.time.offset;
  }
  /** Epoch ms at the venue. */
  now(): number {
    return this.time.now();
  }
  /** In the running minute. */
  get usedWeight(): number {
    return this.budget.usedWeight;
  }
  close(): void {}
}
