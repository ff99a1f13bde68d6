import type { Finding } from '../model/refuse.js';
import type { HeldSignal } from '../signal/held-signals.js';
import type { ParsedCommand } from './command.js';

/** What a guard may know of the moment in which a command is given. */
export interface CommandContext {
  /** Epoch ms. */
  readonly now: number;
  /** What an `approve` or `reject` is about; undefined for other commands. */
  readonly held: HeldSignal | undefined;
  /** What the settings of a policy are; undefined when there is no such policy. */
  settings(policy: string): unknown;
}

/**
 * Stands at the command port: who may say what. It is asked before a command becomes an input, so that the journal holds only
 * commands that were allowed. Commands of policies do not come by here.
 */
export interface CommandGuard {
  /**
   * Undefined lets the command pass.
   * @param proof - what the caller gives to prove who it is, a one-time code say; never journalled
   */
  check(command: ParsedCommand, proof: unknown, context: CommandContext): Finding | undefined;
}

/** Whether a command was taken; if not, why. A `Finding` with `hold` waits for a second person. */
export type CommandReceipt = { readonly taken: true } | { readonly taken: false; readonly finding: Finding };
