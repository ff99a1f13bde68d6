import type { Clock } from '@mikrobot/core';
import type { SimulatedContract } from '../contracts/contract.js';
import type { TwsSession } from '../session.js';
import type { SimulatedAccount } from './account.js';
import { Schedule } from './schedule.js';

/** Kinds of requests that go on until they are cancelled. */
export type FeedKind =
  | 'positions'
  | 'positions-multi'
  | 'summary'
  | 'updates'
  | 'updates-multi'
  | 'pnl'
  | 'pnl-single';

/** A request that goes on until it is cancelled. */
export interface Subscription {
  readonly session: TwsSession;
  readonly kind: FeedKind;
  /** Request id; 0 for kinds of which a client has one. */
  readonly id: number;
  /** An account was booked on. */
  booked?(account: SimulatedAccount, contract: SimulatedContract): void;
  /** Time has passed: every second, or every three minutes. */
  passed?(): void;
  readonly every?: 'second' | 'three minutes';
}

const SECOND = 1_000;
/** Source: TWS API, "Account Updates": changes are told every three minutes, unless a position changes. */
const THREE_MINUTES = 180_000;

/** Who follows accounts, and when they are told. */
export class AccountFeed {
  readonly #clock: Clock;
  readonly #schedule: Schedule;
  readonly #known = new WeakSet<TwsSession>();
  #subscriptions: readonly Subscription[] = [];
  #beat = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#schedule = new Schedule('tws-accounts', clock, () => this.#pass());
  }

  /** A later request of the same kind and id takes the place of an earlier one. */
  add(subscription: Subscription): void {
    const { session, kind, id } = subscription;
    this.remove(session, kind, id);
    this.#subscriptions = [...this.#subscriptions, subscription];
    if (!this.#known.has(session)) {
      this.#known.add(session);
      session.onEnd(() => this.#keep((one) => one.session !== session));
    }
    this.#rest();
  }

  remove(session: TwsSession, kind: FeedKind, id = 0): void {
    this.#keep((one) => one.session !== session || one.kind !== kind || one.id !== id);
  }

  count(session: TwsSession, kind: FeedKind): number {
    return this.#subscriptions.filter((one) => one.session === session && one.kind === kind).length;
  }

  booked(account: SimulatedAccount, contract: SimulatedContract): void {
    for (const one of this.#subscriptions) one.booked?.(account, contract);
  }

  /** Ends all timers. */
  close(): void {
    this.#schedule.stop();
  }

  #keep(wanted: (one: Subscription) => boolean): void {
    this.#subscriptions = this.#subscriptions.filter(wanted);
    this.#rest();
  }

  #pass(): void {
    this.#beat += 1;
    const isThird = this.#beat % (THREE_MINUTES / SECOND) === 0;
    for (const one of this.#subscriptions) if (one.every === 'second' || isThird) one.passed?.();
    this.#rest(true);
  }

  /** The next beat, as long as anybody waits for one. */
  #rest(again = false): void {
    const isWanted = this.#subscriptions.some(({ every }) => every !== undefined);
    if (!isWanted) this.#schedule.wakeAt(Number.POSITIVE_INFINITY);
    else if (again || !this.#schedule.isSet) this.#schedule.wakeAt(this.#clock.now() + SECOND);
  }
}
