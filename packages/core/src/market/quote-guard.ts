/** What can be wrong with a tick: bid above ask, a price that is none, or a time before the last. */
export const quoteIssues = ['BAD_PRICE', 'CROSSED_QUOTE', 'TIME_BACKWARDS'] as const;

/** See {@link quoteIssues}. */
export type QuoteIssue = (typeof quoteIssues)[number];

/**
 * Checks each tick of one instrument before anything else sees it. Prices must be positive and finite with `ask >= bid`; times
 * must not fall (several ticks may share one). What it rejects does not move its time.
 */
export class QuoteGuard {
  /** How often each issue was found. */
  readonly counts: Record<QuoteIssue, number> = { BAD_PRICE: 0, CROSSED_QUOTE: 0, TIME_BACKWARDS: 0 };
  #last = -Infinity;

  /**
   * The tick's issue, or undefined when it is sound. Allocates nothing.
   * @param time - epoch ms
   */
  check(time: number, bid: number, ask: number): QuoteIssue | undefined {
    // Each comparison is false for NaN, so that NaN is caught too.
    if (bid > 0 && ask >= bid && ask < Infinity && time >= this.#last && time < Infinity) {
      this.#last = time;
      return undefined;
    }
    const issue = this.#issueOf(bid, ask);
    this.counts[issue]++;
    return issue;
  }

  #issueOf(bid: number, ask: number): QuoteIssue {
    if (!(bid > 0 && bid < Infinity && ask > 0 && ask < Infinity)) return 'BAD_PRICE';
    return ask < bid ? 'CROSSED_QUOTE' : 'TIME_BACKWARDS';
  }
}
