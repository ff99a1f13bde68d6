import { describe, expect, it } from 'vitest';
import { dailyFloor, effectiveFloor, nextFloor, totalFloor } from './floors.js';
import { type PhaseRules, phaseRules } from './phase-rules.js';
import { programmeSchema } from './programme.js';
import { programmes } from './programmes.js';
import {
  countOpening,
  observeAccount,
  type PropFirmProgress,
  profitOfDay,
  progressSchema,
  resumeAccount,
  startProgress,
} from './progress.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Monday 2 March 2026, noon UTC. */
const NOON = Date.UTC(2026, 2, 2, 12);

const ftmo = phaseRules(programmes.ftmoTwoStep, 'challenge', 100_000);
const oneStep = phaseRules(programmes.ftmoOneStep, 'challenge', 100_000);
const topstep = phaseRules(programmes.topstep50);
const apex = phaseRules(programmes.apex50);
const the5ers = phaseRules(programmes.the5ersHighStakes, 'step-1', 100_000);

/** Looks at an account in turn: [hours from Monday noon, balance, equity]. */
const seen = (
  rules: PhaseRules,
  looks: readonly (readonly [hours: number, balance: number, equity?: number])[],
  from: PropFirmProgress = startProgress(rules),
): PropFirmProgress =>
  looks.reduce(
    (progress, [hours, balance, equity = balance]) =>
      observeAccount(progress, rules, NOON + hours * HOUR, balance, equity),
    from,
  );

