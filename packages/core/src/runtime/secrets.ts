import type { MaybePromise } from '../execution/broker-adapter.js';

/**
 * Where keys and passwords come from: the environment, a vault, a file that only the bot may read. Adapters ask for a secret by name
 * when they need it, keep it to themselves, and never write it into logs, errors or journals.
 *
 * @example
 * ```ts
 * const secrets: Secrets = { get: (name) => process.env[name] };
 * ```
 */
export interface Secrets {
  /** @returns the secret; undefined when there is none of that name */
  get(name: string): MaybePromise<string | undefined>;
}
