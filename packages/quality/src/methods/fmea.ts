import * as z from 'zod';
import { allDiffer, checkInput } from './input.js';

const rating = z.int().min(1).max(10);

const ratings = {
  severity: rating.describe('1 nobody notices, 10 ruin without warning'),
  occurrence: rating.describe('1 hardly ever, 10 nearly always'),
  detection: rating.describe('1 surely caught before it does harm, 10 cannot be caught'),
};

const actionSchema = z.strictObject({
  what: z.string().min(1),
  owner: z.string().min(1),
  after: z.strictObject(ratings).optional().describe('the ratings once it was taken; none while it is open'),
});

/** What {@link fmea} takes. */
export const fmeaSchema = z.strictObject({
  modes: z
    .array(
      z.strictObject({
        mode: z.string().min(1).describe('how it can fail'),
        ...ratings,
        action: actionSchema.optional(),
      }),
    )
    .refine((modes) => allDiffer(modes.map(({ mode }) => mode)), { error: 'A failure mode is named twice' }),
});

/** See {@link fmeaSchema}. */
export type FmeaInput = z.input<typeof fmeaSchema>;

/** Three ratings and what follows from them. */
export interface RatedRisk {
  readonly severity: number;
  readonly occurrence: number;
  readonly detection: number;
  /** Severity times occurrence times detection, 1 to 1000. */
  readonly rpn: number;
  /** Severity times occurrence, 1 to 100. */
  readonly criticality: number;
}

/** A failure mode in the order of its risk. */
export interface FmeaRow {
  readonly mode: string;
  /** Its position in the input, from 0. */
  readonly index: number;
  /** 1 for the greatest RPN; equal ones share the better rank, as in 1, 2, 2, 4. */
  readonly rank: number;
  /** Whether another mode has the same RPN, so that severity and then occurrence decided the order. */
  readonly tied: boolean;
  readonly before: RatedRisk;
  /** Undefined while no action was finished. */
  readonly after: RatedRisk | undefined;
  /** `1 - after / before` of the RPN, fraction; negative when it grew. */
  readonly reduction: number | undefined;
  /** `none` without an action, `open` until it has ratings after it. */
  readonly action: 'none' | 'open' | 'done';
}

/** Failure modes by risk, and what the actions achieved. */
export interface FmeaResult {
  readonly rows: readonly FmeaRow[];
  /** Sum of all RPN before any action, */
  readonly rpnBefore: number;
  /** and with the actions that are done. */
  readonly rpnAfter: number;
}

const rated = (given: { severity: number; occurrence: number; detection: number }): RatedRisk => {
  const { severity, occurrence, detection } = given;
  const criticality = severity * occurrence;
  return { severity, occurrence, detection, rpn: criticality * detection, criticality };
};

/**
 * Failure modes and effects analysis: ranks failure modes by RPN, and compares ratings before and after actions. Of equal RPN the
 * more severe goes first, then the more frequent, since harm counts for more than how well it is detected (AIAG FMEA, 4th edition,
 * 2008). The action priority of AIAG and VDA (2019) is left out: its table cannot be quoted here with certainty.
 * @throws `MikroBotError` `BAD_DATA` for ratings that are not whole numbers from 1 to 10, and modes named twice.
 */
export const fmea = (input: FmeaInput): FmeaResult => {
  const { modes } = checkInput('fmea', fmeaSchema, input);
  const unranked = modes.map(({ mode, action, ...given }, index) => {
    const before = rated(given);
    const after = action?.after && rated(action.after);
    return {
      mode,
      index,
      before,
      after,
      reduction: after && 1 - after.rpn / before.rpn,
      action: action === undefined ? ('none' as const) : after ? ('done' as const) : ('open' as const),
    };
  });
  const rows = unranked
    .sort(
      ({ before: a }, { before: b }) =>
        b.rpn - a.rpn || b.severity - a.severity || b.occurrence - a.occurrence,
    )
    .map(({ mode, index, ...row }, _, all) => ({
      mode,
      index,
      rank: 1 + all.filter(({ before }) => before.rpn > row.before.rpn).length,
      tied: all.filter(({ before }) => before.rpn === row.before.rpn).length > 1,
      ...row,
    }));
  return {
    rows,
    rpnBefore: rows.reduce((sum, { before }) => sum + before.rpn, 0),
    rpnAfter: rows.reduce((sum, { before, after }) => sum + (after ?? before).rpn, 0),
  };
};
