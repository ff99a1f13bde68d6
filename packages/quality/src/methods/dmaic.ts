import { MikroBotError } from '@mikrobot/core';
import * as z from 'zod';
import { type DmaicGate, dmaicGate } from './dmaic-gate.js';
import {
  type DmaicContent,
  type DmaicPhase,
  type DmaicProject,
  deepFreeze,
  dmaicContent,
  dmaicPhases,
  dmaicSchema,
} from './dmaic-record.js';
import { checkInput } from './input.js';

const actSchema = z.strictObject({ by: z.string().trim().min(1), at: z.number().describe('epoch ms') });

/** Who does something to a project, and when (epoch ms). */
export type DmaicAct = z.input<typeof actSchema>;

/** A project that went on, or what it still owes. */
export type DmaicAdvance =
  | { readonly outcome: 'advanced'; readonly project: DmaicProject }
  | { readonly outcome: 'held'; readonly missing: DmaicGate['missing'] };

type Event = DmaicProject['history'][number];

const withEvent = (project: DmaicProject, act: DmaicAct, event: Omit<Event, 'by' | 'at'>): DmaicProject => {
  const { by, at } = checkInput('dmaic', actSchema, act);
  const last = project.history.at(-1)!.at;
  if (at < last) {
    throw new MikroBotError('BAD_DATA', `the change at ${at} is older than the last one at ${last}.`, {
      where: 'dmaic',
    });
  }
  return deepFreeze({ ...project, history: [...project.history, { at, by, ...event }] });
};

/**
 * A project in its first phase. Six Sigma's define, measure, analyze, improve, control; ISO 13053-1.
 * @throws `MikroBotError` `BAD_DATA` for blank texts or a time that is not finite.
 *
 * @example
 * ```ts
 * const project = startDmaic({ id: 'D-7', title: 'Late fills', by: 'anna', at: 1_700_000_000_000 });
 * dmaicGate(project).missing; // problem, goal, scope, …
 * ```
 */
export const startDmaic = ({ id, title, by, at }: { id: string; title: string } & DmaicAct): DmaicProject =>
  readDmaic({
    id,
    title,
    phase: 'define',
    define: {},
    measure: {},
    analyze: {},
    improve: {},
    control: {},
    history: [{ at, by, did: 'started', phase: 'define' }],
  });

/**
 * A project from JSON.
 * @throws `MikroBotError` `BAD_DATA` for what is no project.
 */
export const readDmaic = (json: unknown): DmaicProject =>
  deepFreeze(checkInput('dmaic', dmaicSchema, json as z.input<typeof dmaicSchema>));

/**
 * Writes into the phase that the project is in; keys that are given replace what was there. A phase behind its gate stays as it
 * was, so that nobody improves a baseline afterwards: {@link returnDmaic} goes back to it for all to see.
 * @throws `MikroBotError` `BAD_DATA` for another phase than the present one, unknown keys, or a time before the last change.
 */
export const recordDmaic = <Phase extends DmaicPhase>(
  project: DmaicProject,
  phase: Phase,
  content: DmaicContent<Phase>,
  act: DmaicAct,
): DmaicProject => {
  if (phase !== project.phase) {
    throw new MikroBotError('BAD_DATA', `the project is in ${project.phase}, not in ${phase}.`, {
      where: `dmaic ${project.id}`,
      hint: 'Pass the gates, or return to an earlier phase, giving a reason.',
    });
  }
  const given = checkInput(`dmaic ${phase}`, dmaicContent[phase] as z.ZodType<object, object>, content);
  const next = { ...project, [phase]: { ...project[phase], ...given } };
  return withEvent(next, act, { did: 'recorded', phase });
};

/**
 * Takes the project through its gate. A refusal is an answer, not an error.
 * @throws `MikroBotError` `BAD_DATA` for a closed project or a time before the last change.
 */
export const advanceDmaic = (project: DmaicProject, act: DmaicAct): DmaicAdvance => {
  const { next, passed, missing } = dmaicGate(project);
  if (next === undefined) throw new MikroBotError('BAD_DATA', `the project ${project.id} is closed.`);
  if (!passed) return { outcome: 'held', missing };
  return {
    outcome: 'advanced',
    project: withEvent({ ...project, phase: next }, act, { did: 'advanced', phase: next }),
  };
};

/**
 * Goes back to an earlier phase, keeping what was written.
 * @param why - kept in the history
 * @throws `MikroBotError` `BAD_DATA` when the phase is not an earlier one, without a reason, or for a time before the last change.
 */
export const returnDmaic = (
  project: DmaicProject,
  to: DmaicPhase,
  why: string,
  act: DmaicAct,
): DmaicProject => {
  const order: readonly string[] = [...dmaicPhases, 'closed'];
  if (order.indexOf(to) >= order.indexOf(project.phase)) {
    throw new MikroBotError('BAD_DATA', `${to} does not come before ${project.phase}.`, {
      where: `dmaic ${project.id}`,
    });
  }
  if (why.trim() === '')
    throw new MikroBotError('BAD_DATA', 'a project goes back for a reason only; give it.', {
      where: `dmaic ${project.id}`,
    });
  return withEvent({ ...project, phase: to }, act, { did: 'returned', phase: to, why: why.trim() });
};
