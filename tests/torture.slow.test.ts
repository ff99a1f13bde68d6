import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bugNames, bugs } from './torture/bugs.js';
import { type Bundle, bundle } from './torture/bundle.js';
import { torture } from './torture/torture.js';

let programs: Bundle;
beforeAll(async () => {
  programs = await bundle();
});
afterAll(() => programs.dispose());

describe('a bot that is killed', () => {
  it('neither loses nor doubles anything, whatever step it died at', async () => {
    const tally = await torture(programs, { kills: 40, seed: 7 });
    expect(tally.faults).toEqual([]);
    expect(tally.kills).toBeGreaterThanOrEqual(40);
    expect(tally.inFlight).toBeGreaterThan(20);
    expect(tally.orders).toBeGreaterThan(100);
  });
});

describe('a planted bug is caught within 100 kills', () => {
  it.each(bugNames.map((name) => [name, bugs[name]] as const))('%s: %s', async (bug) => {
    const tally = await torture(programs, { kills: 100, seed: 7, bug });
    expect(tally.faults.length).toBeGreaterThan(0);
    expect(tally.kills).toBeLessThanOrEqual(100);
  });
});
