import { createHash, generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Entry } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { type Anchor, ed25519Signer } from './anchor.js';
import { readHistory, verifyHistory } from './history.js';
import type { SegmentStore } from './segment.js';
import { segmentFolder } from './segment-folder.js';
import { openJournal, readJournal, type SqliteJournal } from './sqlite-journal.js';
import { many, write } from './testing/samples.js';
import { tempFolder } from './testing/temp-folder.js';

const temp = tempFolder();
const { privateKey, publicKey } = generateKeyPairSync('ed25519');

/** 50 entries, books, 10 entries: 0 to 49 may leave. */
const journalWithBooks = (file = temp('bot.journal'), anchors: Anchor[] = []): SqliteJournal => {
  const anchor = { signer: ed25519Signer(privateKey), sink: { put: (each: Anchor) => anchors.push(each) } };
  const journal = openJournal({ file, id: 'j1', anchor });
  write(journal, [{ kind: 'in:venue', at: 1, tape: 0, data: { name: 'paper' } }, ...many(49, 1)]);
  journal.anchor();
  write(journal, [{ kind: 'out:books', at: 2_000, tape: 60, data: { orders: [] } }, ...many(10, 61)]);
  journal.anchor();
  return journal;
};

const collect = async (entries: AsyncIterable<Entry>): Promise<readonly Entry[]> => {
  const all: Entry[] = [];
  for await (const entry of entries) all.push(entry);
  return all;
};

const idleUntilTrimmed = (journal: SqliteJournal): void => {
  for (let i = 0; i < 4; i++) journal.idle();
};

