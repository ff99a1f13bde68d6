import { symlinkSync } from 'node:fs';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { restoreBackup } from './restore.js';
import { segmentFolder } from './segment-folder.js';
import { openJournal, readJournal } from './sqlite-journal.js';
import { journalFile, many, write } from './testing/samples.js';
import { tempFolder } from './testing/temp-folder.js';

const temp = tempFolder();
const closed = expect.objectContaining({
  code: 'JOURNAL_FAILED',
  message: expect.stringMatching(/journal is closed/),
});

describe('a journal that is closed', () => {
  it('answers no reader any more, and is closed only once', () => {
    const reader = readJournal(journalFile(temp('bot.journal'), many(600)));
    const entries = reader.read();
    entries.next();
    reader.close();
    reader.close();
    const uses = [
      () => reader.head(),
      () => reader.first(),
      () => reader.get(0),
      () => reader.last('in:timer'),
      () => reader.bySignal('x'),
      () => reader.verify(),
      () => [...reader.read()],
      () => reader.backup(temp('copy')),
    ];
    for (const use of uses) expect(use).toThrow(closed);
  });

  it('takes nothing from its writer any more', async () => {
    const journal = openJournal({ file: temp('bot.journal') });
    write(journal, many(10));
    journal.close();
    journal.close();
    const uses = [
      () => journal.append('in:timer', 1, 1, {}),
      () => journal.commit(),
      () => journal.get(0),
      () => journal.verify(),
      () => journal.policies.load(),
      () => journal.backup(temp('copy')),
      () => journal.exportSegment(segmentFolder(temp('segments'))),
    ];
    for (const use of uses) expect(use).toThrow(closed);
    expect(() => journal.policies.save({})).toThrow(expect.objectContaining({ code: 'BAD_STORE' }));
    journal.idle();
  });

  it('takes no segment out when it is closed while one is exported', async () => {
    const file = temp('bot.journal');
    const journal = openJournal({ file });
    write(journal, [...many(10), { kind: 'out:books', at: 1, tape: 1, data: {} }]);
    const exported = journal.exportSegment(segmentFolder(temp('segments')));
    journal.close();
    await expect(exported).rejects.toThrow(closed);
    const reader = readJournal(file);
    expect(reader.verify()).toMatchObject({ ok: true, entries: 11 });
    reader.close();
  });
});

describe('the name of a journal', () => {
  it('may be a link, which is the same journal: one bot, one lock, one note', () => {
    const file = journalFile(temp('bot.journal'), many(3));
    const link = temp('link');
    symlinkSync(file, link);
    const journal = openJournal({ file });
    const locked = expect.objectContaining({ code: 'JOURNAL_LOCKED' });
    expect(() => openJournal({ file: link })).toThrow(locked);
    const backup = journal.backup(temp('copy')).file;
    expect(() => restoreBackup({ from: backup, to: link, replace: true })).toThrow(locked);
    write(journal, many(1, 3));
    journal.close();
    const again = openJournal({ file: link });
    expect(again.head().seq).toBe(4);
    again.close();
  });

  it('must be one', () => {
    expect(() => openJournal({ file: '' })).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
    const loop = temp('loop');
    symlinkSync(loop, loop);
    const failed = expect.objectContaining({ code: 'JOURNAL_FAILED' });
    expect(() => openJournal({ file: loop })).toThrow(failed);
  });
});

describe('a file that another program holds', () => {
  it('is waited for by a commit, and not in every idle moment', () => {
    const file = temp('bot.journal');
    const journal = openJournal({ file });
    const tool = new Database(file);
    tool.exec('BEGIN IMMEDIATE');
    journal.append('in:timer', 1, 1, {});
    const start = performance.now();
    for (let i = 0; i < 40; i++) journal.idle();
    // Forty waits would take ten seconds.
    expect(performance.now() - start).toBeLessThan(2_000);
    tool.exec('COMMIT');
    tool.close();
    journal.commit();
    journal.append('in:timer', 2, 1, {});
    journal.idle();
    const reader = readJournal(file);
    expect(reader.head().seq).toBe(2);
    reader.close();
    journal.close();
  });
});
