import * as z from 'zod';
import { readSaved } from '../saved.js';
import type { PairedPoint, RunningChart } from './chart.js';

const stateSchema = z.strictObject({ location: z.unknown(), spread: z.unknown() });

/** Both charts' states out of that of a pair; undefined for a pair without history. */
export const pairedState = (state: unknown): z.infer<typeof stateSchema> =>
  state === undefined
    ? { location: undefined, spread: undefined }
    : readSaved(stateSchema, state, 'the state of a pair of control charts');

/** A chart of the location and one of the spread that take the same samples. The first must refuse what the second would. */
export class PairedChart<Sample> implements RunningChart<Sample, PairedPoint> {
  readonly #location: RunningChart<Sample>;
  readonly #spread: RunningChart<Sample>;

  constructor(location: RunningChart<Sample>, spread: RunningChart<Sample>) {
    this.#location = location;
    this.#spread = spread;
  }

  push(sample: Sample): PairedPoint {
    const point = this.#location.push(sample);
    const { value, limits, violations } = this.#spread.push(sample);
    return {
      ...point,
      violations: violations.length > 0 ? [...point.violations, 'spread'] : point.violations,
      spread: { value, limits },
    };
  }

  state(): unknown {
    return { location: this.#location.state(), spread: this.#spread.state() };
  }
}
