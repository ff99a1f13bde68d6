import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalUnderTest } from '@mikrobot/testkit';
import { openToWrite } from '../database.js';
import { openJournal, readJournal } from '../sqlite-journal.js';

/** A journal of its own folder with all that the suite for journals can do to one. */
export const journalBench = (folder: string, group: boolean): JournalUnderTest => {
  let life = 0;
  let file = join(folder, 'life0', 'j.db');
  mkdirSync(join(folder, 'life0'), { recursive: true });
  const opened: { close(): void }[] = [];
  const open = () => {
    const journal = group ? openJournal({ file, group }) : openJournal({ file, group });
    opened.push(journal);
    return journal;
  };
  let journal = open();
  return {
    journal,
    reopen: () => {
      journal.close();
      journal = open();
      return journal;
    },
    // What a process that dies leaves on the disk, byte for byte: the old writer still has its own files open, and its lock.
    crash: () => {
      const before = join(folder, `life${life}`);
      life += 1;
      cpSync(before, join(folder, `life${life}`), { recursive: true });
      file = join(folder, `life${life}`, 'j.db');
      journal = open();
      return journal;
    },
    second: () => {
      open();
      return journal;
    },
    break: () => {
      const intruder = openToWrite(file);
      intruder.exec('BEGIN IMMEDIATE');
      opened.unshift(intruder);
    },
    reader: () => {
      const reader = readJournal(file);
      opened.unshift(reader);
      return reader;
    },
    dispose: () => {
      for (const each of opened) {
        try {
          each.close();
        } catch {
          // A card has broken it, and has looked at what it says.
        }
      }
    },
  };
};
