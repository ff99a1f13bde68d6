import { tradingDay } from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { totalFloor } from './floors.js';
import { type PhaseRules, phaseRules } from './phase-rules.js';
import type { Programme } from './programme.js';
import { programmes } from './programmes.js';
import { observeAccount, type PropFirmProgress, progressSchema, startProgress } from './progress.js';

const HOUR = 3_600_000;
/** Monday 2 March 2026, noon UTC. */
const NOON = Date.UTC(2026, 2, 2, 12);

const looks = fc.array(
  fc.record({
    step: fc.integer({ min: 0, max: 40 * HOUR }),
    closed: fc.integer({ min: -3_000, max: 3_000 }),
    floating: fc.integer({ min: -6_000, max: 6_000 }),
    known: fc.boolean(),
  }),
  { maxLength: 40 },
);

const walk = (programme: Programme, steps: typeof looks extends fc.Arbitrary<infer T> ? T : never) => {
  const rules = phaseRules(programme, undefined, programme.initial ?? 100_000);
  const path: PropFirmProgress[] = [];
  let progress = startProgress(rules);
  let now = NOON;
  let balance = rules.initial;
  for (const { step, closed, floating, known } of steps) {
    now += step;
    balance += closed;
    progress = observeAccount(progress, rules, now, balance, known ? balance + floating : Number.NaN);
    path.push(progress);
  }
  return { rules, path };
};

/** The rules told in another way: every look is kept, and all is derived from all of them each time. */
class History {
  readonly #rules: PhaseRules;
  readonly #looks: { day: number; balance: number; equity: number }[] = [];
  #now = NOON;
  #breach: 'daily' | 'total' | undefined;
  #lockedDay = Number.NaN;

  constructor(rules: PhaseRules) {
    this.#rules = rules;
  }

  /** The rule broken so far, and whether the day is locked. */
  look(step: { step: number; closed: number; floating: number; known: boolean }): readonly unknown[] {
    const { dailyLoss, totalLoss, initial, day: roll } = this.#rules;
    this.#now += step.step;
    const balance = (this.#looks.at(-1)?.balance ?? initial) + step.closed;
    const day = tradingDay(this.#now, roll).start;
    this.#looks.push({ day, balance, equity: step.known ? balance + step.floating : Number.NaN });
    const { equity } = this.#looks.at(-1)!;
    const before = this.#looks.filter((l) => l.day < day);
    const today = this.#looks.filter((l) => l.day === day);
    const dayEnds = before.filter((l, i) => l.day !== this.#looks[i + 1]?.day).map((l) => l.balance);
    const peaks = this.#looks.map((l) => l.equity).filter((e) => !Number.isNaN(e));
    const peak = Math.max(initial, ...(totalLoss.trail === 'intraday' ? peaks : dayEnds));
    const total =
      totalLoss.trail === 'static'
        ? initial - totalLoss.loss
        : Math.min(peak - totalLoss.loss, totalLoss.ceiling);
    const startBalance = before.at(-1)?.balance ?? today[0]!.balance;
    const startEquity = today.map((l) => l.equity).find((e) => !Number.isNaN(e)) ?? startBalance;
    const base = dailyLoss?.from === 'higher' ? Math.max(startBalance, startEquity) : startBalance;
    const allowed =
      dailyLoss === undefined
        ? Number.POSITIVE_INFINITY
        : 'amount' in dailyLoss.loss
          ? dailyLoss.loss.amount
          : base * dailyLoss.loss.ofStart;
    const broken = (floor: number, breach?: string) =>
      breach === 'at' ? equity <= floor + 0.0001 : equity < floor - 0.0001;
    const daily = broken(base - allowed, dailyLoss?.breach);
    if (this.#breach === undefined) {
      if (daily && dailyLoss?.ends === 'day') this.#lockedDay = day;
      const fatal = daily && dailyLoss?.ends === 'account';
      if (broken(total, totalLoss.breach)) this.#breach = fatal && base - allowed > total ? 'daily' : 'total';
      else if (fatal) this.#breach = 'daily';
    }
    return [this.#breach, this.#lockedDay === day];
  }
}

describe.each(Object.values(programmes))('whatever an account does under $title', (programme) => {
  it('the total floor never falls and never passes its ceiling', () => {
    fc.assert(
      fc.property(looks, (steps) => {
        const { rules, path } = walk(programme, steps);
        let floor = rules.initial - rules.totalLoss.loss;
        for (const progress of path) {
          const next = totalFloor(progress, rules);
          expect(next).toBeGreaterThanOrEqual(floor);
          expect(next).toBeLessThanOrEqual(rules.totalLoss.ceiling);
          floor = next;
        }
      }),
    );
  });

  it('a restart between any two looks changes nothing', () => {
    fc.assert(
      fc.property(looks, (steps) => {
        const { rules, path } = walk(programme, steps);
        let restarted = startProgress(rules);
        let now = NOON;
        let balance = rules.initial;
        for (const [i, { step, closed, floating, known }] of steps.entries()) {
          now += step;
          balance += closed;
          const read = progressSchema.parse(JSON.parse(JSON.stringify(restarted)));
          restarted = observeAccount(read, rules, now, balance, known ? balance + floating : Number.NaN);
          expect(restarted).toEqual(path[i]);
        }
      }),
    );
  });

  it('breaches and locks are those that the whole history gives', () => {
    fc.assert(
      fc.property(looks, (steps) => {
        const { rules, path } = walk(programme, steps);
        const history = new History(rules);
        for (const [i, step] of steps.entries()) {
          const expected = history.look(step);
          const { breach, lockedUntil } = path[i]!;
          expect([breach?.rule, lockedUntil !== null]).toEqual(expected);
        }
      }),
    );
  });
});
