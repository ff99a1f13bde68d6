import { VirtualClock } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { SentOrders } from './sent-orders.js';
import { SilenceWatch } from './silence-watch.js';

const watch = () => {
  const clock = new VirtualClock(0);
  const found: string[] = [];
  return {
    clock,
    found,
    watch: new SilenceWatch({ clock, name: 'test', silent: (what) => found.push(what) }),
  };
};

describe('A watch over the user stream', () => {
  it('finds it silent when what the venue has taken was not told after three seconds', () => {
    const { clock, found, watch: each } = watch();
    each.expect('order 1', () => false);
    each.expect('order 2', () => false);
    clock.advance(2_999);
    expect(found).toEqual([]);
    clock.advance(60_000);
    // Once: the stream is rebuilt, and everything is asked for.
    expect(found).toEqual(['the user stream did not tell order 1']);
  });

  it('is content when it was told, before or after', () => {
    const { clock, found, watch: each } = watch();
    let told = false;
    each.expect('order 1', () => true);
    each.expect('order 2', () => told);
    clock.advance(1_000);
    told = true;
    clock.advance(60_000);
    expect(found).toEqual([]);
  });
});

describe('Orders that were sent', () => {
  it('may appear until the venue would refuse their timestamp, and while its matching engine may be busy with them', () => {
    const sent = new SentOrders(1_000_000, 5_000, 10_000);
    sent.note('a');
    // It waits for its turn, or its answer is on the way.
    expect(sent.mayAppear('a', 9_000_000)).toBe(true);
    sent.left('a', 9_000_000);
    expect(sent.mayAppear('a', 9_015_000)).toBe(true);
    expect(sent.mayAppear('a', 9_015_001)).toBe(false);
    // Of an earlier process, which may have died right after sending.
    expect(sent.mayAppear('old', 1_015_000)).toBe(true);
    expect(sent.mayAppear('old', 1_015_001)).toBe(false);
  });

  it('are known once they are noted, and cannot appear any more where they were refused', () => {
    const sent = new SentOrders(0, 5_000, 10_000);
    expect(sent.knows('a')).toBe(false);
    sent.note('a');
    expect(sent.knows('a')).toBe(true);
    sent.refused('a');
    expect(sent.mayAppear('a', 1)).toBe(false);
    expect(sent.knows('a')).toBe(true);
  });
});
