import type { Rule } from '../rule.js';

/** Ages in ms. */
export interface FreshOptions {
  /** Oldest signal that is judged. Default 10,000. */
  readonly signal?: number;
  /** Oldest quote that is traded on. Default 60,000: quiet instruments tick seldom. */
  readonly quote?: number;
}

/** Refuses signals that waited too long and quotes that are too old to trade on. */
export const fresh = ({ signal: maxSignal = 10_000, quote: maxQuote = 60_000 }: FreshOptions = {}): Rule => ({
  name: 'fresh',
  check(signal, book) {
    const age = book.now() - signal.time;
    if (age > maxSignal) return { code: 'STALE_SIGNAL', limit: maxSignal, actual: age };
    const quoteAge = book.now() - signal.quote.time;
    return quoteAge > maxQuote ? { code: 'STALE_QUOTE', limit: maxQuote, actual: quoteAge } : undefined;
  },
});
