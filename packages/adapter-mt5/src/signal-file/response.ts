import { renameSync, writeFileSync } from 'node:fs';
import { type Decision, explain } from '@mikrobot/core';

/** What the sender is told, before it has an id and a time. */
export interface ResponseWords {
  /** See docs/mt5-signal-file.md. */
  readonly status: 'executed' | 'refused' | 'held' | 'unknown' | 'received' | 'invalid';
  readonly code: string | null;
  readonly detail: string | null;
}

/** A decision in the words of the response file. */
export const wordsOf = (decision: Decision): ResponseWords => ({
  status: decision.outcome,
  code: 'refusal' in decision ? decision.refusal.code : null,
  detail: explain(decision),
});

const ascii = (text: string): string =>
  text.replace(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);

/**
 * Writes a response as the expert advisor reads it: UTF-16LE with its mark, ASCII, whole or not at all.
 * @param time - epoch ms
 * @throws when the folder cannot be written
 */
export const writeResponse = (
  path: string,
  { status, code, detail }: ResponseWords,
  {
    id,
    correlation,
    time,
  }: { readonly id: string | undefined; readonly correlation: string; readonly time: number },
): void => {
  const words = {
    schema: 'mikrobot-4phase-response/1',
    signal_id: id ?? null,
    correlation_id: correlation,
    status,
    code,
    detail,
    time: new Date(time).toISOString(),
  };
  const fresh = `${path}.tmp`;
  writeFileSync(fresh, Buffer.from(`\uFEFF${ascii(JSON.stringify(words))}\r\n`, 'utf16le'));
  renameSync(fresh, path);
};
