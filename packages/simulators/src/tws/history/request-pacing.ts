import type { Clock } from '@mikrobot/core';

/**
 * For which requests the limits hold: as documented, for bars of 30 seconds and less; for `all` bars, as it once was and as heavy
 * use still meets it; or for none (`off`).
 */
export type PacingRule = 'small-bars' | 'all' | 'off';

/** A request as the limits see it. */
export interface PacedRequest {
  /** The same for requests that ask for the same. */
  readonly key: string;
  /** Contract, exchange and kind of data. */
  readonly subject: string;
  /** A request for bid and ask counts twice. */
  readonly weight: number;
  /** Length of a bar, ms. */
  readonly barLength: number;
}

interface Taken extends PacedRequest {
  readonly time: number;
}

const SMALL = 30_000;
const TEN_MINUTES = 600_000;
const IDENTICAL_WITHIN = 15_000;
const SAME_SUBJECT_WITHIN = 2_000;

/** In ten minutes. */
const MOST = 60;
/** So many for one subject within two seconds are a violation. */
const TOO_MANY_OF_ONE = 6;

/**
 * Limits of historical requests (documentation of the TWS API, "Pacing Violations for Small Bars"): none identical within 15 seconds,
 * fewer than six for the same contract, exchange and tick type within two seconds, no more than 60 within ten minutes, BID_ASK twice.
 */
export class RequestPacing {
  rule: PacingRule = 'small-bars';
  readonly #clock: Clock;
  #taken: Taken[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether a request may be answered. One that may not counts for nothing. */
  take(request: PacedRequest): boolean {
    if (this.rule === 'off' || (this.rule === 'small-bars' && request.barLength > SMALL)) return true;
    const now = this.#clock.now();
    this.#taken = this.#taken.filter(({ time }) => now - time < TEN_MINUTES);
    const within = (ms: number): readonly Taken[] => this.#taken.filter(({ time }) => now - time < ms);
    const weighed = (taken: readonly Taken[]): number => taken.reduce((sum, { weight }) => sum + weight, 0);
    const { key, subject, weight } = request;
    const ofOne = within(SAME_SUBJECT_WITHIN).filter((one) => one.subject === subject);
    if (
      within(IDENTICAL_WITHIN).some((one) => one.key === key) ||
      weighed(ofOne) + weight >= TOO_MANY_OF_ONE ||
      weighed(this.#taken) + weight > MOST
    )
      return false;
    this.#taken.push({ ...request, time: now });
    return true;
  }
}
