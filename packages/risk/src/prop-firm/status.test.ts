import { describe, expect, it } from 'vitest';
import { objectivesOf } from './objectives.js';
import { phaseRules } from './phase-rules.js';
import { programmes } from './programmes.js';
import { countOpening, observeAccount, type PropFirmProgress, startProgress } from './progress.js';
import { describeStatus, propFirmStatus } from './status.js';

const HOUR = 3_600_000;
/** Monday 2 March 2026, noon UTC. */
const NOON = Date.UTC(2026, 2, 2, 12);
const ftmo = phaseRules(programmes.ftmoTwoStep, 'challenge', 100_000);
const oneStep = phaseRules(programmes.ftmoOneStep, 'challenge', 100_000);
const the5ers = phaseRules(programmes.the5ersHighStakes, 'step-1', 100_000);

const monday = observeAccount(startProgress(ftmo), ftmo, NOON, 100_000, 100_000);
/** Four days with an opening. */
const experienced = [0, 24, 48, 72].reduce(
  (progress, hours) => countOpening(progress, ftmo, NOON + hours * HOUR),
  monday,
);

/** Days that close with these profits, one after another from Monday on; the last one is the present one. */
const days = (profits: readonly number[], rules = oneStep): PropFirmProgress => {
  let progress = startProgress(rules);
  let balance = rules.initial;
  for (const [day, profit] of profits.entries()) {
    progress = observeAccount(progress, rules, NOON + day * 24 * HOUR, balance, balance);
    balance += profit;
    progress = observeAccount(progress, rules, NOON + (day * 24 + 1) * HOUR, balance, balance);
  }
  return progress;
};

describe('the status of an account', () => {
  it('tells what may be lost today and in total, and which floor binds', () => {
    const status = propFirmStatus(
      monday,
      { balance: 99_500, equity: 98_800, now: NOON + HOUR },
      programmes.ftmoTwoStep,
    );
    expect(status).toMatchObject({
      programme: 'ftmo-2-step',
      title: 'FTMO 2-Step',
      phase: 'challenge',
      initial: 100_000,
      balance: 99_500,
      equity: 98_800,
      day: {
        start: Date.UTC(2026, 2, 1, 23),
        end: Date.UTC(2026, 2, 2, 23),
        profit: -500,
        floor: 95_000,
        room: 3_800,
      },
      total: { floor: 90_000, room: 8_800 },
      floor: 95_000,
      room: 3_800,
      binding: 'daily',
      afterRoll: { floor: 94_500, room: 4_300, trapped: false },
      profit: -500,
      target: 10_000,
      targetReached: false,
      tradingDays: { done: 0, needed: 4, met: false },
      profitableDays: undefined,
      bestDay: undefined,
      passed: false,
      breach: null,
      lockedUntil: null,
    });
    expect(describeStatus(status)).toBe(
      'FTMO 2-Step challenge: equity 98800.00, floor 95000.00 (daily), room today 3800.00, total 8800.00, ' +
        'profit -500.00 of 10000.00, 0 of 4 trading days',
    );
  });

  it('has no room of the day where there is no daily limit', () => {
    const apex = startProgress(phaseRules(programmes.apex50));
    const status = propFirmStatus(apex, { balance: 50_000, equity: 50_800, now: NOON }, programmes.apex50);
    expect(status.day).toMatchObject({ floor: undefined, room: undefined });
    expect(status).toMatchObject({ floor: 48_300, room: 2_500, binding: 'total' });
    expect(describeStatus(status)).toBe(
      'Apex 50K evaluation: equity 50800.00, floor 48300.00 (total), room total 2500.00, ' +
        'profit 0.00 of 3000.00, 0 of 7 trading days',
    );
  });

  it('warns of a floating loss that the roll of the day would make a breach', () => {
    const look = { balance: 104_000, equity: 98_999, now: NOON + HOUR };
    const status = propFirmStatus(monday, look, programmes.ftmoTwoStep);
    expect(status.breach).toBeNull();
    expect(status.afterRoll).toEqual({ floor: 99_000, room: -1, trapped: true });
    expect(describeStatus(status)).toMatch(/, would break the floor 99000\.00 after the roll$/);
    const legal = propFirmStatus(monday, { ...look, equity: 99_000 }, programmes.ftmoTwoStep);
    expect(legal.afterRoll.trapped).toBe(false);
    // At the floor of today it is still legal; below it, it is lost already, and no trap.
    const at = (equity: number) =>
      propFirmStatus(monday, { ...look, equity }, programmes.ftmoTwoStep).afterRoll.trapped;
    expect([at(95_000), at(94_999)]).toEqual([true, false]);
  });

  it('tells a breach, a lock, and that a phase is passed', () => {
    const at = (state: PropFirmProgress, balance: number, equity = balance) =>
      describeStatus(propFirmStatus(state, { balance, equity, now: NOON + HOUR }, programmes.ftmoTwoStep));
    expect(at(monday, 94_000)).toMatch(/, daily limit BROKEN 2026-03-02T13:00:00\.000Z$/);
    expect(at(experienced, 110_000)).toMatch(/profit 10000\.00 of 10000\.00, 4 of 4 trading days, passed$/);
    const topstep = startProgress(phaseRules(programmes.topstep50));
    const begun = observeAccount(topstep, phaseRules(programmes.topstep50), NOON, 50_000, 50_000);
    const look = { balance: 49_000, equity: 49_000, now: NOON };
    const line = describeStatus(propFirmStatus(begun, look, programmes.topstep50));
    expect(line).toMatch(/profit -1000\.00 of 3000\.00, locked until 2026-03-02T23:00:00\.000Z$/);
  });

  it('has a best day in per cent, and neither target nor days on a funded account', () => {
    const status = propFirmStatus(
      days([5_000, 3_000]),
      { balance: 108_000, equity: 108_000, now: NOON + 30 * HOUR },
      programmes.ftmoOneStep,
    );
    expect(describeStatus(status)).toMatch(/profit 8000\.00 of 10000\.00, best day 63 %$/);
    const funded = startProgress(phaseRules(programmes.ftmoTwoStep, 'funded', 100_000));
    const look = { balance: 100_000, equity: 100_000, now: NOON };
    expect(describeStatus(propFirmStatus(funded, look, programmes.ftmoTwoStep))).toBe(
      'FTMO 2-Step funded: equity 100000.00, floor 95000.00 (daily), room today 5000.00, total 10000.00, profit 0.00',
    );
  });

  it('needs the programme of the state', () => {
    const look = { balance: 1, equity: 1, now: NOON };
    const { ftmoTwoStep } = programmes;
    expect(() => propFirmStatus(undefined, look, ftmoTwoStep)).toThrow(/not what propFirm remembers/);
    const renamed = { ...programmes.topstep100, id: 'ftmo-2-step' };
    expect(() => propFirmStatus(monday, look, renamed)).toThrow(/no phase "challenge"/);
    expect(() => propFirmStatus(monday, look, programmes.ftmoOneStep)).toThrow(
      /"ftmo-2-step".*"ftmo-1-step"/,
    );
  });
});

