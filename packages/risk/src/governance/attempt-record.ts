import type { CommandContext, HexHash, ParsedCommand } from '@mikrobot/core';
import type { GuardFinding } from './code-check.js';
import { payloadHash } from './four-eyes.js';

const HALF_PAIR = /\\(?:\\|ud[89a-f][0-9a-f]{2})/g;

/**
 * As JSON, without members that are undefined. Halves of surrogate pairs, which JSON.stringify escapes, become U+FFFD: a kill must
 * not fail because its reason cannot be written down.
 */
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replace(HALF_PAIR, (found) => (found === '\\\\' ? found : '\\ufffd')));

/** What two people must mean alike: all of a command but who says it and why. */
export interface CommandPayload {
  readonly payload: unknown;
  readonly hash: HexHash;
}

/** @throws `MikroBotError` `BAD_ENTRY` for data that is nested too deeply. */
export const payloadOf = (command: ParsedCommand): CommandPayload => {
  const payload = plain({ ...command, by: undefined, reason: undefined });
  return { payload, hash: payloadHash(payload) };
};

/** What became of a command. */
export interface Attempt {
  readonly command: ParsedCommand;
  /** See {@link payloadOf}; undefined when it has none. */
  readonly hash: HexHash | undefined;
  readonly finding: GuardFinding | undefined;
  readonly people: readonly string[] | undefined;
}

/**
 * The attempt as the audit log keeps it: never with its proof. Of a refused one only who, what kind and the payload's hash are kept,
 * so that strangers cannot fill the log with what they like; a change of settings has what they were.
 */
export const attemptRecord = (attempt: Attempt, context: CommandContext): unknown => {
  const { command, hash, finding, people } = attempt;
  const waits = finding?.code === 'NEEDS_SECOND_PERSON';
  const counts = finding === undefined || waits;
  return plain({
    do: command.do,
    by: command.by.slice(0, 100),
    outcome: finding === undefined ? 'taken' : waits ? 'waiting' : 'refused',
    code: finding?.code,
    payload: hash,
    command: counts ? command : undefined,
    from: counts && command.do === 'configure' ? context.settings(command.policy) : undefined,
    people,
  });
};

/** A no to a command that waited, as the audit log keeps it. */
export const rejectionRecord = (id: string, by: string, finding: GuardFinding | undefined): unknown =>
  plain({
    do: 'reject request',
    by: by.slice(0, 100),
    outcome: finding === undefined ? 'taken' : 'refused',
    code: finding?.code,
    request: id.slice(0, 100),
  });
