import type { VenueError } from '../exchange.js';

/** Which requests a fault is for, by method and path: a part of the name, or a test of it. Default: any. */
export type Match = string | ((name: string) => boolean);

/** Names of the faults, as they are counted. */
export type FaultName =
  | 'drop'
  | 'half-open'
  | 'refused-connection'
  | 'delayed-answer'
  | 'lost-answer'
  | 'timeout-answer'
  | 'lost-request'
  | 'refused-request'
  | 'duplicated-event'
  | 'reordered-events'
  | 'muted-event'
  | 'expired-listen-key'
  | 'maintenance'
  | 'blind'
  | 'server-shutdown'
  | 'stream-terminated';

/** Whether a request tells the venue to do something with orders. */
export const isOrderCommand = (name: string): boolean =>
  /^(POST|PUT|DELETE) \/(api|fapi)\/.*order/i.test(name) && !name.endsWith('/test');

const matches = (match: Match | undefined, name: string): boolean =>
  match === undefined || (typeof match === 'string' ? name.includes(match) : match(name));

/** Faults that wait for their moment: each is used up by the first thing that it fits. */
class Waiting<T> {
  readonly #items: { readonly match: Match | undefined; readonly value: T }[] = [];

  add(match: Match | undefined, value: T): void {
    this.#items.push({ match, value });
  }

  take(name: string): T | undefined {
    const at = this.#items.findIndex((item) => matches(item.match, name));
    return at < 0 ? undefined : this.#items.splice(at, 1)[0]?.value;
  }

  clear(): void {
    this.#items.length = 0;
  }
}

/** What is to go wrong, and how often it did. */
export class FaultState {
  readonly counts = new Map<FaultName, number>();
  readonly delays = new Waiting<number>();
  readonly lostAnswers = new Waiting<'timeout' | 'silence'>();
  readonly lostRequests = new Waiting<true>();
  readonly refusals = new Waiting<(now: number) => VenueError>();
  /** Events of accounts that are told twice. */
  readonly twice = new Waiting<true>();
  /** Pairs of events that change places. */
  swaps = 0;
  /** No event of an account is told. */
  muted = false;
  /** What is asked of the state of an account gets no answer. */
  blind = false;
  maintenance = false;
  /** ms that the venue's clock is ahead. */
  skew = 0;

  count(fault: FaultName): void {
    this.counts.set(fault, (this.counts.get(fault) ?? 0) + 1);
  }

  /** Nothing goes wrong from now on, except on lines that are broken already. */
  clear(): void {
    for (const waiting of [this.delays, this.lostAnswers, this.lostRequests, this.refusals, this.twice])
      waiting.clear();
    this.swaps = 0;
    this.muted = false;
    this.blind = false;
    this.maintenance = false;
    this.skew = 0;
  }
}
