import * as z from 'zod';
import { allDiffer, checkInput } from './input.js';

const checkSchema = z.strictObject({
  check: z.string().min(1),
  required: z.boolean().default(true),
  passed: z.boolean().optional().describe('none while nobody has looked'),
  evidence: z
    .array(z.string().trim().min(1))
    .default([])
    .describe('where one can see it: a link, a file, a run, a commit'),
});

/** What {@link definitionOfDone} takes. */
export const definitionOfDoneSchema = z.strictObject({
  work: z.string().min(1).describe('what is to be done'),
  checks: z
    .array(checkSchema)
    .min(1, { error: 'A definition of done without checks would call anything done' })
    .refine((checks) => allDiffer(checks.map(({ check }) => check)), { error: 'A check is named twice' })
    .refine((checks) => checks.some(({ required }) => required), { error: 'No check is required' }),
});

/** See {@link definitionOfDoneSchema}. */
export type DefinitionOfDoneInput = z.input<typeof definitionOfDoneSchema>;

/** A check that does not hold yet. */
export interface MissingCheck {
  readonly check: string;
  /** `unchecked`: nobody looked; `failed`; `no evidence`: somebody says that it passed, and nothing shows it. */
  readonly reason: 'unchecked' | 'failed' | 'no evidence';
}

/** Whether work is done. */
export interface DefinitionOfDoneResult {
  readonly work: string;
  /** Every required check passed and shows evidence. */
  readonly done: boolean;
  /** Fraction of the required checks that hold. */
  readonly progress: number;
  /** Required checks that do not hold, */
  readonly missing: readonly MissingCheck[];
  /** and others, which do not stop it. */
  readonly optionalMissing: readonly MissingCheck[];
}

type Check = z.output<typeof checkSchema>;

const reasonOf = ({ passed, evidence }: Check): MissingCheck['reason'] | undefined => {
  if (passed === undefined) return 'unchecked';
  if (!passed) return 'failed';
  return evidence.length === 0 ? 'no evidence' : undefined;
};

const missingOf = (checks: readonly Check[]): readonly MissingCheck[] =>
  checks.flatMap((check) => {
    const reason = reasonOf(check);
    return reason === undefined ? [] : [{ check: check.check, reason }];
  });

/**
 * Judges work by its definition of done. A word is not enough: a check holds when it passed and names evidence. Schwaber and
 * Sutherland, The Scrum Guide (2020).
 * @throws `MikroBotError` `BAD_DATA` for a list without required checks, a check named twice, or blank evidence.
 */
export const definitionOfDone = (input: DefinitionOfDoneInput): DefinitionOfDoneResult => {
  const { work, checks } = checkInput('definitionOfDone', definitionOfDoneSchema, input);
  const required = checks.filter((check) => check.required);
  const missing = missingOf(required);
  return {
    work,
    done: missing.length === 0,
    progress: (required.length - missing.length) / required.length,
    missing,
    optionalMissing: missingOf(checks.filter((check) => !check.required)),
  };
};
