import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openJournal, readJournal } from '@mikrobot/journal-sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { DataFolder } from '../testing/data-files.js';
import { writeByHand } from '../testing/hand-made-journal.js';
import { inProcess } from '../testing/run-cli.js';
import { tamper } from '../testing/tamper.js';

const folder = new DataFolder();
afterAll(() => folder.remove());
const path = (name: string): string => join(folder.path, name);

const open = (name: string) => openJournal({ file: path(name), durability: 'process' });

/** Texts of all entries of a journal. */
const entriesOf = (file: string): readonly string[] => {
  const reader = readJournal(file);
  try {
    return [...reader.read()].map((entry) => JSON.stringify(entry));
  } finally {
    reader.close();
  }
};

describe('mikrobot state backup', () => {
  it('copies a journal while its bot writes on, and tells the checksum of the copy', async () => {
    const [file, copy] = [path('live.journal'), path('live.backup')];
    const journal = open('live.journal');
    writeByHand(journal);
    const { code, out, err } = await inProcess(['state', 'backup', file, copy]);
    writeByHand(journal);
    journal.close();
    expect(err).toBe('');
    expect(out).toMatch(
      /live\.backup: journal \w+ with 19 entries, [\d,]+ bytes, verified\nSHA-256 [0-9a-f]{64}\n$/,
    );
    expect(out).toContain(createHash('sha256').update(readFileSync(copy)).digest('hex'));
    expect(code).toBe(0);
    expect(entriesOf(copy)).toEqual(entriesOf(file).slice(0, 19));
  });

  it('never replaces an older copy unless it is told to', async () => {
    const [file, copy] = [path('again.journal'), path('again.backup')];
    const journal = open('again.journal');
    writeByHand(journal);
    journal.commit();
    expect((await inProcess(['state', 'backup', file, copy])).code).toBe(0);
    writeByHand(journal);
    journal.close();
    const refused = await inProcess(['state', 'backup', file, copy]);
    expect(refused.err).toMatch(/^error: .*again\.backup: It exists\. .*--force/);
    expect(refused.code).toBe(2);
    expect(entriesOf(copy)).toHaveLength(19);
    const forced = await inProcess(['state', 'backup', file, copy, '--force', '--json']);
    expect(JSON.parse(forced.out)).toMatchObject({ file: copy, head: { seq: 38 } });
    expect(forced.code).toBe(0);
    expect(entriesOf(copy)).toHaveLength(38);
    expect((await inProcess(['journal', 'verify', copy])).code).toBe(0);
  });

  it('replaces neither what is no journal nor what a bot writes to, whatever it is told', async () => {
    const file = path('careful.journal');
    const journal = open('careful.journal');
    writeByHand(journal);
    journal.close();
    const letter = folder.write('letter.txt', ['Dear Ada,']);
    const wrong = await inProcess(['state', 'backup', file, letter, '--force']);
    expect(wrong.err).toMatch(/^error: .*letter\.txt: /);
    expect(wrong.code).toBe(1);
    expect(readFileSync(letter, 'utf8')).toBe('Dear Ada,\n');
    const busy = open('busy.journal');
    busy.commit();
    const locked = await inProcess(['state', 'backup', file, path('busy.journal'), '--force']);
    busy.close();
    expect(locked.err).toMatch(/^error: .*busy\.journal: Another bot writes/);
    expect(locked.code).toBe(1);
  });
});

describe('mikrobot state restore', () => {
  it('puts a backup in place under a new name, and keeps what was there', async () => {
    const [file, copy] = [path('lost.journal'), path('lost.backup')];
    const journal = open('lost.journal');
    writeByHand(journal);
    journal.backup(copy);
    writeByHand(journal);
    journal.close();
    const before = readJournal(file);
    const name = before.id;
    before.close();
    const refused = await inProcess(['state', 'restore', copy, file]);
    expect(refused.err).toMatch(/^error: .*lost\.journal: It exists\. .*--force/);
    expect(refused.code).toBe(2);
    expect(entriesOf(file)).toHaveLength(38);
    const { code, out, err } = await inProcess(['state', 'restore', copy, file, '--force']);
    expect(err).toBe('');
    expect(out).toMatch(/restored with 19 entries, verified\. The journal is called (\w+) now/);
    expect(out).not.toContain(`is called ${name} now`);
    expect(code).toBe(0);
    expect(entriesOf(file)).toHaveLength(19);
    const kept = /^What was there is kept in (.*)\.$/m.exec(out)?.[1] ?? '';
    expect(entriesOf(kept)).toHaveLength(38);
  });

  it('needs no leave where nothing is there', async () => {
    const copy = path('moved.backup');
    const journal = open('moved.journal');
    writeByHand(journal);
    journal.backup(copy);
    journal.close();
    const file = path('elsewhere.journal');
    const { code, out } = await inProcess(['state', 'restore', copy, file, '--json']);
    expect(JSON.parse(out)).toMatchObject({ file, head: { seq: 19 } });
    expect(code).toBe(0);
    expect(entriesOf(file)).toHaveLength(19);
  });

  it('restores nothing that is damaged, and leaves what is there', async () => {
    const [file, copy] = [path('good.journal'), path('bad.backup')];
    const journal = open('good.journal');
    writeByHand(journal);
    journal.backup(copy);
    journal.close();
    tamper(copy, '"by":"Ada","do"', '"by":"Eve","do"');
    const { code, err } = await inProcess(['state', 'restore', copy, file, '--force']);
    expect(err).toMatch(/^error: .*bad\.backup, entry 4: /);
    expect(code).toBe(1);
    expect(entriesOf(file)).toHaveLength(19);
  });

  it('refuses while a bot runs on the journal', async () => {
    const [file, copy] = [path('running.journal'), path('running.backup')];
    const journal = open('running.journal');
    writeByHand(journal);
    journal.backup(copy);
    const { code, err } = await inProcess(['state', 'restore', copy, file, '--force']);
    journal.commit();
    journal.close();
    expect(err).toMatch(/^error: .*running\.journal: Another bot writes to this journal \(process \d+\)/);
    expect(code).toBe(1);
    expect(existsSync(`${file}.before-restore`)).toBe(false);
  });
});
