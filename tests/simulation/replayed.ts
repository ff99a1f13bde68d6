import { createBot, type Entry, replay } from '@mikrobot/core';
import { botConfig } from './bot-process.js';
import type { WorldResult } from './world.js';

/** Whether an entry is the first of a life of the bot. */
const begins = ({ kind, data }: Entry): boolean =>
  kind === 'out:state' && (data as { readonly state: string }).state === 'preflight';

/**
 * Replays the first life of a world's bot from its journal, and says what comes out differently; undefined when nothing does, or when
 * the journal holds several lives.
 */
export const replayed = async ({ entries, plan }: WorldResult): Promise<string | undefined> => {
  if (entries.filter(begins).length !== 1) return undefined;
  const { firstDifference } = await replay({ entries, journalId: 'sim1' }, (parts) =>
    createBot({ ...botConfig(plan, () => undefined), ...parts }),
  );
  return firstDifference === undefined ? undefined : JSON.stringify(firstDifference);
};
