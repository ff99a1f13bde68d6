import { hash } from 'node:crypto';

/** What stands before the first entry: ties the chain to its journal, so that entries of another one do not fit in. */
export const genesis = (journal: string): string => `mikrobot journal 1 ${journal}\n`;

/**
 * One link of the chain: SHA-256, hex, over what stands before (the last hash, or {@link genesis}) and the line's text.
 * Anybody can check it: `printf %s "$previous$line" | sha256sum`.
 */
export const link = (previous: string, line: string): string => hash('sha256', previous + line);