describe('an objective', () => {
  it('of profit is reached by closed trades that no floating loss takes back', () => {
    const reached = (balance: number, equity: number) => {
      const progress = observeAccount(monday, ftmo, NOON, balance, equity);
      return objectivesOf(progress, ftmo, equity).targetReached;
    };
    expect(reached(110_000, 110_000)).toBe(true);
    expect(reached(109_999.99, 112_000)).toBe(false);
    expect(reached(110_000, 109_999.99)).toBe(false);
  });

  it('is not passed without the trading days, nor after a breach, nor where there is no target', () => {
    const passed = (progress: PropFirmProgress, rules = ftmo) => {
      const now = observeAccount(progress, rules, NOON, 110_000, 110_000);
      return objectivesOf(now, rules, 110_000).passed;
    };
    expect(passed(experienced)).toBe(true);
    expect(passed({ ...experienced, tradingDays: 3 })).toBe(false);
    expect(passed({ ...experienced, breach: { rule: 'daily', time: 0, floor: 1, equity: 0 } })).toBe(false);
    expect(passed(experienced, { ...ftmo, target: undefined })).toBe(false);
  });

  it('of the best day is met by half of the profit, and tells how much profit it takes', () => {
    const standing = (profits: readonly number[]) => {
      const progress = days(profits);
      return objectivesOf(progress, oneStep, progress.balance ?? 0).bestDay;
    };
    expect(standing([5_000, 0])).toEqual({ best: 5_000, ratio: 1, met: false, totalNeeded: 10_000 });
    expect(standing([5_000, 3_000, 2_000])).toEqual({
      best: 5_000,
      ratio: 0.5,
      met: true,
      totalNeeded: 10_000,
    });
    expect(standing([4_000, 6_000])).toEqual({ best: 6_000, ratio: 0.6, met: false, totalNeeded: 12_000 });
    // A losing day lowers the total, and with it what the best day may be.
    expect(standing([2_000, 2_000, -1_000])).toMatchObject({ ratio: 2 / 3, met: false });
    expect(standing([2_000, -2_500])).toMatchObject({ ratio: undefined, met: false });
    expect(standing([])).toMatchObject({ best: 0, ratio: undefined, met: true });
    expect(objectivesOf(days([5_000, 5_001]), oneStep, 110_001).passed).toBe(false);
    expect(objectivesOf(days([5_000, 5_000]), oneStep, 110_000).passed).toBe(true);
  });

  it('of profitable days counts the present day as soon as it has earned enough', () => {
    const count = (profits: readonly number[]) => {
      const progress = days(profits, the5ers);
      return objectivesOf(progress, the5ers, progress.balance ?? 0).profitableDays;
    };
    expect(count([500, 499, 500])).toEqual({ done: 2, needed: 3, met: false });
    expect(count([500, 499, 500, 500])).toEqual({ done: 3, needed: 3, met: true });
    const rich = days([4_000, 4_500], the5ers);
    expect(objectivesOf(rich, the5ers, 108_500)).toMatchObject({ targetReached: true, passed: false });
  });
});