describe('export of old entries', () => {
  it('moves only what is before the newest books, in files named by their entries, and reads on as before', async () => {
    const folder = temp('segments');
    const store = segmentFolder(folder);
    const anchors: Anchor[] = [];
    const journal = journalWithBooks(temp('bot.journal'), anchors);
    const before = [...journal.read()];
    const first = await journal.exportSegment(store, { most: 20 });
    expect(first).toMatchObject({ first: 0, last: 19, name: 'j1-000000000000-000000000019.jsonl.gz' });
    expect(await journal.exportSegment(store)).toMatchObject({ first: 20, last: 49, previous: first?.hash });
    expect(await journal.exportSegment(store)).toBeUndefined();
    idleUntilTrimmed(journal);
    expect([journal.first(), journal.head().seq]).toEqual([50, 61]);
    expect([...journal.read()]).toEqual(before.slice(50));
    expect(await collect(readHistory(journal, store))).toEqual(before);
    expect(await collect(readHistory(journal, store, 45))).toEqual(before.slice(45));
    expect(await collect(readHistory(journal, store, 55))).toEqual(before.slice(55));
    expect(journal.verify()).toMatchObject({ ok: true, entries: 11 });
    expect(await verifyHistory(journal, store, { anchors, publicKey })).toMatchObject({
      ok: true,
      entries: 61,
      anchors: 2,
    });
    expect(() => journal.read(49)).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
    journal.close();
  });

  it('is no damage for who reads meanwhile: a reader of the file is told, a reader of the history reads on', async () => {
    const [file, folder] = [temp('bot.journal'), temp('segments')];
    const journal = openJournal({ file });
    write(journal, [...many(1_000), { kind: 'out:books', at: 1, tape: 1, data: {} }]);
    const reader = readJournal(file);
    const entries = reader.read();
    const history = readHistory(reader, segmentFolder(folder));
    expect([entries.next().value, (await history.next()).value]).toEqual([journal.get(0), journal.get(0)]);
    await journal.exportSegment(segmentFolder(folder));
    idleUntilTrimmed(journal);
    expect(() => [...entries]).toThrow(
      expect.objectContaining({
        code: 'BAD_CONFIG',
        message: expect.stringMatching(/Entries up to 999 were exported.*readHistory/),
      }),
    );
    expect(await verifyHistory(reader, segmentFolder(folder))).toMatchObject({ ok: true, entries: 1_001 });
    const rest = await collect(history);
    expect(rest.map(({ seq }) => seq)).toEqual(Array.from({ length: 1_000 }, (_, i) => i + 1));
    reader.close();
    journal.close();
  });

  it('still gives the newest entry of a kind, which a start asks for, after that was exported', async () => {
    const file = temp('bot.journal');
    const journal = journalWithBooks(file);
    await journal.exportSegment(segmentFolder(temp('segments')));
    idleUntilTrimmed(journal);
    journal.close();
    const again = openJournal({ file });
    expect(again.get(0)).toBeUndefined();
    expect(again.last('in:venue')).toMatchObject({ seq: 0, data: { name: 'paper' } });
    expect(again.verify().ok).toBe(true);
    again.append('in:timer', 1, 1, {});
    again.commit();
    expect(again.head().seq).toBe(62);
    again.close();
  });

  it('writes lines that anybody can unpack and check', async () => {
    const folder = temp('segments');
    const journal = journalWithBooks();
    const segment = await journal.exportSegment(segmentFolder(folder), { before: 3 });
    const bytes = readFileSync(join(folder, segment?.name as string));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(segment?.sha256);
    const [header, ...lines] = gunzipSync(bytes).toString('utf8').trimEnd().split('\n');
    expect(JSON.parse(header as string)).toMatchObject({
      format: 'mikrobot-segment',
      journal: 'j1',
      first: 0,
      last: 2,
    });
    const hash = lines.reduce(
      (p, l) =>
        createHash('sha256')
          .update(p + l)
          .digest('hex'),
      'mikrobot journal 1 j1\n',
    );
    expect(hash).toBe(segment?.hash);
    journal.close();
  });

  it.each<[string, (bytes: Uint8Array) => Uint8Array]>([
    ['a part', (bytes) => bytes.slice(0, -9)],
    [
      'an entry that was changed',
      (bytes) => gzipSync(gunzipSync(bytes).toString().replace('desk.5', 'desk.6')),
    ],
  ])('takes nothing out when the store gives back %s, and says so', async (_, change) => {
    const journal = journalWithBooks();
    const kept = new Map<string, Uint8Array>();
    const liar: SegmentStore = {
      put: (name, bytes) => void kept.set(name, change(bytes)),
      get: (name) => kept.get(name),
      list: () => [],
    };
    await expect(journal.exportSegment(liar)).rejects.toMatchObject({ code: 'BAD_JOURNAL' });
    idleUntilTrimmed(journal);
    expect(journal.first()).toBe(0);
    expect(journal.verify()).toMatchObject({ ok: true, entries: 61 });
    journal.close();
  });

  it('goes on with a file that was put before a crash, and reads entries that are in both once', async () => {
    const store = segmentFolder(temp('segments'));
    const dying: SegmentStore = {
      ...store,
      get: () => {
        throw new Error('killed');
      },
    };
    const journal = journalWithBooks();
    await expect(journal.exportSegment(dying, { most: 30 })).rejects.toThrow('killed');
    expect(await collect(readHistory(journal, store))).toHaveLength(61);
    expect(await verifyHistory(journal, store)).toMatchObject({ ok: true, entries: 61 });
    expect(await journal.exportSegment(store)).toMatchObject({ first: 0, last: 29 });
    expect(await journal.exportSegment(store)).toMatchObject({ first: 30, last: 49 });
    expect(await collect(readHistory(journal, store))).toHaveLength(61);
    journal.close();
  });

  it('lets entries be appended while it goes on, and only one export at a time', async () => {
    const store = segmentFolder(temp('segments'));
    const journal = journalWithBooks();
    const exporting = journal.exportSegment(store);
    await expect(journal.exportSegment(store)).rejects.toMatchObject({ code: 'BAD_CONFIG' });
    write(journal, many(5, 61));
    await exporting;
    write(journal, many(5, 66));
    expect(await collect(readHistory(journal, store))).toHaveLength(71);
    journal.close();
  });

  it.each<[string, (folder: string, names: readonly string[]) => void, number]>([
    [
      'a changed entry',
      (folder, [name]) => rewrite(join(folder, name as string), (t) => t.replace('desk.5', 'desk.6')),
      0,
    ],
    [
      'a missing entry',
      (folder, [name]) => rewrite(join(folder, name as string), (t) => t.replace(/\n.*desk\.5.*\n/, '\n')),
      5,
    ],
    [
      'a file under a wrong name',
      (folder, [a, b]) => writeFileSync(join(folder, b as string), readFileSync(join(folder, a as string))),
      20,
    ],
    ['a file that is no segment', (folder, [name]) => writeFileSync(join(folder, name as string), 'text'), 0],
    ['a flipped byte', (folder, [, name]) => flip(join(folder, name as string)), 20],
  ])('finds %s in what was exported', async (_, damage, seq) => {
    const folder = temp('segments');
    const journal = journalWithBooks();
    await journal.exportSegment(segmentFolder(folder), { most: 20 });
    await journal.exportSegment(segmentFolder(folder));
    // Exported files are read-only: who changes one has the right to replace it.
    const names = readdirSync(folder).sort();
    damage(folder, names);
    const found = await verifyHistory(journal, segmentFolder(folder));
    expect(found).toMatchObject({ ok: false, problem: { kind: 'segment', seq } });
    await expect(collect(readHistory(journal, segmentFolder(folder)))).rejects.toMatchObject({
      code: 'BAD_JOURNAL',
    });
    journal.close();
  });

  it('finds a whole file of another history in the place of one', async () => {
    const [folder, elsewhere] = [temp('segments'), temp('segments')];
    const journal = journalWithBooks();
    const other = openJournal({ file: temp('other'), id: 'j1' });
    write(other, [...many(50, 7), { kind: 'out:books', at: 1, tape: 1, data: {} }]);
    for (const [each, to] of [
      [journal, folder],
      [other, elsewhere],
    ] as const) {
      await each.exportSegment(segmentFolder(to), { most: 20 });
      await each.exportSegment(segmentFolder(to));
    }
    const name = 'j1-000000000020-000000000049.jsonl.gz';
    writeFileSync(join(folder, name), readFileSync(join(elsewhere, name)));
    const found = await verifyHistory(journal, segmentFolder(folder));
    expect(found).toMatchObject({ ok: false, entries: 20, problem: { kind: 'segment', seq: 20 } });
    journal.close();
    other.close();
  });

  it('finds a file that is missing', async () => {
    const store = segmentFolder(temp('segments'));
    const journal = journalWithBooks();
    await journal.exportSegment(store, { most: 20 });
    await journal.exportSegment(store);
    const names = (await store.list()).filter((name) => !name.includes('-000000000020-'));
    const found = await verifyHistory(journal, { ...store, list: () => names });
    expect(found).toMatchObject({ ok: false, entries: 20, problem: { kind: 'segment', seq: 20 } });
    journal.close();
  });
});

describe('a folder of segments', () => {
  it('never replaces a file', () => {
    const store = segmentFolder(temp('segments'));
    store.put('a.jsonl.gz', Buffer.from('one'));
    expect(() => store.put('a.jsonl.gz', Buffer.from('two'))).toThrow(
      expect.objectContaining({ code: 'JOURNAL_FAILED' }),
    );
    expect(Buffer.from(store.get('a.jsonl.gz') as Uint8Array).toString()).toBe('one');
    expect(store.get('b.jsonl.gz')).toBeUndefined();
    expect(store.list()).toEqual(['a.jsonl.gz']);
  });
});

function rewrite(file: string, change: (text: string) => string): void {
  const text = gunzipSync(readFileSync(file)).toString('utf8');
  expect(change(text)).not.toBe(text);
  writeFileSync(file, gzipSync(change(text)));
}

function flip(file: string): void {
  const bytes = readFileSync(file);
  const at = bytes.length >> 1;
  bytes[at] = (bytes[at] as number) ^ 1;
  writeFileSync(file, bytes);
}
