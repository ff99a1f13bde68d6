import { type DayRoll, tradingDay } from '@mikrobot/core';
import {
  type Answers,
  type GoldenCheck,
  goldenFiles,
  type Json,
  newTally,
  runCheck,
  tallyText,
} from '@mikrobot/golden';
import { afterAll, describe, expect, it } from 'vitest';
import {
  breaks,
  dailyAllowance,
  dailyFloor,
  dayBase,
  effectiveFloor,
  equityOf,
  totalFloor,
} from './floors.js';
import { objectivesOf } from './objectives.js';
import { type PhaseRules, phaseRules } from './phase-rules.js';
import { type Programme, type ProgrammeInput, programmeSchema } from './programme.js';
import { programmes } from './programmes.js';
import { countOpening, observeAccount, type PropFirmProgress, startProgress } from './progress.js';

/*
 * Scenarios of prop firms with their published outcomes. The programme is found by the name that a check gives it, or by the kind
 * of limit that it is about; the check's own numbers take the place of the programme's.
 */
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Monday, noon UTC. */
const MONDAY = Date.UTC(2026, 2, 2, 12);

const number = (check: GoldenCheck, key: string): number => {
  const value = check.inputs[key];
  if (typeof value !== 'number') throw new Error(`${key} of ${check.id} is no number: ${String(value)}`);
  return value;
};
const optional = (check: GoldenCheck, key: string): number | undefined =>
  key in check.inputs ? number(check, key) : undefined;
const list = (check: GoldenCheck, key: string): readonly Json[] => check.inputs[key] as readonly Json[];
const numbers = (check: GoldenCheck, key: string): readonly number[] => list(check, key) as readonly number[];
const texts = (check: GoldenCheck, key: string): readonly string[] => list(check, key) as readonly string[];

const all: readonly Programme[] = Object.values(programmes);
const titled = (title: Json): Programme => {
  const found = all.find((programme) => programme.title === title);
  if (found === undefined) throw new Error(`No programme is called ${String(title)}.`);
  return found;
};

const programmeOf = ({ inputs }: GoldenCheck): Programme => {
  if (inputs.program !== undefined) return titled(inputs.program);
  if ('dll' in inputs || 'mll' in inputs) {
    const { topstep50, topstep100, topstep150 } = programmes;
    return [topstep100, topstep150].find(({ initial }) => initial === inputs.initial) ?? topstep50;
  }
  if ('trail' in inputs) return programmes.apex50;
  if ('startEquity' in inputs) return programmes.the5ersHighStakes;
  return 'dailyProfits' in inputs ? programmes.ftmoOneStep : programmes.ftmoTwoStep;
};

/** The rules of the check: the programme's, with the sizes that the check gives. */
const rulesOf = (check: GoldenCheck, phase?: string, usual = 100_000): PhaseRules => {
  const { initial: _, phases, ...programme } = programmeOf(check);
  const part = (key: string) => {
    const percent = optional(check, key);
    return percent === undefined ? undefined : { fraction: percent / 100 };
  };
  const amount = (key: string) => {
    const value = optional(check, key);
    return value === undefined ? undefined : { amount: value };
  };
  const daily = part('dailyPct') ?? amount('dll');
  const total = part('maxPct') ?? amount('mll') ?? amount('trail');
  const changed: ProgrammeInput = {
    ...programme,
    phases: phases.map((p) => ({
      ...p,
      ...(p.dailyLoss && { dailyLoss: { ...p.dailyLoss, loss: daily ?? p.dailyLoss.loss } }),
      totalLoss: { ...p.totalLoss, loss: total ?? p.totalLoss.loss },
    })),
  };
  return phaseRules(programmeSchema.parse(changed), phase, optional(check, 'initial') ?? usual);
};

/** An account seen at noon of a day, counted from a Monday. */
const noon = (
  progress: PropFirmProgress,
  rules: PhaseRules,
  day: number,
  balance: number,
  equity = balance,
) => observeAccount(progress, rules, MONDAY + day * DAY, balance, equity);

