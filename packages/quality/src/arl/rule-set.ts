import { MikroBotError, normal, type Random } from '@mikrobot/core';
import type { RuleSet, ZoneRule } from '../charts/rules.js';
import { normalTail } from '../distributions/normal.js';
import { checkFinite } from '../numeric/check.js';
import { chainRunLength, ruleChain } from './rule-chain.js';
import { type Band, bands, type RuleMemory, ruleMemories, SIGNAL } from './rule-memory.js';
import { meanRunLength, type SimulationOptions, samplesUntil } from './simulate.js';

/** A set of rules on a three-sigma chart, and by how much its mean is off. */
export interface RuleSetTerms extends SimulationOptions {
  /** Watched together: the first that completes is the signal. `beyondLimits` is taken for limits at three sigma. */
  readonly rules: RuleSet;
  /** In standard deviations of the plotted statistic. */
  readonly shift: number;
}

/** What {@link ruleSetArl} says. */
export interface RuleSetArl {
  readonly arl: number;
  /** Simulated when `nelson3` or `nelson4` are among the rules, since they compare values and not zones. */
  readonly method: 'exact' | 'simulated';
  /** Of a simulation; undefined where the ARL is exact. */
  readonly standardError: number | undefined;
}

/** Upper tails at the lower borders of bands: what lies between two of them is a band. */
const probabilities = (shift: number): readonly number[] =>
  bands.map((band) => {
    // Told from its own side, so that bands far out keep their digits.
    const off = band > 0 ? shift : -shift;
    const inner = Math.abs(band) - 1;
    if (inner === 3) return normalTail(3 - off);
    return inner - off >= 0
      ? normalTail(inner - off) - normalTail(inner + 1 - off)
      : normalTail(off - inner - 1) - normalTail(off - inner);
  });

const bandOf = (z: number): Band => {
  const distance = Math.abs(z);
  const band = distance > 3 ? 4 : distance > 2 ? 3 : distance > 1 ? 2 : 1;
  return (z < 0 ? -band : band) as Band;
};

/** Nelson's rules that compare neighbours: points in a trend, points that alternate. */
const TREND = 6;
const ALTERNATING = 14;

/** Plays one run: values come in, `true` comes out with the first that completes a rule. */
const player = (memories: readonly RuleMemory[], trend: boolean, alternation: boolean) => {
  const states = memories.map(() => 0);
  let before = Number.NaN;
  let direction = 0;
  let rising = 1;
  let turning = 1;
  return (z: number): boolean => {
    const towards = Math.sign(z - before) || 0;
    rising = towards === 0 ? 1 : towards === direction ? rising + 1 : 2;
    turning = towards === 0 ? 1 : towards === -direction ? turning + 1 : 2;
    before = z;
    direction = towards;
    let signal = (trend && rising >= TREND) || (alternation && turning >= ALTERNATING);
    for (const [i, memory] of memories.entries()) {
      const state = memory.next(states[i] as number, bandOf(z));
      if (state === SIGNAL) signal = true;
      states[i] = state;
    }
    return signal;
  };
};

/**
 * Average run length of a chart with a set of rules, for independent normal values with known mean and deviation.
 *
 * By an exact Markov chain over what the rules remember (Champ and Woodall, Technometrics 29, 1987), or by simulation from a seed
 * where `nelson3` (trend) or `nelson4` (alternation) are watched too. As in that paper, two points beyond two sigma complete 2 of 3
 * from the very start; `RuleEngine` waits for the third, which lengthens run lengths by a few tenths of a sample.
 * @throws `MikroBotError` `BAD_CONFIG` for no rules, one that is not about zones, a shift that is not finite, or too few runs.
 *
 * @example
 * ```ts
 * ruleSetArl({ rules: ['we1', 'we2', 'we3', 'we4'], shift: 0 }).arl; // 91.75
 * ```
 */
export const ruleSetArl = ({ rules, shift, runs, seed }: RuleSetTerms): RuleSetArl => {
  checkFinite(shift, 'the shift');
  if (rules.length === 0) throw new MikroBotError('BAD_CONFIG', 'there are no rules to watch.');
  const watched = new Set<ZoneRule>(rules);
  const trend = watched.delete('nelson3');
  const alternation = watched.delete('nelson4');
  const memories = new Set<RuleMemory>();
  for (const rule of watched) {
    const memory = (ruleMemories as Readonly<Record<string, RuleMemory>>)[rule];
    if (memory === undefined) {
      throw new MikroBotError(
        'BAD_CONFIG',
        `the rule ${rule} is not about zones of a chart, so its ARL is not known here.`,
        {
          hint: 'Use cusumArl or ewmaArl for such charts.',
        },
      );
    }
    memories.add(memory);
  }
  if (!trend && !alternation) {
    return {
      arl: chainRunLength(ruleChain([...memories]), probabilities(shift)),
      method: 'exact',
      standardError: undefined,
    };
  }
  const run = (random: Random): number => {
    const play = player([...memories], trend, alternation);
    return samplesUntil(() => play(normal(random) + shift));
  };
  return { ...meanRunLength(run, { runs, seed }), method: 'simulated' };
};
