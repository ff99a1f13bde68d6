import { join } from 'node:path';
import { openJournal, readJournal } from '@mikrobot/journal-sqlite';
import { expect } from 'vitest';
import type { Mishap, Story } from './bot.js';
import { entryOf } from './entries.js';
import { type Faults, runNode, script, watchedFolder } from './shim.js';

/** A bot trades a day; at the moment its disk fails. */
export const trade = async (
  file: string,
  mishap: Mishap,
  moment: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Story> => {
  const args = [file, JSON.stringify(mishap), moment];
  const ended = await runNode(script(new URL('./bot.ts', import.meta.url), ...args), env);
  expect(ended.err).toBe('');
  return JSON.parse(ended.out) as Story;
};

/** It halted at once, sent no entry any more, told a person, and what was open had its stop. */
export const expectHalted = (story: Story, moment: 'fill' | 'quiet', words: RegExp): void => {
  expect(story.error).toBeUndefined();
  expect(story.states).toContain('halted');
  expect(story.states.at(-1)).toBe('stopped');
  expect(story.after.enter ?? 0).toBe(0);
  // The decision on the entry that was being filled was still to come.
  expect(story.entries.executed ?? 0).toBe(moment === 'fill' ? 1 : 0);
  expect(story.entries['refused HALTED']).toBeGreaterThan(50);
  const [told] = story.issues.filter(({ code }) => code === 'JOURNAL_FAILED');
  expect(told?.severity).toBe('critical');
  expect(told?.detail).toMatch(words);
  if (moment === 'fill') expect(story.after.protect).toBeGreaterThan(0);
  expect(story.guarded).toBeGreaterThanOrEqual(story.open);
};

/** What another process can read of a journal, and whether its chain holds. */
export const alive = (file: string) => {
  const journal = readJournal(file);
  try {
    return { entries: [...journal.read()].length, ok: journal.verify().ok };
  } finally {
    journal.close();
  }
};

/** Makes a journal with entries in its file. */
export const madeJournal = (file: string, entries: number): void => {
  const journal = openJournal({ file });
  for (let seq = 0; seq < entries; seq++) {
    const { kind, at, tape, data } = entryOf(seq);
    journal.append(kind, at, tape, data);
  }
  journal.close();
};

/** A bot's disk fails at the moment `fill:3` or `quiet:3`: it halts as it should, and leaves a good journal that goes on. */
export const expectSafeEnd = async (
  parent: string,
  moment: 'fill' | 'quiet',
  faults: Faults,
  words: RegExp,
): Promise<void> => {
  const watched = watchedFolder(parent);
  const file = join(watched.folder, 'bot.journal');
  const story = await trade(file, faults, `${moment}:3`, watched.env);
  expectHalted(story, moment, words);
  const left = alive(file);
  expect(left.ok).toBe(true);
  expect(left.entries).toBeGreaterThanOrEqual(story.durable.atEnd);
  expect(story.durable.atEnd).toBeGreaterThanOrEqual(story.durable.atFault);
  // Once the disk works again the journal goes on where it ended.
  const again = openJournal({ file });
  expect(again.head().seq).toBe(left.entries);
  again.append('out:mark', 1, 1, {});
  again.commit();
  expect(again.verify().ok).toBe(true);
  again.close();
};
