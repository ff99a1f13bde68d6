import type { ZoneRule } from '../charts/rules.js';

/**
 * In which band of a chart a value lies: 1 to 4 above the centre (4 is beyond three sigma), -1 to -4 below it.
 * The borders belong to the inner band: zones are strict.
 */
export type Band = -4 | -3 | -2 | -1 | 1 | 2 | 3 | 4;

/** All bands, from below. */
export const bands: readonly Band[] = [-4, -3, -2, -1, 1, 2, 3, 4];

/** What next() of a {@link RuleMemory} says of a value that completes the pattern. */
export const SIGNAL = -1;

/** A rule as a machine with few states: all that it must know of the past, as a whole number from 0 (nothing yet). */
export interface RuleMemory {
  readonly states: number;
  next(state: number, band: Band): number;
}

const beyondLimits: RuleMemory = {
  states: 1,
  next: (_, band) => (Math.abs(band) === 4 ? SIGNAL : 0),
};

const bits = (x: number): number => (x === 0 ? 0 : (x & 1) + bits(x >> 1));

/** `k` of `m` beyond some sigmas on one side: a bit for each of the last `m - 1` values, upper side and lower side. */
const someOf = (k: number, m: number, sigmas: number): RuleMemory => {
  const mask = (1 << (m - 1)) - 1;
  return {
    states: 1 << (2 * (m - 1)),
    next(state, band) {
      const up = state & mask;
      const down = state >> (m - 1);
      if (band > sigmas && bits(up) + 1 >= k) return SIGNAL;
      if (-band > sigmas && bits(down) + 1 >= k) return SIGNAL;
      const upNext = ((up << 1) | Number(band > sigmas)) & mask;
      const downNext = ((down << 1) | Number(-band > sigmas)) & mask;
      return upNext | (downNext << (m - 1));
    },
  };
};

/** `n` in a row on one side: their number, plus `n` when below. */
const oneSide = (n: number): RuleMemory => ({
  states: 2 * n,
  next(state, band) {
    const side = band > 0 ? 0 : n;
    const run = (state >= n ? n : 0) === side ? (state % n) + 1 : 1;
    return run === n ? SIGNAL : side + run;
  },
});

/** `n` in a row within one sigma. */
const within = (n: number): RuleMemory => ({
  states: n,
  next: (state, band) => (Math.abs(band) > 1 ? 0 : state + 1 === n ? SIGNAL : state + 1),
});

/** `n` in a row outside one sigma with both sides among them: how many, up to `n - 1`, and two bits for the sides seen. */
const bothSides = (n: number): RuleMemory => ({
  states: 4 * n,
  next(state, band) {
    if (Math.abs(band) === 1) return 0;
    const run = Math.floor(state / 4) + 1;
    const sides = (state % 4) | (band > 0 ? 1 : 2);
    // A long run on one side waits for the other: all of it is outside already.
    return run >= n && sides === 3 ? SIGNAL : 4 * Math.min(run, n - 1) + sides;
  },
});

/**
 * The rules that need no more of the past than bands. `nelson3` (trend) and `nelson4` (alternation) compare values with each other.
 * Sources: Western Electric, Statistical Quality Control Handbook (1956); Nelson, Journal of Quality Technology 16 (1984).
 */
export const ruleMemories: Readonly<Record<Exclude<ZoneRule, 'nelson3' | 'nelson4'>, RuleMemory>> = {
  beyondLimits,
  we1: beyondLimits,
  we2: someOf(2, 3, 2),
  we3: someOf(4, 5, 1),
  we4: oneSide(8),
  nelson1: beyondLimits,
  nelson2: oneSide(9),
  nelson5: someOf(2, 3, 2),
  nelson6: someOf(4, 5, 1),
  nelson7: within(15),
  nelson8: bothSides(8),
};
