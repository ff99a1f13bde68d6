import type { Finding } from '@mikrobot/core';
import * as z from 'zod';
import type { GuardCode, GuardSettings } from './guard-settings.js';
import type { PersonState } from './guard-state.js';
import { verifyTotp } from './totp.js';

/** What the caller of a command may bring along; anything else is as good as nothing. */
const proofSchema = z.object({ code: z.string().max(100) });

/** The code that a proof has, without the blanks that people type in it. */
export const codeIn = (proof: unknown): string | undefined =>
  proofSchema.safeParse(proof).data?.code.replace(/\s/g, '');

/** What a guard objects to. */
export type GuardFinding = Finding & { readonly code: GuardCode };

/** What is known of the person afterwards, and what stands against the code. */
export interface CodeCheck {
  readonly person: PersonState;
  readonly finding: GuardFinding | undefined;
}

/**
 * Checks a one-time code, counts wrong ones in a row, and locks the person out after too many. A code that was used already is not
 * counted: whoever answers twice within half a minute is no burglar, and it opens nothing.
 * @param now - epoch ms
 */
export const checkCode = (
  person: PersonState,
  code: string,
  secret: Uint8Array,
  { lockout, codes }: Pick<GuardSettings, 'lockout' | 'codes'>,
  now: number,
): CodeCheck => {
  const result = verifyTotp(code, { ...codes, secret, time: now, last: person.lastStep ?? undefined });
  if (result.outcome === 'valid')
    return { person: { ...person, lastStep: result.step, failures: 0, lockedUntil: 0 }, finding: undefined };
  if (result.outcome === 'used')
    return { person, finding: { code: 'CODE_USED', limit: 'a code that was not used yet', actual: 'used' } };
  const failures = person.failures + 1;
  const finding: GuardFinding = { code: 'BAD_CODE', limit: lockout.attempts, actual: failures };
  return failures < lockout.attempts
    ? { person: { ...person, failures }, finding }
    : { person: { ...person, failures: 0, lockedUntil: now + lockout.time }, finding };
};
