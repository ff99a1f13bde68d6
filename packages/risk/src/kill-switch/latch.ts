import type { Book, RiskEvent } from '@mikrobot/core';
import * as z from 'zod';
import {
  covers,
  EVERYTHING,
  hasEntries,
  hasPositions,
  isSameScope,
  type KillScope,
  plainScope,
} from './scope.js';

/** What latched a scope: a command, or a trigger of the policy's own. */
export const triggers = ['command', 'dailyLoss', 'drawdown', 'slippage', 'down', 'failures'] as const;
/** See {@link triggers}. */
export type Trigger = (typeof triggers)[number];

/** Most scopes that are latched apart; one more latches everything. */
const MOST_LATCHES = 100;

const latchSchema = z.strictObject({
  symbol: z.string().optional(),
  owner: z.string().optional(),
  by: z.string(),
  reason: z.string(),
  /** Epoch ms. */
  at: z.number(),
  trigger: z.enum(triggers),
  /** Whether entries are to be cancelled and positions to be closed. */
  cancel: z.boolean(),
  flatten: z.boolean(),
  /** Whether that is done, so that a restart need not do it again. */
  finished: z.boolean(),
});

/** A scope that is latched: who did it, why, when, and what is to be done there. */
export type Latch = z.output<typeof latchSchema>;

/** See {@link Latch}. No scope is in it twice. */
export const latchesSchema = z.array(latchSchema).readonly();

type Latches = readonly Latch[];

/** A latch that is about to be set. */
export type NewLatch = Omit<Latch, 'finished' | 'at'>;

/** Whether a command comes from a policy; what else there is speaks for a person. */
const isPolicy = (by: string): boolean => by.startsWith('policy:');

/** The latch of exactly this scope. */
export const latchOf = (latches: Latches, scope: KillScope): Latch | undefined =>
  latches.find((latch) => isSameScope(latch, scope));

/** The widest latch over a scope. */
export const latchOver = (latches: Latches, scope: KillScope): Latch | undefined =>
  latchOf(latches, EVERYTHING) ?? latches.find((latch) => covers(latch, scope));

const isDone = (latch: Omit<Latch, 'finished'>, book: Book): boolean => {
  if (latch.flatten) return !hasPositions(book, latch) && !hasEntries(book, latch);
  return !latch.cancel || !hasEntries(book, latch);
};

/**
 * Latches a scope. One that is latched already changes only where more is to be done than before: then the newer word counts, and
 * what was to be done stays so.
 */
export const latch = (latches: Latches, added: NewLatch, book: Book): Latches => {
  const before = latchOf(latches, added);
  const isPart = added.symbol !== undefined || added.owner !== undefined;
  if (isPart && before === undefined && latches.length >= MOST_LATCHES) {
    const { by, reason, trigger } = added;
    if (latchOf(latches, EVERYTHING) !== undefined) return latches;
    const all = { by, trigger, cancel: false, flatten: false, at: book.now(), finished: true };
    return [...latches, { ...all, reason: `more than ${MOST_LATCHES} scopes: ${reason}` }];
  }
  const cancel = added.cancel || before?.cancel === true;
  const flatten = added.flatten || before?.flatten === true;
  const isMore = before === undefined || cancel !== before.cancel || flatten !== before.flatten;
  const base = isMore ? { ...added, at: book.now(), cancel, flatten } : before;
  const finished = isDone(base, book);
  if (!isMore && finished === before.finished) return latches;
  return [...latches.filter((other) => other !== before), { ...base, finished }];
};

const without = (latches: Latches, scope: KillScope): Latches =>
  latches.filter((other) => !isSameScope(other, scope));

/** A release of everything that core refused, because orders are still on their way, leaves the halt in the book. */
const isReleased = (latches: Latches, release: KillScope & { readonly by: string }, book: Book): boolean =>
  !isPolicy(release.by) &&
  latchOf(latches, release) !== undefined &&
  (!isSameScope(release, EVERYTHING) || book.halted === undefined);

/** The latches after a command; the same when it is about something else. */
export const obeyed = (latches: Latches, event: RiskEvent, book: Book): Latches => {
  if (event.type !== 'command') return latches;
  const { command } = event;
  if (command.do === 'release')
    return isReleased(latches, command, book) ? without(latches, command) : latches;
  // A policy that halts remembers that itself, and ends it itself.
  if (command.do !== 'kill' && (command.do !== 'halt' || isPolicy(command.by))) return latches;
  const { by, reason } = command;
  const { cancel, flatten } = command.do === 'kill' ? command : { cancel: false, flatten: false };
  return latch(latches, { ...plainScope(command), by, reason, trigger: 'command', cancel, flatten }, book);
};

/** The latches with those marked whose work is done. */
export const finished = (latches: Latches, book: Book): Latches =>
  latches.some((latch) => !latch.finished && isDone(latch, book))
    ? latches.map((latch) => (latch.finished || !isDone(latch, book) ? latch : { ...latch, finished: true }))
    : latches;