const floors = (check: GoldenCheck): Answers => {
  const rules = rulesOf(check);
  const balance = number(check, 'balanceAtMidnight');
  const floating = optional(check, 'floatingAtMidnight') ?? 0;
  const evening = noon(startProgress(rules), rules, 0, balance, equityOf({ balance, floating }));
  const progress = noon(evening, rules, 1, balance, equityOf({ balance, floating }));
  return {
    dailyLimit: dailyFloor(progress, rules),
    maxLimit: totalFloor(progress, rules),
    effectiveFloor: effectiveFloor(progress, rules),
  };
};

/** The account's figures, looked at after a midnight with the balance that the check gives. */
const look = (check: GoldenCheck): Answers => {
  const rules = rulesOf(check);
  const balance = number(check, 'balance');
  const atMidnight = optional(check, 'balanceAtMidnight') ?? balance;
  const equity = equityOf({
    balance,
    floating: number(check, 'floating'),
    commissions: optional(check, 'commissions') ?? 0,
    swaps: optional(check, 'swaps') ?? 0,
  });
  const before = noon(startProgress(rules), rules, 0, atMidnight);
  const progress = noon(before, rules, 1, balance, equity);
  const breachMax = breaks(equity, totalFloor(progress, rules), rules.totalLoss.breach, rules);
  const breachDaily = breaks(equity, dailyFloor(progress, rules), rules.dailyLoss?.breach ?? 'below', rules);
  if (breachMax || breachDaily) expect(progress.breach).not.toBeNull();
  return { equity, breachMax, breachDaily };
};

/** A story of closed and floating profit, told event by event: after each day, its floor, equity and breach. */
const story = (check: GoldenCheck): Answers => {
  const rules = rulesOf(check);
  const names: Readonly<Record<string, string>> = {
    mon: 'monday',
    tue: 'tuesday',
    wed: 'wednesday',
    thu: 'thursday',
    fri: 'friday',
  };
  const answers: Record<string, number | boolean> = {};
  let balance = rules.initial;
  let floating = 0;
  let day = 0;
  let progress = noon(startProgress(rules), rules, day, balance);
  for (const event of list(check, 'events') as readonly (readonly Json[])[]) {
    const [when, what, amount] = event;
    if (when === 'midnight') {
      day++;
      continue;
    }
    if (what === 'close') balance += amount as number;
    else if (what === 'float') floating = amount as number;
    else throw new Error(`${String(what)} is no event that is known here.`);
    const equity = equityOf({ balance, floating });
    progress = noon(progress, rules, day, balance, equity);
    const name = names[String(when)] ?? String(when);
    answers[`${name}Floor`] = effectiveFloor(progress, rules);
    answers[`${name}Equity`] = equity;
    answers[`${name}Breach`] = progress.breach !== null;
  }
  return answers;
};

const targets = (check: GoldenCheck): Answers => {
  const target = (phase: string): number | undefined => rulesOf(check, phase).target;
  // A file may write "no target" as null or as 0.
  const none = check.expect.fundedTarget === null ? null : 0;
  return {
    challenge: target('challenge'),
    verification: target('verification'),
    fundedTarget: target('funded') ?? none,
  };
};

const tradingDays = (check: GoldenCheck): Answers => {
  const rules = rulesOf(check);
  const opened = texts(check, 'openDays').map((date) => Date.parse(`${date}T12:00:00Z`));
  const closed = texts(check, 'closeDays').map((date) => Date.parse(`${date}T15:00:00Z`));
  let progress = startProgress(rules);
  for (const time of [...opened, ...closed].sort((a, b) => a - b)) {
    progress = opened.includes(time)
      ? countOpening(progress, rules, time)
      : observeAccount(progress, rules, time, rules.initial, rules.initial);
  }
  const { done, met } = objectivesOf(progress, rules, rules.initial).tradingDays;
  return { tradingDays: done, met };
};

/** The total floor before the first day's end and after each. */
const trailing = (check: GoldenCheck): Answers => {
  const rules = rulesOf(check);
  let progress = noon(startProgress(rules), rules, 0, rules.initial);
  const limits = [totalFloor(progress, rules)];
  for (const [day, balance] of numbers(check, 'endOfDayBalances').entries()) {
    progress = noon(noon(progress, rules, day, balance), rules, day + 1, balance);
    limits.push(totalFloor(progress, rules));
  }
  return { limits };
};

