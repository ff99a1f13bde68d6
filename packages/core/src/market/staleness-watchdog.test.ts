import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../runtime/virtual-clock.js';
import { type StalenessOptions, StalenessWatchdog } from './staleness-watchdog.js';

/** A clock that counts how often a timer was set. */
class CountingClock extends VirtualClock {
  armed = 0;
  override arm(id: string, at: number, wake: (id: string) => void): () => void {
    this.armed++;
    return super.arm(id, at, wake);
  }
}

const watch = (more: Partial<StalenessOptions> = {}) => {
  const clock = new CountingClock(1_000);
  const told: string[] = [];
  const dog = new StalenessWatchdog({
    id: 'EURUSD',
    clock,
    maxSilence: 100,
    onSilent: (since, now) => told.push(`silent since ${since} at ${now}`),
    onVoice: (since, now) => told.push(`voice after ${since} at ${now}`),
    ...more,
  });
  const hear = (time: number): void => {
    clock.advance(time);
    dog.heard(time);
  };
  return { clock, dog, told, hear };
};

describe('StalenessWatchdog', () => {
  it('tells once that a stream is silent and once that it speaks again', () => {
    const { clock, dog, told, hear } = watch();
    hear(1_050);
    clock.advance(1_149);
    expect(told).toEqual([]);
    clock.advance(5_000);
    expect(told).toEqual(['silent since 1050 at 1150']);
    expect(dog.silent).toBe(true);
    hear(5_010);
    hear(5_020);
    expect(told.slice(1)).toEqual(['voice after 1050 at 5010']);
    clock.advance(9_000);
    expect(told.slice(2)).toEqual(['silent since 5020 at 5120']);
  });

  it('tells of a stream that never spoke', () => {
    const { clock, told } = watch();
    clock.advance(1_100);
    expect(told).toEqual(['silent since 1000 at 1100']);
  });

  it('sets no timer for each event', () => {
    const { clock, told, hear } = watch();
    for (let t = 1_001; t <= 2_000; t++) hear(t);
    expect(told).toEqual([]);
    expect(clock.armed).toBeLessThanOrEqual(12);
  });

  it('expects nothing while the market is closed, and counts anew from its opening', () => {
    const { clock, told } = watch({ open: (time) => time < 1_050 || time >= 2_000 });
    clock.advance(1_999);
    expect(told).toEqual([]);
    clock.advance(3_000);
    expect(told).toHaveLength(1);
    const at = Number(/at (\d+)$/.exec(told[0] as string)?.[1]);
    expect(at).toBeGreaterThanOrEqual(2_000);
    expect(at).toBeLessThanOrEqual(2_100);
  });

  it('tells nothing any more once stopped', () => {
    const { clock, dog, told } = watch();
    dog.stop();
    clock.advance(9_000);
    expect(told).toEqual([]);
  });

  it('refuses a bound of nothing', () => {
    expect(() => watch({ maxSilence: 0 })).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
  });
});
