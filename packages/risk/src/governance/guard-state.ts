import { MikroBotError } from '@mikrobot/core';
import * as z from 'zod';
import { approvalRequestSchema } from './four-eyes.js';

const personSchema = z.strictObject({
  name: z.string(),
  lastStep: z.int().nullable(),
  failures: z.int().min(0),
  lockedUntil: z.number(),
});

const guardStateSchema = z.strictObject({
  people: z.array(personSchema).readonly(),
  requests: z.array(approvalRequestSchema).readonly(),
});

/**
 * What a guard knows of one person's codes: the time step of the last one taken, the wrong ones in a row since, and until when
 * (epoch ms) no more are taken.
 */
export type PersonState = Readonly<z.output<typeof personSchema>>;

/** What a guard remembers: plain JSON, without secrets, at most one entry a person and a hundred requests. */
export type GuardState = Readonly<z.output<typeof guardStateSchema>>;

/** Where the memory of a guard outlives the process: without it, a code could be used again after a restart. */
export interface GuardStore {
  /** What was saved last, as parsed JSON; undefined when nothing ever was. @throws when it cannot be read. */
  load(): unknown;
  /** Replaces what is saved, durably, before it returns. @throws when it cannot. */
  save(state: GuardState): void;
}

/** @throws `MikroBotError` `BAD_CONFIG` when something is there that is no state: to begin anew would make used codes good again. */
export const loadGuardState = (store: GuardStore | undefined): GuardState => {
  const saved = store?.load();
  if (saved === undefined) return { people: [], requests: [] };
  const parsed = guardStateSchema.safeParse(saved);
  if (parsed.success) return parsed.data;
  throw new MikroBotError('BAD_CONFIG', 'What is saved is not the state of a command guard.', {
    where: 'guard store',
    hint: 'Restore it from a backup, or remove it and renew all TOTP secrets.',
    cause: parsed.error,
  });
};

/** What is known of a person who may never have given a code. */
export const personIn = (state: GuardState, name: string): PersonState =>
  state.people.find((p) => p.name === name) ?? { name, lastStep: null, failures: 0, lockedUntil: 0 };

/** The state with other knowledge of one person. */
export const withPerson = (state: GuardState, person: PersonState): GuardState => ({
  ...state,
  people: [...state.people.filter((p) => p.name !== person.name), person],
});
