import { createHash, generateKeyPairSync } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { type Anchor, ed25519Signer } from './anchor.js';
import { restoreBackup } from './restore.js';
import { openJournal, readJournal } from './sqlite-journal.js';
import { journalFile, many, write } from './testing/samples.js';
import { tempFolder } from './testing/temp-folder.js';

const temp = tempFolder();
const { privateKey, publicKey } = generateKeyPairSync('ed25519');

describe('a backup', () => {
  it('is whole and verified, made by the writer or by a reader, while the writer goes on', () => {
    const file = temp('bot.journal');
    const journal = openJournal({ file, id: 'j1' });
    write(journal, many(300));
    journal.policies.save({ a: { state: 5 } });
    const [mine, theirs] = [temp('mine'), temp('theirs')];
    const report = journal.backup(mine);
    const reader = readJournal(file);
    write(journal, many(5, 300));
    expect(reader.backup(theirs).head.seq).toBe(305);
    expect(report.head).toEqual(journal.headAt(300));
    expect(report.sha256).toBe(createHash('sha256').update(readFileSync(mine)).digest('hex'));
    expect(report.bytes).toBe(readFileSync(mine).length);
    const copy = readJournal(mine);
    expect([...copy.read()]).toEqual([...journal.read()].slice(0, 300));
    expect(copy.verify()).toMatchObject({ ok: true, entries: 300 });
    for (const each of [copy, reader, journal]) each.close();
  });

  it('never overwrites a file, and is not made of a journal that is damaged', () => {
    const file = journalFile(temp('a'), many(20));
    const taken = journalFile(temp('b'), many(1));
    const reader = readJournal(file);
    expect(() => reader.backup(taken)).toThrow(expect.objectContaining({ code: 'BAD_CONFIG', where: taken }));
    expect(() => reader.backup(temp('no/folder'))).toThrow(
      expect.objectContaining({ code: 'JOURNAL_FAILED' }),
    );
    reader.close();
    const db = new Database(file);
    db.exec(`UPDATE entries SET line = replace(line, 'desk', 'risk') WHERE seq = 7`);
    db.close();
    const to = temp('c');
    const again = readJournal(file);
    expect(() => again.backup(to)).toThrow(expect.objectContaining({ code: 'BAD_JOURNAL' }));
    expect(existsSync(to)).toBe(false);
    again.close();
  });
});

describe('a restore', () => {
  /** A journal of 20 entries, its backup at 10, and what signed heads say. */
  const scene = () => {
    const [file, backup] = [temp('bot.journal'), temp('backup')];
    const anchors: Anchor[] = [];
    const anchor = { signer: ed25519Signer(privateKey), sink: { put: (each: Anchor) => anchors.push(each) } };
    const journal = openJournal({ file, id: 'j1', anchor });
    write(journal, many(10));
    journal.policies.save({ a: { state: 5 } });
    journal.anchor();
    journal.backup(backup);
    write(journal, many(10, 10));
    journal.close();
    return { file, backup, anchors };
  };

  it('puts the backup in place under another id, keeps what was there, and the bot goes on', () => {
    const { file, backup, anchors } = scene();
    const report = restoreBackup({ from: backup, to: file, replace: true, anchors, publicKey });
    expect(report).toMatchObject({ file, previous: `${file}.before-restore`, head: { seq: 10 } });
    const journal = openJournal({ file });
    expect([journal.id, journal.journal]).toEqual([report.id, 'j1']);
    expect(report.id).not.toBe('j1');
    expect(journal.policies.load()).toEqual({ a: { state: 5 } });
    write(journal, many(1, 10));
    expect(journal.verify()).toMatchObject({ ok: true, entries: 11 });
    journal.close();
    const old = readJournal(`${file}.before-restore`);
    expect(old.verify()).toMatchObject({ ok: true, entries: 20 });
    old.close();
  });

  it('makes a journal where there is none, also from a journal with a log', () => {
    const file = temp('bot.journal');
    const journal = openJournal({ file, id: 'j1' });
    write(journal, many(10));
    const to = temp('new');
    expect(restoreBackup({ from: file, to, id: 'k2' })).toMatchObject({
      id: 'k2',
      previous: undefined,
      head: { seq: 10 },
    });
    journal.close();
    const again = openJournal({ file: to, id: 'k2' });
    expect(again.head().seq).toBe(10);
    again.close();
  });

  it('changes nothing when the backup is not good, the journal is in use, or it is not said', () => {
    const { file, backup, anchors } = scene();
    const good = readFileSync(file);
    const bad = temp('bad');
    copyFileSync(backup, bad);
    const db = new Database(bad);
    db.exec(`UPDATE entries SET line = replace(line, 'desk', 'risk') WHERE seq = 7`);
    db.close();
    const forged = anchors.map((each) => ({ ...each, at: 1 }));
    const refused = (options: Parameters<typeof restoreBackup>[0], code: string): void => {
      expect(() => restoreBackup(options)).toThrow(expect.objectContaining({ code }));
      expect(readFileSync(file).equals(good)).toBe(true);
    };
    refused({ from: bad, to: file, replace: true }, 'BAD_JOURNAL');
    refused({ from: backup, to: file, replace: true, anchors: forged, publicKey }, 'BAD_JOURNAL');
    refused({ from: backup, to: file }, 'BAD_CONFIG');
    refused({ from: backup, to: file, replace: true, id: 'j1' }, 'BAD_CONFIG');
    refused({ from: temp('none'), to: file, replace: true }, 'FILE_MISSING');
    const running = openJournal({ file });
    expect(() => restoreBackup({ from: backup, to: file, replace: true })).toThrow(
      expect.objectContaining({ code: 'JOURNAL_LOCKED' }),
    );
    running.close();
    expect(existsSync(`${file}.before-restore`)).toBe(false);
  });

  it('replaces a journal whose log and note were left by a crash, and nothing of them reaches the new one', () => {
    const { file, backup } = scene();
    const crashed = temp('crashed');
    const journal = openJournal({ file, id: 'j1' });
    write(journal, many(30, 20));
    for (const part of ['', '-wal', '-head']) copyFileSync(file + part, crashed + part);
    journal.close();
    const { previous } = restoreBackup({ from: backup, to: crashed, replace: true });
    const restored = openJournal({ file: crashed });
    expect(restored.verify()).toMatchObject({ ok: true, entries: 10 });
    restored.close();
    const old = readJournal(previous as string);
    expect(old.verify()).toMatchObject({ ok: true, entries: 50 });
    old.close();
    rmSync(backup);
  });
});
