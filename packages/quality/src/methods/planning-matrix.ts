import * as z from 'zod';
import type { Note } from '../notes.js';
import { checkInput } from './input.js';

const rating = z.number().positive();

/** What {@link planningMatrix} takes. */
export const planningMatrixSchema = z.strictObject({
  needs: z.array(
    z.strictObject({
      need: z.string().min(1),
      importance: z.number().nonnegative().describe('to the customer, usually 1 to 5'),
      current: rating.describe('how well the product does it now, usually 1 to 5'),
      goal: rating.describe('how well it should, on the same scale'),
      salesPoint: rating.default(1).describe('1 none, 1.2 moderate, 1.5 strong'),
    }),
  ),
});

/** See {@link planningMatrixSchema}. */
export type PlanningMatrixInput = z.input<typeof planningMatrixSchema>;

/** What a need weighs once the plan is taken into account. */
export interface PlannedNeed {
  readonly need: string;
  /** `goal / current`. */
  readonly improvementRatio: number;
  /** `importance * improvementRatio * salesPoint`. */
  readonly rawWeight: number;
  /** Fraction of the sum of raw weights; undefined when that is 0. */
  readonly normalised: number | undefined;
}

/** The needs in the order in which they were given. */
export interface PlanningMatrixResult {
  readonly needs: readonly PlannedNeed[];
  readonly notes: readonly Note[];
}

/**
 * The planning matrix beside the house of quality: raw weights from importance, improvement ratio and sales point. They are the
 * importances to give to `houseOfQuality`. Cohen, Quality Function Deployment (1995), chapter 7.
 * @throws `MikroBotError` `BAD_DATA` for ratings that are not positive.
 */
export const planningMatrix = (input: PlanningMatrixInput): PlanningMatrixResult => {
  const { needs } = checkInput('planningMatrix', planningMatrixSchema, input);
  const weighed = needs.map(({ need, importance, current, goal, salesPoint }) => {
    const improvementRatio = goal / current;
    return { need, improvementRatio, rawWeight: importance * improvementRatio * salesPoint };
  });
  const total = weighed.reduce((sum, { rawWeight }) => sum + rawWeight, 0);
  return {
    needs: weighed.map((need) => ({
      ...need,
      normalised: total > 0 ? need.rawWeight / total : undefined,
    })),
    notes: total > 0 ? [] : [{ code: 'EMPTY', detail: 'The raw weights of the needs add up to 0.' }],
  };
};
