import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from './clock.js';

const DAY = 86_400_000;

describe('systemClock', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Arms a timer `after` ms from now and tells how late it woke, as it is advanced step by step. */
  const lateness = (after: number, steps: readonly number[]): readonly number[] => {
    const clock = systemClock();
    const at = clock.now() + after;
    const late: number[] = [];
    clock.arm('a', at, () => late.push(clock.now() - at));
    for (const step of steps) vi.advanceTimersByTime(step);
    return late;
  };

  it('reads epoch ms with fractions, in whole microseconds', () => {
    vi.useRealTimers();
    const now = systemClock().now();
    expect(Math.abs(now - Date.now())).toBeLessThan(1_000);
    expect(Math.abs(now * 1_000 - Math.round(now * 1_000))).toBeLessThan(0.3);
  });

  it.each([0, 1, 250, 999.25, 10.7, 0.001])('wakes once, %d ms later and never earlier', (after) => {
    const late = lateness(
      after,
      Array.from({ length: 1_010 }, () => 1),
    );
    expect(late).toHaveLength(1);
    expect(late[0]).toBeGreaterThanOrEqual(0);
    expect(late[0]).toBeLessThanOrEqual(2);
  });

  it('waits for longer than a timer of the machine can', () => {
    const late = lateness(
      60 * DAY,
      Array.from({ length: 61 }, () => DAY),
    );
    expect(late).toHaveLength(1);
    expect(late[0]).toBeGreaterThanOrEqual(0);
    expect(late[0]).toBeLessThan(1_000);
  });

  it('wakes at once for what is over', () => {
    expect(lateness(-5_000, [0, 1])).toHaveLength(1);
  });

  it('does not wake when it was cancelled, also in the middle of a long wait', () => {
    const clock = systemClock();
    const woken: string[] = [];
    const [short, long] = [10, 60 * DAY].map((after) =>
      clock.arm(`${after}`, clock.now() + after, (id) => woken.push(id)),
    );
    short?.();
    vi.advanceTimersByTime(30 * DAY);
    long?.();
    vi.advanceTimersByTime(60 * DAY);
    expect(woken).toEqual([]);
  });
});
