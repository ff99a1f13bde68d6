import { MikroBotError } from '@mikrobot/core';
import * as z from 'zod';
import { readSaved } from '../saved.js';
import type { Limits } from './chart.js';

/** The tests for special causes that a chart can apply. The names are those of the field. */
export const ruleNames = [
  'we1',
  'we2',
  'we3',
  'we4',
  'nelson1',
  'nelson2',
  'nelson3',
  'nelson4',
  'nelson5',
  'nelson6',
  'nelson7',
  'nelson8',
  'beyondLimits',
  'cusumUpper',
  'cusumLower',
  'ewma',
  't2',
  'spread',
] as const;

/** One of {@link ruleNames}. */
export type RuleName = (typeof ruleNames)[number];

/** The rules that {@link RuleEngine} knows: they judge a statistic by its zones, whatever the chart. */
export type ZoneRule = Exclude<RuleName, 'cusumUpper' | 'cusumLower' | 'ewma' | 't2' | 'spread'>;

/** Rules to apply together; their order does not matter. */
export type RuleSet = readonly ZoneRule[];

/** Outside the chart's own limits, whatever they are made from. With 3 sigma limits the in-control ARL is 370.4. */
export const beyondLimits: RuleSet = ['beyondLimits'];

/**
 * The four rules of the Western Electric Statistical Quality Control Handbook (1956): they find small shifts sooner, at the
 * price of an in-control ARL of 92 (simulated: 92.0 ± 0.2; Champ and Woodall, 1987: 91.75).
 */
export const westernElectric: RuleSet = ['we1', 'we2', 'we3', 'we4'];

/**
 * The eight rules of Nelson (Journal of Quality Technology 16, 1984). They were meant as eight separate tests: all at once
 * have an in-control ARL of only 74 (simulated: 73.7 ± 0.2).
 */
export const nelson: RuleSet = [
  'nelson1',
  'nelson2',
  'nelson3',
  'nelson4',
  'nelson5',
  'nelson6',
  'nelson7',
  'nelson8',
];

const bits = z.int().min(0).max(255);
const count = z.int().min(0);
const memorySchema = z.strictObject({
  /** Points so far, as far as windows are long. */
  points: z.int().min(0).max(8),
  // The last eight points, the newest in the lowest bit.
  above1: bits,
  below1: bits,
  above2: bits,
  below2: bits,
  /** Points in a row above the centre; negative for below. */
  side: z.int(),
  /** Steps in a row that went up; negative for down. */
  trend: z.int(),
  /** Steps in a row that went the other way than the one before. */
  turns: count,
  /** Points in a row within one sigma. */
  inside: count,
  /** The point before, in the unit of the chart; null before the first. */
  last: z.number().nullable(),
});
type Memory = z.infer<typeof memorySchema>;

const newMemory = (): Memory => ({
  points: 0,
  above1: 0,
  below1: 0,
  above2: 0,
  below2: 0,
  side: 0,
  trend: 0,
  turns: 0,
  inside: 0,
  last: null,
});

const window = (past: number, now: boolean): number => ((past << 1) | (now ? 1 : 0)) & 255;

const popCount = (mask: number): number => {
  let ones = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) ones++;
  return ones;
};

/** Of the last `span` points, all of which must be there, the newest is beyond, and so are at least `many` of them. */
const manyBeyond = (points: number, mask: number, many: number, span: number): boolean =>
  points >= span && (mask & 1) === 1 && popCount(mask & ((1 << span) - 1)) >= many;

const remember = (memory: Memory, value: number, { center, sigma }: Limits): void => {
  memory.points = Math.min(memory.points + 1, 8);
  memory.above1 = window(memory.above1, value > center + sigma);
  memory.below1 = window(memory.below1, value < center - sigma);
  memory.above2 = window(memory.above2, value > center + 2 * sigma);
  memory.below2 = window(memory.below2, value < center - 2 * sigma);
  memory.inside = ((memory.above1 | memory.below1) & 1) === 0 ? memory.inside + 1 : 0;
  if (value > center) memory.side = Math.max(memory.side, 0) + 1;
  else if (value < center) memory.side = Math.min(memory.side, 0) - 1;
  else memory.side = 0;
  if (memory.last !== null) {
    const before = Math.sign(memory.trend);
    const step = Math.sign(value - memory.last);
    memory.turns = step * before < 0 ? memory.turns + 1 : 0;
    memory.trend = step === before ? memory.trend + step : step;
  }
  memory.last = value;
};

