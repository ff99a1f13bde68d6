import { describe, expect, it } from 'vitest';
import { replayed } from './simulation/replayed.js';
import { runWorld } from './simulation/world.js';

const seeds = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('a world with faults on the line', () => {
  it('ends with books, orders, protection and decisions as they must be, and replays to the same decisions', async () => {
    let faults = 0;
    for (const seed of seeds(1, 20)) {
      const world = await runWorld(seed, { crashes: false });
      expect(world.violations, `seed ${seed}`).toEqual([]);
      expect(await replayed(world), `seed ${seed}`).toBeUndefined();
      faults += world.faults.length;
    }
    expect(faults).toBeGreaterThan(100);
  }, 30_000);
});

describe('a world whose bot dies, stops and starts again', () => {
  it('ends with books, orders, protection and decisions as they must be', async () => {
    let deaths = 0;
    for (const seed of seeds(1, 60)) {
      const world = await runWorld(seed);
      expect(world.violations, `seed ${seed}`).toEqual([]);
      deaths += world.deaths.length;
    }
    expect(deaths).toBeGreaterThan(60);
  }, 30_000);

  it('is the same world each time, and another one with another seed', async () => {
    for (const seed of [3, 7, 11]) {
      const first = await runWorld(seed);
      const { violations, hash, deaths, faults, orders } = await runWorld(seed);
      expect({ violations, hash, deaths, faults, orders }).toEqual({
        violations: first.violations,
        hash: first.hash,
        deaths: first.deaths,
        faults: first.faults,
        orders: first.orders,
      });
      expect((await runWorld(seed + 1)).hash).not.toBe(first.hash);
    }
  });
});