const bestDay = (check: GoldenCheck): Answers => {
  // So large that no day's loss matters: the check is about shares of profit alone.
  const rules = rulesOf(check, undefined, 1_000_000);
  let balance = rules.initial;
  let progress = noon(startProgress(rules), rules, 0, balance);
  for (const [day, profit] of numbers(check, 'dailyProfits').entries()) {
    // Seen at the day's begin and end, so that its profit is its own.
    progress = noon(progress, rules, day, balance);
    balance += profit;
    progress = noon(progress, rules, day, balance);
  }
  const standing = objectivesOf(progress, rules, balance).bestDay;
  return {
    ratio: standing?.ratio,
    met: standing?.met,
    totalNeeded: standing?.totalNeeded,
    violated: progress.breach !== null,
  };
};

const midnights = (check: GoldenCheck): Answers => {
  const roll: DayRoll = programmeOf(check).day;
  const dayOf = (date: string) => tradingDay(Date.parse(`${date}T12:00:00Z`), roll);
  const dates = texts(check, 'localDates');
  return {
    utc: dates.map((date) => new Date(dayOf(date).start).toISOString().replace('.000Z', 'Z')),
    dayLengthHours: Object.fromEntries(
      dates.map((date) => [date, (dayOf(date).end - dayOf(date).start) / HOUR]),
    ),
  };
};

const dayResult = (check: GoldenCheck): Answers => {
  const rules = rulesOf(check);
  const { initial } = rules;
  const balance = initial + number(check, 'dayPnl');
  const progress = noon(noon(startProgress(rules), rules, 0, initial), rules, 0, balance);
  return { lockout: progress.lockedUntil !== null, failed: progress.breach !== null };
};

const peak = (check: GoldenCheck): Answers => {
  const rules = rulesOf(check);
  const progress = numbers(check, 'equityPath').reduce(
    (seen, equity) => noon(seen, rules, 0, rules.initial, equity),
    startProgress(rules),
  );
  return { floor: totalFloor(progress, rules) };
};

const higherStart = (check: GoldenCheck): Answers => {
  const rules = rulesOf(check);
  const rule = rules.dailyLoss;
  if (rule === undefined) throw new Error('The programme has no daily limit.');
  const [balance, equity] = [number(check, 'startBalance'), number(check, 'startEquity')];
  const progress = noon(noon(startProgress(rules), rules, 0, balance, equity), rules, 1, balance, equity);
  const base = dayBase(rule, balance, equity);
  return {
    base,
    limitIfPctOfBase: dailyFloor(progress, rules),
    allowance: dailyAllowance(rule, base),
    breached: breaks(equity, dailyFloor(progress, rules), rule.breach, rules),
  };
};

/** What a check asks for shows in its inputs and expected keys. */
const solve = (check: GoldenCheck): Answers | undefined => {
  const given = (key: string): boolean => key in check.inputs;
  if (given('events')) return story(check);
  if (given('endOfDayBalances')) return trailing(check);
  if (given('equityPath')) return peak(check);
  if (given('dayPnl')) return dayResult(check);
  if (given('dailyProfits')) return bestDay(check);
  if (given('openDays')) return tradingDays(check);
  if (given('localDates')) return midnights(check);
  if (given('startEquity')) return higherStart(check);
  if (given('floating')) return look(check);
  if (given('balanceAtMidnight')) return floors(check);
  return 'verification' in check.expect ? targets(check) : undefined;
};

const testData = new URL('../test-data/', import.meta.url);

describe.each(goldenFiles('risk-propfirm.json', testData, process.env.GOLDEN_DIR))(
  'the prop-firm scenarios of $from',
  (file) => {
    const tally = newTally();
    it.each(file.checks.map((check) => [check.id, check] as const))('%s is reproduced', (_, check) => {
      runCheck(check, solve, tally);
    });
    it('are all of a kind that is known', () => {
      expect(tally.checks).toBe(file.checks.length);
    });
    afterAll(() => console.log(tallyText(file, tally)));
  },
);
