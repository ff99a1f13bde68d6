import { MikroBotError } from '../errors/mikrobot-error.js';
import type { RiskPolicy } from './policy.js';
import type { SavedPolicies, SavedPolicy } from './policy-store.js';

/** A policy in its place, with what it remembers. */
export interface PolicySlot {
  policy: RiskPolicy;
  state: unknown;
  /** Why it cannot be asked any more: its memory threw. */
  broken: string | undefined;
  /** Settings that a person gave it, and those of the code that they replaced. */
  changed: SavedPolicy['settings'];
}

/**
 * Takes what was saved of a policy.
 * @throws `MikroBotError` `PREFLIGHT_FAILED` when the policy cannot read it.
 */
export const takeSaved = (slot: PolicySlot, all: SavedPolicies | undefined): void => {
  const saved = all?.[slot.policy.name];
  if (saved === undefined) return;
  const { memory, settings } = slot.policy;
  if (memory !== undefined && saved.state !== undefined) {
    const parsed = memory.schema.safeParse(saved.state);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new MikroBotError('PREFLIGHT_FAILED', `${issue?.message}.`, {
        where: ['saved state of', slot.policy.name, ...(issue?.path ?? [])].join(' '),
        hint: 'It may be of another version. Look at it, and remove it from the store when it may be forgotten.',
        cause: parsed.error,
      });
    }
    slot.state = parsed.data;
  }
  // Settings that a person changed hold until the code says something new.
  const { settings: changed } = saved;
  if (changed === undefined || settings === undefined) return;
  if (JSON.stringify(changed.from) !== JSON.stringify(settings.value)) return;
  slot.policy = settings.with(changed.to);
  slot.changed = changed;
};

/** What is to be saved of policies: what they remember, and what a person changed. */
export const savedOf = (slots: readonly PolicySlot[]): SavedPolicies => {
  const saved: Record<string, SavedPolicy> = {};
  for (const { policy, state, changed } of slots) {
    if (policy.memory === undefined && changed === undefined) continue;
    saved[policy.name] = { state, ...(changed === undefined ? {} : { settings: changed }) };
  }
  return saved;
};
