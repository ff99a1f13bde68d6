import { describe, expect, it } from 'vitest';
import type { Signal } from '../../model/signal.js';
import { MOMENT, plainBook, signalWith } from '../../testing/samples.js';
import { noDuplicate } from './no-duplicate.js';

/** A rule, and a way to ask it about the next signal: each has its own id, `after` ms from the beginning. */
const asked = (within?: number) => {
  const rule = noDuplicate(within === undefined ? {} : { within });
  let n = 0;
  return (after: number, over: Partial<Signal> = {}) =>
    rule.check(signalWith({ id: `s${n++}`, time: MOMENT + after, ...over }), plainBook());
};

describe('noDuplicate', () => {
  it('refuses the same wish again within a second, and says after how long', () => {
    const ask = asked();
    expect(ask(0)).toBeUndefined();
    expect(ask(0)).toEqual({ code: 'DUPLICATE_SIGNAL', limit: 1_000, actual: 0 });
    expect(ask(999)).toEqual({ code: 'DUPLICATE_SIGNAL', limit: 1_000, actual: 999 });
    expect(ask(1_000)).toBeUndefined();
  });

  it('counts from the wish that passed, so that repeating does not shut the door for ever', () => {
    const ask = asked();
    expect([0, 600, 1_200].map((t) => ask(t)?.code)).toEqual([undefined, 'DUPLICATE_SIGNAL', undefined]);
  });

  it.each<[string, Partial<Signal>]>([
    ['another source', { source: 'other:EURUSD' }],
    ['another symbol', { symbol: 'GBPUSD' }],
    ['another side', { side: 'sell' }],
    ['another intent', { intent: 'reverse' }],
    ["a person's approval of it", { approval: { of: 's0', by: 'Ada', until: MOMENT + 1_000 } }],
  ])('does not take %s for the same wish', (_, over) => {
    const ask = asked();
    expect(ask(0)).toBeUndefined();
    expect(ask(1, over)).toBeUndefined();
  });

  it('says the same of one signal each time: a second subscriber of the pipeline asks again', () => {
    const ask = asked();
    expect(ask(0, { id: 'same' })).toBeUndefined();
    expect(ask(0, { id: 'same' })).toBeUndefined();
    expect(ask(0, { id: 'other' })).toMatchObject({ code: 'DUPLICATE_SIGNAL' });
  });

  it('takes another time', () => {
    const ask = asked(50);
    expect([0, 49, 50].map((t) => ask(t)?.code)).toEqual([undefined, 'DUPLICATE_SIGNAL', undefined]);
  });

  it('remembers a thousand wishes, and forgets the one that was longest ago', () => {
    const ask = asked();
    for (let i = 0; i <= 1_024; i++) ask(0, { symbol: `S${i}` });
    expect(ask(1, { symbol: 'S1024' })).toBeDefined();
    expect(ask(1, { symbol: 'S1' })).toBeDefined();
    expect(ask(1, { symbol: 'S0' })).toBeUndefined();
  });

  it('counts a wish as new when it was repeated in time', () => {
    const ask = asked();
    for (let i = 0; i < 1_024; i++) ask(0, { symbol: `S${i}` });
    expect(ask(1_000, { symbol: 'S0' })).toBeUndefined();
    ask(1_000, { symbol: 'one more' });
    expect(ask(1_001, { symbol: 'S0' })).toBeDefined();
  });

  it('has its own memory in each rule', () => {
    const [a, b] = [asked(), asked()];
    expect(a(0)).toBeUndefined();
    expect(b(0)).toBeUndefined();
  });
});
