import * as z from 'zod';
import type { Limits } from './chart.js';
import type { ZoneRule } from './rules.js';

const bits = z.int().min(0).max(255);
const count = z.int().min(0);
/** Checks a saved {@link ZoneMemory}. */
export const memorySchema = z.strictObject({
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
/** What the rules know of the points so far. Plain JSON. */
export type ZoneMemory = z.infer<typeof memorySchema>;

/** Of no points yet. */
export const newMemory = (): ZoneMemory => ({
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

/** Takes a point in. */
export const remember = (memory: ZoneMemory, value: number, { center, sigma }: Limits): void => {
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

type Test = (memory: ZoneMemory, value: number, limits: Limits) => boolean;

const beyond3: Test = (_, value, { center, sigma }) =>
  value > center + 3 * sigma || value < center - 3 * sigma;
const twoOfThree: Test = ({ points, above2, below2 }) =>
  manyBeyond(points, above2, 2, 3) || manyBeyond(points, below2, 2, 3);
const fourOfFive: Test = ({ points, above1, below1 }) =>
  manyBeyond(points, above1, 4, 5) || manyBeyond(points, below1, 4, 5);

/** Whether the newest point, already remembered, completes a rule. */
export const ruleTests: Readonly<Record<ZoneRule, Test>> = {
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
