import { MikroBotError } from '@mikrobot/core';
import { betaQuantile, betaTail } from '../distributions/beta.js';
import { normalTailQuantile } from '../distributions/normal.js';
import type { Note } from '../notes.js';
import { checkShare, checkWhole } from '../numeric/check.js';
import { checkRate, MILLION } from './rates.js';
import type { ShiftOptions } from './sigma-level.js';

/** What was counted. */
export interface DefectCounts {
  /** Units that were looked at: orders, signals, reports. */
  readonly units: number;
  /** In how many ways each of them can fail; default 1. */
  readonly opportunitiesPerUnit?: number | undefined;
  readonly defects: number;
}

/** Options of {@link defectRates}. */
export interface DefectRateOptions extends ShiftOptions {
  /** Of the upper bounds, one-sided; default 0.95. */
  readonly confidence?: number | undefined;
}

/** Answers of {@link defectRates}. Undefined only where nothing was looked at, or where no finite figure exists. */
export interface DefectRates {
  readonly opportunities: number;
  /** Defects per unit. */
  readonly dpu: number | undefined;
  /** Defects per opportunity. */
  readonly dpo: number | undefined;
  /** Defects per million opportunities. */
  readonly dpmo: number | undefined;
  /** Exact upper bound of the DPMO (Clopper and Pearson, 1934): what these counts rule out to exceed. */
  readonly dpmoUpper: number | undefined;
  /** The share of units without any defect when defects fall independently: `exp(-DPU)` (Poisson). */
  readonly throughputYield: number | undefined;
  /** With the shift; undefined without defects, or when every opportunity failed. */
  readonly sigmaLevel: number | undefined;
  /** The level that these counts have shown at the confidence: that of `dpmoUpper`. */
  readonly sigmaLevelShown: number | undefined;
  readonly notes: readonly Note[];
}

/**
 * DPU, DPO, DPMO, throughput yield and sigma level of counted defects.
 *
 * Ask `dpmoUpper` before you claim a level: 100 units without a defect have a DPMO of 0 and have shown no better than 29,513.
 * @throws `MikroBotError` `BAD_DATA` when counts are not whole, negative, or there are more defects than opportunities;
 * `BAD_CONFIG` when the confidence does not lie between 0 and 1.
 *
 * @example
 * ```ts
 * defectRates({ units: 500, opportunitiesPerUnit: 6, defects: 57 }).dpmo; // 19000
 * ```
 */
export const defectRates = (counts: DefectCounts, options: DefectRateOptions = {}): DefectRates => {
  const { units, opportunitiesPerUnit = 1, defects } = counts;
  const { confidence = 0.95, shift = 1.5 } = options;
  checkShare(confidence, 'the confidence of defect rates');
  checkWhole(units, 'units', 0, 'BAD_DATA');
  checkWhole(opportunitiesPerUnit, 'opportunitiesPerUnit', 1, 'BAD_DATA');
  checkWhole(defects, 'defects', 0, 'BAD_DATA');
  const opportunities = units * opportunitiesPerUnit;
  if (defects > opportunities) {
    throw new MikroBotError('BAD_DATA', `there are ${defects} defects in ${opportunities} opportunities.`, {
      hint: 'Count every way in which a unit can fail as an opportunity.',
    });
  }
  if (opportunities === 0) {
    const undefineds = { dpu: undefined, dpo: undefined, dpmo: undefined, dpmoUpper: undefined };
    const levels = { throughputYield: undefined, sigmaLevel: undefined, sigmaLevelShown: undefined };
    return {
      opportunities,
      ...undefineds,
      ...levels,
      notes: [{ code: 'EMPTY', detail: 'No unit was looked at.' }],
    };
  }
  const dpu = defects / units;
  const dpo = defects / opportunities;
  const upper =
    defects === opportunities ? 1 : betaQuantile(confidence, defects + 1, opportunities - defects);
  const level = (rate: number): number | undefined =>
    rate > 0 && rate < 1 ? normalTailQuantile(rate) + shift : undefined;
  const notes: Note[] = [];
  if (defects === 0) {
    const detail = `No defect in ${opportunities} opportunities shows only that DPMO <= ${(upper * MILLION).toPrecision(4)}.`;
    notes.push({ code: 'NOT_ENOUGH_DATA', detail });
  } else if (defects === opportunities) {
    notes.push({
      code: 'NOT_ENOUGH_DATA',
      detail: 'Every opportunity failed, which has no finite sigma level.',
    });
  }
  return {
    opportunities,
    dpu,
    dpo,
    dpmo: dpo * MILLION,
    dpmoUpper: upper * MILLION,
    throughputYield: Math.exp(-dpu),
    sigmaLevel: level(dpo),
    sigmaLevelShown: level(upper),
    notes,
  };
};

/** Options of {@link opportunitiesNeeded}. */
export interface OpportunitiesOptions {
  /** One-sided; default 0.95. */
  readonly confidence?: number | undefined;
  /** How many defects they may hold; default 0. */
  readonly defects?: number | undefined;
}

const LARGEST_COUNT = 2 ** 50;

/**
 * How many opportunities, with at most so many defects among them, show that the rate of defects is no higher than claimed: the
 * smallest n with `P(X <= defects | n, rate) <= 1 - confidence`. 3.4 DPMO at 95 % needs 881,097 without a defect.
 * @param dpmo - the claim, above 0 and below a million
 * @throws `MikroBotError` `BAD_CONFIG` when the claim, the confidence or the defects make no sense.
 */
export const opportunitiesNeeded = (dpmo: number, options: OpportunitiesOptions = {}): number => {
  const { confidence = 0.95, defects = 0 } = options;
  checkRate(dpmo, MILLION, 'DPMO');
  if (dpmo === 0 || dpmo === MILLION) {
    throw new MikroBotError('BAD_CONFIG', `no number of opportunities shows a DPMO of ${dpmo}.`, {
      hint: 'Claim one above 0 and below 1000000.',
    });
  }
  const rate = dpmo / MILLION;
  checkShare(confidence, 'the confidence of a claim');
  checkWhole(defects, 'the defects that a claim allows', 0);
  // P(X <= x) of a binomial is the upper tail of a beta distribution.
  const isShown = (n: number): boolean => betaTail(rate, defects + 1, n - defects) <= 1 - confidence;
  let high = defects + 1;
  while (!isShown(high)) {
    high *= 2;
    if (high > LARGEST_COUNT) {
      throw new MikroBotError('BAD_CONFIG', `no countable number of opportunities shows ${dpmo} DPMO.`);
    }
  }
  let low = Math.max(defects, Math.floor(high / 2) - 1);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (middle > defects && isShown(middle)) high = middle;
    else low = middle;
  }
  return high;
};
