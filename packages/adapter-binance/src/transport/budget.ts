import type { Clock } from '@mikrobot/core';

/** A limit that the venue enforces, as in `rateLimits` of its exchange information. */
export interface RateLimit {
  readonly rateLimitType: string;
  readonly interval: string;
  readonly intervalNum: number;
  readonly limit: number;
  readonly count?: number;
}

/** The venue told us to slow down (429) or banned the address (418). */
export interface LimitNotice {
  readonly status: 429 | 418;
  /** Epoch ms (our clock) until which nothing is sent. */
  readonly until: number;
}

/** What requests may still cost. One for REST and WebSocket API together: the venue counts by address and account. */
export class Budget {
  constructor(_parts: {
    readonly clock: Clock;
    readonly name: string;
    readonly limits: readonly RateLimit[];
    readonly now: () => number;
    readonly onLimit?: (notice: LimitNotice) => void;
  }) {}
  /** Takes the limits of `exchangeInfo.rateLimits`. */
  learn(_limits: readonly RateLimit[]): void {}
  get usedWeight(): number {
    return 0;
  }
}