describe('a look at an account', () => {
  it('begins the firm’s day with the balance that was seen last before its roll, not with what a fill made of it since', () => {
    // The first look after midnight already has the profit of a trade that closed after midnight.
    const progress = seen(ftmo, [
      [0, 100_000],
      [5, 101_000],
      [24, 103_000],
    ]);
    expect(progress.day).toMatchObject({ balance: 101_000 });
    expect(progress.day?.start).toBe(Date.UTC(2026, 2, 2, 23));
    expect(progress.day?.end).toBe(Date.UTC(2026, 2, 3, 23));
    expect(dailyFloor(progress, ftmo)).toBe(96_000);
    expect(profitOfDay(progress)).toBe(2_000);
  });

  it('rolls the day at its very end', () => {
    const before = seen(ftmo, [
      [0, 100_000],
      [1, 99_000],
    ]);
    const end = before.day?.end ?? 0;
    expect(observeAccount(before, ftmo, end - 1, 99_000, 99_000).day?.balance).toBe(100_000);
    expect(observeAccount(before, ftmo, end, 99_000, 99_000).day?.balance).toBe(99_000);
  });

  it('gives the very same progress when nothing changed', () => {
    const progress = seen(ftmo, [[0, 100_000, 99_900]]);
    expect(observeAccount(progress, ftmo, NOON + HOUR, 100_000, 99_000)).toBe(progress);
    expect(observeAccount(progress, ftmo, NOON + HOUR, 100_000, Number.NaN)).toBe(progress);
    const peak = seen(apex, [[0, 50_000, 50_800]]);
    expect(observeAccount(peak, apex, NOON + HOUR, 50_000, 50_800)).toBe(peak);
    expect(observeAccount(peak, apex, NOON + HOUR, 50_000, 50_801)).not.toBe(peak);
    // Peaks are of no interest to a floor that does not trail them.
    expect(observeAccount(progress, ftmo, NOON + HOUR, 100_000, 120_000)).toBe(progress);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('is nothing while the balance is %s', (balance) => {
    const progress = startProgress(ftmo);
    expect(observeAccount(progress, ftmo, NOON, balance, 80_000)).toBe(progress);
  });

  it('moves days and balances, but no breach and no peak, while the equity is not known', () => {
    const progress = seen(apex, [
      [0, 50_000],
      [1, 50_100, Number.NaN],
      [24, 50_100, Number.NaN],
    ]);
    expect(progress).toMatchObject({ balance: 50_100, highestEquity: 50_000, breach: null });
    expect(progress.day).toMatchObject({ balance: 50_100, equity: null });
    expect(seen(apex, [[25, 50_100, 50_150]], progress).day?.equity).toBe(50_150);
    expect(
      seen(
        apex,
        [
          [25, 50_100, 50_150],
          [26, 50_100, 50_120],
        ],
        progress,
      ).day?.equity,
    ).toBe(50_150);
  });
});

describe('a floor', () => {
  it('is broken below it, not at it', () => {
    expect(
      seen(ftmo, [
        [0, 100_000],
        [1, 97_000, 95_000],
      ]).breach,
    ).toBeNull();
    expect(
      seen(ftmo, [
        [0, 100_000],
        [1, 97_000, 94_999.99],
      ]).breach,
    ).toEqual({
      rule: 'daily',
      time: NOON + HOUR,
      floor: 95_000,
      equity: 94_999.99,
    });
  });

  it('is not broken by the dust of binary fractions', () => {
    // 0.1 + 0.2 is more than 0.3: such a sum must not lose an account.
    expect(
      seen(ftmo, [
        [0, 100_000],
        [1, 100_000, 95_000 - 1e-9],
      ]).breach,
    ).toBeNull();
    expect(
      seen(ftmo, [
        [0, 100_000],
        [1, 100_000, 95_000 - 0.001],
      ]).breach,
    ).not.toBeNull();
  });

  it('is broken at it where the programme says so', () => {
    expect(
      seen(the5ers, [
        [0, 100_000],
        [1, 100_000, 95_000.01],
      ]).breach,
    ).toBeNull();
    expect(
      seen(the5ers, [
        [0, 100_000],
        [1, 100_000, 95_000],
      ]).breach?.rule,
    ).toBe('daily');
    expect(
      seen(apex, [
        [0, 50_000, 50_800],
        [1, 50_000, 48_300.01],
      ]).breach,
    ).toBeNull();
    expect(
      seen(apex, [
        [0, 50_000, 50_800],
        [1, 50_000, 48_300],
      ]).breach,
    ).toMatchObject({
      rule: 'total',
      floor: 48_300,
    });
  });

  it('that was crossed first, the higher one, is named', () => {
    const low = seen(ftmo, [
      [0, 100_000],
      [1, 94_000, 95_500],
      [24, 94_000, 94_000],
    ]);
    expect(dailyFloor(low, ftmo)).toBe(89_000);
    expect(effectiveFloor(low, ftmo)).toBe(90_000);
    expect(seen(ftmo, [[25, 94_000, 88_000]], low).breach).toMatchObject({ rule: 'total', floor: 90_000 });
    expect(
      seen(ftmo, [
        [0, 100_000],
        [1, 100_000, 80_000],
      ]).breach,
    ).toMatchObject({
      rule: 'daily',
      floor: 95_000,
    });
  });

  it('once broken stays so, with the figures of that moment', () => {
    const broken = seen(ftmo, [
      [0, 100_000],
      [1, 100_000, 94_000],
    ]);
    expect(
      seen(
        ftmo,
        [
          [2, 100_000, 70_000],
          [30, 120_000],
        ],
        broken,
      ).breach,
    ).toEqual(broken.breach);
  });

  it('can rise over a floating loss at midnight: what was legal on Monday breaks the rule on Tuesday', () => {
    const rules = phaseRules(programmes.ftmoTwoStep, 'challenge', 200_000);
    const monday = seen(rules, [
      [0, 200_000],
      [1, 204_000],
      [2, 204_000, 191_000],
    ]);
    expect(monday.breach).toBeNull();
    expect(nextFloor(monday, rules, 191_000)).toBe(194_000);
    expect(seen(rules, [[24, 204_000, 191_000]], monday).breach).toMatchObject({
      rule: 'daily',
      floor: 194_000,
      equity: 191_000,
    });
  });

  it('after the roll knows the balance that a trailing total limit would see, and keeps the higher one', () => {
    const up = seen(oneStep, [
      [0, 100_000],
      [1, 106_000],
    ]);
    expect(totalFloor(up, oneStep)).toBe(90_000);
    expect(nextFloor(up, oneStep, 106_000)).toBe(103_000);
    expect(nextFloor(up, { ...oneStep, dailyLoss: undefined }, 106_000)).toBe(96_000);
    const down = seen(oneStep, [
      [0, 100_000],
      [1, 106_000],
      [24, 99_500],
    ]);
    expect(nextFloor(down, { ...oneStep, dailyLoss: undefined }, 99_500)).toBe(96_000);
    expect(nextFloor(startProgress(ftmo), ftmo, 1)).toBe(Number.NEGATIVE_INFINITY);
    expect(nextFloor(up, { ...oneStep, dailyLoss: undefined }, 106_000, 0.1)).toBe(97_000);
    expect(nextFloor(up, oneStep, 106_000, 0.5)).toBe(104_500);
    expect(nextFloor(seen(apex, [[0, 50_000, 51_000]]), apex, 50_500, 0.2)).toBe(49_000);
  });

  it('counts from the higher of balance and equity, or from the equity, where the programme says so', () => {
    const day = (balance: number, equity: number, rules = the5ers) =>
      dailyFloor(
        seen(rules, [
          [0, balance, equity],
          [24, balance, equity],
        ]),
        rules,
      );
    expect(day(101_000, 103_000)).toBe(97_850);
    expect(day(101_000, 100_000)).toBe(95_950);
    const byEquity = { ...the5ers, dailyLoss: { ...the5ers.dailyLoss!, from: 'equity' as const } };
    expect(day(101_000, 100_000, byEquity)).toBe(95_000);
    expect(day(101_000, 103_000, byEquity)).toBe(97_850);
  });

  it('keeps a reserve of each allowance', () => {
    const progress = seen(ftmo, [[0, 100_000]]);
    expect(dailyFloor(progress, ftmo, 0.1)).toBe(95_500);
    expect(totalFloor(progress, ftmo, 0.1)).toBe(91_000);
    expect(effectiveFloor(progress, ftmo, 0.1)).toBe(95_500);
    expect(dailyFloor(seen(apex, [[0, 50_000]]), apex)).toBe(Number.NEGATIVE_INFINITY);
    expect(dailyFloor(startProgress(ftmo), ftmo)).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe('a soft daily limit', () => {
  it('locks the account until the day rolls, and does not lose it', () => {
    const locked = seen(topstep, [
      [0, 50_000],
      [1, 49_000],
    ]);
    expect(locked.lockedUntil).toBe(Date.UTC(2026, 2, 2, 23));
    expect(locked.breach).toBeNull();
    expect(seen(topstep, [[2, 49_500]], locked).lockedUntil).toBe(locked.lockedUntil);
    expect(seen(topstep, [[10.99, 49_500]], locked).lockedUntil).toBe(locked.lockedUntil);
    expect(seen(topstep, [[11, 49_500]], locked).lockedUntil).toBeNull();
  });

  it('leaves the account open one cent above', () => {
    expect(
      seen(topstep, [
        [0, 50_000],
        [1, 50_000, 49_000.01],
      ]).lockedUntil,
    ).toBeNull();
  });

  it('does not hide that the total limit is broken', () => {
    const progress = seen(topstep, [
      [0, 50_000],
      [1, 50_000, 47_999],
    ]);
    expect(progress.breach).toMatchObject({ rule: 'total', floor: 48_000 });
    expect(progress.lockedUntil).not.toBeNull();
  });
});

describe('days', () => {
  it('count as trading days by openings, once each, in the firm’s zone', () => {
    const opened = [0, 1, 10.99, 11, 35, 34].reduce(
      (progress, hours) => countOpening(progress, ftmo, NOON + hours * HOUR),
      startProgress(ftmo),
    );
    // Prague's Tuesday begins at 23:00 UTC, eleven hours after noon; 34 hours after is still Tuesday, told late.
    expect(opened.tradingDays).toBe(3);
    expect(countOpening(opened, ftmo, NOON + 36 * HOUR)).toBe(opened);
  });

  it('keep the best profit of a finished day, the highest balance of a roll, and count those with enough profit', () => {
    const progress = seen(the5ers, [
      [0, 100_000],
      [1, 100_500],
      [24, 100_500],
      [25, 100_999],
      [48, 100_999],
      [49, 100_000],
      [72, 100_000],
    ]);
    expect(progress).toMatchObject({ bestDay: 500, profitableDays: 1, highestBalance: 100_999 });
    expect(profitOfDay(progress)).toBe(0);
  });

  it.each([
    ['2026-03-29', 23],
    ['2026-10-25', 25],
    ['2026-07-01', 24],
  ])('of %s in Prague last %i hours', (date, hours) => {
    const { day } = observeAccount(startProgress(ftmo), ftmo, Date.parse(`${date}T12:00:00Z`), 1, 1);
    expect(((day?.end ?? 0) - (day?.start ?? 0)) / HOUR).toBe(hours);
  });

  it('whose clocks change still count their losses from their own midnight', () => {
    // 29 March 2026: midnight is 23:00 UTC the day before, the next one 22:00 UTC.
    const at = (time: string, balance: number, from: PropFirmProgress) =>
      observeAccount(from, ftmo, Date.parse(time), balance, balance);
    const saturday = at('2026-03-28T22:59:59Z', 100_000, startProgress(ftmo));
    const sunday = at('2026-03-28T23:00:00Z', 102_000, saturday);
    expect(dailyFloor(sunday, ftmo)).toBe(95_000);
    expect(dailyFloor(at('2026-03-29T21:59:59Z', 103_000, sunday), ftmo)).toBe(95_000);
    expect(dailyFloor(at('2026-03-29T22:00:00Z', 103_000, sunday), ftmo)).toBe(97_000);
  });
});

describe('an account that a bot takes over', () => {
  it('stands where it is said to stand', () => {
    const carried = {
      dayBalance: 104_000,
      highestBalance: 106_000,
      tradingDays: 3,
      profitableDays: 2,
      bestDay: 4_000,
    };
    const progress = seen(oneStep, [[0, 103_000]], startProgress(oneStep, carried));
    expect(dailyFloor(progress, oneStep)).toBe(101_000);
    expect(totalFloor(progress, oneStep)).toBe(96_000);
    expect(progress).toMatchObject({ tradingDays: 3, profitableDays: 2, bestDay: 4_000 });
    expect(totalFloor(startProgress(apex, { highestEquity: 51_000 }), apex)).toBe(48_500);
  });

  it('never stands lower than it began', () => {
    const progress = startProgress(apex, { highestBalance: 40_000, highestEquity: 40_000 });
    expect(progress).toMatchObject({ highestBalance: 50_000, highestEquity: 50_000 });
  });

  it('begins its day with what it has when nothing else is known', () => {
    expect(dailyFloor(seen(ftmo, [[0, 97_000]]), ftmo)).toBe(92_000);
  });

  it('is assumed the worse off when nobody looked over a roll: a profit made before it, a loss after it', () => {
    const monday = seen(ftmo, [[0, 100_000]]);
    const later = NOON + DAY;
    expect(dailyFloor(resumeAccount(monday, ftmo, later, 102_000, 102_000), ftmo)).toBe(97_000);
    expect(dailyFloor(resumeAccount(monday, ftmo, later, 98_000, 98_000), ftmo)).toBe(95_000);
    expect(dailyFloor(resumeAccount(monday, ftmo, NOON + HOUR, 102_000, 102_000), ftmo)).toBe(95_000);
    expect(resumeAccount(monday, ftmo, NOON + HOUR, 100_000, 100_000)).toBe(monday);
    expect(dailyFloor(resumeAccount(startProgress(ftmo), ftmo, NOON, 98_000, 98_000), ftmo)).toBe(93_000);
  });
});

it('a progress that was tampered with is not read', () => {
  const fresh = startProgress(ftmo);
  expect(progressSchema.parse(fresh)).toEqual(fresh);
  expect(progressSchema.safeParse({ ...fresh, tradingDays: -1 }).success).toBe(false);
  expect(progressSchema.safeParse({ ...fresh, extra: 1 }).success).toBe(false);
  expect(progressSchema.safeParse({ ...fresh, highestBalance: Number.NaN }).success).toBe(false);
  expect(programmeSchema.safeParse(programmes.apex50).success).toBe(true);
});
