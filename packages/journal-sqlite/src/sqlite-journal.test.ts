import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { type Entry, MikroBotError } from '@mikrobot/core';
import fc from 'fast-check';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { openJournal, readJournal } from './sqlite-journal.js';
import { anyWrite, journalFile, many, story, write } from './testing/samples.js';
import { tempFolder } from './testing/temp-folder.js';

const temp = tempFolder();
const seqs = (entries: Iterable<Entry>): readonly number[] => [...entries].map(({ seq }) => seq);

describe('a journal in a file', () => {
  it('gives back what was written, numbered from 0 without a gap, also after it was opened anew', () => {
    const file = temp('a');
    const expected: unknown[] = [];
    let journal = openJournal({ file, durability: 'process' });
    fc.assert(
      fc.property(fc.array(anyWrite, { maxLength: 20 }), fc.boolean(), (writes, reopen) => {
        const numbers = writes.map(({ kind, at, tape, data }) => journal.append(kind, at, tape, data));
        expect(numbers).toEqual(writes.map((_, i) => expected.length + i));
        write(journal, []);
        // JSON has no -0; everything else comes back as it went in.
        for (const w of writes) expected.push(JSON.parse(JSON.stringify({ seq: expected.length, ...w })));
        if (reopen) {
          journal.close();
          journal = openJournal({ file, durability: 'process' });
        }
        expect([...journal.read(Math.max(0, expected.length - 30))]).toEqual(expected.slice(-30));
        expect(journal.head().seq).toBe(expected.length);
      }),
      { numRuns: 50 },
    );
    expect([...journal.read()]).toEqual(expected);
    expect(journal.verify()).toMatchObject({ ok: true, entries: expected.length });
    journal.close();
  });

  it('chains lines of canonical JSON by SHA-256, as node:crypto computes it by hand', () => {
    const journal = openJournal({ file: temp('a'), id: 'j1' });
    write(journal, [
      { kind: 'in:timer', at: 1.5, tape: 3, data: { z: 1, id: 'desk.0', a: undefined } },
      { kind: 'in:order', at: 2, tape: 4, data: { type: 'fill', id: 'j1-0abc-1-e' } },
    ]);
    const lines = [
      '{"at":1.5,"data":{"id":"desk.0","z":1},"kind":"in:timer","seq":0,"tape":3}',
      '{"at":2,"data":{"id":"j1-0abc-1-e","type":"fill"},"kind":"in:order","seq":1,"subject":"j1-0abc-1","tape":4}',
    ];
    const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
    const first = sha256(`mikrobot journal 1 j1\n${lines[0]}`);
    expect(journal.headAt(1)).toEqual({ seq: 1, hash: first });
    expect(journal.head()).toEqual({ seq: 2, hash: sha256(first + lines[1]) });
    expect(journal.headAt(3)).toBeUndefined();
    journal.close();
  });

  it('has no hash while it is empty', () => {
    const journal = openJournal({ file: temp('a') });
    expect(journal.head()).toEqual({ seq: 0, hash: '' });
    expect([...journal.read()]).toEqual([]);
    expect(journal.verify()).toMatchObject({ ok: true, entries: 0, head: { seq: 0, hash: '' } });
    journal.close();
  });

  it('has the same head whenever it is asked for, however it was grouped', () => {
    const [often, once] = [
      openJournal({ file: temp('a'), id: 'j1' }),
      openJournal({ file: temp('a'), id: 'j1' }),
    ];
    for (const [i, { kind, at, tape, data }] of many(5_000).entries()) {
      often.append(kind, at, tape, data);
      once.append(kind, at, tape, data);
      if (i % 777 === 0) often.commit();
      if (i % 500 === 0) often.idle();
      if (i % 1_111 === 0) often.head();
    }
    expect(often.head()).toEqual(once.head());
    often.close();
    once.close();
  });

  it('shows to readers what was committed, what an idle moment wrote, and not what waits', () => {
    const file = temp('a');
    const journal = openJournal({ file });
    const reader = readJournal(file);
    write(journal, many(2));
    expect(seqs(reader.read())).toEqual([0, 1]);
    journal.append('in:timer', 5, 5, {});
    expect(reader.head().seq).toBe(2);
    journal.idle();
    expect(seqs(reader.read(2))).toEqual([2]);
    expect(reader.id).toBe(journal.id);
    reader.close();
    journal.close();
  });

  it('has something to flush in a commit after an idle moment wrote all that waited, and nothing in the next', () => {
    const file = temp('a');
    const journal = openJournal({ file });
    const logged = (act: () => void): boolean => {
      const before = statSync(`${file}-wal`).size;
      act();
      return statSync(`${file}-wal`).size > before;
    };
    journal.append('in:timer', 1, 1, {});
    expect(logged(() => journal.idle())).toBe(true);
    // SQLite flushes its log with a transaction only: one that wrote nothing would leave the entry to a power cut.
    expect(logged(() => journal.commit())).toBe(true);
    expect(logged(() => journal.commit())).toBe(false);
    journal.close();
  });

  it('writes by itself when much waits, so that memory is bounded', () => {
    const file = temp('a');
    const journal = openJournal({ file });
    const reader = readJournal(file);
    for (const { kind, at, tape, data } of many(5_000)) journal.append(kind, at, tape, data);
    expect(reader.head().seq).toBe(4_096);
    reader.close();
    journal.close();
  });

  it('stands still at an entry that is no JSON, names it, and keeps what came before', () => {
    const file = temp('a');
    const journal = openJournal({ file });
    journal.append('in:timer', 1, 0, { id: 'a' });
    journal.append('in:order', 2, 0, { venueId: 5n });
    journal.append('in:timer', 3, 0, { id: 'b' });
    const refused = expect.objectContaining({ code: 'BAD_ENTRY', where: 'journal, entry 1 (in:order)' });
    for (let i = 0; i < 3; i++) expect(() => journal.commit()).toThrow(refused);
    expect(() => journal.head()).toThrow(refused);
    expect(() => journal.close()).toThrow(refused);
    const again = openJournal({ file });
    expect([...again.read()]).toMatchObject([{ seq: 0, data: { id: 'a' } }]);
    again.append('in:timer', 4, 0, { id: 'c' });
    again.commit();
    expect(again.verify()).toMatchObject({ ok: true, entries: 2 });
    again.close();
  });

  it.each([
    ['NaN', Number.NaN],
    ['a date', new Date(0)],
    ['a function', () => 1],
    ['nothing', undefined],
  ])('refuses %s as data, and an idle moment does not throw for it', (_, data) => {
    const journal = openJournal({ file: temp('a') });
    journal.append('in:timer', 1, 0, data);
    journal.idle();
    expect(() => journal.commit()).toThrow(expect.objectContaining({ code: 'BAD_ENTRY' }));
    expect(() => journal.close()).toThrow(MikroBotError);
  });

  it('lets callers of one turn share a commit', async () => {
    const file = temp('a');
    const journal = openJournal({ file, group: true });
    const reader = readJournal(file);
    const order: string[] = [];
    const caller = async (name: string): Promise<void> => {
      journal.append('in:timer', 1, 0, { id: name });
      const barrier = journal.commit();
      expect(barrier).toBeInstanceOf(Promise);
      await barrier;
      order.push(`${name} after ${reader.head().seq}`);
    };
    await Promise.all([caller('a'), caller('b'), caller('c')]);
    expect(order).toEqual(['a after 3', 'b after 3', 'c after 3']);
    journal.append('in:timer', 1, 0, 5n);
    await expect(journal.commit()).rejects.toMatchObject({ code: 'BAD_ENTRY' });
    expect(() => journal.close()).toThrow(expect.objectContaining({ code: 'BAD_ENTRY' }));
    reader.close();
  });

  it('says so once it is closed, and can be closed twice', () => {
    const journal = openJournal({ file: temp('a') });
    journal.close();
    journal.close();
    expect(() => journal.commit()).toThrow(expect.objectContaining({ code: 'JOURNAL_FAILED' }));
    expect(() => journal.append('in:timer', 1, 0, {})).toThrow(
      expect.objectContaining({ code: 'JOURNAL_FAILED' }),
    );
  });

  it('keeps its id, draws one by chance, and refuses what is none or another', () => {
    const file = temp('a');
    const first = openJournal({ file });
    expect(first.id).toMatch(/^[a-z][a-z0-9]{5}$/);
    first.close();
    const again = openJournal({ file, id: first.id });
    expect(again.id).toBe(first.id);
    again.close();
    expect(() => openJournal({ file, id: 'other' })).toThrow(/is called \w+, not other/);
    const bad = expect.objectContaining({ code: 'BAD_CONFIG', where: 'journal, id' });
    for (const id of ['', 'Mine', 'toolong', 'a-b'])
      expect(() => openJournal({ file: temp('b'), id })).toThrow(bad);
  });

  it('takes paths with spaces, percent signs, question marks and letters of any language', () => {
    const file = temp('my bot?50%20#ñ.journal');
    journalFile(file, many(1));
    const reader = readJournal(file);
    expect(seqs(reader.read())).toEqual([0]);
    reader.close();
  });
});

