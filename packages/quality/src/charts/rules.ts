import { MikroBotError } from '@mikrobot/core';
import { readSaved } from '../saved.js';
import { checkValue } from '../values.js';
import type { Limits } from './chart.js';
import { memorySchema, newMemory, remember, ruleTests, type ZoneMemory } from './zone-memory.js';

const westernNames = ['we1', 'we2', 'we3', 'we4'] as const;
const nelsonNames = [
  'nelson1',
  'nelson2',
  'nelson3',
  'nelson4',
  'nelson5',
  'nelson6',
  'nelson7',
  'nelson8',
] as const;

/** The tests for special causes that a chart can apply. The names are those of the field. */
export const ruleNames = [
  ...westernNames,
  ...nelsonNames,
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
 * price of an in-control ARL of 91.9 (a million simulated runs, ± 0.1). Champ and Woodall (1987) have 91.75, as `ruleSetArl` does:
 * there two points complete 2 of 3 from the very start.
 */
export const westernElectric: RuleSet = westernNames;

/**
 * The eight rules of Nelson (Journal of Quality Technology 16, 1984). They were meant as eight separate tests: all at once
 * have an in-control ARL of only 73.6 (a million simulated runs, ± 0.1).
 */
export const nelson: RuleSet = nelsonNames;

const none: readonly RuleName[] = [];

/** @throws `MikroBotError` `BAD_CONFIG` for a rule that does not judge zones. */
export const checkRules = (rules: RuleSet): void => {
  for (const rule of rules) {
    if (!Object.hasOwn(ruleTests, rule)) {
      throw new MikroBotError('BAD_CONFIG', `the rule '${String(rule)}' is unknown.`, {
        hint: `The rules are ${Object.keys(ruleTests).join(', ')}.`,
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
  readonly #memory: ZoneMemory;

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

  /**
   * The rules that the point completes, in the order of {@link ruleNames}.
   * @throws `MikroBotError` `BAD_DATA` for a value that is not finite; nothing is remembered of it.
   */
  push(value: number, limits: Limits): readonly RuleName[] {
    checkValue(value, 'the rules of a chart');
    remember(this.#memory, value, limits);
    let broken: RuleName[] | undefined;
    for (const rule of this.#rules) {
      if (!ruleTests[rule](this.#memory, value, limits)) continue;
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
