/** A limit that the venue enforces, as in `rateLimits` of its exchange information and of WebSocket answers. */
export interface RateLimit {
  /** `REQUEST_WEIGHT` or `ORDERS`; others are not counted here. */
  readonly rateLimitType: string;
  /** `SECOND`, `MINUTE`, `HOUR` or `DAY`. */
  readonly interval: string;
  readonly intervalNum: number;
  readonly limit: number;
  /** What the venue has counted so far. */
  readonly count?: number;
}

/** What a window counts. */
export type CostKind = 'weight' | 'orders';

const kinds: Readonly<Record<string, CostKind>> = { REQUEST_WEIGHT: 'weight', ORDERS: 'orders' };

const units: Readonly<Record<string, number>> = {
  SECOND: 1_000,
  MINUTE: 60_000,
  HOUR: 3_600_000,
  DAY: 86_400_000,
};

/** What a limit counts and over how many ms; undefined for limits of other kinds, such as `RAW_REQUESTS`. */
export const windowOf = (limit: RateLimit): { readonly kind: CostKind; readonly ms: number } | undefined => {
  const kind = kinds[limit.rateLimitType];
  const unit = units[limit.interval];
  return kind === undefined || unit === undefined ? undefined : { kind, ms: unit * limit.intervalNum };
};

/**
 * What was spent of one limit. The venue's windows begin at whole multiples of their length on its own clock.
 * Source: web-socket-api.md, "How to interpret rate limits".
 */
export class RateWindow {
  readonly kind: CostKind;
  /** Length, ms. */
  readonly ms: number;
  limit: number;
  /** Sent, not answered yet: the venue may have counted it or not. */
  #open = 0;
  #counted = 0;
  #window = Number.NEGATIVE_INFINITY;
  /** The youngest request that {@link counted} was told by. */
  #told = -1;

  constructor(kind: CostKind, ms: number, limit: number) {
    this.kind = kind;
    this.ms = ms;
    this.limit = limit;
  }

  /** The most that may have been spent in the window that runs at venue time `now`. */
  spent(now: number): number {
    this.#roll(now);
    return this.#counted + this.#open;
  }

  /** Ms until the next window. */
  rest(now: number): number {
    return this.ms - (((now % this.ms) + this.ms) % this.ms);
  }

  begin(cost: number): void {
    this.#open += cost;
  }

  /** The request was never sent. */
  withdraw(cost: number): void {
    this.#open -= cost;
  }

  /**
   * The request has ended. What the venue says counts when no younger request's answer said more recent things; without a word
   * of the venue its cost counts as spent.
   * @param sequence - the place of the request in the order of sending
   */
  end(cost: number, sequence: number, count: number | undefined, now: number): void {
    this.#roll(now);
    this.#open -= cost;
    if (count === undefined) {
      this.#counted += cost;
    } else if (sequence >= this.#told) {
      this.#told = sequence;
      this.#counted = count;
    }
  }

  #roll(now: number): void {
    const window = Math.floor(now / this.ms);
    if (window === this.#window) return;
    this.#window = window;
    this.#counted = 0;
  }
}
