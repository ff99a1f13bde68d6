import { copyFileSync } from 'node:fs';
import fc from 'fast-check';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { openJournal, readJournal } from './sqlite-journal.js';
import { anyWrite, journalFile, many, story } from './testing/samples.js';
import { tempFolder } from './testing/temp-folder.js';
import type { Verification } from './verify.js';

const temp = tempFolder();
const whole = journalFile(temp('whole'), many(600));

/** What verification says of a copy of a journal that somebody wrote into. */
const after = (file: string, ...sql: readonly string[]): Verification => {
  const copy = temp('changed');
  copyFileSync(file, copy);
  const db = new Database(copy);
  for (const each of sql) db.exec(each);
  db.close();
  const reader = readJournal(copy);
  const found = reader.verify();
  reader.close();
  return found;
};

describe('verify', () => {
  it('passes what nobody touched, also of the story of a signal', () => {
    expect(after(whole)).toMatchObject({ ok: true, entries: 600, anchors: 0, problem: undefined });
    expect(after(journalFile(temp('a'), story))).toMatchObject({ ok: true, entries: story.length });
  });

  it.each([
    [
      'a changed line',
      `UPDATE entries SET line = replace(line, '"at":1300', '"at":1301') WHERE seq = 300`,
      'changed',
      300,
    ],
    ['a changed kind', `UPDATE entries SET kind = 'in:order' WHERE seq = 300`, 'changed', 300],
    ['a changed subject', `UPDATE entries SET subject = 'j1-0abc-1' WHERE seq = 300`, 'changed', 300],
    [
      'a changed hash',
      `UPDATE entries SET hash = replace(hash, substr(hash, 1, 1), 'x') WHERE seq = 300`,
      'changed',
      300,
    ],
    ['a missing entry', 'DELETE FROM entries WHERE seq = 300', 'missing', 300],
    ['a missing first entry', 'DELETE FROM entries WHERE seq = 0', 'missing', 0],
    [
      'entries that were moved up',
      'DELETE FROM entries WHERE seq = 300; UPDATE entries SET seq = seq - 1 WHERE seq > 300',
      'reordered',
      300,
    ],
    [
      'exchanged entries',
      'UPDATE entries SET seq = -1 WHERE seq = 300; UPDATE entries SET seq = 300 WHERE seq = 400; UPDATE entries SET seq = 400 WHERE seq = -1',
      'reordered',
      300,
    ],
    [
      'an added entry',
      `INSERT INTO entries SELECT 600, kind, subject, line, hash FROM entries WHERE seq = 599`,
      'reordered',
      600,
    ],
    [
      'another number inside',
      `UPDATE entries SET line = replace(line, '"seq":300', '"seq":301') WHERE seq = 300`,
      'reordered',
      300,
    ],
    [
      'a line that is no text',
      `PRAGMA writable_schema = ON; UPDATE entries SET line = 'x' WHERE seq = 300`,
      'changed',
      300,
    ],
    [
      'a name that another journal has',
      `UPDATE meta SET value = replace(value, 'j1', 'j2')`,
      'unreadable',
      0,
    ],
    [
      'a forged beginning',
      `INSERT INTO segments VALUES (0, 9, '', (SELECT hash FROM entries WHERE seq = 9), 'x', '', 0); DELETE FROM entries WHERE seq < 11`,
      'missing',
      10,
    ],
    ['a missing index', 'DROP INDEX approvals', 'structure', 600],
    [
      'a view that says something else',
      `DROP VIEW trades; CREATE VIEW trades AS SELECT 1 AS profit`,
      'structure',
      600,
    ],
    ['a changed memory of policies', `INSERT INTO policies VALUES (1, 0, '{}', 'x')`, 'policies', 600],
  ])('finds %s', (_, sql, kind, seq) => {
    let found: Pick<Verification, 'ok' | 'problem' | 'head'>;
    try {
      found = after(whole, sql);
    } catch (error) {
      // What the journal is called is needed to open it at all.
      expect(error).toMatchObject({ code: 'BAD_JOURNAL' });
      found = { ok: false, head: { seq: 0, hash: '' }, problem: { kind: 'unreadable', seq: 0, detail: '' } };
    }
    expect(found).toMatchObject({ ok: false, problem: { kind, seq } });
    expect(found.head.seq).toBe(seq);
  });

  it('finds any change of any entry, and says which is the first', () => {
    fc.assert(
      fc.property(
        fc.array(anyWrite, { minLength: 1, maxLength: 8 }),
        fc.nat(),
        fc.nat(),
        fc.constantFrom('0', 'x', '"', ' '),
        (writes, i, j, character) => {
          const file = journalFile(temp('any'), writes, { durability: 'process' });
          const seq = i % writes.length;
          const db = new Database(file);
          const [line] = db.prepare('SELECT line FROM entries WHERE seq = ?').raw().get([seq]) as unknown as [
            string,
          ];
          const at = j % line.length;
          const changed = line.slice(0, at) + character + line.slice(at + 1);
          // SQLite itself would refuse what is no JSON, for this index.
          if (changed !== line) db.exec('DROP INDEX approvals');
          db.prepare('UPDATE entries SET line = ? WHERE seq = ?').run([changed, seq]);
          db.close();
          const reader = readJournal(file);
          const { ok, problem } = reader.verify();
          reader.close();
          expect(ok).toBe(changed === line);
          if (changed !== line) expect(problem?.seq).toBe(seq);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('finds entries that were cut off the end, by the note beside the file', () => {
    const file = journalFile(temp('cut'), many(20));
    const db = new Database(file);
    db.exec('DELETE FROM entries WHERE seq >= 15');
    db.close();
    const reader = readJournal(file);
    expect(reader.verify()).toMatchObject({
      ok: false,
      entries: 15,
      problem: { kind: 'truncated', seq: 15, detail: 'entries 15 to 19 are gone' },
    });
    const seen: number[] = [];
    expect(() => {
      for (const { seq } of reader.read()) seen.push(seq);
    }).toThrow(/entries 15 to 19 are gone/);
    expect(seen).toHaveLength(15);
    reader.close();
    expect(() => openJournal({ file })).toThrow(/Entries 15 to 19 are gone/);
    const accepted = openJournal({ file, acceptLoss: true });
    expect(accepted.append('in:timer', 1, 1, {})).toBe(15);
    accepted.close();
    openJournal({ file }).close();
  });

  it('finds another history with as many entries in the place of the file', () => {
    const file = journalFile(temp('one'), many(20));
    const other = journalFile(temp('other'), many(20, 5));
    copyFileSync(other, file);
    const reader = readJournal(file);
    expect(reader.verify()).toMatchObject({ ok: false, problem: { kind: 'truncated', seq: 19 } });
    reader.close();
    expect(() => openJournal({ file })).toThrow(/another history/);
  });

  it('lets a reader have the good part of a journal whose middle was changed', () => {
    const file = journalFile(temp('middle'), many(20));
    const db = new Database(file);
    db.exec(`UPDATE entries SET line = replace(line, 'desk', 'risk') WHERE seq = 7`);
    db.close();
    const reader = readJournal(file);
    const seen: number[] = [];
    expect(() => {
      for (const { seq } of reader.read()) seen.push(seq);
    }).toThrow(expect.objectContaining({ code: 'BAD_JOURNAL', where: `${file}, entry 7` }));
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6]);
    reader.close();
  });
});
