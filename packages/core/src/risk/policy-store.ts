import type { MaybePromise } from '../execution/broker-adapter.js';

/** What of one policy outlives the process. JSON. */
export interface SavedPolicy {
  readonly state?: unknown;
  /** Settings that a person changed while the bot ran: what they were in the code (`from`), and what they are (`to`). */
  readonly settings?: {
    readonly from: unknown;
    readonly to: unknown;
    readonly by: string;
    readonly at: number;
  };
}

/** By the policy's name. */
export type SavedPolicies = Readonly<Record<string, SavedPolicy>>;

/** Where the memories of policies outlive the process: a latched kill switch must be latched after a restart. */
export interface PolicyStore {
  /** What was saved last; undefined when nothing ever was. Throws when there is something that cannot be read: then the bot does not start. */
  load(): MaybePromise<SavedPolicies | undefined>;
  /** Replaces what is saved, whole and durably, before it returns. Throws when it cannot: then trading is halted. */
  save(policies: SavedPolicies): void;
}
