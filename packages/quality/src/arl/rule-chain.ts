import { bands, type RuleMemory, SIGNAL } from './rule-memory.js';

/** Steps during which the hazard must stand still; longer than any rule remembers. */
const STEADY = 32;
const TOLERANCE = 1e-13;
/** Chains of rules settle within hundreds of steps. */
const MOST = 100_000;

/** Rules watched together, as one Markov chain: where each band leads from each state that can be reached. */
export interface RuleChain {
  readonly states: number;
  /** A row of eight a state, {@link SIGNAL} where a rule completes. */
  readonly next: Int32Array;
}

/** Explores all combinations of what the rules remember, from no history on (Champ and Woodall, Technometrics 29, 1987). */
export const ruleChain = (memories: readonly RuleMemory[]): RuleChain => {
  const start = memories.map(() => 0);
  const found = new Map<string, number>([[start.join(), 0]]);
  const open: number[][] = [start];
  const next: number[] = [];
  // The list grows while it is read: breadth first.
  for (const combination of open) {
    for (const band of bands) {
      const after = memories.map((memory, i) => memory.next(combination[i] as number, band));
      if (after.includes(SIGNAL)) {
        next.push(SIGNAL);
        continue;
      }
      const key = after.join();
      let id = found.get(key);
      if (id === undefined) {
        id = found.size;
        found.set(key, id);
        open.push(after);
      }
      next.push(id);
    }
  }
  return { states: found.size, next: Int32Array.from(next) };
};

/**
 * Expected number of steps until a chain signals. Follows the distribution over states, conditional on no signal yet, until the
 * probability of a signal at the next step no longer changes: from there on the rest is geometric. Nothing is subtracted, so long
 * run lengths are as exact as short ones.
 * @param probabilities - of the eight bands, from below
 */
export const chainRunLength = ({ states, next }: RuleChain, probabilities: readonly number[]): number => {
  let now = new Float64Array(states);
  let after = new Float64Array(states);
  now[0] = 1;
  let survival = 1;
  let length = 0;
  let hazard = -1;
  let steady = 0;
  for (let step = 0; step < MOST && survival > 1e-18 * length; step++) {
    length += survival;
    after.fill(0);
    let signals = 0;
    for (let state = 0; state < states; state++) {
      const here = now[state] as number;
      if (here === 0) continue;
      for (const [band, probability] of probabilities.entries()) {
        const to = next[state * 8 + band] as number;
        if (to === SIGNAL) signals += here * probability;
        else after[to] = (after[to] as number) + here * probability;
      }
    }
    steady = Math.abs(signals - hazard) <= TOLERANCE * signals ? steady + 1 : 0;
    hazard = signals;
    let kept = 0;
    for (const mass of after) kept += mass;
    survival *= kept;
    if (steady === STEADY) return length + survival / hazard;
    for (let state = 0; state < states; state++) after[state] = (after[state] as number) / kept;
    [now, after] = [after, now];
  }
  return length;
};
