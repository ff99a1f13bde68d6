import type { OrderEvent } from '@mikrobot/core';

/** What the venue said about orders. */
export interface OrderCounts {
  readonly accepted: number;
  /** Trades, also partial ones. */
  readonly fills: number;
  /** Orders that were filled to the end. */
  readonly filled: number;
  readonly cancelled: number;
  readonly expired: number;
  readonly rejected: number;
  readonly replaced: number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Counts order events. */
export class OrderCounter {
  readonly #counts: Mutable<OrderCounts> = {
    accepted: 0,
    fills: 0,
    filled: 0,
    cancelled: 0,
    expired: 0,
    rejected: 0,
    replaced: 0,
  };

  add(event: OrderEvent): void {
    if (event.type === 'triggered') return;
    if (event.type !== 'fill') {
      this.#counts[event.type] += 1;
      return;
    }
    this.#counts.fills += 1;
    if (event.remaining === 0) this.#counts.filled += 1;
  }

  result(): OrderCounts {
    return { ...this.#counts };
  }
}
