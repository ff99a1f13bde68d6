import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Signal } from '../model/signal.js';
import { MOMENT, plainBook, signalWith } from '../testing/samples.js';
import { type Enricher, type Enrichment, enrichSignal } from './enrich.js';

const adding = (more: Enrichment | undefined, name = 'scorer'): Enricher => ({ name, enrich: () => more });
/** What a webhook knows: a symbol, a direction, nothing else. */
const bare = (over: Partial<Signal> = {}): Signal =>
  signalWith({ stop: undefined, target: undefined, confidence: undefined, quantity: undefined, ...over });
const enriched = (signal: Signal, ...enrichers: readonly Enricher[]): Signal =>
  enrichSignal(signal, enrichers, plainBook());

describe('enrichSignal', () => {
  it('supplies what is missing', () => {
    const more = {
      quantity: 0.5,
      stop: 1.09,
      target: 1.12,
      trail: 0.002,
      confidence: 0.7,
      reason: 'pattern 7',
      order: { type: 'limit', price: 1.095 } as const,
    };
    expect(enriched(bare(), adding(more))).toEqual({ ...bare(), ...more });
  });

  it('leaves alone what is there, also a 0', () => {
    const signal = signalWith({ confidence: 0, reason: 'mine' });
    const more = { confidence: 0.9, stop: 1, target: 2, quantity: 9, reason: 'theirs' };
    expect(enriched(signal, adding(more))).toEqual(signal);
  });

  it('lets the first enricher that knows win, and shows each what the ones before it added', () => {
    const seen: (number | undefined)[] = [];
    const second: Enricher = {
      name: 'atr',
      enrich: ({ confidence }) => {
        seen.push(confidence);
        return { confidence: 0.1, stop: 1.09 };
      },
    };
    expect(enriched(bare(), adding({ confidence: 0.7 }), second)).toMatchObject({
      confidence: 0.7,
      stop: 1.09,
    });
    expect(seen).toEqual([0.7]);
  });

  it("merges tags, the signal's own first", () => {
    const signal = bare({ tags: { setup: 'own', score: 1 } });
    expect(enriched(signal, adding({ tags: { setup: 'theirs', regime: 'trend' } })).tags).toEqual({
      setup: 'own',
      score: 1,
      regime: 'trend',
    });
    expect(enriched(bare(), adding({ tags: { regime: 'trend' } })).tags).toEqual({ regime: 'trend' });
  });

  it('gives the very signal back when nobody adds anything', () => {
    const signal = bare();
    expect(enriched(signal)).toBe(signal);
    expect(enriched(signal, adding(undefined))).toBe(signal);
  });

  it('never changes the signal that it was given', () => {
    const signal = Object.freeze(bare({ tags: Object.freeze({ a: 1 }) }));
    expect(enriched(signal, adding({ stop: 1.09, tags: { b: 2 } })).stop).toBe(1.09);
    expect(signal.stop).toBeUndefined();
  });

  it('names an enricher that throws in the tags, and goes on with the next', () => {
    const broken: Enricher = {
      name: 'scorer',
      enrich: () => {
        throw new Error('no model');
      },
    };
    expect(enriched(bare({ tags: { a: 1 } }), broken, adding({ stop: 1.09 }))).toMatchObject({
      stop: 1.09,
      tags: { a: 1, scorerFailed: 'Error: no model' },
    });
  });

  it('lets no enricher say what only core may: an approval would open every gate', () => {
    const forged = {
      approval: { of: 'x', by: 'me', until: MOMENT + 1e9 },
      rate: 5,
      side: 'sell',
      id: 'mine',
      source: 'other',
      quote: { time: MOMENT, bid: 9, ask: 9 },
      extra: 1,
      stop: 1.09,
    } as unknown as Enrichment;
    const signal = bare({ rate: undefined, side: undefined });
    expect(enriched(signal, adding(forged))).toEqual({ ...signal, stop: 1.09 });
  });

  it('offers no field that a signal always has', () => {
    expectTypeOf<keyof Enrichment>().toEqualTypeOf<
      'quantity' | 'order' | 'stop' | 'target' | 'trail' | 'confidence' | 'reason' | 'tags'
    >();
  });
});
