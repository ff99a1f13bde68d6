import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { openJournal, readJournal } from './sqlite-journal.js';
import { journalFile, many, write } from './testing/samples.js';
import { tempFolder } from './testing/temp-folder.js';

const temp = tempFolder();
const refused = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

/** Files as a crash leaves them: entries 0 to 9 in the file, 10 to 209 in its log. */
const crashed = (): string => {
  const [file, copy] = [journalFile(temp('bot.journal'), many(10)), temp('crashed')];
  const journal = openJournal({ file });
  for (let i = 10; i < 210; i += 10) write(journal, many(10, i));
  for (const part of ['', '-wal', '-head']) copyFileSync(file + part, copy + part);
  journal.close();
  return copy;
};

/** How many entries can be read, and what is said then. */
const readable = (file: string): { readonly entries: number; readonly error: unknown } => {
  const reader = readJournal(file);
  let entries = 0;
  try {
    for (const { seq } of reader.read()) expect(seq).toBe(entries++);
    return { entries, error: undefined };
  } catch (error) {
    return { entries, error };
  } finally {
    reader.close();
  }
};

describe('a file that is no journal of ours', () => {
  it('is refused when it is missing, for reading', () => {
    expect(() => readJournal(temp('none'))).toThrow(refused('FILE_MISSING', /no such journal/));
    expect(() => openJournal({ file: temp('no/folder') })).toThrow(
      refused('JOURNAL_FAILED', /There is no folder .*-no\./),
    );
  });

  it('is refused when it is a folder', () => {
    const file = temp('folder');
    mkdirSync(file);
    expect(() => openJournal({ file })).toThrow(refused('JOURNAL_FAILED', /It is a folder, not a file/));
  });

  it('is refused when it is text, and left as it is', () => {
    const file = temp('text');
    const text = 'this is no database '.repeat(100);
    writeFileSync(file, text);
    for (const open of [() => openJournal({ file }), () => readJournal(file)])
      expect(open).toThrow(refused('BAD_JOURNAL', /no journal/));
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('is refused when it is a database of something else, and left as it is', () => {
    const file = temp('foreign');
    const db = new Database(file);
    db.exec('CREATE TABLE entries (seq INTEGER)');
    db.close();
    const before = readFileSync(file);
    for (const open of [() => openJournal({ file }), () => readJournal(file)])
      expect(open).toThrow(refused('BAD_JOURNAL', /a database, but no journal/));
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('is refused when it is of a newer version, and left as it is', () => {
    const file = journalFile(temp('newer'), many(3));
    const db = new Database(file);
    db.exec('PRAGMA user_version = 7');
    db.close();
    for (const open of [() => openJournal({ file }), () => readJournal(file)])
      expect(open).toThrow(refused('BAD_JOURNAL', /has version 7; this program knows versions up to 1/));
  });
});

describe('two bots on one journal', () => {
  it('are one too many: the second is told which process has it, also in the same process', () => {
    const file = temp('bot.journal');
    const first = openJournal({ file });
    expect(() => openJournal({ file })).toThrow(
      refused('JOURNAL_LOCKED', new RegExp(`process ${process.pid}`)),
    );
    write(first, many(3));
    first.close();
    const second = openJournal({ file });
    expect(second.head().seq).toBe(3);
    second.close();
  });
});

describe('another program', () => {
  it('that holds the file makes a commit fail; afterwards what waited is written', () => {
    const file = temp('bot.journal');
    const journal = openJournal({ file });
    write(journal, many(2));
    const tool = new Database(file);
    tool.exec('BEGIN IMMEDIATE');
    journal.append('in:timer', 1, 1, {});
    expect(() => journal.commit()).toThrow(refused('JOURNAL_FAILED', /Another program holds the file/));
    journal.idle();
    tool.exec('ROLLBACK');
    tool.close();
    write(journal, many(1, 3));
    expect(journal.verify()).toMatchObject({ ok: true, entries: 4 });
    journal.close();
  });

  it('that writes entries makes commits fail for good, and what was good before can be read', () => {
    const file = temp('bot.journal');
    const journal = openJournal({ file });
    write(journal, many(2));
    const tool = new Database(file);
    tool.exec(`INSERT INTO entries VALUES (2, 'in:timer', NULL, '{}', '')`);
    tool.close();
    const failed = refused('JOURNAL_FAILED', /Something else wrote into the file/);
    for (const [i] of [1, 2].entries()) expect(() => write(journal, many(1, 2 + i))).toThrow(failed);
    expect(() => journal.close()).toThrow(failed);
    expect(readable(file)).toMatchObject({ entries: 2, error: { code: 'BAD_JOURNAL' } });
  });
});

describe('a log that a crash left', () => {
  it('is taken up: nothing is lost', () => {
    const file = crashed();
    expect(readable(file)).toEqual({ entries: 210, error: undefined });
    const journal = openJournal({ file });
    expect(journal.verify()).toMatchObject({ ok: true, entries: 210 });
    journal.close();
  });

  it.each([0, 0.3, 0.9])('that was cut to %f of its length is found; what is left can be read', (part) => {
    const file = crashed();
    truncateSync(`${file}-wal`, Math.floor(readFileSync(`${file}-wal`).length * part));
    const { entries, error } = readable(file);
    expect(entries).toBeGreaterThanOrEqual(10);
    expect(entries).toBeLessThan(210);
    expect(error).toMatchObject({ code: 'BAD_JOURNAL', message: expect.stringMatching(/to 209 are gone/) });
    expect(() => openJournal({ file })).toThrow(
      refused('BAD_JOURNAL', /Entries \d+ to 209 are gone.*acceptLoss/),
    );
    const journal = openJournal({ file, acceptLoss: true });
    expect(journal.head().seq).toBe(entries);
    journal.close();
  });

  it('that was lost with the file is found: no new journal is begun in its place', () => {
    const file = crashed();
    rmSync(file);
    rmSync(`${file}-wal`);
    expect(() => openJournal({ file })).toThrow(refused('BAD_JOURNAL', /Entries 0 to 209 are gone/));
  });
});

describe('a damaged page', () => {
  it('is found, and the entries before it can be read', () => {
    const file = journalFile(temp('bot.journal'), many(2_000));
    const bytes = readFileSync(file);
    const at = bytes.indexOf('"seq":1200,');
    bytes.fill(0, at - (at % 4_096), at - (at % 4_096) + 4_096);
    writeFileSync(file, bytes);
    const { entries, error } = readable(file);
    expect(error).toMatchObject({ code: 'BAD_JOURNAL' });
    expect(entries).toBeGreaterThan(1_100);
    expect(entries).toBeLessThanOrEqual(1_200);
    const reader = readJournal(file);
    expect(reader.verify()).toMatchObject({ ok: false, entries, problem: { seq: entries } });
    reader.close();
  });

  it('at the end keeps a bot from going on', () => {
    const file = journalFile(temp('bot.journal'), many(200));
    const bytes = readFileSync(file);
    bytes[bytes.lastIndexOf('"desk.199"') + 3] = 0x78;
    writeFileSync(file, bytes);
    expect(() => openJournal({ file })).toThrow(refused('BAD_JOURNAL', /last entry is not what the chain/));
  });

  it.each(['-head', ''])('of the file%s that says what it is keeps a bot from going on', (part) => {
    const file = journalFile(temp('bot.journal'), many(3));
    const bytes = readFileSync(file + part);
    const at = part === '' ? bytes.indexOf('{"id":"j1"') + 7 : 20;
    bytes[at] = (bytes[at] as number) ^ 1;
    writeFileSync(file + part, bytes);
    expect(() => openJournal({ file })).toThrow(expect.objectContaining({ code: 'BAD_JOURNAL' }));
    expect(existsSync(file)).toBe(true);
  });
});
