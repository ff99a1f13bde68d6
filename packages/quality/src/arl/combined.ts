import { MikroBotError } from '@mikrobot/core';

/**
 * In-control ARL of several charts watched together, until the first of them signals: one over the sum of their false alarm rates.
 * Assumes that the charts are independent of each other and take their samples at the same pace. Charts that move together alarm
 * together, so the true ARL is then longer than this.
 * @param arls - in-control ARL of each, in samples; infinite for one that never signals
 * @throws `MikroBotError` `BAD_CONFIG` for no charts, and for an ARL below 1.
 *
 * @example
 * ```ts
 * combinedInControlArl([370.4, 370.4, 500]); // 135.1
 * ```
 */
export const combinedInControlArl = (arls: readonly number[]): number => {
  if (arls.length === 0) throw new MikroBotError('BAD_CONFIG', 'there are no charts to watch together.');
  let rate = 0;
  for (const [i, arl] of arls.entries()) {
    if (!(arl >= 1)) {
      throw new MikroBotError(
        'BAD_CONFIG',
        `the ARL of chart ${i + 1} of ${arls.length} is ${String(arl)}; no chart signals before its first sample.`,
      );
    }
    rate += 1 / arl;
  }
  // Charts that nearly always signal have rates that add up to more than one signal a sample.
  return 1 / Math.min(1, rate);
};
