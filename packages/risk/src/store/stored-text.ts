import { createHash } from 'node:crypto';
import { MikroBotError, type PolicyStore, type SavedPolicies } from '@mikrobot/core';
import * as z from 'zod';

/** A store that answers at once. */
export interface LocalStore extends PolicyStore {
  load(): SavedPolicies | undefined;
}

/** The version of the layout that this package writes and reads. */
const VERSION = 1;

const savedSchema = z.record(
  z.string(),
  z.strictObject({
    state: z.unknown().optional(),
    settings: z
      .strictObject({ from: z.unknown(), to: z.unknown(), by: z.string(), at: z.number() })
      .optional(),
  }),
);

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** The checksum is over the text of `policies` as it stands, so that no way of writing JSON anew can pass for the same. */
const layout = /^\{"version":\d+,"sha256":"([0-9a-f]{64})","policies":(.*)\}\n$/s;

/** The text of a store: one line of JSON with its version and the SHA-256 of what is saved. */
export const toStoredText = (policies: SavedPolicies): string => {
  const body = JSON.stringify(policies);
  return `{"version":${VERSION},"sha256":"${sha256(body)}","policies":${body}}\n`;
};

/** A restart must not forget a latched kill switch, so nothing here is ever repaired or taken for empty. */
const unreadable = (where: string, what: string, cause?: unknown): MikroBotError =>
  new MikroBotError('BAD_STORE', what, {
    where,
    hint: 'It may hold a latched kill switch, so nothing starts without it. Restore it from a backup; or, when all that it remembers may be forgotten, move it away.',
    cause,
  });

const parsed = (text: string, where: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unreadable(where, 'This saved state is torn: it is no whole JSON.', cause);
  }
};

/**
 * What {@link toStoredText} wrote.
 * @param where - the file, for messages
 * @throws `MikroBotError` `BAD_STORE` when the text is torn, was changed by another hand or is of an unknown version.
 */
export const fromStoredText = (text: string, where: string): SavedPolicies => {
  const outer = parsed(text, where) as { readonly version?: unknown } | null;
  const version = outer?.version;
  if (typeof version === 'number' && version !== VERSION) {
    const other = `This saved state is of version ${version}; this package reads version ${VERSION}.`;
    throw unreadable(where, other);
  }
  const match = layout.exec(text);
  const body = match?.[2] ?? '';
  if (match === null || sha256(body) !== match[1])
    throw unreadable(where, 'This saved state does not match its checksum: it was changed or damaged.');
  const policies = parsed(body, where);
  const checked = savedSchema.safeParse(policies);
  if (!checked.success) throw unreadable(where, 'This saved state is not that of policies.', checked.error);
  return policies as SavedPolicies;
};
