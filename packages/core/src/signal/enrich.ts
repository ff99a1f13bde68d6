import { map, type OperatorFunction } from 'rxjs';
import type { Desk } from '../execution/desk.js';
import type { Book } from '../model/book.js';
import type { Signal } from '../model/signal.js';

/** Fields of a signal that an enricher may supply: those that a draft can leave open. */
export type Enrichment = Partial<
  Pick<Signal, 'quantity' | 'order' | 'stop' | 'target' | 'trail' | 'confidence' | 'reason' | 'tags'>
>;

/**
 * Completes signals of a source that gives too little: a webhook's `{symbol, direction, price}` gets a stop from the ATR, a
 * confidence from a scorer. Pure and synchronous: a slow look-up is made before and enters as part of a signal.
 */
export interface Enricher {
  readonly name: string;
  /** What to add. A field that the signal has already is left as it is. */
  enrich(signal: Signal, book: Book): Enrichment | undefined;
}

/** What an enricher adds to what is there: only fields that are missing; tags are merged, the signal's own first. */
const completed = (signal: Signal, more: Enrichment): Signal => ({
  ...signal,
  // Field by field: what an enricher brings besides, an approval above all, must not get in.
  quantity: signal.quantity ?? more.quantity,
  order: signal.order ?? more.order,
  stop: signal.stop ?? more.stop,
  target: signal.target ?? more.target,
  trail: signal.trail ?? more.trail,
  confidence: signal.confidence ?? more.confidence,
  reason: signal.reason || (more.reason ?? ''),
  tags: more.tags === undefined ? signal.tags : { ...more.tags, ...signal.tags },
});

/** A signal with what the enrichers add, in order. One that throws adds nothing and is named in the signal's tags. */
export const enrichSignal = (signal: Signal, enrichers: readonly Enricher[], book: Book): Signal => {
  let enriched = signal;
  for (const enricher of enrichers) {
    try {
      const more = enricher.enrich(enriched, book);
      if (more !== undefined) enriched = completed(enriched, more);
    } catch (error) {
      enriched = completed(enriched, { tags: { [`${enricher.name}Failed`]: String(error) } });
    }
  }
  return enriched;
};

/** Stands before `validate()`: see {@link Enricher}. What is still missing afterwards is refused by name. */
export const enrich = (enrichers: readonly Enricher[], desk: Desk): OperatorFunction<Signal, Signal> =>
  map((signal) => enrichSignal(signal, enrichers, desk.book));
