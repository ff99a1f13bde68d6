import { describe, expect, it } from 'vitest';
import type { Decision } from '../model/decision.js';
import { stopped } from '../model/refuse.js';
import { MOMENT, signalWith } from '../testing/samples.js';
import { HeldSignals } from './held-signals.js';

type Held = Extract<Decision, { outcome: 'held' }>;

const held = (id: string, hold = 1_000): Held =>
  stopped('validate', 'confidence', signalWith({ id }), MOMENT, {
    code: 'CONFIDENCE_REVIEW',
    limit: 0.8,
    actual: 0.7,
    hold,
  }) as Held;

describe('HeldSignals', () => {
  it('keeps what waits, oldest first, with its code and until when a yes counts', () => {
    const signals = new HeldSignals();
    signals.add(held('a'));
    signals.add(held('b', 5_000));
    expect(signals.list()).toEqual([
      { signal: signalWith({ id: 'a' }), until: MOMENT + 1_000, code: 'CONFIDENCE_REVIEW' },
      { signal: signalWith({ id: 'b' }), until: MOMENT + 5_000, code: 'CONFIDENCE_REVIEW' },
    ]);
  });

  it('gives an answer to a signal once', () => {
    const signals = new HeldSignals();
    signals.add(held('a'));
    expect(signals.take('a')?.signal.id).toBe('a');
    expect(signals.take('a')).toBeUndefined();
    expect(signals.take('never held')).toBeUndefined();
    expect(signals.list()).toEqual([]);
  });

  it('remembers a thousand, and forgets the oldest first', () => {
    const signals = new HeldSignals();
    for (let i = 0; i <= 1_000; i++) signals.add(held(`s${i}`));
    expect(signals.list()).toHaveLength(1_000);
    expect(signals.take('s0')).toBeUndefined();
    expect(signals.take('s1')?.signal.id).toBe('s1');
    expect(signals.take('s1000')?.signal.id).toBe('s1000');
  });
});
