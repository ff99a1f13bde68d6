import { copyFileSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { openJournal } from './sqlite-journal.js';
import { many, write } from './testing/samples.js';
import { tempFolder } from './testing/temp-folder.js';

const temp = tempFolder();

/** A journal with entries in its file and in its log, still open. */
const opened = () => {
  const file = temp('bot.journal');
  const journal = openJournal({ file });
  write(journal, many(50));
  const tool = new Database(file);
  tool.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  tool.close();
  write(journal, many(50, 50));
  return { file, journal };
};

const half = (path: string): void => truncateSync(path, statSync(path).size >> 1);

describe('a journal whose files are meddled with while it is written', () => {
  it.each<readonly [string, (file: string) => void]>([
    ['is deleted', (file) => rmSync(file)],
    ['is moved', (file) => renameSync(file, `${file}.old`)],
    [
      'is replaced by a copy',
      (file) => {
        copyFileSync(file, `${file}.copy`);
        renameSync(`${file}.copy`, file);
      },
    ],
    ['is cut', half],
    ['loses its log', (file) => rmSync(`${file}-wal`)],
    ['has its log cut to nothing', (file) => truncateSync(`${file}-wal`, 0)],
    ['has its log cut in the middle', (file) => half(`${file}-wal`)],
  ])('says so when the file %s, and calls nothing durable any more', (_, meddle) => {
    const { file, journal } = opened();
    meddle(file);
    const failed = expect.objectContaining({
      code: 'JOURNAL_FAILED',
      message: expect.stringMatching(
        /was (cut|deleted, moved or replaced) while the bot wrote.*restore a backup/,
      ),
    });
    expect(() => write(journal, many(1, 100))).toThrow(failed);
    expect(() => write(journal, many(1, 101))).toThrow(failed);
    expect(() => journal.close()).toThrow(failed);
  });

  it('goes on when a database tool has moved its log into the file', () => {
    const { file, journal } = opened();
    const tool = new Database(file);
    tool.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    tool.close();
    expect(statSync(`${file}-wal`).size).toBe(0);
    write(journal, many(50, 100));
    expect(journal.verify()).toMatchObject({ ok: true, entries: 150 });
    journal.close();
  });
});
