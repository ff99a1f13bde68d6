import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { canonicalJson, MikroBotError, type Random, seededRandom } from '@mikrobot/core';
import {
  anchorFile,
  openJournal,
  readHistory,
  type SqliteJournal,
  segmentFolder,
  verifyHistory,
} from '@mikrobot/journal-sqlite';
import { entryOf } from './entries.js';
import { type Disk, lay } from './power-loss.js';
import type { Change } from './trace.js';

/** What a journal gave after a power loss. */
interface Found {
  /** Good entries, from the first on. */
  readonly entries: number;
  /** It gave, without a word, something that was never written. */
  readonly wrong?: string;
  /** It refused to open or to be read, or said that it is damaged. */
  readonly refused?: string;
}

const readAll = async (journal: SqliteJournal): Promise<Found> => {
  const folder = dirname(journal.file);
  const segments = segmentFolder(join(folder, 'segments'));
  let entries = 0;
  for await (const entry of readHistory(journal, segments)) {
    if (canonicalJson(entry) !== canonicalJson(entryOf(entries)))
      return { entries, wrong: `entry ${entries} is ${JSON.stringify(entry).slice(0, 200)}` };
    entries++;
  }
  const anchors = anchorFile(join(folder, 'anchors')).list();
  const key = join(folder, '..', 'public.pem');
  const publicKey = existsSync(key) ? readFileSync(key, 'utf8') : undefined;
  const { ok, problem } = await verifyHistory(journal, segments, { anchors, publicKey });
  return ok ? { entries } : { entries, refused: JSON.stringify(problem) };
};

/** Whether the journal takes what comes next, which the disk left it to. */
const goesOn = (journal: SqliteJournal, seq: number): boolean => {
  const { kind, at, tape, data } = entryOf(seq);
  journal.append(kind, at, tape, data);
  void journal.commit();
  return journal.last(kind)?.seq === seq && journal.verify().ok;
};

const find = async (file: string): Promise<Found> => {
  let journal: SqliteJournal | undefined;
  try {
    journal = openJournal({ file });
    const found = await readAll(journal);
    if (found.wrong !== undefined || found.refused !== undefined || goesOn(journal, found.entries))
      return found;
    return { ...found, wrong: 'the next entry did not follow' };
  } catch (error) {
    if (!(error instanceof MikroBotError)) throw error;
    return { entries: 0, refused: `${error.code}: ${error.message}` };
  } finally {
    journal?.close();
  }
};

/** What many power losses left of one run. */
export interface Tally {
  samples: number;
  /** Samples with fewer entries than were told to be durable. */
  lost: number;
  /** Samples in which the journal said that something is wrong. */
  refused: number;
  /** Samples in which it gave other entries, or more, than were written. */
  wrong: number;
  /** Entries that were told to be durable in the whole run. */
  told: number;
  /** The first few troubles, in words. */
  readonly first: string[];
}

/** At most so many moments, spread by chance. */
const chosenOf = (changes: readonly Change[], most: number, random: Random): ReadonlySet<number> =>
  new Set(changes.flatMap((_, i) => (random() < most / changes.length ? [i] : [])));

/**
 * Lets the power fail at about `moments` moments of a run, four times each, and opens what the disk may hold then.
 * @param folder where the run kept its files @param scratch a folder for what is left of them
 */
export const samplePowerLoss = async (
  run: { readonly folder: string; readonly changes: readonly Change[]; readonly disk: Disk },
  scratch: string,
  { moments, seed }: { readonly moments: number; readonly seed: number },
): Promise<Tally> => {
  const { folder, changes, disk } = run;
  const random = seededRandom(seed);
  const chosen = chosenOf(changes, moments, random);
  const tally: Tally = { samples: 0, lost: 0, refused: 0, wrong: 0, told: 0, first: [] };
  let made = 0;
  const look = async (at: string, survival: 'none' | 'all' | 'some'): Promise<void> => {
    rmSync(scratch, { recursive: true, force: true });
    lay(disk.afterPowerLoss(random, survival), folder, scratch);
    const { entries, wrong, refused } = await find(join(scratch, 'bot.journal'));
    const count = (kind: 'lost' | 'refused' | 'wrong', what: string): void => {
      tally[kind]++;
      if (tally.first.length < 5) tally.first.push(`${at}, ${survival}: ${kind}: ${what}`);
    };
    tally.samples++;
    if (refused !== undefined) count('refused', refused);
    else if (wrong !== undefined) count('wrong', wrong);
    else if (entries > made) count('wrong', `${entries} entries, made ${made}`);
    else if (entries < tally.told) count('lost', `${entries} entries, told ${tally.told}`);
  };
  for (const [i, change] of changes.entries()) {
    disk.take(change, random);
    if (change.do === 'mark') {
      for (const [, word, number] of change.text.matchAll(/^(\w+) (\d+)$/gm)) {
        if (word === 'told') tally.told = Number(number);
        else made = Number(number);
      }
    }
    if (chosen.has(i))
      for (const survival of ['none', 'all', 'some', 'some'] as const)
        await look(`change ${i} (${change.do})`, survival);
  }
  return tally;
};