type Test = (memory: Memory, value: number, limits: Limits) => boolean;

const beyond3: Test = (_, value, { center, sigma }) =>
  value > center + 3 * sigma || value < center - 3 * sigma;
const twoOfThree: Test = ({ points, above2, below2 }) =>
  manyBeyond(points, above2, 2, 3) || manyBeyond(points, below2, 2, 3);
const fourOfFive: Test = ({ points, above1, below1 }) =>
  manyBeyond(points, above1, 4, 5) || manyBeyond(points, below1, 4, 5);

const tests: Readonly<Record<ZoneRule, Test>> = {
  we1: beyond3,
  we2: twoOfThree,
  we3: fourOfFive,
  we4: ({ side }) => Math.abs(side) >= 8,
  nelson1: beyond3,
  nelson2: ({ side }) => Math.abs(side) >= 9,
  // Six points have five steps between them; fourteen have thirteen, of which twelve are turns.
  nelson3: ({ trend }) => Math.abs(trend) >= 5,
  nelson4: ({ turns }) => turns >= 12,
  nelson5: twoOfThree,
  nelson6: fourOfFive,
  nelson7: ({ inside }) => inside >= 15,
  nelson8: ({ above1, below1 }) => (above1 | below1) === 255 && above1 !== 0 && below1 !== 0,
  beyondLimits: (_, value, { lower, upper }) =>
    (upper !== undefined && value > upper) || (lower !== undefined && value < lower),
};

const none: readonly RuleName[] = [];

/** @throws `MikroBotError` `BAD_CONFIG` for a rule that does not judge zones. */
export const checkRules = (rules: RuleSet): void => {
  for (const rule of rules) {
    if (!Object.hasOwn(tests, rule)) {
      throw new MikroBotError('BAD_CONFIG', `the rule '${String(rule)}' is unknown.`, {
        hint: `The rules are ${Object.keys(tests).join(', ')}.`,
      });
    }
  }
};

/**
 * Applies rules to a statistic, point by point, in constant time and space. Comparisons with zones are strict, only `nelson7`
 * counts a point exactly at one sigma as within; a point exactly on the centre ends a run on one side. A violation is told at
 * the point that completes the pattern, and at each further point while the pattern lasts; of 2 of 3 and 4 of 5, that point
 * itself is beyond, and all three or five points are there. Trends and alternation compare the values themselves, everything
 * else the point's own zones.
 */
export class RuleEngine {
  readonly #rules: readonly ZoneRule[];
  readonly #memory: Memory;

  /**
   * @param state - what `state()` gave, of any rules; default: no points yet
   * @throws `MikroBotError` `BAD_CONFIG` for an unknown rule, `BAD_DATA` for a state that no engine gave.
   */
  constructor(rules: RuleSet, state?: unknown) {
    checkRules(rules);
    this.#rules = ruleNames.filter((name): name is ZoneRule => (rules as readonly RuleName[]).includes(name));
    this.#memory =
      state === undefined
        ? newMemory()
        : { ...readSaved(memorySchema, state, 'the state of the rules of a chart') };
  }

  /** The rules that the point completes, in the order of {@link ruleNames}. */
  push(value: number, limits: Limits): readonly RuleName[] {
    remember(this.#memory, value, limits);
    let broken: RuleName[] | undefined;
    for (const rule of this.#rules) {
      if (!tests[rule](this.#memory, value, limits)) continue;
      broken ??= [];
      broken.push(rule);
    }
    return broken ?? none;
  }

  /** Plain JSON from which an engine with the same rules goes on. */
  state(): unknown {
    return { ...this.#memory };
  }
}
