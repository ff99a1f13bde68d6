import { checkShare } from '../numeric/check.js';
import { checkSpecification, type Specification } from '../specification.js';
import type { CapabilityResult } from './result.js';
import type { Found } from './study.js';
import { verdict } from './verdict.js';

/** Options that all kinds of capability studies have. */
export interface StudyOptions {
  readonly specification: Specification;
  /** Of intervals (two-sided) and bounds (one-sided), between 0 and 1; default 0.95. */
  readonly confidence?: number | undefined;
  /** When p of a test of normality is below it, values are not treated as normal unmarked; default 0.05. */
  readonly significance?: number | undefined;
  /** `ignore` takes values as independent even when their neighbours are alike; default `correct`. */
  readonly autocorrelation?: 'correct' | 'ignore' | undefined;
  /** The index that is asked for; with it the result has a verdict. */
  readonly minimum?: number | undefined;
  /** Of effective values for a verdict; default 30. */
  readonly minimumCount?: number | undefined;
}

/** @throws `MikroBotError` `BAD_CONFIG` when an option makes no sense. */
export const checkStudyOptions = (options: StudyOptions): { confidence: number; significance: number } => {
  const { confidence = 0.95, significance = 0.05 } = options;
  checkSpecification(options.specification);
  checkShare(confidence, 'the confidence of a capability study');
  checkShare(significance, 'the significance of a capability study');
  return { confidence, significance };
};

/** Adds the verdict when one was asked for. */
export const judged = (
  found: Found,
  { minimum, minimumCount }: Pick<StudyOptions, 'minimum' | 'minimumCount'>,
): CapabilityResult => ({
  ...found,
  verdict: minimum === undefined ? undefined : verdict(found, { minimum, minimumCount }),
});
