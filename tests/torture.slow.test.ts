import { hasCompiler } from '@mikrobot/mql5';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BugName, bugNames, bugs } from './torture/bugs.js';
import { type Bundle, bundle } from './torture/bundle.js';
import { torture } from './torture/torture.js';

let programs: Bundle;
beforeAll(async () => {
  programs = await bundle();
});
afterAll(() => programs.dispose());

describe('a bot that is killed', () => {
  it('neither loses nor doubles anything, whatever step it died at', async () => {
    const tally = await torture(programs, { kills: 40, inFlight: 21, seed: 7 });
    expect(tally.faults).toEqual([]);
    expect(tally.kills).toBeGreaterThanOrEqual(40);
    expect(tally.inFlight).toBeGreaterThan(20);
    expect(tally.orders).toBeGreaterThan(100);
  });
});

describe("a bot on Binance's simulator that is killed", () => {
  it.each(['binance-futures', 'binance-spot'] as const)(
    'neither loses nor doubles anything: %s',
    async (venue) => {
      // The time without a stop is for a quiet machine to measure: `npm run torture`.
      const naked = Number.POSITIVE_INFINITY;
      const tally = await torture(programs, { venue, kills: 15, inFlight: 8, seed: 7, worlds: 2, naked });
      expect(tally.faults).toEqual([]);
      expect(tally.kills).toBeGreaterThanOrEqual(15);
      expect(tally.inFlight).toBeGreaterThan(7);
      expect(tally.orders).toBeGreaterThan(40);
    },
  );
});

describe('a bot on the simulated TWS that is killed', () => {
  it('neither loses nor doubles anything, while lines break and Gateway restarts', async () => {
    const naked = Number.POSITIVE_INFINITY;
    const tally = await torture(programs, { venue: 'ib', kills: 15, inFlight: 8, seed: 7, worlds: 2, naked });
    expect(tally.faults).toEqual([]);
    expect(tally.kills).toBeGreaterThanOrEqual(15);
    expect(tally.inFlight).toBeGreaterThan(7);
    expect(tally.orders).toBeGreaterThan(40);
  });
});

describe.skipIf(!hasCompiler())(
  'a bot on the simulated MetaTrader 5 that is killed, and its terminal with it',
  () => {
    it('neither loses nor doubles anything, on a hedging account and on a netting one', async () => {
      const naked = Number.POSITIVE_INFINITY;
      const tally = await torture(programs, {
        venue: 'mt5',
        kills: 12,
        inFlight: 6,
        seed: 7,
        worlds: 2,
        naked,
      });
      expect(tally.faults).toEqual([]);
      expect(tally.kills).toBeGreaterThanOrEqual(12);
      expect(tally.inFlight).toBeGreaterThan(5);
      expect(tally.orders).toBeGreaterThan(40);
    });
  },
);

/** How the judge names each bug. */
const names: Readonly<Record<BugName, RegExp>> = {
  'sends-again': /^(no intent|ledger)/,
  'late-commit': /^no intent/,
  'silent-means-absent': /^(lost|ledger|working|state)/,
  'loses-fills': /^(lost|ledger)/,
  'stop-not-sent': /^(protection|never sent)/,
};

describe('a planted bug is caught within 100 kills', () => {
  // A venue that keeps the brackets itself is sent no stops.
  it.each(bugNames.map((name) => [name, bugs[name]] as const))('%s: %s', async (bug) => {
    const worlds = bug === 'stop-not-sent' ? { brackets: ['none'] as const } : {};
    const tally = await torture(programs, { kills: 100, seed: 7, bug, ...worlds });
    expect(tally.faults.flatMap(({ what }) => what)).toContainEqual(expect.stringMatching(names[bug]));
    expect(tally.kills).toBeLessThanOrEqual(100);
  });
});