describe('look-ups', () => {
  const journal = openJournal({ file: temp('a'), id: 'j1' });
  write(journal, story);

  it('give an entry by its number, and the newest of a kind', () => {
    expect(journal.get(5)).toEqual({ seq: 5, ...story[5] });
    expect(journal.get(99)).toBeUndefined();
    expect(journal.last('out:decision')?.seq).toBe(9);
    expect(journal.last('in:books')).toBeUndefined();
  });

  it('give what belongs to a signal, with its orders and legs, in order', () => {
    expect(seqs(journal.bySignal('j1-0abc-1'))).toEqual([1, 2, 5]);
    expect(seqs(journal.bySignal('j1-0abc-3'))).toEqual([6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
    expect(journal.bySignal('j1-0abc-9')).toEqual([]);
  });

  it('give what belongs to an order, ours or not', () => {
    expect(seqs(journal.byOrder('j1-0abc-3-es'))).toEqual([14, 15, 16]);
    expect(seqs(journal.byOrder('4711'))).toEqual([17]);
  });

  it('give the whole story from any of its signals: what was held, and the approval that is a signal of its own', () => {
    const whole = [1, 2, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
    expect(seqs(journal.byCorrelation('j1-0abc-1'))).toEqual(whole);
    expect(seqs(journal.byCorrelation('j1-0abc-3'))).toEqual(whole);
    expect(seqs(journal.byCorrelation('j1-0abc-2'))).toEqual([3, 4]);
  });

  it('see what waits to be written', () => {
    const fresh = openJournal({ file: temp('a') });
    const at = (): number => fresh.append('out:signal', 1, 0, { id: 'j1-0abc-7' });
    at();
    expect(seqs(fresh.bySignal('j1-0abc-7'))).toEqual([0]);
    at();
    expect(fresh.last('out:signal')?.seq).toBe(1);
    at();
    expect(fresh.get(2)?.seq).toBe(2);
    at();
    expect(seqs(fresh.read(3))).toEqual([3]);
    fresh.close();
  });
});

describe('what policies remember', () => {
  it('is kept in the same file, with the entries before it', () => {
    const file = temp('a');
    const journal = openJournal({ file });
    expect(journal.policies.load()).toBeUndefined();
    journal.append('in:timer', 1, 0, {});
    journal.policies.save({ killSwitch: { state: { latched: true, since: undefined } } });
    const reader = readJournal(file);
    expect(reader.head().seq).toBe(1);
    reader.close();
    journal.policies.save({ killSwitch: { state: { latched: false } } });
    journal.close();
    const again = openJournal({ file });
    expect(again.policies.load()).toEqual({ killSwitch: { state: { latched: false } } });
    again.close();
  });

  it('is refused when it is not what was saved', () => {
    const file = temp('a');
    const journal = openJournal({ file });
    journal.policies.save({ killSwitch: { state: { latched: true } } });
    journal.close();
    const db = new Database(file);
    db.exec(`UPDATE policies SET state = replace(state, 'true', 'false')`);
    db.close();
    const again = openJournal({ file });
    expect(() => again.policies.load()).toThrow(expect.objectContaining({ code: 'BAD_STORE', where: file }));
    again.close();
  });

  it('is refused when it is no JSON, and the one before stays', () => {
    const journal = openJournal({ file: temp('a') });
    journal.policies.save({ a: { state: 1 } });
    expect(() => journal.policies.save({ a: { state: 5n } })).toThrow(
      expect.objectContaining({ code: 'BAD_STORE' }),
    );
    expect(journal.policies.load()).toEqual({ a: { state: 1 } });
    journal.close();
  });
});
