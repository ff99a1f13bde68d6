import { MikroBotError } from '@mikrobot/core';
import * as z from 'zod';
import { normalTailQuantile } from '../distributions/normal.js';

/** How far control limits lie from the centre; give at most one of both. */
export interface LimitOptions {
  /** In standard deviations of the plotted statistic; default 3. */
  readonly sigmas?: number | undefined;
  /**
   * Probability limits: the share of in-control points between them, the rest half on each side: 0.9973 is 3 sigma for means.
   * Ranges and deviations then use their own skewed distributions.
   */
  readonly confidence?: number | undefined;
}

/** {@link LimitOptions} as a design keeps them: one of both. Plain JSON. */
export const limitWidthSchema = z.union([
  z.strictObject({ sigmas: z.number().positive() }),
  z.strictObject({ confidence: z.number().gt(0).lt(1) }),
]);
/** See {@link limitWidthSchema}. */
export type LimitWidth = Readonly<z.infer<typeof limitWidthSchema>>;

/** @throws `MikroBotError` `BAD_CONFIG` for both, a width of 0 or less, or a confidence outside (0, 1). */
export const limitWidth = ({ sigmas, confidence }: LimitOptions): LimitWidth => {
  if (sigmas !== undefined && confidence !== undefined) {
    throw new MikroBotError('BAD_CONFIG', 'control limits are given both in sigmas and by confidence.', {
      hint: 'Leave one of them out.',
    });
  }
  if (confidence !== undefined) {
    if (confidence > 0 && confidence < 1) return { confidence };
    throw new MikroBotError('BAD_CONFIG', `the confidence of control limits is ${confidence}.`, {
      hint: 'It is the share of points between them: 0.9973 is as wide as 3 sigma.',
    });
  }
  const width = sigmas ?? 3;
  if (width > 0 && width < Infinity) return { sigmas: width };
  throw new MikroBotError('BAD_CONFIG', `the width of control limits is ${width} sigmas.`, {
    hint: 'It is a positive number, usually 3.',
  });
};

/** The width in standard deviations of a statistic that is normally distributed. */
export const normalSigmas = (width: LimitWidth): number =>
  'sigmas' in width ? width.sigmas : normalTailQuantile((1 - width.confidence) / 2);
