import { MikroBotError } from '@mikrobot/core';
import { checkWhole } from '../numeric/check.js';
import { checkRate, MILLION } from './rates.js';
import { type ShiftOptions, sigmaLevelOfYield } from './sigma-level.js';

/** What was counted at the stages of a process through which the same opportunities pass. */
export interface StageCounts {
  /** Opportunities that entered. */
  readonly opportunities: number;
  /** Defects that were lost, one count a stage. */
  readonly defects: readonly number[];
  /** Defects that were mended, one count a stage; default none. */
  readonly rework?: readonly number[] | undefined;
}

/** Answers of {@link stageYields}; shares from 0 to 1. */
export interface StageYields {
  /** What came out good, mended or not. */
  readonly yield: number;
  /** FTY: what came out good without mending, over all stages. */
  readonly firstTimeYield: number;
  /** FTY of each stage. */
  readonly stages: readonly number[];
  /** RTY: the product of the stages' FTY. */
  readonly rolledThroughputYield: number;
  /** Of all stages. */
  readonly defects: number;
  /** Per million of the opportunities that entered. */
  readonly dpmo: number;
}

const addUp = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

/**
 * Yields of a process of several stages (Cano, Moguerza and Redchuk, Six Sigma with R, 2012: each stage is measured
 * against the opportunities that entered the first).
 * @throws `MikroBotError` `BAD_DATA` when counts are not whole, lists differ in length, or more failed than entered.
 *
 * @example
 * ```ts
 * stageYields({ opportunities: 1915, defects: [3, 5, 12], rework: [1, 2, 4] }).rolledThroughputYield; // 0.98596
 * ```
 */
export const stageYields = ({ opportunities, defects, rework }: StageCounts): StageYields => {
  checkWhole(opportunities, 'opportunities', 1, 'BAD_DATA');
  const mended = rework ?? defects.map(() => 0);
  if (defects.length === 0 || mended.length !== defects.length) {
    throw new MikroBotError(
      'BAD_DATA',
      `there are defects of ${defects.length} stages and rework of ${mended.length}.`,
      { hint: 'Give one count of each a stage, and at least one stage.' },
    );
  }
  for (const count of [...defects, ...mended])
    checkWhole(count, 'a count of defects or rework', 0, 'BAD_DATA');
  const lost = addUp(defects);
  const failed = lost + addUp(mended);
  if (failed > opportunities) {
    throw new MikroBotError('BAD_DATA', `${failed} failed of ${opportunities} opportunities that entered.`);
  }
  const stages = defects.map((count, i) => 1 - (count + mended[i]!) / opportunities);
  return {
    yield: 1 - lost / opportunities,
    firstTimeYield: 1 - failed / opportunities,
    stages,
    rolledThroughputYield: stages.reduce((product, share) => product * share, 1),
    defects: lost,
    dpmo: (lost / opportunities) * MILLION,
  };
};

/** Answers of {@link rolledYield}. */
export interface RolledYield {
  /** RTY: the share that passes every stage without a defect. */
  readonly rolledThroughputYield: number;
  /** YNA: what each stage would have to yield if all were alike, the geometric mean. */
  readonly normalisedYield: number;
  /** TDPU: defects per unit in the whole process, `-ln RTY` (Poisson); undefined when nothing passes. */
  readonly defectsPerUnit: number | undefined;
  /** Of the normalised yield, with the shift (Breyfogle, Implementing Six Sigma, 2003); undefined for yields of 0 and 1. */
  readonly sigmaLevel: number | undefined;
}

/**
 * What stages in series yield together.
 * @param firstTimeYields - of each stage, 0 to 1, at least one
 * @throws `MikroBotError` `BAD_DATA` when there is none, or one is not from 0 to 1.
 */
export const rolledYield = (firstTimeYields: readonly number[], options: ShiftOptions = {}): RolledYield => {
  if (firstTimeYields.length === 0) {
    throw new MikroBotError('BAD_DATA', 'there is no stage whose yield could be rolled up.');
  }
  for (const share of firstTimeYields) checkRate(share, 1, 'the yield of a stage');
  const rolled = firstTimeYields.reduce((product, share) => product * share, 1);
  const normalisedYield = rolled ** (1 / firstTimeYields.length);
  return {
    rolledThroughputYield: rolled,
    normalisedYield,
    defectsPerUnit: rolled > 0 ? 0 - Math.log(rolled) : undefined,
    sigmaLevel: sigmaLevelOfYield(normalisedYield, options),
  };
};

/**
 * TPY: the share of units without any defect when defects fall independently, `exp(-DPU)` (Poisson).
 * @param dpu - defects per unit, not negative
 * @throws `MikroBotError` `BAD_DATA` when it is negative or not finite.
 */
export const throughputYield = (dpu: number): number => {
  checkRate(dpu, Number.MAX_VALUE, 'DPU');
  return Math.exp(-dpu);
};
