import { describe, expect, it } from 'vitest';
import { bugs } from './simulation/bugs.js';
import { runWorld } from './simulation/world.js';

describe('many worlds of a bot that dies, stops and starts again', () => {
  it('end with everything as it must be', async () => {
    for (let seed = 1; seed <= 1_000; seed++) {
      const { violations } = await runWorld(seed);
      expect(violations, `seed ${seed}`).toEqual([]);
    }
  }, 300_000);
});

describe.each(Object.entries(bugs))('%s', (_, bug) => {
  it('is found within 100 worlds', async () => {
    const found: string[] = [];
    for (let seed = 1; seed <= 100 && !found.some((each) => bug.found.test(each)); seed++)
      found.push(...(await runWorld(seed, { bug })).violations);
    expect(found).toContainEqual(expect.stringMatching(bug.found));
  }, 120_000);
});
