/** A request of the history service, as its limits look at it. */
export interface PacedJob {
  /** All that was asked, so that two of the same can be told. */
  readonly what: string;
  /** Contract, exchange and kind of data. */
  readonly series: string;
  /** Bars of 30 seconds or less. */
  readonly small: boolean;
}

interface Sent extends PacedJob {
  readonly at: number;
}

/** Clocks and networks are not exact. Ms. */
const MARGIN = 250;
const IDENTICAL = 15_000 + MARGIN;
const BURST = 2_000 + MARGIN;
/** Six within {@link BURST} are a violation. */
const IN_BURST = 5;
const LONG = 600_000 + MARGIN;
const IN_LONG = 60;

/**
 * What TWS counts of requests for past bars: none twice within 15 seconds; fewer than six of one contract, exchange and kind of data
 * within two; at most 60 in ten minutes. The last holds for bars of 30 seconds and less: for others it has been lifted, but whoever asks
 * for much is slowed down. Source: TWS API, Historical Data Limitations, with its footnote.
 */
export class Pacing {
  #sent: Sent[] = [];

  /** Ms until the request may go out; 0: now. */
  waitOf(job: PacedJob, now: number): number {
    this.#sent = this.#sent.filter(({ at }) => at > now - LONG);
    const identical = this.#sent.filter(({ what }) => what === job.what).at(-1);
    const burst = this.#nth((sent) => sent.series === job.series, IN_BURST);
    const long = job.small ? this.#nth((sent) => sent.small, IN_LONG) : undefined;
    return Math.max(
      0,
      identical === undefined ? 0 : identical.at + IDENTICAL - now,
      burst === undefined ? 0 : burst.at + BURST - now,
      long === undefined ? 0 : long.at + LONG - now,
    );
  }

  /** It goes out now. */
  note(job: PacedJob, now: number): void {
    this.#sent.push({ ...job, at: now });
  }

  /** The one whose end makes room where `most` count at once; undefined while there is room. */
  #nth(of: (sent: Sent) => boolean, most: number): Sent | undefined {
    return this.#sent.filter(of).at(-most);
  }
}
