import { VirtualClock } from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Urgency } from './line.js';
import { Pacer } from './pacer.js';

interface Bench {
  readonly clock: VirtualClock;
  readonly pacer: Pacer;
  /** What was sent, and when. */
  readonly sent: { readonly name: string; readonly at: number }[];
  readonly unsent: string[];
  take(urgency: Urgency, name: string, messages?: number): boolean;
}

const bench = (messagesPerSecond: number): Bench => {
  const clock = new VirtualClock(1_000_000);
  const pacer = new Pacer(clock, messagesPerSecond, 'test');
  const sent: { name: string; at: number }[] = [];
  const unsent: string[] = [];
  return {
    clock,
    pacer,
    sent,
    unsent,
    take: (urgency, name, messages = 1) =>
      pacer.take(urgency, {
        send: () => {
          for (let i = 0; i < messages; i++) pacer.note();
          sent.push({ name, at: clock.now() });
        },
        unsent: () => unsent.push(name),
      }),
  };
};

describe('Pacer', () => {
  it('sends at once what fits, and the rest when a second has passed', () => {
    const { take, sent, clock } = bench(6);
    for (let i = 0; i < 6; i++) take('request', `r${i}`);
    expect(sent.map(({ name }) => name)).toEqual(['r0', 'r1', 'r2', 'r3']);
    clock.advance(1_000_999);
    expect(sent).toHaveLength(4);
    clock.advance(1_001_000);
    expect(sent).toHaveLength(6);
  });

  it('sends orders before requests that wait, and keeps a part of each second for them', () => {
    const { take, sent, clock } = bench(6);
    for (let i = 0; i < 10; i++) take('request', `r${i}`);
    expect(take('order', 'o1')).toBe(true);
    expect(take('order', 'o2')).toBe(true);
    expect(sent.at(-1)).toEqual({ name: 'o2', at: 1_000_000 });
    take('order', 'o3');
    clock.advance(1_001_000);
    expect(sent[6]).toEqual({ name: 'o3', at: 1_001_000 });
  });

  it('refuses an order that could not leave within a second', () => {
    const { take, sent, clock, unsent } = bench(3);
    const taken = Array.from({ length: 8 }, (_, i) => take('order', `o${i}`));
    expect(taken).toEqual([true, true, true, true, true, true, false, false]);
    clock.advance(1_001_000);
    expect(sent).toHaveLength(6);
    expect(unsent).toEqual([]);
  });

  it('does not send an order that waited longer, because several messages of others went before it', () => {
    const { take, sent, unsent, clock } = bench(3);
    take('order', 'bracket', 3);
    take('order', 'second bracket', 3);
    take('order', 'late');
    clock.advance(1_003_000);
    expect(sent.map(({ name }) => name)).toEqual(['bracket', 'second bracket']);
    expect(unsent).toEqual(['late']);
  });

  it('drops all that waits when it closes, says so, and takes no more', () => {
    const { take, pacer, unsent, clock, sent } = bench(3);
    for (let i = 0; i < 5; i++) take('order', `o${i}`);
    take('request', 'r');
    pacer.close();
    expect(unsent).toEqual(['o3', 'o4', 'r']);
    expect(take('order', 'o9')).toBe(false);
    clock.advance(1_010_000);
    expect(sent).toHaveLength(3);
  });

  it('never sends more in any second than it may, loses nothing, and keeps the order of each kind', () => {
    const step = fc.record({
      wait: fc.integer({ min: 0, max: 700 }),
      urgency: fc.constantFrom<Urgency>('order', 'request'),
      count: fc.integer({ min: 1, max: 12 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.integer({ min: 3, max: 20 }), (steps, limit) => {
        const { take, sent, unsent, clock } = bench(limit);
        const taken: string[] = [];
        let n = 0;
        for (const { wait, urgency, count } of steps) {
          clock.advance(clock.now() + wait);
          for (let i = 0; i < count; i++) {
            const name = `${urgency} ${String(n++).padStart(4, '0')}`;
            if (take(urgency, name)) taken.push(name);
          }
        }
        clock.advance(clock.now() + 600_000);
        for (const { at } of sent)
          expect(sent.filter((one) => one.at > at - 1_000 && one.at <= at).length).toBeLessThanOrEqual(limit);
        const names = sent.map(({ name }) => name);
        expect([...names, ...unsent].sort()).toEqual([...taken].sort());
        for (const kind of ['order', 'request']) {
          const ofKind = names.filter((name) => name.startsWith(kind));
          expect(ofKind).toEqual([...ofKind].sort());
        }
      }),
    );
  });
});
