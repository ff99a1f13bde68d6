import { describe, expect, it } from 'vitest';
import { Backoff } from './backoff.js';
import { seededRandom } from './random.js';

/** A clock that stands where the test puts it. */
const clockAt = (time: number) => {
  const clock = { time, now: () => clock.time, arm: () => () => undefined };
  return clock;
};

const pauses = (backoff: Backoff, count: number): readonly number[] =>
  Array.from({ length: count }, () => backoff.next());

describe('Backoff', () => {
  it('doubles the pause from the first up to half a minute', () => {
    const longest = new Backoff(clockAt(0), () => 1, { first: 1_000, floor: 0.5 });
    expect(pauses(longest, 7)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it('waits no less than the floor, however the dice fall', () => {
    const shortest = new Backoff(clockAt(0), () => 0, { first: 250, floor: 0.2 });
    expect(pauses(shortest, 9)).toEqual([50, 100, 200, 400, 800, 1_600, 3_200, 6_000, 6_000]);
  });

  it('spreads pauses evenly between the floor and the whole', () => {
    const halfway = new Backoff(clockAt(0), () => 0.5, { first: 1_000, floor: 0.5 });
    expect(halfway.next()).toBe(750);
    const random = seededRandom(1);
    const drawn = Array.from({ length: 2_000 }, () =>
      new Backoff(clockAt(0), random, { first: 1_000, floor: 0.5 }).next(),
    );
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(500);
    expect(Math.max(...drawn)).toBeLessThan(1_000);
    expect(drawn.filter((pause) => pause < 750).length / drawn.length).toBeCloseTo(0.5, 1);
  });

  it('stays at the longest pause after any number of attempts', () => {
    const backoff = new Backoff(clockAt(0), () => 1, { first: 250, floor: 0.2 });
    expect(pauses(backoff, 2_000).at(-1)).toBe(30_000);
  });

  it.each([
    {
      held: 59_999,
      next: 2_000,
      what: 'goes on doubling after a connection that held for less than a minute',
    },
    { held: 60_000, next: 1_000, what: 'begins anew after a connection that held for a minute' },
  ])('$what', ({ held, next }) => {
    const clock = clockAt(1_000_000);
    const backoff = new Backoff(clock, () => 1, { first: 1_000, floor: 0.5 });
    expect(backoff.next()).toBe(1_000);
    backoff.succeeded();
    clock.time += held;
    expect(backoff.next()).toBe(next);
  });

  it('takes time without a connection for none that held', () => {
    const clock = clockAt(0);
    const backoff = new Backoff(clock, () => 1, { first: 1_000, floor: 0.5 });
    clock.time = 3_600_000;
    backoff.succeeded();
    clock.time += 100;
    expect(pauses(backoff, 2)).toEqual([1_000, 2_000]);
    clock.time += 3_600_000;
    expect(backoff.next()).toBe(4_000);
  });
});
